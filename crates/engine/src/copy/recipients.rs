//! Who was given data, and whose devices receive the coded record.

use super::Source;
use crate::error::EngineError;
use crate::store::control;
use crate::sync::visible::{Belongs, sees};
use domain::api::ledger::LedgerActKind;
use domain::copy::{Recipient, Signature, words};
use domain::ids::PathwayId;
use domain::pathway::PathwayDoc;
use domain::vocabulary::{DocumentKind, Lang};

impl Source<'_> {
    /// Referrals, organisations of agreements: oldest first.
    pub(super) fn recipients(
        &self,
        pathway: PathwayId,
        known: &PathwayDoc,
    ) -> Result<Vec<Recipient>, EngineError> {
        let mut all = Vec::new();
        for it in known.referrals.values().filter(|it| !it.void) {
            let solution = it.solution.map(|id| self.solution(id)).transpose()?.flatten();
            let name = match (it.solution, solution) {
                (_, Some(solution)) => Some(format!("{} ({})", solution.name, solution.structure)),
                (Some(id), None) => Some(id.to_string()),
                (None, None) => None,
            };
            let how = if it.accompanied { "orientation, aller-avec" } else { "orientation" };
            let why = format!("{how} : {}", it.state.label(Lang::Fr));
            all.push(Recipient { name, why, on: Some(it.on) });
        }
        let records = control::ledger_records(self.store.connection(), pathway)?;
        for entry in self.store.ledger(pathway)?.entries() {
            let LedgerActKind::Agreement { purpose, organisations, partner, .. } = &entry.act.kind else {
                continue;
            };
            let why = format!("accord du {} : {}", words::day(entry.on), purpose.label(Lang::Fr));
            for id in organisations {
                let name = Some(self.organisation(*id));
                all.push(Recipient { name, why: why.clone(), on: Some(entry.on) });
            }
            if let Some(with) = partner {
                let record = records.iter().find(|record| record.id() == entry.id);
                let by = record.map(|record| record.signer).unwrap_or_default();
                let name = self.partner(pathway, with.partner, &by)?;
                let parts: Vec<&str> = with.parts.iter().map(|it| it.label(Lang::Fr)).collect();
                let why = format!("{why} ({})", parts.join(", "));
                all.push(Recipient { name: Some(name), why, on: Some(entry.on) });
            }
        }
        all.sort_by_key(|it| it.on);
        Ok(all)
    }

    /// Active members whose devices receive the coded record.
    pub(super) fn readers(&self, pathway: PathwayId) -> Result<Vec<Signature>, EngineError> {
        let belongs = Belongs::of_pathway(self.store.connection(), self.chain, pathway)?;
        let mut readers = Vec::new();
        for (signer, member) in self.chain.members().filter(|(_, it)| !it.revoked) {
            if sees(member, self.settings, DocumentKind::Pathway, &belongs) {
                readers.push(self.signature(signer, None));
            }
        }
        readers.sort_by(|one, other| one.name.cmp(&other.name));
        readers.dedup();
        Ok(readers)
    }
}
