//! Membership: a hash-chained log of who may sign, rooted in the founder's key.
//!
//! A device pins the founder's public key and the chain's head when it joins; a chain that is
//! shorter, forked, or signed by a key that may not, is refused.

use super::record::{Record, RecordKind};
use crate::actor::SignerId;
use crate::change::Hash;
use crate::error::DocumentError;
use crate::signer::PublicKey;
use domain::ids::{CiteId, DeviceId, OrganisationId, SectorId, UserId};
use domain::role::Role;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

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
    /// The founder's key; may sign every later step.
    #[n(0)]
    Found(#[n(0)] ByteArray<32>),
    /// A user joins on a device.
    #[n(1)]
    Enrol(#[n(0)] Enrolment),
    /// A signer may no longer write. What was written before stays.
    #[n(2)]
    Revoke(#[n(0)] SignerId),
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
    /// Sectors.
    pub sectors: Vec<SectorId>,
    /// Device.
    pub device: DeviceId,
    /// Name of the device.
    pub device_name: String,
    /// Ed25519 public key.
    pub sign: PublicKey,
    /// X25519 public key.
    pub agree: PublicKey,
    /// Revoked.
    pub revoked: bool,
}

/// A verified chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    founder: PublicKey,
    cite: [u8; 16],
    head: Hash,
    length: u32,
    members: BTreeMap<SignerId, Member>,
}

impl Chain {
    /// Begins a chain from its founding record.
    ///
    /// # Errors
    /// [`DocumentError::BadChain`] or [`DocumentError::BadSignature`].
    pub fn found(record: &Record) -> Result<Self, DocumentError> {
        let body: MembershipBody = read(record)?;
        let Step::Found(founder) = &body.step else { return Err(DocumentError::BadChain) };
        if body.position != 0 || *body.previous != [0; 32] {
            return Err(DocumentError::BadChain);
        }
        record.verify(founder)?;
        Ok(Self {
            founder: **founder,
            cite: *body.cite,
            head: record.id(),
            length: 1,
            members: BTreeMap::new(),
        })
    }

    /// Adds the next record.
    ///
    /// # Errors
    /// [`DocumentError::BadChain`] where it does not follow, [`DocumentError::BadSignature`] where the signer may not.
    pub fn add(&mut self, record: &Record) -> Result<(), DocumentError> {
        let body: MembershipBody = read(record)?;
        if body.position != self.length || *body.previous != self.head || *body.cite != self.cite {
            return Err(DocumentError::BadChain);
        }
        record.verify(&self.founder)?;
        match body.step {
            Step::Found(_) => return Err(DocumentError::BadChain),
            Step::Enrol(enrolment) => {
                let (signer, member) = member(enrolment)?;
                if self.members.contains_key(&signer) {
                    return Err(DocumentError::BadChain);
                }
                self.members.insert(signer, member);
            }
            Step::Revoke(signer) => {
                self.members.get_mut(&signer).ok_or(DocumentError::BadChain)?.revoked = true
            }
        }
        self.head = record.id();
        self.length += 1;
        Ok(())
    }

    /// A whole chain, from its founding.
    ///
    /// # Errors
    /// As [`Chain::found`] and [`Chain::add`]; an empty chain is a bad one.
    pub fn read<'a>(records: impl IntoIterator<Item = &'a Record>) -> Result<Self, DocumentError> {
        let mut records = records.into_iter();
        let mut chain = Self::found(records.next().ok_or(DocumentError::BadChain)?)?;
        records.try_for_each(|record| chain.add(record))?;
        Ok(chain)
    }

    /// The position a record claims; none for one that is no membership record.
    pub fn position_of(record: &Record) -> Option<u32> {
        read(record).ok().map(|body| body.position)
    }

    /// The body of the next record.
    pub fn next(&self, step: Step) -> MembershipBody {
        MembershipBody { position: self.length, previous: self.head.into(), cite: self.cite.into(), step }
    }

    /// The cité.
    pub fn cite(&self) -> CiteId {
        CiteId::from_bytes(self.cite)
    }
    /// The founder's public key.
    pub fn founder(&self) -> &PublicKey {
        &self.founder
    }
    /// Id of the last record.
    pub fn head(&self) -> Hash {
        self.head
    }
    /// Number of records.
    pub fn length(&self) -> u32 {
        self.length
    }
    /// A member by signer.
    pub fn member(&self, signer: &SignerId) -> Option<&Member> {
        self.members.get(signer)
    }
    /// Every member.
    pub fn members(&self) -> impl Iterator<Item = (&SignerId, &Member)> {
        self.members.iter()
    }
}

fn read(record: &Record) -> Result<MembershipBody, DocumentError> {
    if record.kind != RecordKind::Membership {
        return Err(DocumentError::BadChain);
    }
    record.read()
}

fn member(e: Enrolment) -> Result<(SignerId, Member), DocumentError> {
    let role = Role::from_code(&e.role).ok_or(DocumentError::BadChain)?;
    let member = Member {
        user: UserId::from_bytes(*e.user),
        user_name: e.user_name,
        role,
        organisation: OrganisationId::from_bytes(*e.organisation),
        sectors: e.sectors.iter().map(|sector| SectorId::from_bytes(**sector)).collect(),
        device: DeviceId::from_bytes(*e.device),
        device_name: e.device_name,
        sign: *e.sign,
        agree: *e.agree,
        revoked: false,
    };
    Ok((SignerId::of(&member.sign), member))
}
