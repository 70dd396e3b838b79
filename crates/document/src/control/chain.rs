//! The verified chain: what the membership records say once each was checked.
//!
//! A device pins the founder's public key and the chain's head when it joins; a chain that is
//! shorter, forked, or signed by a key that may not (see `entitle`), is refused.

use super::membership::{Alteration, Enrolment, MAX_SECTORS, Member, MembershipBody, Step};
use super::record::{Record, RecordKind};
use crate::actor::SignerId;
use crate::change::Hash;
use crate::error::DocumentError;
use crate::signer::PublicKey;
use domain::ids::CiteId;
use std::collections::BTreeMap;

/// A verified chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub(super) founder: PublicKey,
    cite: [u8; 16],
    /// Ids of the records, by position; never empty.
    ids: Vec<Hash>,
    pub(super) members: BTreeMap<SignerId, Member>,
    established: Option<Established>,
    last_revocation: Option<u32>,
}

/// How a référent's device founded the cité.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Established {
    /// Who signed.
    pub by: SignerId,
    /// X25519 public key of the printed recovery key.
    pub recovery: PublicKey,
    /// Position of the record.
    pub position: u32,
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
            ids: vec![record.id()],
            members: BTreeMap::new(),
            established: None,
            last_revocation: None,
        })
    }

    /// Adds the next record; nothing is changed where it is refused.
    ///
    /// # Errors
    /// [`DocumentError::BadChain`] where it does not follow or cannot be, [`DocumentError::NotEntitled`]
    /// where the signer may not, [`DocumentError::BadSignature`].
    pub fn add(&mut self, record: &Record) -> Result<(), DocumentError> {
        let body: MembershipBody = read(record)?;
        let position = self.length();
        if body.position != position || *body.previous != self.head() || *body.cite != self.cite {
            return Err(DocumentError::BadChain);
        }
        let key = self.signing_key(&record.signer).ok_or(DocumentError::NotEntitled)?;
        record.verify(&key)?;
        if !self.may(&record.signer, &body.step) {
            return Err(DocumentError::NotEntitled);
        }
        match &body.step {
            Step::Found(_) => return Err(DocumentError::BadChain),
            Step::Enrol(enrolment) => self.enrol(enrolment, position)?,
            Step::Revoke(signer) => self.revoke(signer, position)?,
            Step::Establish { recovery } => {
                // The zero point would make everything sealed to it readable by anybody.
                if **recovery == [0; 32] {
                    return Err(DocumentError::BadChain);
                }
                self.established = Some(Established { by: record.signer, recovery: **recovery, position });
            }
            Step::Change(alteration) => self.alter(alteration, position)?,
        }
        self.ids.push(record.id());
        Ok(())
    }

    fn enrol(&mut self, enrolment: &Enrolment, position: u32) -> Result<(), DocumentError> {
        let (signer, member) = Member::read(enrolment, position)?;
        let mut known = self.members.values().filter(|it| it.user == member.user);
        // Another device of a user: the same organisation, and what they do now.
        let fits = known.all(|it| {
            it.organisation == member.organisation
                && (it.revoked || (it.role == member.role && it.sectors == member.sectors))
        });
        if !fits || member.sign == self.founder || self.members.contains_key(&signer) {
            return Err(DocumentError::BadChain);
        }
        self.members.insert(signer, member);
        Ok(())
    }

    fn revoke(&mut self, signer: &SignerId, position: u32) -> Result<(), DocumentError> {
        let member = self.members.get_mut(signer).filter(|it| !it.revoked);
        let member = member.ok_or(DocumentError::BadChain)?;
        (member.revoked, member.revoked_at) = (true, Some(position));
        self.last_revocation = Some(position);
        Ok(())
    }

    fn alter(&mut self, alteration: &Alteration, position: u32) -> Result<(), DocumentError> {
        let (role, sectors) = (alteration.role()?, alteration.sectors());
        if (role.is_none() && sectors.is_none()) || sectors.as_ref().is_some_and(|it| it.len() > MAX_SECTORS)
        {
            return Err(DocumentError::BadChain);
        }
        let (mut found, mut takes_away) = (false, false);
        for member in self.members.values_mut() {
            if member.user != alteration.user() || member.revoked {
                continue;
            }
            found = true;
            if let Some(role) = role {
                takes_away |= member.role.holds_keys() && !role.holds_keys();
                member.role = role;
            }
            if let Some(sectors) = &sectors {
                takes_away |= member.sectors.iter().any(|it| !sectors.contains(it));
                member.sectors.clone_from(sectors);
            }
        }
        if !found {
            return Err(DocumentError::BadChain);
        }
        if takes_away {
            self.last_revocation = Some(position);
        }
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
        MembershipBody { position: self.length(), previous: self.head().into(), cite: self.cite.into(), step }
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
        self.ids[self.ids.len() - 1]
    }
    /// Id of the record at a position.
    pub fn id_at(&self, position: u32) -> Option<Hash> {
        self.ids.get(position as usize).copied()
    }
    /// Number of records.
    pub fn length(&self) -> u32 {
        self.ids.len() as u32
    }
    /// A member by signer.
    pub fn member(&self, signer: &SignerId) -> Option<&Member> {
        self.members.get(signer)
    }
    /// Every member.
    pub fn members(&self) -> impl Iterator<Item = (&SignerId, &Member)> {
        self.members.iter()
    }
    /// Whether a référent's device has founded.
    pub fn established(&self) -> bool {
        self.established.is_some()
    }
    /// How a référent's device founded.
    pub fn establishment(&self) -> Option<&Established> {
        self.established.as_ref()
    }
    /// X25519 public key of the printed recovery key, once a device has founded.
    pub fn recovery(&self) -> Option<PublicKey> {
        self.established.map(|it| it.recovery)
    }
    /// Position of the last step that took something away: a revocation, a role with keys, a sector.
    pub fn last_revocation(&self) -> Option<u32> {
        self.last_revocation
    }
}

fn read(record: &Record) -> Result<MembershipBody, DocumentError> {
    if record.kind != RecordKind::Membership {
        return Err(DocumentError::BadChain);
    }
    record.read()
}
