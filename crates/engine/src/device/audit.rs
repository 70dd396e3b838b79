//! Noting what the user at work does, and sending it.

use super::Device;
use crate::audit::{Note, append, pseudonym, source_of, trim};
use crate::store::audit;
use crate::sync::HttpExchange;
use document::audit::{AuditTaken, AuditUpload};
use domain::error::ApiError;
use domain::ids::PathwayId;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;

/// A page drawn again within this time is one reading.
const ONE_READING_MS: InstantMs = 10 * 60_000;
/// Most entries of one upload, and most uploads of one exchange.
const MOST: u32 = 128;
const ROUNDS: usize = 20;

impl Device {
    /// Notes an act of the user at work, also where they may only exchange.
    pub(super) fn note(&self, act: AuditAct, about: Option<PathwayId>) -> Result<(), ApiError> {
        let at_ms = self.clock.now_ms();
        self.with_held(|open| {
            if let (AuditAct::Open, Some(pathway)) = (act, about) {
                let before = open.readings.get(&pathway).copied();
                if before.is_some_and(|before| (0..ONE_READING_MS).contains(&(at_ms - before))) {
                    return Ok(());
                }
                open.readings.insert(pathway, at_ms);
            }
            let about = match about {
                Some(pathway) => Some(pseudonym(&*open.secrets.audit_key()?, pathway)),
                None => None,
            };
            let note = Note { act, at_ms, user: Some(open.user), about };
            let source = source_of(open.member.device);
            let signer = open.signer().clone();
            open.store.transact(|connection| append(connection, source, &note, Some(&signer)))?;
            Ok(())
        })
    }

    /// Sends what waits; what cannot be sent now waits for the next exchange.
    pub(super) async fn send_audit(&self, exchange: &HttpExchange) {
        for _ in 0..ROUNDS {
            let Ok(Some(upload)) = self.audit_upload() else { return };
            let body = minicbor::to_vec(&upload).expect("encoding into memory does not fail");
            let Ok(answer) = exchange.post("/v1/audit", body).await else { return };
            let Ok(taken) = minicbor::decode::<AuditTaken>(&answer) else { return };
            let before = upload.entries.last().and_then(|it| it.body().ok()).map_or(0, |it| it.seq);
            if self.audit_taken(taken).is_err() || taken.up_to < before {
                return;
            }
        }
    }

    fn audit_upload(&self) -> Result<Option<AuditUpload>, ApiError> {
        self.with_held(|open| {
            let source = source_of(open.member.device);
            let connection = open.store.connection();
            let Some((first, oldest)) = audit::waiting(connection, source)? else { return Ok(None) };
            let entries = audit::from(connection, source, first, MOST)?;
            let entries = entries.iter().filter_map(|it| minicbor::decode(it).ok()).collect();
            Ok(Some(AuditUpload { oldest, entries }))
        })
    }

    fn audit_taken(&self, taken: AuditTaken) -> Result<(), ApiError> {
        let now_ms = self.clock.now_ms();
        self.with_held(|open| {
            let source = source_of(open.member.device);
            open.store.transact(|connection| audit::taken(connection, source, taken.up_to))?;
            trim(&mut open.store, open.settings.audit_months, now_ms)?;
            Ok(())
        })
    }
}
