//! The directory of solutions.

use crate::ids::SolutionId;
use crate::location::Location;
use crate::time::Day;
use crate::vocabulary::BarrierDomain;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Searches the directory.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchSolutions {
    /// Words of the name, structure or description.
    pub query: String,
    /// Domain of barrier it answers.
    pub domain: Option<BarrierDomain>,
}

/// A solution as shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SolutionView {
    /// Solution.
    pub id: SolutionId,
    /// Name.
    pub name: String,
    /// Structure.
    pub structure: String,
    /// Description, plain text.
    pub description: String,
    /// Domains it answers.
    pub domains: Vec<BarrierDomain>,
    /// Publics, as words.
    pub publics: Vec<String>,
    /// Where it is open to.
    pub places: Vec<String>,
    /// Public phone number.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Fees, as words.
    pub fees: Option<String>,
    /// Valid until.
    pub until: Option<Day>,
    /// Referral to it is an *orientation protégée*.
    pub protected: bool,
}

/// Proposes solutions for what was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposeSolutions {
    /// Domains.
    pub domains: BTreeSet<BarrierDomain>,
    /// Situations, by code.
    pub situations: BTreeSet<String>,
    /// Where the person lives or is met.
    pub place: Option<Location>,
}

/// A proposed solution, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Solution.
    pub solution: SolutionView,
    /// Domain it answers.
    pub domain: BarrierDomain,
    /// It is open to that very place, not only to the whole cité.
    pub near: bool,
    /// Referrals made to it and accepted, as known on this device.
    pub referrals: (u32, u32),
}
