//! Noting what the user at work does. It is sent with the exchange: `sync::noted`.

use super::{Device, Open, duplicate};
use crate::audit::{About, Note, append, hex, of_person, pseudonym, source_of};
use crate::error::EngineError;
use domain::api::audit::{OpeningsView, ReadOpenings};
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;

/// A page drawn again within this time is one reading.
const ONE_READING_MS: InstantMs = 10 * 60_000;

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
}

impl Open {
    /// Adds an entry of the user at work to this device's chain.
    pub(super) fn append_note(
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
