//! Drafts: on disk after every tap, and there again after the app is killed.

use super::encounter::{EncounterForm, PassageForm};
use crate::ids::DraftId;
use crate::time::InstantMs;
use serde::{Deserialize, Serialize};

/// A form being filled. Drafts never leave the device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Draft; the screen draws it at random.
    pub id: DraftId,
    /// Grows by one at every save: an older save arriving late is dropped.
    pub revision: u64,
    /// The form.
    pub form: DraftForm,
}

/// The form of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftForm {
    /// A rencontre.
    Encounter(Box<EncounterForm>),
    /// A passage.
    Passage(PassageForm),
}

/// Saves a draft, after every tap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaveDraft {
    /// The draft.
    pub draft: Draft,
}

/// The draft is on disk in a committed transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftSaved {
    /// Revision on disk.
    pub revision: u64,
}

/// Lists the user's drafts, newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListDrafts {}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftSummary {
    /// Draft.
    pub id: DraftId,
    /// Initials of the person, where the form names one.
    pub initials: Option<String>,
    /// True for a passage.
    pub passage: bool,
    /// Last save.
    pub saved_at_ms: InstantMs,
}

/// Opens a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenDraft {
    /// Draft.
    pub id: DraftId,
}

/// Throws a draft away, on the user's word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiscardDraft {
    /// Draft.
    pub id: DraftId,
}
