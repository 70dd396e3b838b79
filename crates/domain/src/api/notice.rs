//! Translations of the notice, and who has checked them.

use crate::cite::NoticeCheck;
use crate::vocabulary::NoticeChecker;
use serde::{Deserialize, Serialize};

/// Lists the notice's texts beside the French.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListNotices {}

/// Marks a translation as checked, or takes the mark away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckNotice {
    /// Language code; not French.
    pub language: String,
    /// The words that were read: another text than the one in force is not marked.
    pub text: String,
    /// The French beside which they were read.
    pub french: String,
    /// Function of whoever checked them; none takes the mark away.
    pub by: Option<NoticeChecker>,
}

/// The notice in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticesView {
    /// Version of the notice.
    pub version: u32,
    /// The French text.
    pub french: String,
    /// The French counts.
    pub french_checked: bool,
    /// The other languages, in the order shown.
    pub texts: Vec<TranslationView>,
}

/// A translation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TranslationView {
    /// Code.
    pub language: String,
    /// Name of the language in itself.
    pub name: String,
    /// Written from right to left.
    pub right_to_left: bool,
    /// The words.
    pub text: String,
    /// A draft that ships with the software, word for word.
    pub draft: bool,
    /// It may found a notice.
    pub checked: bool,
    /// Who checked it and when; none where the settings file says so, or nobody did.
    pub check: Option<NoticeCheck>,
}
