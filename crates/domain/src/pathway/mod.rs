//! The pathway (parcours): the coded record of one person, as read from its document.
//!
//! Field names are the keys of the Automerge document (see `document::schema`), so that
//! [`PathwayDoc`] deserialises from the document's winning values. There is no free text, no birth
//! year and no hour here: the schema has no place for them.

mod facts;
mod merge;
mod past;

pub use facts::*;
pub use past::{Past, StateOn};

use crate::ids::{FactId, PathwayId};
use crate::location::Location;
use crate::time::Day;
use crate::vocabulary::{AgeBand, Evidence, Gender, Household};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A list of facts: a map keyed by random identifier, so that adding wins over everything.
pub type Facts<T> = BTreeMap<FactId, T>;

/// The whole coded record of one person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PathwayDoc {
    /// *Code repère*: six characters the person may keep; names nobody. See [`crate::code`].
    pub code: Option<String>,
    /// Age band, as told.
    pub age: Option<AgeBand>,
    /// Gender, as told.
    pub gender: Option<Gender>,
    /// Household, as told.
    pub household: Option<Household>,
    /// Where the person lives.
    pub residence: Option<Location>,
    /// How the residence is known.
    pub residence_evidence: Option<Evidence>,
    /// Day of the first contact.
    pub first_contact_on: Option<Day>,
    /// Needs.
    pub needs: Facts<Need>,
    /// Barriers.
    pub barriers: Facts<Barrier>,
    /// Strengths: situation codes that are resources.
    pub strengths: BTreeMap<String, bool>,
    /// Encounters.
    pub encounters: Facts<Encounter>,
    /// Follow-ups and appointments.
    pub follow_ups: Facts<FollowUp>,
    /// Referrals to solutions.
    pub referrals: Facts<Referral>,
    /// Episodes (accompagnements).
    pub episodes: Facts<Episode>,
    /// Dated snapshots of the person's situation.
    pub situations: Facts<Situation>,
    /// Outcomes.
    pub outcomes: Facts<Outcome>,
    /// Référents, several at once.
    pub referents: Facts<ReferentLink>,
    /// Funding of the pathway.
    pub funding: Facts<Funding>,
    /// Programmes the person is in.
    pub memberships: Facts<Membership>,
    /// Links to other pathways of the same person; removing the link undoes the merge.
    pub links: Facts<PersonLink>,
}

/// Two pathways are the same person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonLink {
    /// The other pathway.
    pub other: PathwayId,
    /// False once undone, and where somebody said that they are two people. What is false stands in no
    /// document.
    #[serde(default)]
    pub active: bool,
}
