//! Whether the ledger, as the server knows it, lets a pathway's changes in.

use super::answer::Outcome;
use super::receive::{Receiver, Restored};
use crate::error::EngineError;
use crate::store::control;
use document::Document;
use domain::ids::PathwayId;
use domain::ledger::Refusal;
use domain::pathway::PathwayDoc;
use domain::vocabulary::DocumentKind;

impl Receiver<'_> {
    /// What the ledger says now about a pathway. Links may still be undone in a record that is frozen by
    /// them alone.
    pub(super) fn consent(&mut self, restored: &Restored<'_>) -> Result<Option<Outcome>, EngineError> {
        let key = restored.group.key;
        if key.kind != DocumentKind::Pathway {
            return Ok(None);
        }
        let pathway = PathwayId::from(key.id);
        if let Some(known) = self.allowed.get(&pathway) {
            return Ok(*known);
        }
        let ledger = control::ledger(self.connection, pathway)?;
        let said = match ledger.may_synchronise() {
            Ok(()) => None,
            Err(Refusal::NoNotice) => Some(Outcome::ConsentPending),
            Err(Refusal::NoSharing | Refusal::Stopped) if ledger.alone().may_synchronise().is_ok() => {
                // It depends on the change, not on the ledger alone.
                let links = self.only_links(restored)?;
                return Ok((!links).then_some(Outcome::ConsentWithdrawn));
            }
            Err(Refusal::NoSharing | Refusal::Stopped) => Some(Outcome::ConsentWithdrawn),
        };
        self.allowed.insert(pathway, said);
        Ok(said)
    }

    /// Whether changes write links and nothing else.
    fn only_links(&self, restored: &Restored<'_>) -> Result<bool, EngineError> {
        let mut document = crate::store::load(self.connection, self.cite, restored.group.key)?;
        let without = |document: &Document| -> Result<PathwayDoc, EngineError> {
            Ok(PathwayDoc { links: Default::default(), ..document.read()? })
        };
        let before = without(&document)?;
        // A change that does not apply is refused where it is applied for good.
        let applied = restored.changes.iter().all(|change| document.apply(change).is_ok());
        Ok(applied && without(&document)? == before)
    }
}
