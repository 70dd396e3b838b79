//! Named parts: what they hold, where they are, writing into them.

use crate::ids::{FactId, PathwayId};
use crate::time::Day;
use crate::vocabulary::Part;
use serde::{Deserialize, Serialize};

/// What the named parts hold. Never in a coded document, never in a log.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NamedParts {
    /// Recognition: first name or nickname.
    pub first_name: Option<String>,
    /// Recognition: initial of the family name.
    pub initial: Option<String>,
    /// Identity: family name.
    pub family_name: Option<String>,
    /// Identity: birth date.
    pub birth_date: Option<Day>,
    /// Contact: phone.
    pub phone: Option<String>,
    /// Contact: the phone is shared with others.
    pub phone_shared: Option<bool>,
    /// Contact: a voice message may be left.
    pub voice_message: Option<bool>,
    /// Contact: an SMS may be sent.
    pub sms: Option<bool>,
    /// Contact: safe hours, as told.
    pub safe_hours: Option<String>,
    /// Contact: how to introduce oneself.
    pub introduce_as: Option<String>,
    /// Contact: e-mail.
    pub email: Option<String>,
    /// Contact: address.
    pub address: Option<String>,
    /// Notes: free notes.
    pub notes: Vec<NoteView>,
}

impl std::fmt::Debug for NamedParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NamedParts(…)")
    }
}

/// A free note.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// Fact in the notes document; none for a new one.
    pub id: Option<FactId>,
    /// Text, 2,000 characters at most.
    pub text: String,
    /// Day.
    pub on: Day,
}

impl std::fmt::Debug for NoteView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NoteView(…)")
    }
}

/// Writes into the named parts; none means unchanged, an empty text clears; notes without id are added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WritePart {
    /// Person.
    pub pathway: PathwayId,
    /// Fields that change.
    pub named: NamedParts,
}

/// Where a named part is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartState {
    /// Part.
    pub part: Part,
    /// Something is written in it here.
    pub written: bool,
    /// It exists on this device only: *Perdu si cette tablette est perdue*.
    pub only_here: bool,
    /// Organisations it is shared with, as things stand.
    #[serde(default)]
    pub with: Vec<String>,
}
