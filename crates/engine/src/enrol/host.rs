//! The cité's half: keeps invitations, checks newcomers, signs the membership record.

use super::code::{InvitationCode, mac, mac_holds};
use super::message::{CheckReply, CheckRequest, JoinReply, JoinRequest};
use crate::clock::Clock;
use crate::error::EngineError;
use crate::random;
use crate::store::Store;
use crate::store::invitation::KeptInvitation;
use crate::store::log;
use document::control::{Chain, Enrolment, MembershipBody, Record, RecordKind, Step};
use document::{DocumentError, SignerKey};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{CiteId, DeviceId, OrganisationId, SectorId, UserId};
use domain::role::Role;
use domain::time::InstantMs;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// How long an invitation holds, unless said otherwise: seven days.
pub const HOLDS_MS: InstantMs = 7 * 24 * 3_600_000;
/// Longest name of a device, characters.
const LONGEST_NAME: usize = 60;

/// Who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// User.
    pub user: UserId,
    /// Name shown to colleagues.
    pub user_name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Sectors.
    pub sectors: Vec<SectorId>,
}

/// The cité's half of joining, over its store and the founder's key.
#[derive(Debug)]
pub struct Host<'a> {
    /// Store.
    pub store: &'a mut Store,
    /// The founder's key.
    pub founder: &'a SignerKey,
    /// Clock.
    pub clock: &'a dyn Clock,
}

impl std::fmt::Debug for dyn Clock + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// Founds a cité: its first membership record, its name.
///
/// # Errors
/// What the store refuses.
pub fn found(
    store: &mut Store,
    founder: &SignerKey,
    cite: CiteId,
    name: &str,
    demonstration: bool,
) -> Result<(), EngineError> {
    let body = MembershipBody {
        position: 0,
        previous: [0; 32].into(),
        cite: (*cite.as_bytes()).into(),
        step: Step::Found(founder.public().into()),
    };
    let record = Record::sign(RecordKind::Membership, &body, founder);
    let epoch = epoch()?;
    store.transact(|connection| {
        let position = crate::store::control::keep(connection, &record)?;
        log::append(connection, log::What::Control, position, None, None)?;
        crate::store::meta::put(connection, crate::sync::EPOCH, &epoch)?;
        crate::store::meta::put(connection, "cite_name", &name)?;
        crate::store::meta::put(connection, "demonstration", &demonstration)
    })
}

/// A new epoch of a server: random, so that no two are the same.
pub(crate) fn epoch() -> Result<u64, EngineError> {
    // Within what JSON numbers hold exactly; 0 is no epoch.
    Ok((u64::from_be_bytes(random::bytes()?) >> 12) + 1)
}

