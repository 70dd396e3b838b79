//! Recovering a cité that has lost every référent, with the printed key.
//!
//! `open` reads the words and the past; `finish` signs and begins; `send` hands the step in, again after a
//! cut. Until the step stands in the store of this device nothing was done; from then on it is handed in until
//! the cité has it, and before anything else is exchanged.

mod finish;
mod open;
mod send;

use super::Device;
use crate::keys::{RecoveryKey, unknown_words};
use document::control::{Chain, Record};
use domain::api::recovery::{CheckRecoveryWords, RecoveryWordsView};
use domain::secret::SecretText;
use std::sync::{MutexGuard, PoisonError};

/// A recovery under way, in memory only: the old key, the new one, the past of the cité.
pub(super) struct Recovering {
    server: String,
    key: RecoveryKey,
    next: RecoveryKey,
    asked: Vec<u8>,
    cite_name: String,
    demonstration: bool,
    records: Vec<Record>,
    chain: Chain,
    epochs: Vec<Record>,
}

impl Device {
    fn recovering(&self) -> MutexGuard<'_, Option<Recovering>> {
        self.recovering.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the words of a printed key.
    pub(super) fn check_recovery_words(request: &CheckRecoveryWords) -> RecoveryWordsView {
        let words = request.words.iter().map(SecretText::expose).collect::<Vec<_>>().join(" ");
        RecoveryWordsView {
            unknown: unknown_words(&request.words),
            complete: RecoveryKey::read(&SecretText::from(words)).is_some(),
        }
    }
}
