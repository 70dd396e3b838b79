//! An epoch of a group: a key pair whose secret is sealed to everybody entitled, and to the printed
//! recovery key. Named parts are wrapped for its public key.
//!
//! A group is an organisation in a sector. A record with the public key of an epoch that is known
//! already hands the same secret to further members; the set of records only grows. Wrapping is HPKE
//! (RFC 9180), done by the engine.

use crate::actor::SignerId;
use crate::error::DocumentError;
use domain::ids::{OrganisationId, SectorId};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Most members one record is sealed to.
pub const MAX_RECIPIENTS: usize = 96;
/// Longest sealed secret, bytes.
const MAX_SEALED: usize = 160;

/// The people of an organisation who work in a sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId {
    /// Organisation.
    pub organisation: OrganisationId,
    /// Sector.
    pub sector: SectorId,
}

/// The body of an epoch's record. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EpochBody {
    #[n(0)]
    organisation: ByteArray<16>,
    #[n(1)]
    sector: ByteArray<16>,
    /// Number among the group's epochs, from 1; a later one takes the place of an earlier one.
    #[n(2)]
    pub number: u32,
    /// Length of the membership chain its author knew.
    #[n(3)]
    pub chain: u32,
    #[n(4)]
    public: ByteArray<32>,
    #[n(5)]
    sealed: Vec<SealedSecret>,
    #[n(6)]
    recovery: Option<ByteVec>,
}

/// The secret of an epoch, sealed to one member.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct SealedSecret {
    #[n(0)]
    to: SignerId,
    #[n(1)]
    bytes: ByteVec,
}

impl EpochBody {
    /// A body to be signed.
    pub fn new(
        group: GroupId,
        number: u32,
        chain: u32,
        public: [u8; 32],
        sealed: impl IntoIterator<Item = (SignerId, Vec<u8>)>,
        recovery: Option<Vec<u8>>,
    ) -> Self {
        Self {
            organisation: (*group.organisation.as_bytes()).into(),
            sector: (*group.sector.as_bytes()).into(),
            number,
            chain,
            public: public.into(),
            sealed: sealed.into_iter().map(|(to, bytes)| SealedSecret { to, bytes: bytes.into() }).collect(),
            recovery: recovery.map(ByteVec::from),
        }
    }

    /// Refuses what is over a limit.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::BadValue`].
    pub fn check(&self) -> Result<(), DocumentError> {
        let long = |bytes: &ByteVec| bytes.len() > MAX_SEALED;
        if self.sealed.len() > MAX_RECIPIENTS
            || self.sealed.iter().any(|it| long(&it.bytes))
            || self.recovery.as_ref().is_some_and(long)
        {
            return Err(DocumentError::TooLarge);
        }
        if self.number == 0 || self.sealed.is_empty() { Err(DocumentError::BadValue) } else { Ok(()) }
    }

    /// Group.
    pub fn group(&self) -> GroupId {
        GroupId {
            organisation: OrganisationId::from_bytes(*self.organisation),
            sector: SectorId::from_bytes(*self.sector),
        }
    }

    /// Public key: the name of the epoch.
    pub fn public(&self) -> [u8; 32] {
        *self.public
    }

    /// Who can open it.
    pub fn recipients(&self) -> impl Iterator<Item = SignerId> + '_ {
        self.sealed.iter().map(|it| it.to)
    }

    /// The secret as sealed to a member.
    pub fn sealed_to(&self, member: &SignerId) -> Option<&[u8]> {
        self.sealed.iter().find(|it| it.to == *member).map(|it| it.bytes.as_slice())
    }

    /// The secret as sealed to the recovery key.
    pub fn sealed_for_recovery(&self) -> Option<&[u8]> {
        self.recovery.as_ref().map(|bytes| bytes.as_slice())
    }
}
