//! *Récupérer la cité avec la clé imprimée*: a new first référent, where none is left, and another key on paper.

use super::member::RecoveryKeyView;
use crate::ids::UserId;
use crate::secret::SecretText;
use serde::{Deserialize, Serialize};

/// Looks at the words typed so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckRecoveryWords {
    /// The words in their order; empty where none is typed yet. Accents and capitals do not matter.
    pub words: Vec<SecretText>,
}

/// What the words are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryWordsView {
    /// Positions, from 1, of words that are in no list.
    pub unknown: Vec<u8>,
    /// Twenty-four words whose last one confirms the others. It does not say whose they are.
    pub complete: bool,
}

/// Asks the server for the past of the cité. Nothing is signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenRecovery {
    /// Address of the server.
    pub server: String,
    /// The twenty-four words.
    pub words: SecretText,
}

/// The cité as it was found, and the key that will take the old one's place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecoveryOpened {
    /// Name of the cité.
    pub cite_name: String,
    /// A demonstration.
    pub demonstration: bool,
    /// Six words that stand on the sheet too: they differ where a server shows another past.
    pub check: Vec<String>,
    /// Référents who were, and their organisation: whoever recovers may be one of them.
    pub former: Vec<(UserId, String, String)>,
    /// Names of the organisations.
    pub organisations: Vec<String>,
    /// People whose devices still work, by name.
    pub active: Vec<String>,
    /// The new key, shown once, and which of its words are asked for again.
    pub key: RecoveryKeyView,
    /// Six words proposed as passphrase, drawn on this device.
    pub passphrase: SecretText,
}

/// Who recovers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recoverer {
    /// A référent who was.
    Former(UserId),
    /// Somebody else.
    New {
        /// Name shown to colleagues.
        name: String,
        /// Name of their organisation.
        organisation: String,
    },
}

/// Recovers: the old key signs, the new one counts from here on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FinishRecovery {
    /// Who.
    pub who: Recoverer,
    /// The words of the new key that are asked for: they prove that it was noted.
    pub words: Vec<SecretText>,
    /// The passphrase, six words.
    pub passphrase: SecretText,
    /// PIN of six digits or more.
    pub pin: SecretText,
    /// Name of the device.
    pub device_name: String,
}
