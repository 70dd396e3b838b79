//! The inviter's half of joining: draws the code, registers its name, fetches the newcomer's keys.

use super::super::Device;
use super::pairing::{Pairing, card, invited};
use crate::clock::Deadline;
use crate::enrol::pairing::{CancelRequest, FetchReply, FetchRequest, OpenRequest, PAIRING_HOLDS_MS};
use crate::enrol::{HttpEnrol, InvitationCode, Offer, Tagged};
use domain::api::member::*;
use domain::changes::Changes;
use domain::error::{ApiError, ErrorCode};
use std::sync::{MutexGuard, PoisonError};

/// A way to the server under this device's token.
pub(super) struct Way {
    pub(super) http: HttpEnrol,
    pub(super) token: Vec<u8>,
    pub(super) server: String,
}

impl Device {
    pub(super) fn pairing(&self) -> MutexGuard<'_, Option<Pairing>> {
        self.pairing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn way(&self) -> Result<Way, ApiError> {
        let (server, token) = self.with_open(|open| {
            let server: String = open.store.meta("server")?.ok_or(ErrorCode::NotJoined)?;
            let token: Vec<u8> = open.store.meta("token")?.ok_or(ErrorCode::NotJoined)?;
            Ok((server, token))
        })?;
        Ok(Way { http: HttpEnrol::to(&server)?, token, server })
    }

    /// Invites: the code is drawn here, the server hears its name and the card only.
    pub(in crate::device) async fn invite_member(
        &self,
        request: &InviteMember,
    ) -> Result<InvitationShown, ApiError> {
        self.cancel_invitation().await?;
        let code = InvitationCode::draw()?;
        let way = self.way()?;
        let (inviter, invited, card) = self.with_open(|open| {
            if !open.chain.established() {
                return Err(ErrorCode::NotEstablished.into());
            }
            let invited = invited(open, &request.who)?;
            let card = Tagged::of(&code, "card", &card(open, &invited)?);
            Ok((open.user, invited, card))
        })?;
        let open = OpenRequest { id: code.id().into(), card: card.clone() };
        way.http.post::<()>("/v1/pair/open", Some(&way.token), &open).await?;
        let text = code.text();
        *self.pairing() = Some(Pairing {
            inviter,
            code,
            invited,
            card,
            made_at_ms: self.clock.now_ms(),
            until: Deadline::after(&*self.clock, PAIRING_HOLDS_MS),
            offer: None,
            confirmed: false,
            end: None,
            kept: None,
        });
        self.keep_pairing()?;
        let scanned = format!("{} {}", way.server, text.replace(' ', ""));
        let seconds_left = (PAIRING_HOLDS_MS / 1000) as u32;
        Ok(InvitationShown { code: text.into(), server: way.server, scanned: scanned.into(), seconds_left })
    }

    /// Gives the invitation of this device up; that the server cannot be told changes nothing: it does not
    /// have the code.
    pub(in crate::device) async fn cancel_invitation(&self) -> Result<(), ApiError> {
        self.restore_pairing()?;
        let taken = self.pairing().take();
        self.keep_pairing()?;
        let Some(given_up) = taken else { return Ok(()) };
        if given_up.end.is_none() && !given_up.confirmed {
            let way = self.way()?;
            let cancel = CancelRequest { id: given_up.code.id().into() };
            drop(way.http.post::<()>("/v1/pair/cancel", Some(&way.token), &cancel).await);
        }
        Ok(())
    }

    /// Where the invitation of this device stands; looks at the mailbox, and goes on where it may.
    pub(in crate::device) async fn read_invitation(&self) -> Result<(InvitationState, Changes), ApiError> {
        self.restore_pairing()?;
        let looked = self.look_at_invitation().await;
        self.keep_pairing()?;
        looked
    }

    async fn look_at_invitation(&self) -> Result<(InvitationState, Changes), ApiError> {
        let user = self.with_open(|open| Ok(open.user))?;
        let (id, confirmed, answered) = {
            let mut pairing = self.pairing();
            let Some(it) = pairing.as_mut().filter(|it| it.inviter == user) else {
                return Ok((InvitationState::None, Changes::none()));
            };
            if let Some(end) = &it.end {
                return Ok((end.clone(), Changes::none()));
            }
            if !it.confirmed && it.until.is_over(&*self.clock) {
                return Ok((it.finish(InvitationState::Dead), Changes::none()));
            }
            (it.code.id(), it.confirmed, it.offer.is_some())
        };
        if confirmed {
            return self.let_in().await;
        }
        if !answered {
            let way = self.way()?;
            let fetch = FetchRequest { id: id.into() };
            let reply: FetchReply = way.http.post("/v1/pair/fetch", Some(&way.token), &fetch).await?;
            if let Some(offer) = reply.offer {
                return Ok((self.take_offer(id, offer), Changes::none()));
            }
        }
        let state = self.pairing().as_ref().map_or(InvitationState::None, |it| it.state(&*self.clock));
        Ok((state, Changes::none()))
    }

    /// Takes what lay in the mailbox. Keys that are not under the code are nobody's: the invitation dies.
    fn take_offer(&self, id: [u8; 16], offer: Tagged) -> InvitationState {
        let mut pairing = self.pairing();
        let Some(it) = pairing.as_mut().filter(|it| it.code.id() == id && it.end.is_none()) else {
            return InvitationState::None;
        };
        match offer.open::<Offer>(&it.code, "offer") {
            Some(keys) => it.offer = Some((offer, keys)),
            None => return it.finish(InvitationState::Forged),
        }
        it.state(&*self.clock)
    }
}
