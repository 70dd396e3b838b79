//! An invitation under way on the inviter's device.

use super::super::Open;
use crate::clock::{Clock, Deadline};
use crate::device::name::{self, called};
use crate::enrol::pairing::{ConfirmRequest, chain_tag, words};
use crate::enrol::{Card, InvitationCode, Invited, Offer, Tagged, organisation_of};
use crate::random;
use document::SignerId;
use document::control::{Chain, Enrolment};
use domain::api::member::{InvitationState, Invitee};
use domain::error::{ApiError, ErrorCode};
use domain::ids::UserId;
use domain::time::InstantMs;

/// An invitation of this device. It is kept sealed beside it (see `kept`): an app that is killed goes on.
pub(in crate::device) struct Pairing {
    pub(super) inviter: UserId,
    pub(super) code: InvitationCode,
    pub(super) invited: Invited,
    pub(super) card: Tagged,
    /// When it was made, by this device's clock.
    pub(super) made_at_ms: InstantMs,
    pub(super) until: Deadline,
    /// The newcomer's keys, once their MAC was checked.
    pub(super) offer: Option<(Tagged, Offer)>,
    /// The words were compared.
    pub(super) confirmed: bool,
    pub(super) end: Option<InvitationState>,
    /// What the store knows of it: whether keys had come, whether the words were compared.
    pub(super) kept: Option<(bool, bool)>,
}

impl Pairing {
    pub(super) fn finish(&mut self, state: InvitationState) -> InvitationState {
        self.end = Some(state.clone());
        state
    }

    pub(super) fn state(&self, clock: &dyn Clock) -> InvitationState {
        let seconds_left = self.until.seconds_left(clock);
        match &self.offer {
            None => InvitationState::Waiting { seconds_left },
            Some((offer, keys)) => InvitationState::Answered {
                name: self.invited.user_name.clone(),
                device_name: keys.device_name.clone(),
                words: words(&self.code, &self.card, offer),
                confirmed: self.confirmed,
                seconds_left,
            },
        }
    }

    pub(super) fn enrolment(&self, keys: &Offer) -> Enrolment {
        Enrolment {
            user: (*self.invited.user.as_bytes()).into(),
            user_name: self.invited.user_name.clone(),
            role: self.invited.role.code().into(),
            organisation: (*self.invited.organisation.as_bytes()).into(),
            sectors: self.invited.sectors.iter().map(|id| (*id.as_bytes()).into()).collect(),
            device: keys.device,
            device_name: name::of_device(&keys.device_name),
            sign: keys.sign,
            agree: keys.agree,
            organisation_name: self.invited.organisation_name.clone(),
        }
    }
}

/// The answer to the newcomer, where the chain says that they are in.
pub(super) fn answer(
    code: &InvitationCode,
    chain: &Chain,
    offer: &Tagged,
    keys: &Offer,
) -> Option<ConfirmRequest> {
    let member = chain.member(&SignerId::of(&keys.sign)).filter(|it| !it.revoked)?;
    let record = chain.id_at(member.enrolled_at)?;
    let mac = chain_tag(code, &record, member.enrolled_at + 1, offer);
    Some(ConfirmRequest { id: code.id().into(), record: record.into(), mac: mac.into() })
}

/// Who is invited, where the user at work may let them in.
pub(super) fn invited(open: &Open, who: &Invitee) -> Result<Invited, ApiError> {
    let invited = match who {
        Invitee::New { name, role, organisation, sectors } => {
            let (user_name, organisation_name) =
                (called("name", name)?, called("organisation", organisation)?);
            if sectors.iter().any(|id| !open.settings.sectors.contains_key(id)) {
                return Err(ApiError::about(ErrorCode::Invalid, "sectors"));
            }
            Invited {
                user: UserId::from_bytes(random::bytes()?),
                user_name,
                role: *role,
                organisation: organisation_of(organisation),
                organisation_name,
                sectors: sectors.clone(),
            }
        }
        Invitee::Known { user } => {
            let known = open.chain.members().filter(|(_, it)| it.user == *user);
            let (_, it) =
                known.max_by_key(|(_, it)| (!it.revoked, it.enrolled_at)).ok_or(ErrorCode::NotFound)?;
            Invited {
                user: *user,
                user_name: it.user_name.clone(),
                role: it.role,
                organisation: it.organisation,
                organisation_name: open.organisation_name(it.organisation)?.unwrap_or_default(),
                sectors: it.sectors.clone(),
            }
        }
    };
    let governs = open.chain.governs(&open.member, invited.organisation);
    if invited.role.holds_keys() && !governs {
        return Err(ErrorCode::NotAllowed.into());
    }
    Ok(invited)
}

/// What the newcomer is told under the code.
pub(super) fn card(open: &Open, invited: &Invited) -> Result<Card, ApiError> {
    Ok(Card {
        cite: (*open.cite().as_bytes()).into(),
        cite_name: open.store.meta("cite_name")?.unwrap_or_default(),
        demonstration: open.store.meta("demonstration")?.unwrap_or_default(),
        user_name: invited.user_name.clone(),
        role: invited.role.code().into(),
        organisation: (*invited.organisation.as_bytes()).into(),
        organisation_name: invited.organisation_name.clone(),
        inviter_name: open.member.user_name.clone(),
        inviter_sign: open.member.sign.into(),
        inviter_agree: open.member.agree.into(),
        chain_length: open.chain.length(),
        chain_head: open.chain.head().into(),
    })
}
