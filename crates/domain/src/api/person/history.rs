//! Earlier values, and values that differ.

use super::page::Author;
use crate::ids::{FactId, PathwayId};
use crate::time::{Day, InstantMs};
use serde::{Deserialize, Serialize};

/// A field holding several values written at the same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DifferingField {
    /// List of the fact (`barriers`, `follow_ups` ...) and the fact; none for the profile.
    pub fact: Option<(String, FactId)>,
    /// Name of the field (`age`, `residence` ...).
    pub field: String,
    /// Values with their authors; the first is the one shown elsewhere.
    pub values: Vec<(String, Author)>,
}

/// Reads every value a field ever had, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadFieldHistory {
    /// Person.
    pub pathway: PathwayId,
    /// Fact; none for a field of the profile.
    pub fact: Option<FactId>,
    /// Field name; none for every field of the fact.
    pub field: Option<String>,
}

/// An earlier value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierValue {
    /// Field name.
    pub field: String,
    /// Value as its code.
    pub value: String,
    /// Who wrote it.
    pub author: Author,
    /// Day of the signed group that carried it.
    pub on: Option<Day>,
    /// When, where it was written on this device.
    pub at_ms: Option<InstantMs>,
    /// It is the present value.
    pub current: bool,
}
