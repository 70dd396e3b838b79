//! Noting what the user at work does, and sending it.

use super::{Device, Open, duplicate};
use crate::audit::{About, Note, append, hex, of_person, pseudonym, source_of, trim};
use crate::error::EngineError;
use crate::store::audit;
use crate::sync::{HttpExchange, pack};
use document::audit::{AuditTaken, AuditUpload};
use domain::api::audit::{OpeningsView, ReadOpenings};
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;

/// A page drawn again within this time is one reading.
const ONE_READING_MS: InstantMs = 10 * 60_000;
/// Most entries of one upload, and most uploads of one exchange.
const MOST: u32 = 512;
const ROUNDS: usize = 20;
/// Longest answer, bytes.
const MOST_ANSWER: usize = 8 * 1024;

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
            Ok(open.append_note(act, at_ms, about)?)
        })
    }

    /// Sends what waits; what cannot be sent now waits for the next exchange.
    pub(super) async fn send_audit(&self, exchange: &HttpExchange) {
        for _ in 0..ROUNDS {
            let Ok(Some(upload)) = self.audit_upload() else { return };
            let raw = minicbor::to_vec(&upload).expect("encoding into memory does not fail");
            let Ok(body) = pack(&raw) else { return };
            let Ok(answer) = exchange.post("/v1/audit", body, MOST_ANSWER).await else { return };
            let Ok(taken) = minicbor::decode::<AuditTaken>(&answer) else { return };
            if self.audit_taken(taken).is_err() || taken.up_to < upload.last() {
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
            let entries: Vec<_> = entries.iter().map_while(|it| minicbor::decode(it).ok()).collect();
            Ok(AuditUpload::of(oldest, &entries))
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

impl Open {
    /// Adds an entry of the user at work to this device's chain.
    fn append_note(
        &mut self,
        act: AuditAct,
        at_ms: InstantMs,
        about: Option<About>,
    ) -> Result<(), EngineError> {
        let (user, source) = (Some(self.user), source_of(self.member.device));
        let signer = self.signer().clone();
        self.store.transact(|connection| {
            let seen = crate::sync::audit_to_note(connection)?;
            append(connection, source, &Note { act, at_ms, user, about, seen }, &signer, true)
        })
    }

    /// Notes each person whom an exchange has erased here, without a pseudonym: nothing is left to join.
    pub(super) fn note_erased(&mut self, people: u32, at_ms: InstantMs) -> Result<(), EngineError> {
        if people > 0 {
            self.erasures_on_ms = None;
        }
        (0..people).try_for_each(|_| self.append_note(AuditAct::EraseHere, at_ms, None))
    }
}

impl Device {
    /// What the user at work did with a person's record on this device, records linked as the same
    /// person included. Entries of other users are under keys of theirs.
    pub(super) fn openings(&self, request: &ReadOpenings) -> Result<OpeningsView, ApiError> {
        self.with_open(|open| {
            open.people.get(request.pathway).ok_or(ErrorCode::NotFound)?;
            let key = open.secrets.audit_key()?;
            let linked = duplicate::linked(open, request.pathway)?;
            let people = [request.pathway].into_iter().chain(linked.iter().map(|it| it.hit.label.pathway));
            let pseudonyms: Vec<About> = people.map(|pathway| pseudonym(&key, pathway)).collect();
            let device = open.member.device;
            let found = of_person(open.store.connection(), source_of(device), open.user, &pseudonyms)?;
            let on_device = open.chain.members().map(|(_, it)| it).filter(|it| it.device == device);
            let mut others: Vec<String> =
                on_device.filter(|it| it.user != open.user).map(|it| it.user_name.clone()).collect();
            others.sort();
            others.dedup();
            Ok(OpeningsView {
                who: open.member.user_name.clone(),
                lines: found.lines,
                pseudonyms: pseudonyms.iter().map(hex).collect(),
                others,
                since_ms: found.since_ms,
            })
        })
    }
}
