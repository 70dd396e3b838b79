//! Founding: the recovery key is drawn, noted on paper, asked for again, and its public half signed.

use super::super::Device;
use crate::keys::{RECOVERY_WORDS, RecoveryKey, normalise};
use crate::random;
use document::control::Step;
use domain::api::member::{EstablishCite, MembersView, RecoveryKeyView};
use domain::changes::Changes;
use domain::error::{ApiError, ErrorCode};
use domain::ids::UserId;
use std::sync::{MutexGuard, PoisonError};

/// Words asked for again.
const ASKED: usize = 3;

/// A recovery key that was shown and is not signed yet: in memory only.
pub(in crate::device) struct Drawn {
    user: UserId,
    key: RecoveryKey,
    asked: Vec<u8>,
}

impl Device {
    fn drawn(&self) -> MutexGuard<'_, Option<Drawn>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws the recovery key; one that was drawn before and not signed is forgotten.
    pub(in crate::device) fn draw_recovery_key(&self) -> Result<RecoveryKeyView, ApiError> {
        let (user, cite_name) = self.with_open(|open| {
            let zero = Step::Establish { recovery: [1; 32].into() };
            if !open.chain.may(&open.signer().id(), &zero) {
                return Err(ErrorCode::NotAllowed.into());
            }
            Ok((open.user, open.store.meta("cite_name")?.unwrap_or_default()))
        })?;
        let key = RecoveryKey::draw()?;
        let (words, asked) = (key.words()?, positions()?);
        *self.drawn() = Some(Drawn { user, key, asked: asked.clone() });
        Ok(RecoveryKeyView { words, asked, cite_name })
    }

    /// Founds, where the words asked for are those of the key that was drawn.
    pub(in crate::device) async fn establish(
        &self,
        request: &EstablishCite,
    ) -> Result<(MembersView, Changes), ApiError> {
        let user = self.with_open(|open| Ok(open.user))?;
        let recovery = {
            let drawn = self.drawn();
            let drawn = drawn.as_ref().filter(|it| it.user == user).ok_or(ErrorCode::NotFound)?;
            let words = drawn.key.words()?;
            let words: Vec<&str> = words.expose().split(' ').collect();
            let right = request.words.len() == drawn.asked.len()
                && drawn.asked.iter().zip(&request.words).all(|(position, typed)| {
                    let word = words.get(usize::from(*position) - 1).copied().unwrap_or_default();
                    *normalise(&word.into()) == *normalise(typed)
                });
            if !right {
                return Err(ErrorCode::WrongSecret.into());
            }
            drawn.key.public()
        };
        let changes = self.decide(vec![Step::Establish { recovery: recovery.into() }]).await?;
        // Zeroized: from here on it stands on paper only.
        *self.drawn() = None;
        Ok((self.members()?, changes))
    }
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
