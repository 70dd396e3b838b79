//! What follows from what an upload brought: projections, and who sees what. Once a document, not
//! once a change.

use super::error::SyncError;
use super::receive::Receiver;
use super::visible;
use crate::store::projection;
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
}
