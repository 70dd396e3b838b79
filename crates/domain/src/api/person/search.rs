//! Finding people, and how a person stands in a list.

use super::super::today::PersonLabel;
use crate::ids::PathwayId;
use crate::location::Location;
use crate::time::Day;
use crate::vocabulary::{AgeBand, Gender, Household};
use serde::{Deserialize, Serialize};

/// Searches name, nickname, phone and code repère among the people this user may open: without
/// accents, by beginnings of words. An empty query lists those met last.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchPeople {
    /// What was typed so far.
    pub query: String,
    /// At most this many, 50 at the most.
    pub limit: u32,
}

impl std::fmt::Debug for SearchPeople {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchPeople(…)")
    }
}

/// People found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Hits, best first.
    pub hits: Vec<PersonHit>,
    /// People this user may open, in all.
    pub total: u32,
    /// Of those listed, who waits for an answer to a request with their receipt. Looked at where nothing
    /// was typed.
    #[serde(default)]
    pub asked: Vec<PathwayId>,
    /// More were found than are listed.
    pub more: bool,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonHit {
    /// How the person is shown.
    pub label: PersonLabel,
    /// Age band.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Household.
    pub household: Option<Household>,
    /// Residence.
    pub residence: Option<Location>,
    /// Day of the last encounter.
    pub last_on: Option<Day>,
    /// Encounters counted.
    pub encounters: u32,
    /// Barriers that are not lifted.
    pub open_barriers: u32,
}
