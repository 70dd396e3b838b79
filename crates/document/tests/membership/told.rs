//! A chain as it is told, step by step.

use document::control::{
    Alteration, Chain, Enrolment, MembershipBody, Record, RecordKind, RecoveryKeys, Step,
};
use document::{DocumentError, SignerKey};
use domain::ids::UserId;
use domain::role::Role;

pub const CITE: [u8; 16] = [1; 16];
pub const COMMUNE: u8 = 1;
pub const ASSOCIATION: u8 = 2;

pub fn key(seed: u8) -> SignerKey {
    SignerKey::from_secret(&[seed; 32])
}

pub fn founder() -> SignerKey {
    key(200)
}

/// A user whose device, user and key carry one number.
pub fn person(seed: u8, role: Role, organisation: u8) -> Enrolment {
    Enrolment {
        user: [seed; 16].into(),
        user_name: format!("Personne {seed}"),
        role: role.code().into(),
        organisation: [organisation; 16].into(),
        sectors: vec![[7; 16].into()],
        device: [seed; 16].into(),
        device_name: "Tablette".into(),
        sign: key(seed).public().into(),
        agree: [seed; 32].into(),
        organisation_name: String::new(),
    }
}

pub fn enrol(seed: u8, role: Role, organisation: u8) -> Step {
    Step::Enrol(person(seed, role, organisation))
}

pub fn revoke(seed: u8) -> Step {
    Step::Revoke(key(seed).id())
}

pub fn establish() -> Step {
    Step::Establish { recovery: keys(9), known: head_of_begun() }
}

/// Public halves of a printed key that signs with `key(seed)`.
pub fn keys(seed: u8) -> RecoveryKeys {
    RecoveryKeys { agree: [seed; 32].into(), sign: key(seed).public().into() }
}

/// Id of the founding record, which every printed key here names.
pub fn head_of_begun() -> minicbor::bytes::ByteArray<32> {
    Told::begin().chain.head().into()
}

pub fn role(seed: u8, role: Role) -> Step {
    Step::Change(Alteration::new(UserId::from_bytes([seed; 16]), Some(role), None))
}

/// A chain and its records.
pub struct Told {
    pub chain: Chain,
    pub records: Vec<Record>,
}

impl Told {
    pub fn begin() -> Self {
        let body = MembershipBody {
            position: 0,
            previous: [0; 32].into(),
            cite: CITE.into(),
            step: Step::Found(founder().public().into()),
        };
        let record = Record::sign(RecordKind::Membership, &body, &founder());
        Self { chain: Chain::found(&record).unwrap(), records: vec![record] }
    }

    /// A cité that the référent 1 of the commune founded.
    pub fn established() -> Self {
        let mut told = Self::begin();
        told.say(&founder(), enrol(1, Role::Referent, COMMUNE)).unwrap();
        told.say(&key(1), establish()).unwrap();
        told
    }

    pub fn say(&mut self, by: &SignerKey, step: Step) -> Result<(), DocumentError> {
        let record = Record::sign(RecordKind::Membership, &self.chain.next(step), by);
        let before = self.chain.clone();
        let said = self.chain.add(&record);
        match said {
            Ok(()) => self.records.push(record),
            Err(_) => assert_eq!(self.chain, before, "a refused step changed the chain"),
        }
        said
    }

    pub fn active(&self, seed: u8) -> bool {
        self.chain.member(&key(seed).id()).is_some_and(|member| !member.revoked)
    }
}
