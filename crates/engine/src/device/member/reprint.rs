//! Another printed key in normal times: the sheet was lost, or somebody saw it. Until the words of the new sheet
//! were typed nothing is signed, and until the cité has the step the old sheet counts.

use super::super::{Device, Open};
use super::found::sheet_check;
use crate::error::EngineError;
use crate::store::meta;
use crate::sync::wanted;
use document::control::{Reprint, Step};
use domain::api::member::{MembersView, RecoveryKeyView, ReplaceRecoveryKey, SheetView};
use domain::changes::Changes;
use domain::error::{ApiError, ErrorCode};

impl Device {
    /// Draws the key of another sheet; one that was drawn before and not signed is forgotten.
    pub(in crate::device) fn draw_replacement_key(&self) -> Result<RecoveryKeyView, ApiError> {
        let instead = self.with_open(|open| {
            if open.chain.established() && waits(open)? {
                return Err(ErrorCode::SheetWaits.into());
            }
            let counts = open.chain.printed().last().map(|it| *it.keys.sign);
            let name = wanted::void_sheet(open.user);
            open.store.transact(|connection| meta::forget(connection, &name))?;
            Ok(counts.ok_or(ErrorCode::NotAllowed)?)
        })?;
        self.draw(Some(instead), |next, known| {
            Step::Reprint(Reprint { next, known: known.into(), instead: instead.into() })
        })
    }

    /// Replaces the sheet, where the words asked for are those of the new one.
    ///
    /// # Errors
    /// [`ErrorCode::WrongSecret`]; [`ErrorCode::OtherSheetFirst`] where a colleague printed another one first.
    pub(in crate::device) async fn replace_recovery_key(
        &self,
        request: &ReplaceRecoveryKey,
    ) -> Result<(MembersView, Changes), ApiError> {
        let (next, known, instead) = self.noted(&request.words)?;
        let instead = instead.ok_or(ErrorCode::NotFound)?.into();
        let step = Step::Reprint(Reprint { next, known: known.into(), instead });
        let changes = match self.decide(vec![step]).await {
            // A colleague's step was known here already.
            Err(error) if error.code == ErrorCode::NotAllowed => None,
            other => Some(other?),
        };
        // Zeroized: from here on it stands on paper only.
        *self.drawn() = None;
        let void = self.with_open(|open| Ok(is_void(open)?))?;
        match changes.filter(|_| !void) {
            Some(changes) => Ok((self.members()?, changes)),
            None => Err(ErrorCode::OtherSheetFirst.into()),
        }
    }
}

/// The sheet that counts, as everybody who lets people in sees it.
pub(super) fn sheet(open: &Open) -> Result<Option<SheetView>, EngineError> {
    let printed = open.chain.printed();
    let Some(counts) = printed.last() else { return Ok(None) };
    Ok(Some(SheetView {
        by: open.chain.member(&counts.by).map(|it| it.user_name.clone()),
        check: sheet_check(&counts.known),
        replaced: printed.len() > 1 && counts.former.is_none(),
        waiting: waits(open)?,
        void: is_void(open)?,
    }))
}

/// Who printed the sheet that counts, where it took the place of another in normal times.
pub(in crate::device) fn replaced_by(open: &Open) -> Option<String> {
    let [_, .., last] = open.chain.printed() else { return None };
    let by = open.chain.member(&last.by).filter(|_| last.former.is_none());
    by.map(|it| it.user_name.clone())
}

/// A sheet was noted here and the cité has not been told yet.
fn waits(open: &Open) -> Result<bool, EngineError> {
    let steps = wanted::list(open.store.connection(), open.user)?;
    Ok(steps.iter().any(|step| matches!(step, Step::Reprint(_))))
}

/// The sheet that was noted here last never counted.
fn is_void(open: &Open) -> Result<bool, EngineError> {
    Ok(open.store.meta(&wanted::void_sheet(open.user))?.unwrap_or_default())
}
