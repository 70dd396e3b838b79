//! A référent's morning: the people they follow in order of urgency, what may be one person twice,
//! and what several people wrote differently.

use super::ledger::PartnerId;
use super::person::{Author, PersonHit};
use crate::ids::{FactId, PathwayId};
use crate::time::Day;
use crate::vocabulary::{FollowUpKind, RequestKind};
use serde::{Deserialize, Serialize};

/// Reads the people followed, most urgent first: what somebody asked for with their receipt, then what is due
/// (latest first), then the risk of drop-out by weight, then whoever was met longest ago.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadCaseload {
    /// Only people this user is a référent of.
    pub mine: bool,
    /// At most this many, 200 at the most.
    pub limit: u32,
}

/// The people followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseloadView {
    /// The day it is here.
    pub today: Day,
    /// Most urgent first; records linked as one person stand once.
    pub people: Vec<CaseloadItem>,
    /// How many in all.
    pub total: u32,
    /// How many of them have something due.
    pub due: u32,
    /// How many of them are at risk of drop-out.
    pub at_risk: u32,
    /// How many of all are this user's own.
    pub mine: u32,
    /// People proposed to this user, who has not answered yet.
    #[serde(default)]
    pub offers: Vec<PersonHit>,
}

/// Someone followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseloadItem {
    /// Person.
    pub hit: PersonHit,
    /// What they asked for last with the code of their receipt, where nobody has seen to it.
    #[serde(default)]
    pub asked: Option<(RequestKind, Day)>,
    /// What is due soonest, today or before.
    pub due: Option<(FollowUpKind, Day)>,
    /// Reasons of the risk of drop-out, with their weights.
    pub reasons: Vec<(String, u32)>,
    /// The reasons together mean risk.
    pub at_risk: bool,
    /// Day on which the record ends for want of contact, where that is within a month.
    #[serde(default)]
    pub ends_on: Option<Day>,
}

/// Reads pairs of records that may be of one person, and of whom several values were written at the
/// same time, among the people this user may open.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadToSettle {}

/// What waits for a référent's eye.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToSettleView {
    /// Probable duplicates, the likeliest first.
    pub duplicates: Vec<ProbableDuplicate>,
    /// People with differing values.
    pub differing: Vec<PersonHit>,
    /// People of whom another record was erased on order, and this one was not.
    #[serde(default)]
    pub left: Vec<PersonHit>,
    /// Partners to be told that somebody was erased.
    #[serde(default)]
    pub to_tell: Vec<ErasedToTell>,
}

/// A partner to be told that somebody, who is not named, was erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErasedToTell {
    /// Number of the erasure.
    pub number: String,
    /// Its day.
    pub on: Day,
    /// Its record, 64 hexadecimal digits.
    pub cause: String,
    /// Partner, as the ledger named it.
    pub partner: PartnerId,
    /// Its name and structure; none for a protected one that this user does not know.
    pub name: Option<String>,
    /// Of a protected one: who knows which it is.
    #[serde(default)]
    pub known_by: Option<Author>,
    /// They work here no longer.
    #[serde(default)]
    pub known_by_left: bool,
}

/// Two records that may be of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbableDuplicate {
    /// The one.
    pub one: PersonHit,
    /// The other.
    pub other: PersonHit,
    /// Reasons (codes of `duplicate::Reason`) with their weights, heaviest first.
    pub reasons: Vec<(String, u32)>,
}

/// Says that two records are of one person (a link that can be undone), or of two people (undoes the
/// link; the pair is not proposed again).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkPeople {
    /// The one.
    pub one: PathwayId,
    /// The other.
    pub other: PathwayId,
    /// One person.
    pub same: bool,
}

/// A record linked as the same person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkedPerson {
    /// The other record.
    pub hit: PersonHit,
    /// Who linked them; none where the two are linked through a third.
    pub author: Option<Author>,
}

/// Settles a field that holds several values written at the same time: the value kept is written
/// again over all of them, and every one stays in the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettleField {
    /// Person.
    pub pathway: PathwayId,
    /// Fact; none for a field of the profile.
    pub fact: Option<FactId>,
    /// Field.
    pub field: String,
    /// The value kept, one of those shown.
    pub value: String,
}
