//! One frame of an answer while it is filled.

use super::super::batches::Batches;
use super::super::carry::Carrier;
use super::super::error::SyncError;
use super::super::frame::pack;
use super::super::message::{Download, SentBatch};
use super::super::sealed::SealedBatch;
use domain::ids::CiteId;
use rusqlite::Connection;

/// A frame under way.
pub(super) struct Frame<'a> {
    connection: &'a Connection,
    cite: CiteId,
    pub(super) download: Download,
    pub(super) carrier: Carrier,
    pub(super) coded: Batches<'a, SentBatch>,
    pub(super) sealed: Batches<'a, SealedBatch>,
    /// Raw bytes so far, about, digests of batches aside.
    pub(super) filled: usize,
    /// There is something in it.
    pub(super) open: bool,
    /// Up to where control records and erasures were served.
    pub(super) ahead: u64,
}

/// A frame as it travels, and its raw size.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    pub(super) raw: usize,
}

impl<'a> Frame<'a> {
    /// One that begins with what every frame says.
    pub(super) fn new(connection: &'a Connection, cite: CiteId, download: Download) -> Self {
        let (coded, sealed) = (Batches::new(connection, None), Batches::new(connection, None));
        let carrier = Carrier::new(cite);
        Self { connection, cite, download, carrier, coded, sealed, filled: 0, open: true, ahead: 0 }
    }

    /// Raw bytes so far, about.
    pub(super) fn size(&self) -> usize {
        self.filled + self.coded.size() + self.sealed.size()
    }

    /// Ends it and begins the next; none where there is nothing in it.
    pub(super) fn close(&mut self, end: u64) -> Result<Option<Packed>, SyncError> {
        if !self.open {
            return Ok(None);
        }
        let download = &self.download;
        let next = Download {
            epoch: download.epoch,
            cursor: download.cursor,
            level: download.level,
            chain_length: download.chain_length,
            chain_head: download.chain_head,
            ..Download::default()
        };
        let ahead = self.ahead;
        let next = Frame { open: false, ahead, ..Frame::new(self.connection, self.cite, next) };
        let Frame { mut download, coded, sealed, .. } = std::mem::replace(self, next);
        download.ahead = (ahead > download.cursor).then_some(ahead);
        download.batches = coded.finish()?;
        download.sealed = sealed.finish()?;
        download.remaining = u32::try_from(end.saturating_sub(download.cursor)).unwrap_or(u32::MAX);
        let raw = minicbor::to_vec(&download).expect("encoding into memory does not fail");
        Ok(Some(Packed { bytes: pack(&raw)?, raw: raw.len() }))
    }
}
