//! What follows from what an upload brought: projections, and who sees what. Once a document, not
//! once a change.

use super::days;
use super::error::SyncError;
use super::receive::Receiver;
use super::visible;
use crate::store::{link, projection};
use domain::ids::PathwayId;
use domain::retention::OffDay;
use domain::vocabulary::DocumentKind;
use std::collections::{BTreeMap, BTreeSet};

impl Receiver<'_> {
    /// Projects every document that took a change, and looks at who sees it.
    pub(super) fn conclude(&mut self) -> Result<(), SyncError> {
        self.allowed.clear();
        for (key, begun) in std::mem::take(&mut self.touched) {
            let pathway = PathwayId::from(key.id);
            let is_person = key.kind == DocumentKind::Pathway;
            let mut people =
                if is_person { link::others(self.connection, pathway)? } else { BTreeSet::new() };
            let made = self.made.remove(&key).unwrap_or(self.today);
            // Contacts that were here before do not come late with what comes late.
            let before = match OffDay::is_late(made, self.today) {
                true => days::contacts(self.connection, key)?,
                false => BTreeMap::new(),
            };
            match self.documents.get(&key) {
                Some(document) => projection::put(self.connection, document)?,
                // One of its later changes was refused: it is loaded again.
                None => projection::refresh(self.connection, self.cite, key)?,
            }
            self.note_days(key, &before, made)?;
            let begun_by = begun.map(|seq| (self.device, seq));
            visible::update(self.connection, &self.chain, self.settings, key, begun_by)?;
            if is_person {
                // A link made or undone changes what the ledgers of the others allow.
                people.extend(link::others(self.connection, pathway)?);
                people.insert(pathway);
            }
            for person in people {
                visible::update_parts(self.connection, &self.chain, self.settings, person, self.today)?;
            }
        }
        Ok(())
    }
}
