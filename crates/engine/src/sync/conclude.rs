//! What follows from what an upload brought: projections, who sees what, erasures. Once a document, not
//! once a change.

use super::error::SyncError;
use super::receive::Receiver;
use super::visible;
use crate::error::EngineError;
use crate::store::{control, erasure, log, projection, sealed};
use document::DocumentKey;
use domain::ids::PathwayId;
use domain::vocabulary::DocumentKind;

impl Receiver<'_> {
    /// Projects every document that took a change, and looks at who sees it.
    pub(super) fn conclude(&mut self) -> Result<(), SyncError> {
        for (key, begun) in std::mem::take(&mut self.touched) {
            match self.documents.get(&key) {
                Some(document) => projection::put(self.connection, document)?,
                // One of its later changes was refused: it is loaded again.
                None => projection::refresh(self.connection, self.cite, key)?,
            }
            let begun_by = begun.map(|seq| (self.device, seq));
            visible::update(self.connection, &self.chain, self.settings, key, begun_by)?;
            if key.kind == DocumentKind::Pathway {
                let pathway = PathwayId::from(key.id);
                visible::update_parts(self.connection, &self.chain, self.settings, pathway, self.today)?;
            }
        }
        Ok(())
    }

    /// Carries out what the ledger of a person says since a new entry: erases generations that are over,
    /// and looks at who sees what is left.
    pub(super) fn settle(&self, pathway: PathwayId) -> Result<(), EngineError> {
        let ledger = control::ledger(self.connection, pathway)?;
        for kind in DocumentKind::NAMED_PARTS {
            let Some(purpose) = kind.shared_for() else { continue };
            let current = ledger.generation(purpose);
            for generation in sealed::generations_before(self.connection, kind, pathway, current)? {
                let key = DocumentKey { kind, id: pathway.into(), generation };
                sealed::erase(self.connection, key)?;
                for device in log::erase(self.connection, key)? {
                    for cause in ledger.causes(purpose) {
                        erasure::expect(self.connection, cause, device)?;
                    }
                }
            }
        }
        visible::update_parts(self.connection, &self.chain, self.settings, pathway, self.today)
    }
}
