//! The copy that a person may ask for.

use crate::ids::PathwayId;
use serde::{Deserialize, Serialize};

/// Makes a copy of everything held on a person, as far as this user may read it. Nothing is written
/// to a file before the user chooses where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyForPerson {
    /// Person.
    pub pathway: PathwayId,
}

/// The copy.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyMade {
    /// Name of a file without its ending; a day and nothing about anybody.
    pub file_stem: String,
    /// A document to read and to print: one HTML file that loads nothing.
    pub page: String,
    /// The same as JSON: [`crate::copy::AccessCopy`].
    pub data: String,
    /// Writings sealed for others, which this copy does not hold.
    pub sealed_for_others: u32,
}

impl std::fmt::Debug for CopyMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CopyMade(…)")
    }
}
