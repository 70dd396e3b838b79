//! The verified chain: what the membership records say once each was checked.
//!
//! A device pins the founder's public key and the chain's head when it joins; a chain that is
//! shorter, forked, or signed by a key that may not (see `entitle`), is refused.

use super::membership::{Alteration, Enrolment, MAX_SECTORS, Member, MembershipBody, Step};
use super::record::{Record, RecordKind};
use super::recovery::{FORMER, Printed, Recovery, RecoveryKeys};
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
    /// Printed keys, the first since a référent's device founded; the last one counts.
    printed: Vec<Printed>,
    last_revocation: Option<u32>,
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
            printed: Vec::new(),
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
            Step::Establish { recovery, known } => {
                self.print(*recovery, **known, None, record.signer)?;
            }
            Step::Change(alteration) => self.alter(alteration, position)?,
            Step::Recover(recovery) => self.recover(recovery, position)?,
            Step::Reprint(it) => self.print(it.next, *it.known, None, record.signer)?,
        }
        self.ids.push(record.id());
        Ok(())
    }

    /// Another printed key counts from here on; nobody signs with it but whoever holds the paper.
    fn print(
        &mut self,
        keys: RecoveryKeys,
        known: Hash,
        former: Option<Vec<u8>>,
        by: SignerId,
    ) -> Result<(), DocumentError> {
        let used = |it: &Printed| it.keys.agree == keys.agree || it.keys.sign == keys.sign;
        if keys.is_none()
            || *keys.sign == self.founder
            || self.members.contains_key(&keys.signer())
            || self.printed.iter().any(used)
            || !self.ids.contains(&known)
        {
            return Err(DocumentError::BadChain);
        }
        self.printed.push(Printed { keys, position: self.length(), by, known, former });
        Ok(())
    }

    fn recover(&mut self, recovery: &Recovery, position: u32) -> Result<(), DocumentError> {
        if recovery.former.len() != FORMER || *recovery.enrolment.sign == *recovery.next.sign {
            return Err(DocumentError::BadChain);
        }
        let by = SignerId::of(&recovery.enrolment.sign);
        let before = self.printed.len();
        self.print(recovery.next, *recovery.known, Some(recovery.former.to_vec()), by)?;
        self.enrol(&recovery.enrolment, position).inspect_err(|_| self.printed.truncate(before))
    }

    fn enrol(&mut self, enrolment: &Enrolment, position: u32) -> Result<(), DocumentError> {
        let (signer, member) = Member::read(enrolment, position)?;
        let mut known = self.members.values().filter(|it| it.user == member.user);
        // Another device of a user: the same organisation, and what they do now.
        let fits = known.all(|it| {
            it.organisation == member.organisation
                && (it.revoked || (it.role == member.role && it.sectors == member.sectors))
        });
        let printed = self.printed.iter().any(|it| *it.keys.sign == member.sign);
        if !fits || printed || member.sign == self.founder || self.members.contains_key(&signer) {
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
                let left = std::mem::replace(&mut member.sectors, sectors.clone());
                member.sectors_before.extend(left);
                member.sectors_before.sort_unstable();
                member.sectors_before.dedup();
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
        !self.printed.is_empty()
    }
    /// The printed keys, oldest first: the first was printed when a référent's device founded, each other
    /// when the one before it was used, or replaced.
    pub fn printed(&self) -> &[Printed] {
        &self.printed
    }
    /// X25519 public key of the printed key that counts, once a device has founded.
    pub fn recovery(&self) -> Option<PublicKey> {
        self.printed.last().map(Printed::agree)
    }
    /// Whether the printed key that counts opens what the one before it opened, for whoever holds only it.
    pub fn hands_on(&self) -> bool {
        self.printed.last().is_some_and(|it| it.former.is_some()) || self.printed.len() == 1
    }
    /// Whether a chain known to this length knows the printed key that counts.
    pub fn knows_printed(&self, length: u32) -> bool {
        self.printed.last().is_some_and(|it| it.position < length)
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
