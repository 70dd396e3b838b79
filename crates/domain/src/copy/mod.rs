//! The copy that a person may ask for (right of access, GDPR article 15): everything held, with
//! authors and dates, as data and as a document to read. French, the language of the cité's files.

mod page;
pub mod words;

pub use page::page;

use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Everything held on a person, as far as who makes the copy may read it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessCopy {
    /// Name of the cité.
    pub cite: String,
    /// Controller(s).
    pub controllers: String,
    /// Data protection officer.
    pub data_protection_officer: String,
    /// Legal basis.
    pub basis: String,
    /// Months kept after the last contact.
    pub retention_months: u32,
    /// Day of the copy.
    pub made_on: Day,
    /// Who made it: name and organisation, or the server.
    pub made_by: String,
    /// Code repère.
    pub code: Option<String>,
    /// The coded record: profile first, then each list that holds anything.
    pub record: Vec<Section>,
    /// Named parts.
    pub parts: Vec<PartCopy>,
    /// The ledger, oldest first.
    pub ledger: Vec<LedgerLine>,
    /// Who was given data, beyond the colleagues named as authors.
    pub recipients: Vec<Recipient>,
    /// Colleagues whose devices receive the coded record, as things stand.
    pub readers: Vec<Signature>,
}

impl std::fmt::Debug for AccessCopy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessCopy(…)")
    }
}

/// A list of facts of one kind.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its key in the document; empty for the profile.
    pub list: String,
    /// Its title.
    pub title: String,
    /// Facts.
    pub facts: Vec<Fact>,
}

/// A fact: every value it ever held.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its identifier; none for the profile.
    pub id: Option<String>,
    /// Struck out since: kept, not counted.
    pub void: bool,
    /// Values: field by field, the oldest first.
    pub values: Vec<FieldValue>,
}

/// A value that was written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldValue {
    /// Key of the field.
    pub field: String,
    /// Its name.
    pub name: String,
    /// Value as it stands in the document.
    pub value: String,
    /// The value in words.
    pub words: String,
    /// The present value; earlier ones are kept too.
    pub current: bool,
    /// Who wrote it, and when.
    pub by: Signature,
}

/// Who, and on which day.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// Name; none where the membership record is not known here.
    pub name: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// Day of the user's action.
    pub on: Option<Day>,
}

/// A named part.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PartCopy {
    /// Code of the part.
    pub part: String,
    /// Its name.
    pub title: String,
    /// What of it can be read here.
    pub sections: Vec<Section>,
    /// It was never sent from this device.
    pub only_here: bool,
    /// Organisations with which it is shared, as things stand.
    pub shared_with: Vec<String>,
    /// Writings that are here, sealed for others: they cannot be read with these keys.
    pub sealed_for_others: u32,
    /// Who wrote those.
    pub sealed_by: Vec<Signature>,
}

/// An entry of the ledger.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// Name of the entry: its first eight hexadecimal digits.
    pub number: String,
    /// What, in words.
    pub act: String,
    /// How: form, given by, helped by, setting.
    pub how: String,
    /// Who recorded it, and when.
    pub by: Signature,
}

/// Somebody who was given data.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Recipient {
    /// Name of the organisation or solution; none where only its author may read it.
    pub name: Option<String>,
    /// Why: a referral, a part that is shared.
    pub why: String,
    /// Day.
    pub on: Option<Day>,
}

/// Name of a file, without its ending: a day and nothing about anybody.
pub fn file_stem(made_on: Day) -> String {
    format!("droit-acces-{made_on}")
}
