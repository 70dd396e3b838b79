//! What the cité finally refused, shown to whoever wrote it.

use super::person::Author;
use super::today::PersonLabel;
use crate::time::Day;
use crate::vocabulary::DocumentKind;
use serde::{Deserialize, Serialize};

/// Lists what was set aside of the user at work; for a référent, also what they took over from a found tablet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListSetAside {}

/// What was set aside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SetAsideView {
    /// Oldest first.
    pub items: Vec<SetAsideItem>,
    /// How many others are here, of colleagues: they see them at their own session.
    pub others: u32,
}

/// One user action that was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetAsideItem {
    /// Its number on this device.
    pub id: i64,
    /// Day of the action.
    pub on: Day,
    /// Who wrote it.
    pub author: Author,
    /// About whom, as this user may see them; none for an outing.
    pub person: Option<PersonLabel>,
    /// The document it was to stand in.
    pub kind: DocumentKind,
    /// Code of the refusal.
    pub reason: String,
    /// It opens with this user's keys; else its lines are lost with the ones they had before.
    pub readable: bool,
    /// What was written.
    pub lines: Vec<SetAsideLine>,
}

/// One value that was written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SetAsideLine {
    /// List of the fact; none for the record itself.
    pub list: Option<String>,
    /// Key.
    pub field: String,
    /// Code or text.
    pub value: String,
}

impl std::fmt::Debug for SetAsideLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetAsideLine(…)")
    }
}

/// Lets one go for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiscardSetAside {
    /// Its number on this device.
    pub id: i64,
}
