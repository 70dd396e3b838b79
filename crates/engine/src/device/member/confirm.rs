//! The words are the same: the inviter's device signs, and answers under the code.

use super::super::Device;
use super::pairing::answer;
use crate::enrol::pairing::ConfirmRequest;
use crate::sync::wanted;
use document::control::Step;
use domain::api::member::InvitationState;
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};

impl Device {
    /// The words are the same: signs.
    pub(in crate::device) async fn confirm_invitation(&self) -> Result<(InvitationState, Changes), ApiError> {
        self.restore_pairing()?;
        let confirmed = self.confirm_and_sign().await;
        self.keep_pairing()?;
        confirmed
    }

    async fn confirm_and_sign(&self) -> Result<(InvitationState, Changes), ApiError> {
        let user = self.with_open(|open| Ok(open.user))?;
        let enrolment = {
            let mut pairing = self.pairing();
            let it = pairing.as_mut().filter(|it| it.inviter == user && it.end.is_none());
            let it = it.ok_or(ErrorCode::InvitationInvalid)?;
            let Some((_, keys)) = &it.offer else { return Err(ErrorCode::InvitationInvalid.into()) };
            if it.until.is_over(&*self.clock) {
                return Ok((it.finish(InvitationState::Dead), Changes::none()));
            }
            let enrolment = it.enrolment(keys);
            it.confirmed = true;
            enrolment
        };
        // Before anything is signed: an app that is killed from here on still answers the newcomer.
        self.keep_pairing()?;
        if let Err(error) = self.decide(vec![Step::Enrol(enrolment)]).await {
            if let Some(it) = self.pairing().as_mut() {
                it.finish(InvitationState::Dead);
            }
            return Err(error);
        }
        self.let_in().await
    }

    /// Once the newcomer is on the chain: answers under the code. Until then an exchange is tried again.
    pub(super) async fn let_in(&self) -> Result<(InvitationState, Changes), ApiError> {
        let mut changes = Changes::of([Topic::Members, Topic::Sync]);
        let confirm = match self.answer()? {
            Some(confirm) => confirm,
            None => {
                changes.merge(self.sync_now().await?.1);
                match self.answer()? {
                    Some(confirm) => confirm,
                    None => return Ok((self.unsigned()?, changes)),
                }
            }
        };
        let way = self.way()?;
        way.http.post::<()>("/v1/pair/confirm", Some(&way.token), &confirm).await?;
        let mut pairing = self.pairing();
        let Some(it) = pairing.as_mut() else { return Ok((InvitationState::None, changes)) };
        let name = it.invited.user_name.clone();
        Ok((it.finish(InvitationState::Done { name }), changes))
    }

    /// The answer to the newcomer, where the chain says that they are in.
    fn answer(&self) -> Result<Option<ConfirmRequest>, ApiError> {
        let chain = self.with_open(|open| Ok(open.chain.clone()))?;
        let pairing = self.pairing();
        let it = pairing.as_ref().ok_or(ErrorCode::InvitationInvalid)?;
        Ok(it.offer.as_ref().and_then(|(offer, keys)| answer(&it.code, &chain, offer, keys)))
    }

    /// Not on the chain yet: after ten minutes the step is withdrawn, where it was not taken meanwhile.
    fn unsigned(&self) -> Result<InvitationState, ApiError> {
        let mut pairing = self.pairing();
        let Some(it) = pairing.as_mut() else { return Ok(InvitationState::None) };
        let Some((_, keys)) = &it.offer else { return Ok(InvitationState::None) };
        let step = Step::Enrol(it.enrolment(keys));
        let kept = self.with_open(|open| {
            let mut kept = wanted::list(open.store.connection(), open.user)?.contains(&step);
            if kept && it.until.is_over(&*self.clock) {
                let user = open.user;
                open.store.transact(|connection| wanted::retain(connection, user, |other| *other != step))?;
                kept = false;
            }
            Ok(kept)
        })?;
        Ok(if kept { it.state(&*self.clock) } else { it.finish(InvitationState::Dead) })
    }
}