impl Host<'_> {
    /// Invites; the code is returned once and kept nowhere. Once a device has founded, whoever holds
    /// keys is let in by a référent's device.
    ///
    /// # Errors
    /// [`EngineError::Document`] with `NotEntitled` for a role with keys then; what the store refuses.
    pub fn invite(&mut self, invited: Invited) -> Result<InvitationCode, EngineError> {
        if invited.role.holds_keys() && self.store.chain()?.established() {
            return Err(DocumentError::NotEntitled.into());
        }
        let code = InvitationCode::draw()?;
        let kept = KeptInvitation { mac_key: code.mac_key(), invited };
        self.store.keep_invitation(code.id(), &kept, self.clock.now_ms() + HOLDS_MS)?;
        Ok(code)
    }

    /// Says what an invitation is for.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`] where it is unknown, used or expired.
    pub fn check(&self, request: &CheckRequest) -> Result<CheckReply, ApiError> {
        let card = match self.store.invitation(*request.id, self.clock.now_ms())? {
            Some(_) => None,
            None => Some(self.card_of(*request.id)?),
        };
        if card.is_some() {
            return Ok(CheckReply { card, ..CheckReply::default() });
        }
        let kept = self.kept(*request.id)?;
        let mut reply = CheckReply {
            cite_name: self.store.meta("cite_name")?.unwrap_or_default(),
            demonstration: self.store.meta("demonstration")?.unwrap_or_default(),
            user_name: kept.invited.user_name,
            role: kept.invited.role.code().into(),
            organisation_name: kept.invited.organisation_name,
            ..CheckReply::default()
        };
        reply.mac = mac(&kept.mac_key, "check", &reply.parts());
        Ok(reply)
    }

    /// Lets a newcomer in. The invitation is used up in the transaction that keeps the record. A device that
    /// is known must say so by its token, so that nobody passes for a colleague's tablet; a user who is
    /// known is let in on another device by a colleague's device, never by this way.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`]; nothing is kept then.
    pub fn join(&mut self, token: Option<&[u8]>, request: &JoinRequest) -> Result<JoinReply, ApiError> {
        let kept = self.kept(*request.id)?;
        if !mac_holds(&kept.mac_key, "join", &request.parts(), &request.mac) {
            return Err(ErrorCode::InvitationInvalid.into());
        }
        let device_name: String =
            request.device_name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        let mut chain = self.store.chain()?;
        let invited = kept.invited;
        let device = DeviceId::from_bytes(*request.device);
        if self.passes_for_another(&chain, token, device)
            || chain.members().any(|(_, it)| it.user == invited.user)
        {
            return Err(ErrorCode::InvitationInvalid.into());
        }
        let enrolment = Enrolment {
            user: (*invited.user.as_bytes()).into(),
            user_name: invited.user_name,
            role: invited.role.code().into(),
            organisation: (*invited.organisation.as_bytes()).into(),
            sectors: invited.sectors.iter().map(|id| (*id.as_bytes()).into()).collect(),
            device: request.device,
            device_name,
            sign: request.sign,
            agree: request.agree,
            organisation_name: invited.organisation_name.clone(),
        };
        let record = Record::sign(RecordKind::Membership, &chain.next(Step::Enrol(enrolment)), self.founder);
        chain.add(&record).map_err(EngineError::from)?;
        let token = random::bytes::<32>()?;
        let used =
            self.store.enrol(*request.id, self.clock.now_ms(), &record, Sha256::digest(token).into(), device);
        used.map_err(|error| match error {
            EngineError::NoSuchUser => ErrorCode::InvitationInvalid.into(),
            other => ApiError::from(other),
        })?;
        let records = self.store.membership()?;
        Ok(JoinReply {
            chain: records
                .iter()
                .map(|it| minicbor::to_vec(it).expect("encoding into memory does not fail").into())
                .collect(),
            token: token.into(),
            cite_name: self.store.meta("cite_name")?.unwrap_or_default(),
            demonstration: self.store.meta("demonstration")?.unwrap_or_default(),
            organisations: vec![(invited.organisation.to_string(), invited.organisation_name)],
            mac: answer_mac(&kept.mac_key, &chain, &token).into(),
        })
    }

    /// Revokes every signer of a device and forgets its token; returns how many signers there were.
    ///
    /// # Errors
    /// What the store refuses; nothing is changed then.
    pub fn revoke(&mut self, device: DeviceId) -> Result<usize, EngineError> {
        let mut chain = self.store.chain()?;
        let signers: Vec<_> = chain
            .members()
            .filter(|(_, member)| member.device == device && !member.revoked)
            .map(|(signer, _)| *signer)
            .collect();
        let mut records = Vec::new();
        for signer in &signers {
            let record =
                Record::sign(RecordKind::Membership, &chain.next(Step::Revoke(*signer)), self.founder);
            chain.add(&record)?;
            records.push(record);
        }
        self.store.transact(|connection| {
            for record in &records {
                let position = crate::store::control::keep(connection, record)?;
                log::append(connection, log::What::Control, position, None, None)?;
            }
            crate::store::device::forget_tokens(connection, device)?;
            crate::sync::admit(connection, &chain)
        })?;
        Ok(signers.len())
    }

    /// Whether a device is known and this is not its token.
    pub(super) fn passes_for_another(&self, chain: &Chain, token: Option<&[u8]>, device: DeviceId) -> bool {
        let known = chain.members().any(|(_, it)| it.device == device);
        known && token.and_then(|token| self.bearer(token).ok()) != Some(device)
    }

    fn kept(&self, id: [u8; 16]) -> Result<KeptInvitation, ApiError> {
        self.store.invitation(id, self.clock.now_ms())?.ok_or_else(|| ErrorCode::InvitationInvalid.into())
    }
}

/// The identifier of an organisation: from its name, so that two invitations name the same one.
pub fn organisation_of(name: &str) -> OrganisationId {
    OrganisationId::from_bytes(named_id("organisation", name))
}

/// An identifier derived from a kind and a name; capitals and outer spaces do not matter.
pub fn named_id(kind: &str, name: &str) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(format!("allervers {kind} 1"))
        .chain_update(name.trim().to_lowercase())
        .finalize()
        .into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id
}

/// MAC of the host's answer.
pub(super) fn answer_mac(key: &[u8; 32], chain: &Chain, token: &[u8; 32]) -> [u8; 32] {
    mac(key, "joined", &[&chain.head(), token])
}
