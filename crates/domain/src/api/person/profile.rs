//! The coded profile.

use crate::ids::PathwayId;
use crate::location::Location;
use crate::vocabulary::{AgeBand, Evidence, Gender, Household};
use serde::{Deserialize, Serialize};

/// Coded profile; none means unchanged (edit) or not noted (new).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    /// Age band.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Household.
    pub household: Option<Household>,
    /// Residence.
    pub residence: Option<Location>,
    /// How it is known.
    pub residence_evidence: Option<Evidence>,
}

/// Edits the coded profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditProfile {
    /// Person.
    pub pathway: PathwayId,
    /// Fields that change.
    pub profile: ProfileForm,
}
