//! Membership: the records of a hash-chained log of who may sign.
//!
//! See [`super::Chain`] for what the log says once it is read, and for who may sign which step.

use super::recovery::{Recovery, RecoveryKeys, Reprint};
use crate::actor::SignerId;
use crate::error::DocumentError;
use crate::signer::PublicKey;
use domain::ids::{DeviceId, OrganisationId, SectorId, UserId};
use domain::role::Role;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// Longest name of a user or device, characters.
pub const MAX_NAME: usize = 100;
/// Most sectors of a user.
pub const MAX_SECTORS: usize = 256;

/// One step of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct MembershipBody {
    /// Position in the chain, 0 for the founding.
    #[n(0)]
    pub position: u32,
    /// Id of the record before; zeros for the founding.
    #[n(1)]
    pub previous: ByteArray<32>,
    /// Cité.
    #[n(2)]
    pub cite: ByteArray<16>,
    /// What happens.
    #[n(3)]
    pub step: Step,
}

/// What a record of the chain does.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Step {
    /// The founder's key; signs every later step until a device founds.
    #[n(0)]
    Found(#[n(0)] ByteArray<32>),
    /// A user joins on a device.
    #[n(1)]
    Enrol(#[n(0)] Enrolment),
    /// A signer may no longer write. What was written before stays.
    #[n(2)]
    Revoke(#[n(0)] SignerId),
    /// A référent's device founds: from here on people's devices let in whoever holds keys.
    #[n(3)]
    Establish {
        /// Public halves of the printed recovery key.
        #[n(0)]
        recovery: RecoveryKeys,
        /// Id of the record that was the last one when the key was printed: the sheet names it.
        #[n(1)]
        known: ByteArray<32>,
    },
    /// A user's role or sectors become others, on all their devices.
    #[n(4)]
    Change(#[n(0)] Alteration),
    /// Whoever holds the printed key becomes a référent, where there is none left; another key is printed.
    #[n(5)]
    Recover(#[n(0)] Recovery),
    /// A référent at work prints another key; the sheet before it opens nothing from here on.
    #[n(6)]
    Reprint(#[n(0)] Reprint),
}

/// A user on a device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Enrolment {
    /// User.
    #[n(0)]
    pub user: ByteArray<16>,
    /// Name shown to colleagues.
    #[n(1)]
    pub user_name: String,
    /// Role's code.
    #[n(2)]
    pub role: String,
    /// Organisation.
    #[n(3)]
    pub organisation: ByteArray<16>,
    /// Sectors.
    #[n(4)]
    pub sectors: Vec<ByteArray<16>>,
    /// Device.
    #[n(5)]
    pub device: ByteArray<16>,
    /// Name of the device.
    #[n(6)]
    pub device_name: String,
    /// Ed25519 public key.
    #[n(7)]
    pub sign: ByteArray<32>,
    /// X25519 public key.
    #[n(8)]
    pub agree: ByteArray<32>,
    /// Name of the organisation, so that every colleague can read it.
    #[n(9)]
    pub organisation_name: String,
}

/// What becomes other about a user; none where it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Alteration {
    /// User.
    #[n(0)]
    pub user: ByteArray<16>,
    /// Role's code.
    #[n(1)]
    pub role: Option<String>,
    /// Sectors.
    #[n(2)]
    pub sectors: Option<Vec<ByteArray<16>>>,
}

impl Alteration {
    /// A change of role, of sectors, or of both.
    pub fn new(user: UserId, role: Option<Role>, sectors: Option<&[SectorId]>) -> Self {
        Self {
            user: (*user.as_bytes()).into(),
            role: role.map(|it| it.code().into()),
            sectors: sectors.map(|it| it.iter().map(|id| (*id.as_bytes()).into()).collect()),
        }
    }

    /// The user.
    pub fn user(&self) -> UserId {
        UserId::from_bytes(*self.user)
    }

    /// The new role, if there is one.
    ///
    /// # Errors
    /// [`DocumentError::BadChain`] for a code that is in no list.
    pub fn role(&self) -> Result<Option<Role>, DocumentError> {
        self.role.as_deref().map(|it| Role::from_code(it).ok_or(DocumentError::BadChain)).transpose()
    }

    /// The new sectors, if there are any.
    pub fn sectors(&self) -> Option<Vec<SectorId>> {
        self.sectors.as_ref().map(|it| it.iter().map(|id| SectorId::from_bytes(**id)).collect())
    }
}

/// A member as the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
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
    /// Sectors they had before: what they wrote then stays with those.
    pub sectors_before: Vec<SectorId>,
    /// Device.
    pub device: DeviceId,
    /// Name of the device.
    pub device_name: String,
    /// Ed25519 public key.
    pub sign: PublicKey,
    /// X25519 public key.
    pub agree: PublicKey,
    /// Revoked: signs nothing from [`Member::revoked_at`] on.
    pub revoked: bool,
    /// Position of the record that enrolled this signer.
    pub enrolled_at: u32,
    /// Position of the record that revoked it.
    pub revoked_at: Option<u32>,
}

impl Member {
    /// A référent who is not revoked: may let others in.
    pub fn is_active_referent(&self) -> bool {
        !self.revoked && self.role == Role::Referent
    }

    /// Reads an enrolment.
    ///
    /// # Errors
    /// [`DocumentError::BadChain`] for an unknown role, an empty or overlong name, too many sectors.
    pub(super) fn read(e: &Enrolment, position: u32) -> Result<(SignerId, Self), DocumentError> {
        let role = Role::from_code(&e.role).ok_or(DocumentError::BadChain)?;
        let fits = |name: &str| name.chars().count() <= MAX_NAME && !name.chars().any(char::is_control);
        let named = !e.user_name.trim().is_empty()
            && [&e.user_name, &e.device_name, &e.organisation_name].into_iter().all(|it| fits(it));
        if !named || e.sectors.len() > MAX_SECTORS {
            return Err(DocumentError::BadChain);
        }
        let member = Self {
            user: UserId::from_bytes(*e.user),
            user_name: e.user_name.clone(),
            role,
            organisation: OrganisationId::from_bytes(*e.organisation),
            organisation_name: e.organisation_name.clone(),
            sectors: e.sectors.iter().map(|sector| SectorId::from_bytes(**sector)).collect(),
            sectors_before: Vec::new(),
            device: DeviceId::from_bytes(*e.device),
            device_name: e.device_name.clone(),
            sign: *e.sign,
            agree: *e.agree,
            revoked: false,
            enrolled_at: position,
            revoked_at: None,
        };
        Ok((SignerId::of(&member.sign), member))
    }
}
