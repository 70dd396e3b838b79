//! Founding: the recovery key is drawn, noted on paper, asked for again, and its public half signed.

use super::super::Device;
use crate::keys::{RECOVERY_WORDS, RecoveryKey, normalise};
use crate::random;
use bip39::Language;
use document::Hash;
use document::control::{RecoveryKeys, Step};
use domain::api::member::{EstablishCite, MembersView, RecoveryKeyView};
use domain::changes::Changes;
use domain::error::{ApiError, ErrorCode};
use domain::ids::UserId;
use domain::secret::SecretText;
use sha2::{Digest as _, Sha256};
use std::sync::{MutexGuard, PoisonError};
use unicode_normalization::UnicodeNormalization as _;

/// Words asked for again.
const ASKED: usize = 3;
/// Words that stand for the cité.
const CHECKED: usize = 6;

/// A recovery key that was shown and is not signed yet: in memory only.
pub(in crate::device) struct Drawn {
    user: UserId,
    key: RecoveryKey,
    known: Hash,
    asked: Vec<u8>,
    /// The sheet it takes the place of; none where it is the first.
    instead: Option<[u8; 32]>,
}

impl Device {
    pub(super) fn drawn(&self) -> MutexGuard<'_, Option<Drawn>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws the recovery key; one that was drawn before and not signed is forgotten.
    pub(in crate::device) fn draw_recovery_key(&self) -> Result<RecoveryKeyView, ApiError> {
        self.draw(None, |recovery, known| Step::Establish { recovery, known: known.into() })
    }

    /// Draws a key, where this user may sign the step that names it.
    pub(super) fn draw(
        &self,
        instead: Option<[u8; 32]>,
        step: impl Fn(RecoveryKeys, Hash) -> Step,
    ) -> Result<RecoveryKeyView, ApiError> {
        let (user, cite_name, known) = self.with_open(|open| {
            let any = RecoveryKeys { agree: [1; 32].into(), sign: [1; 32].into() };
            let known = open.chain.head();
            if !open.chain.may(&open.signer().id(), &step(any, known)) {
                return Err(ErrorCode::NotAllowed.into());
            }
            Ok((open.user, open.store.meta("cite_name")?.unwrap_or_default(), known))
        })?;
        let key = RecoveryKey::draw()?;
        let (view, asked) = key_view(&key, cite_name, &known)?;
        *self.drawn() = Some(Drawn { user, key, known, asked, instead });
        Ok(view)
    }

    /// Public halves of the key that was drawn, and when, where the words asked for are those on its sheet.
    pub(super) fn noted(
        &self,
        words: &[SecretText],
    ) -> Result<(RecoveryKeys, Hash, Option<[u8; 32]>), ApiError> {
        let user = self.with_open(|open| Ok(open.user))?;
        let drawn = self.drawn();
        let drawn = drawn.as_ref().filter(|it| it.user == user).ok_or(ErrorCode::NotFound)?;
        if !are_noted(&drawn.key, &drawn.asked, words)? {
            return Err(ErrorCode::WrongSecret.into());
        }
        Ok((drawn.key.public()?, drawn.known, drawn.instead))
    }

    /// Founds, where the words asked for are those of the key that was drawn.
    pub(in crate::device) async fn establish(
        &self,
        request: &EstablishCite,
    ) -> Result<(MembersView, Changes), ApiError> {
        let (recovery, known, instead) = self.noted(&request.words)?;
        if instead.is_some() {
            return Err(ErrorCode::NotFound.into());
        }
        let changes = self.decide(vec![Step::Establish { recovery, known: known.into() }]).await?;
        // Zeroized: from here on it stands on paper only.
        *self.drawn() = None;
        Ok((self.members()?, changes))
    }
}

/// A key as its sheet shows it, and which of its words will be asked for. `known` is the record that was the
/// last one when it was drawn.
pub(in crate::device) fn key_view(
    key: &RecoveryKey,
    cite_name: String,
    known: &Hash,
) -> Result<(RecoveryKeyView, Vec<u8>), ApiError> {
    let asked = positions()?;
    let view =
        RecoveryKeyView { words: key.words()?, check: sheet_check(known), asked: asked.clone(), cite_name };
    Ok((view, asked))
}

/// Six words of the sheet that stand for the cité as it was when it was printed: a server that shows
/// another past to a device that has nothing but paper shows other ones.
pub(in crate::device) fn sheet_check(known: &Hash) -> Vec<String> {
    let list = Language::French.word_list();
    let digest = Sha256::new().chain_update(b"allervers sheet 1").chain_update(known).finalize();
    // 2,048 words: eleven bits of sixteen.
    let word = |pair: &[u8]| list[usize::from(u16::from_be_bytes([pair[0], pair[1]])) % list.len()];
    digest.chunks_exact(2).take(CHECKED).map(|pair| word(pair).nfc().collect()).collect()
}

/// Whether the words that were asked for are those of a key.
pub(in crate::device) fn are_noted(
    key: &RecoveryKey,
    asked: &[u8],
    typed: &[SecretText],
) -> Result<bool, ApiError> {
    let words = key.words()?;
    let words: Vec<&str> = words.expose().split(' ').collect();
    Ok(typed.len() == asked.len()
        && asked.iter().zip(typed).all(|(position, typed)| {
            let word = words.get(usize::from(*position) - 1).copied().unwrap_or_default();
            *normalise(&word.into()) == *normalise(typed)
        }))
}

/// Positions of the words to ask for, different and in order, from 1.
fn positions() -> Result<Vec<u8>, ApiError> {
    let mut chosen = std::collections::BTreeSet::new();
    while chosen.len() < ASKED {
        let [byte] = random::bytes::<1>()?;
        // 240 is ten times 24: every position is as likely.
        if byte < 240 {
            chosen.insert(byte % RECOVERY_WORDS as u8 + 1);
        }
    }
    Ok(chosen.into_iter().collect())
}
