//! The ledger's lines, oldest first.

use super::Source;
use crate::error::EngineError;
use crate::store::control;
use document::control::LedgerEntry;
use domain::copy::{LedgerLine, words};
use domain::ids::PathwayId;

impl Source<'_> {
    pub(super) fn ledger(&self, pathway: PathwayId) -> Result<Vec<LedgerLine>, EngineError> {
        let mut lines = Vec::new();
        for record in control::ledger_records(self.store.connection(), pathway)? {
            let entry: LedgerEntry = record.read()?;
            let act = entry.act()?;
            let organisation = |id| self.organisation(id);
            let partner = |id| self.partner(pathway, id, &record.signer).unwrap_or_default();
            lines.push(LedgerLine {
                number: record.id()[..4].iter().map(|byte| format!("{byte:02x}")).collect(),
                act: words::act(&act.kind, &organisation, &|id| self.agent(id), &partner),
                how: words::how(&act.circumstances),
                by: self.signature(&record.signer, Some(entry.on())),
            });
        }
        lines.sort_by_key(|line| line.by.on);
        Ok(lines)
    }
}
