//! The newcomer's half of joining by the invitation of a colleague's device.

use super::Device;
use super::join::{Shared, may_join, read};
use crate::clock::{Clock, Deadline};
use crate::enrol::pairing::{
    OfferRequest, PAIRING_HOLDS_MS, ResultReply, ResultRequest, Stage, chain_tag_holds, words,
};
use crate::enrol::{Card, HttpEnrol, InvitationCode, JoinReply, Offer, Tagged};
use crate::keys::UserSecrets;
use crate::random;
use document::SignerId;
use document::control::{Chain, Record};
use domain::api::member::{AnswerInvitation, AnswerState};
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{CiteId, DeviceId, OrganisationId};
use domain::secret::SecretText;
use sha2::{Digest as _, Sha256};
use std::sync::{MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// An answer under way, in memory only: a device that is cut off before it is let in has joined nothing.
pub(super) struct Answering {
    server: String,
    code: InvitationCode,
    card: Tagged,
    said: Card,
    offer: Tagged,
    keys: Offer,
    token: Zeroizing<[u8; 32]>,
    secrets: UserSecrets,
    passphrase: SecretText,
    until: Deadline,
}

impl Device {
    fn answering(&self) -> MutexGuard<'_, Option<Answering>> {
        self.answering.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the keys and leaves their public halves under the code.
    pub(super) async fn answer_invitation(
        &self,
        request: &AnswerInvitation,
    ) -> Result<AnswerState, ApiError> {
        let join = &request.join;
        let code = read(&join.code)?;
        may_join(join)?;
        let shared = self.shared()?;
        let server = crate::enrol::server_address(&join.server)?;
        let http = HttpEnrol::to(&server)?;
        let card = http.check(&code).await?.card.ok_or(ErrorCode::InvitationInvalid)?;
        let said: Card = card.open(&code, "card").ok_or(ErrorCode::ServerUntrusted)?;
        if shared.as_ref().is_some_and(|it| it.cite != CiteId::from_bytes(*said.cite)) {
            return Err(ErrorCode::ServerUntrusted.into());
        }
        let secrets = Shared::secrets(shared.as_ref(), &join.pin)?;
        let newcomer = Shared::newcomer(shared.as_ref(), &secrets, &join.device_name)?;
        let token = Zeroizing::new(random::bytes::<32>()?);
        let keys = Offer {
            device: (*newcomer.device.as_bytes()).into(),
            device_name: newcomer.device_name,
            sign: newcomer.sign.into(),
            agree: newcomer.agree.into(),
            token_hash: <[u8; 32]>::from(Sha256::digest(*token)).into(),
        };
        let offer = Tagged::of(&code, "offer", &keys);
        let own_token = shared.as_ref().map(|it| it.token.clone());
        let message = OfferRequest { id: code.id().into(), offer: offer.clone() };
        http.post::<()>("/v1/pair/offer", own_token.as_deref(), &message).await?;
        let until = Deadline::after(&*self.clock, PAIRING_HOLDS_MS);
        let passphrase = join.passphrase.clone();
        let answering =
            Answering { server, code, card, said, offer, keys, token, secrets, passphrase, until };
        let state = answering.state(&*self.clock);
        *self.answering() = Some(answering);
        Ok(state)
    }

    /// Looks whether the inviter has signed; then keeps the chain and begins.
    pub(super) async fn read_answer(&self) -> Result<(AnswerState, Changes), ApiError> {
        let (server, id) = match self.answering().as_ref() {
            Some(it) => (it.server.clone(), it.code.id()),
            None => return Ok((AnswerState::None, Changes::none())),
        };
        let message = ResultRequest { id: id.into() };
        let reply: ResultReply = HttpEnrol::to(&server)?.post("/v1/pair/result", None, &message).await?;
        match reply.stage {
            Stage::Waiting => {
                let mut answering = self.answering();
                let open = answering.as_ref().filter(|it| !it.until.is_over(&*self.clock));
                if let Some(it) = open {
                    return Ok((it.state(&*self.clock), Changes::none()));
                }
                *answering = None;
                Ok((AnswerState::Dead, Changes::none()))
            }
            Stage::Dead => {
                *self.answering() = None;
                Ok((AnswerState::Dead, Changes::none()))
            }
            Stage::In => {
                let taken = self.answering().take().filter(|it| it.code.id() == id);
                let Some(answering) = taken else { return Ok((AnswerState::None, Changes::none())) };
                let status = self.begin(answering, &reply)?;
                Ok((AnswerState::Joined(Box::new(status)), Changes::of([Topic::Session])))
            }
        }
    }

    fn begin(
        &self,
        answering: Answering,
        reply: &ResultReply,
    ) -> Result<domain::api::session::StatusView, ApiError> {
        let records = answering.checked(reply).ok_or(ErrorCode::ServerUntrusted)?;
        let said = &answering.said;
        let joined = JoinReply {
            chain: Vec::new(),
            token: (*answering.token).into(),
            cite_name: said.cite_name.clone(),
            demonstration: said.demonstration,
            organisations: vec![(
                OrganisationId::from_bytes(*said.organisation).to_string(),
                said.organisation_name.clone(),
            )],
            mac: [0; 32].into(),
        };
        self.settle_in(&answering.server, &records, &joined, answering.secrets, &answering.passphrase)
    }
}

impl Answering {
    fn state(&self, clock: &dyn Clock) -> AnswerState {
        AnswerState::Waiting {
            words: words(&self.code, &self.card, &self.offer),
            inviter: self.said.inviter_name.clone(),
            seconds_left: self.until.seconds_left(clock),
        }
    }

    /// The records of the chain, where all of it holds: the inviter's MAC of its head, what the inviter
    /// knew of it at first, the inviter's own keys and signature, this device's keys, the role promised.
    fn checked(&self, reply: &ResultReply) -> Option<Vec<Record>> {
        let records: Vec<Record> =
            reply.chain.iter().map(|bytes| minicbor::decode(bytes).ok()).collect::<Option<_>>()?;
        let chain = Chain::read(&records).ok()?;
        let said = &self.said;
        let pinned = chain_tag_holds(&self.code, &chain.head(), chain.length(), &self.offer, &reply.mac)
            && chain.id_at(said.chain_length.checked_sub(1)?) == Some(*said.chain_head)
            && *chain.cite().as_bytes() == *said.cite;
        let inviter = SignerId::of(&said.inviter_sign);
        let invited = records.last()?.signer == inviter
            && chain.member(&inviter).is_some_and(|it| it.agree == *said.inviter_agree);
        let me = chain.member(&SignerId::of(&self.keys.sign)).is_some_and(|it| {
            it.device == DeviceId::from_bytes(*self.keys.device)
                && it.agree == *self.keys.agree
                && it.role.code() == said.role
                && it.organisation == OrganisationId::from_bytes(*said.organisation)
        });
        (pinned && invited && me).then_some(records)
    }
}
