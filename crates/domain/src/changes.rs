//! What a write made stale, so that a screen fetches again exactly that.

use crate::ids::PathwayId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something a screen shows and a write can make stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Who is signed in, locked or unlocked.
    Session,
    /// *Aujourd'hui*: outing, due items, last entries.
    Today,
    /// Drafts.
    Drafts,
    /// The list of people and the search.
    People,
    /// One person's page, ledger included.
    Person(PathwayId),
    /// The directory of solutions.
    Solutions,
    /// What waits to be sent, what was received, the last exchange.
    Sync,
    /// The merged cohort.
    Cohort,
    /// The devices of the cité.
    Devices,
    /// The people of the cité, on a référent's device.
    Members,
    /// The cité's settings, sectors, places and polygons.
    Cite,
}

/// The set of topics a write made stale; empty for a read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Changes(pub BTreeSet<Topic>);

impl Changes {
    /// Nothing changed.
    pub fn none() -> Self {
        Self::default()
    }

    /// These topics changed.
    pub fn of(topics: impl IntoIterator<Item = Topic>) -> Self {
        Self(topics.into_iter().collect())
    }

    /// Whether a topic is stale.
    pub fn touches(&self, topic: Topic) -> bool {
        self.0.contains(&topic)
    }

    /// Adds the topics of another write.
    pub fn merge(&mut self, other: Changes) {
        self.0.extend(other.0);
    }
}
