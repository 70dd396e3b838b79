//! Needs and barriers.

use super::page::Author;
use crate::ids::{FactId, PathwayId};
use crate::time::Day;
use crate::vocabulary::{BarrierDomain, BarrierState, Impact, NeedKind, NeedState, Priority};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A need on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedView {
    /// Fact.
    pub id: FactId,
    /// Kind.
    pub kind: NeedKind,
    /// State.
    pub state: NeedState,
    /// Day.
    pub on: Day,
    /// Who noted it.
    pub author: Author,
}

/// Adds a need, or changes its state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetNeed {
    /// Person.
    pub pathway: PathwayId,
    /// The need; none adds one.
    pub need: Option<FactId>,
    /// Kind.
    pub kind: NeedKind,
    /// State.
    pub state: NeedState,
}

/// A barrier on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarrierView {
    /// Fact.
    pub id: FactId,
    /// Domain.
    pub domain: BarrierDomain,
    /// Situations, by code; sensitive ones only where this user may read them.
    pub situations: Vec<String>,
    /// Which of them are sealed (not readable by the cité).
    pub sealed_situations: Vec<String>,
    /// Objectives, by code.
    pub objectives: Vec<String>,
    /// Impact.
    pub impact: Option<Impact>,
    /// Priority.
    pub priority: Option<Priority>,
    /// State.
    pub state: BarrierState,
    /// Day noted.
    pub on: Day,
    /// Day of the present state.
    pub state_on: Option<Day>,
    /// Who noted it.
    pub author: Author,
}

/// Adds a barrier, or changes one; none means unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetBarrier {
    /// Person.
    pub pathway: PathwayId,
    /// The barrier; none adds one in `domain`.
    pub barrier: Option<FactId>,
    /// Domain, for a new one.
    pub domain: BarrierDomain,
    /// New set of situations.
    #[serde(default)]
    pub situations: Option<BTreeSet<String>>,
    /// New set of objectives.
    #[serde(default)]
    pub objectives: Option<BTreeSet<String>>,
    /// New state.
    #[serde(default)]
    pub state: Option<BarrierState>,
    /// New impact.
    #[serde(default)]
    pub impact: Option<Impact>,
    /// New priority.
    #[serde(default)]
    pub priority: Option<Priority>,
}

impl SetBarrier {
    /// Nothing changed yet: of a barrier, or of a new one in a domain.
    pub fn of(pathway: PathwayId, barrier: Option<FactId>, domain: BarrierDomain) -> Self {
        Self {
            pathway,
            barrier,
            domain,
            situations: None,
            objectives: None,
            state: None,
            impact: None,
            priority: None,
        }
    }
}
