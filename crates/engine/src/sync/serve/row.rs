//! What a row of the log is for a device.

use super::super::days::SentDay;
use super::super::error::SyncError;
use super::super::message::{Asset, Item, SentErasure, SentGroup};
use super::super::reconcile::Asked;
use super::super::sealed::{SealedItem, SentWrap, item_of};
use super::{ANSWER, FRAME, Server};
use crate::error::EngineError;
use crate::store::sealed::{change as sealed_change, wrap};
use crate::store::{asset, change, control, erasure, log, off_day};
use document::DocumentKey;
use document::control::Record;
use domain::ids::PathwayId;
use domain::vocabulary::DocumentKind;

impl Server<'_> {
    /// Puts a row into the frame under way.
    pub(super) fn row(&mut self, row: &log::Row) -> Result<(), SyncError> {
        let reference = || row.reference.ok_or(EngineError::Damaged);
        let key = || row.key.ok_or(EngineError::Damaged);
        match row.what {
            log::What::Control => self.control(reference()?)?,
            log::What::Asset => self.asset(reference()?)?,
            log::What::Change => self.change(reference()?)?,
            log::What::Sealed => self.sealed(reference()?)?,
            log::What::Wrap => self.wrap(reference()?)?,
            log::What::Grant => self.whole(key()?, row.seq)?,
            log::What::Erase => self.erase(reference()?)?,
            log::What::Revoke => {
                self.frame.filled += 32;
                self.frame.download.revoked.push(key()?);
            }
        }
        self.frame.open = true;
        Ok(())
    }

    /// Documents of which the device lacks something, whole; those that do not fit, it asks for again.
    pub(super) fn asked(&mut self, asked: &Asked, end: u64) -> Result<(), SyncError> {
        for key in &asked.serve {
            if self.total > ANSWER {
                break;
            }
            self.whole(*key, end)?;
            self.frame.open = true;
            if self.frame.size() > FRAME {
                self.close(end)?;
            }
        }
        Ok(())
    }

    /// A document up to a place of the log: one that becomes visible, or is lacking.
    fn whole(&mut self, key: DocumentKey, seq: u64) -> Result<(), SyncError> {
        if key.generation == 0 {
            let all = control::positions(self.connection, key)?;
            return all.into_iter().try_for_each(|position| self.control(position));
        }
        for position in log::changes_up_to(self.connection, key, seq)? {
            self.change(position)?;
        }
        for (what, reference) in log::sealed_up_to(self.connection, key, seq)? {
            if what == log::What::Sealed { self.sealed(reference)? } else { self.wrap(reference)? }
        }
        Ok(())
    }

    fn control(&mut self, position: i64) -> Result<(), SyncError> {
        if let Some(bytes) = control::at(self.connection, position)? {
            self.frame.filled += bytes.len();
            self.frame.download.controls.push(bytes.into());
        }
        if let Some((pathway, contact, off)) = off_day::of_record(self.connection, position)? {
            self.day(SentDay::new(pathway, &contact, off));
        }
        Ok(())
    }

    /// Says once in a frame from which day a contact counts.
    fn day(&mut self, day: SentDay) {
        let days = self.frame.download.days.get_or_insert_default();
        if !days.contains(&day) {
            self.frame.filled += 64;
            days.push(day);
        }
    }

    fn asset(&mut self, id: i64) -> Result<(), SyncError> {
        if let Some((name, content)) = asset::at(self.connection, id)? {
            // Only its last state counts: an older row of the same asset says nothing new.
            self.frame.download.assets.retain(|asset| asset.name != name);
            self.frame.filled += content.len();
            self.frame.download.assets.push(Asset { name, content: content.into() });
        }
        Ok(())
    }

    fn erase(&mut self, position: i64) -> Result<(), SyncError> {
        let Some(bytes) = control::at(self.connection, position)? else { return Ok(()) };
        let record: Record = minicbor::decode(&bytes).map_err(|_| EngineError::Damaged)?;
        let confirm = erasure::is_expected(self.connection, record.id(), self.by.device, self.by.store)?;
        self.frame.filled += bytes.len();
        self.frame.download.erased.push(SentErasure { record: bytes.into(), confirm });
        Ok(())
    }

    fn change(&mut self, position: i64) -> Result<(), SyncError> {
        let Some(served) = change::served(self.connection, position)? else { return Ok(()) };
        if served.key.kind == DocumentKind::Pathway {
            let pathway = PathwayId::from(served.key.id);
            for (contact, off) in off_day::of(self.connection, pathway)? {
                self.day(SentDay::new(pathway, &contact, off));
            }
        }
        let stripped = self.frame.carrier.strip(served.key, served.what.hash, &served.what.bytes)?;
        self.frame.filled += stripped.len() + 48;
        let item = Item::Group(SentGroup {
            key: served.key,
            cursor: served.cursor,
            on: served.on,
            level: served.level,
            changes: vec![stripped.into()],
        });
        Ok(self.frame.coded.kept(served.place, item)?)
    }

    fn sealed(&mut self, position: i64) -> Result<(), SyncError> {
        let Some(served) = sealed_change::served(self.connection, position)? else { return Ok(()) };
        let place = served.place;
        let Some(item) = item_of(served) else { return Ok(()) };
        self.frame.filled += item.envelope.len() + 64;
        Ok(self.frame.sealed.kept(place, SealedItem::Group(item))?)
    }

    fn wrap(&mut self, row: i64) -> Result<(), SyncError> {
        if let Some(wrap) = wrap::at(self.connection, row)?.map(SentWrap::from) {
            self.frame.filled += wrap.size();
            self.frame.download.wraps.push(wrap);
        }
        Ok(())
    }
}
