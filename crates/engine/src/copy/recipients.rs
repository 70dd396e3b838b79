//! Who was given data, and whose devices receive the coded record.

use super::Source;
use crate::error::EngineError;
use crate::sync::visible::{Belongs, sees};
use domain::api::ledger::LedgerActKind;
use domain::copy::{Recipient, Signature, words};
use domain::ids::PathwayId;
use domain::pathway::PathwayDoc;
use domain::vocabulary::{DocumentKind, Lang, Purpose};

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
        for entry in self.store.ledger(pathway)?.entries() {
            let LedgerActKind::Agreement { purpose, organisations, .. } = &entry.act.kind else { continue };
            let partner = *purpose == Purpose::ShareWithPartner;
            for id in organisations {
                let why = format!("accord du {} : {}", words::day(entry.on), purpose.label(Lang::Fr));
                all.push(Recipient { name: Some(self.organisation(*id)), why, on: Some(entry.on) });
            }
            if partner && organisations.is_empty() {
                let why = "accord pour transmettre à un partenaire, sans organisation nommée".to_owned();
                all.push(Recipient { name: Some("Toute l’équipe".to_owned()), why, on: Some(entry.on) });
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
