//! Named parts: what opens, and how much is here that does not.

use super::Source;
use crate::error::EngineError;
use crate::seal::part;
use crate::store::sealed::{change, key, outbox};
use document::{DocumentKey, Hash};
use domain::copy::PartCopy;
use domain::ids::PathwayId;
use domain::time::Day;
use domain::vocabulary::{DocumentKind, Lang};
use std::collections::BTreeMap;

impl Source<'_> {
    /// Every named part, each generation that is here.
    pub(super) fn parts(&self, pathway: PathwayId) -> Result<Vec<PartCopy>, EngineError> {
        let here = change::parts_of(self.store.connection(), pathway)?;
        let ledger = self.store.ledger(pathway)?;
        let mut parts = Vec::new();
        for kind in DocumentKind::NAMED_PARTS {
            let Some(purpose) = kind.shared_for() else { continue };
            let present = ledger.generation(purpose);
            let mut generations: Vec<u32> =
                here.iter().filter(|(it, _)| *it == kind).map(|(_, number)| *number).collect();
            if generations.is_empty() {
                generations.push(present);
            }
            for generation in generations {
                let grant = ledger.grant(purpose, self.today).filter(|_| generation == present);
                let mut shared_with = Vec::new();
                if let Some(grant) = grant {
                    let active = self.chain.members().filter(|(_, it)| !it.revoked && it.role.holds_keys());
                    let reached = active.filter(|(_, it)| grant.reaches(it.organisation, it.user));
                    let names = reached.map(|(_, it)| self.organisation(it.organisation));
                    shared_with = names.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
                }
                let of = DocumentKey { kind, id: pathway.into(), generation };
                parts.push(PartCopy { shared_with, ..self.part(of)? });
            }
        }
        Ok(parts)
    }

    fn part(&self, of: DocumentKey) -> Result<PartCopy, EngineError> {
        let connection = self.store.connection();
        let mut copy = PartCopy {
            part: of.kind.code().to_owned(),
            title: of.kind.label(Lang::Fr).to_owned(),
            ..PartCopy::default()
        };
        let held = match self.reader {
            Some(reader) => key::of(connection, reader.user, reader.own_key, of)?,
            None => Vec::new(),
        };
        let mut days: BTreeMap<[u8; 32], Day> = BTreeMap::new();
        for (header, on) in change::headers(connection, of)? {
            if held.iter().any(|it| it.key.id() == header.part_key()) {
                days.insert(header.id(), on);
                continue;
            }
            copy.sealed_for_others += 1;
            let by = self.signature(&header.actor().signer, None);
            if !copy.sealed_by.contains(&by) {
                copy.sealed_by.push(by);
            }
        }
        let Some(reader) = self.reader.filter(|_| !held.is_empty()) else { return Ok(copy) };
        let day = |hash: &Hash| held.iter().find_map(|it| days.get(&it.key.change_id(hash)).copied());
        copy.sections = self.sections(&part::load(connection, reader, of)?, &day)?;
        copy.only_here = !copy.sections.is_empty() && !outbox::was_shared(connection, of)?;
        Ok(copy)
    }
}
