//! Who follows a person: several référents at once, one lead, hand-overs accepted by their receiver.

use super::person::Author;
use crate::ids::{FactId, OrganisationId, PathwayId, UserId};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// A référent of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferentView {
    /// Fact.
    pub id: FactId,
    /// Who follows.
    pub referent: Author,
    /// Lead.
    pub lead: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Option<Day>,
    /// Accepted by its receiver.
    pub accepted: bool,
    /// Who proposed it.
    pub by: Author,
}

/// A référent of the cité to whom a person can be handed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Colleague {
    /// User.
    pub user: UserId,
    /// Name shown.
    pub name: String,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The user at work.
    pub me: bool,
}

/// Lists the référents of the cité.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListReferents {}

/// Proposes a référent; one's own proposal to oneself is accepted at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferReferent {
    /// Person.
    pub pathway: PathwayId,
    /// Who is to follow them.
    pub user: UserId,
    /// As lead: whoever leads now goes on until it is accepted.
    pub lead: bool,
}

/// Accepts or declines a proposal made to this user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerReferent {
    /// Person.
    pub pathway: PathwayId,
    /// The proposal.
    pub link: FactId,
    /// Accepts. Where it is the lead, the lead of the others ends today.
    pub accept: bool,
}

/// Ends a following today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndReferent {
    /// Person.
    pub pathway: PathwayId,
    /// The link.
    pub link: FactId,
}
