//! *Aujourd'hui*, and what waits to be sent.

use super::outing::{cite, running, view};
use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use document::{DocumentKey, Edit};
use domain::api::sync::{EntryState, SyncStateView};
use domain::api::today::{RecentEntry, TodayView};
use domain::error::ApiError;
use domain::ids::FactId;
use domain::outing::OutingDoc;
use domain::time::InstantMs;

/// Entries listed on the first screen.
const LISTED: usize = 8;

/// An entry made on this device by the user at work.
pub(super) struct Entry {
    pub(super) id: FactId,
    pub(super) key: DocumentKey,
    pub(super) headcount: u32,
    pub(super) void: bool,
    pub(super) recorded_at_ms: InstantMs,
}

/// This user's entries on this device, newest first.
pub(super) fn entries(open: &Open) -> Result<Vec<Entry>, EngineError> {
    let signer = open.secrets.signer()?.id();
    let mut entries = Vec::new();
    for waiting in open.store.outbox()?.iter().rev().filter(|waiting| waiting.actor.signer == signer) {
        for edit in &waiting.edits {
            let Edit::Add { list, id, .. } = edit else { continue };
            if list != "passages" {
                continue;
            }
            let document: OutingDoc = open.store.document(cite(open)?, waiting.key)?.read()?;
            if let Some(passage) = document.passages.get(id) {
                entries.push(Entry {
                    id: *id,
                    key: waiting.key,
                    headcount: passage.headcount as u32,
                    void: passage.void,
                    recorded_at_ms: waiting.made_at_ms,
                });
            }
        }
    }
    Ok(entries)
}

impl Device {
    /// The first screen.
    pub(super) fn today(&self) -> Result<TodayView, ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            let entries = entries(open)?;
            let outing = running(open)?.map(|running| view(open, &running)).transpose()?;
            let recent = entries.iter().take(LISTED).map(|entry| RecentEntry {
                encounter: entry.id.into(),
                person: None,
                headcount: Some(entry.headcount),
                recorded_at_ms: entry.recorded_at_ms,
                follow_up_on: None,
                void: entry.void,
                state: EntryState::OnDevice,
            });
            Ok(TodayView {
                today,
                outing,
                due: Vec::new(),
                due_count: 0,
                recent: recent.collect(),
                to_send: open.store.outbox()?.len() as u32,
                drafts: open.store.drafts(open.user)?.len() as u32,
                can_undo: entries.iter().any(|entry| !entry.void),
            })
        })
    }

    /// What waits to be sent. This version has no exchange yet: nothing was ever sent.
    pub(super) fn sync_state(&self) -> Result<SyncStateView, ApiError> {
        self.with_open(|open| {
            Ok(SyncStateView {
                to_send: open.store.outbox()?.len() as u32,
                server: open.store.meta("server")?.unwrap_or_default(),
                ..SyncStateView::default()
            })
        })
    }
}
