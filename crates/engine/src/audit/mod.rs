//! The audit: append-only, chained by hash, without content. A device keeps its own chain and sends it;
//! the server keeps those of every device beside its own.
//!
//! Whom an entry is about is a pseudonym: HMAC under a key of the user's own on that device. The
//! administrator sees that somebody opened the same record three times, and can tie it to no coded record,
//! no code repère, and no colleague's entry. See `docs/PRIVACY.md`.

mod look;
mod page;
mod read;
mod take;

pub(crate) use look::of_person;
pub(crate) use page::head_view;
pub(crate) use read::hex;
pub use read::{AuditLine, AuditReport, ChainState, Verified, read};
pub(crate) use take::{MOST, take};

use crate::error::EngineError;
use crate::store::{Store, audit};
use document::SignerKey;
use document::audit::{AuditBody, AuditEntry, Seen};
use domain::api::Call;
use domain::api::encounter::Whom;
use domain::api::ledger::LedgerActKind;
use domain::ids::{DeviceId, PathwayId, UserId};
use domain::time::InstantMs;
use domain::vocabulary::{AuditAct, ObjectionAct};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rusqlite::Connection;
use sha2::Sha256;

/// The server's own chain.
pub const SERVER: [u8; 16] = [0; 16];
/// Months an entry is kept where the settings say nothing.
pub const MONTHS: u32 = 12;
const MONTH_MS: InstantMs = 30 * 86_400_000 + 37_800_000;

/// A pseudonym of a person.
pub(crate) type About = [u8; 8];

/// The pseudonym of a person under a user's key.
pub(crate) fn pseudonym(key: &[u8; 32], pathway: PathwayId) -> About {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(pathway.as_bytes());
    let mut about = [0; 8];
    about.copy_from_slice(&mac.finalize().into_bytes()[..8]);
    about
}

/// What a call on a device is to the audit; none where nothing is noted.
pub(crate) fn act_of(call: &Call) -> Option<(AuditAct, Option<PathwayId>)> {
    Some(match call {
        Call::Unlock(_) | Call::UnlockWithPin(_) => (AuditAct::Unlock, None),
        Call::OpenPerson(it) => (AuditAct::Open, Some(it.pathway)),
        Call::CopyForPerson(it) => (AuditAct::Copy, Some(it.pathway)),
        Call::RecordEncounter(it) => match &it.form.whom {
            Whom::Known(pathway) => (AuditAct::Record, Some(*pathway)),
            _ => (AuditAct::Record, None),
        },
        Call::AmendEncounter(it) => (AuditAct::Change, Some(it.pathway)),
        Call::EditProfile(it) => (AuditAct::Change, Some(it.pathway)),
        Call::SetBarrier(it) => (AuditAct::Change, Some(it.pathway)),
        Call::SetNeed(it) => (AuditAct::Change, Some(it.pathway)),
        Call::AddFollowUp(it) => (AuditAct::Change, Some(it.pathway)),
        Call::SettleFollowUp(it) => (AuditAct::Change, Some(it.pathway)),
        Call::SetReferral(it) => (AuditAct::Change, Some(it.pathway)),
        Call::AddFact(it) => (AuditAct::Change, Some(it.pathway)),
        Call::WritePart(it) => (AuditAct::Change, Some(it.pathway)),
        Call::SettleField(it) => (AuditAct::Change, Some(it.pathway)),
        Call::OfferReferent(it) => (AuditAct::Change, Some(it.pathway)),
        Call::AnswerReferent(it) => (AuditAct::Change, Some(it.pathway)),
        Call::EndReferent(it) => (AuditAct::Change, Some(it.pathway)),
        Call::OrderErasure(it) => (AuditAct::OrderErasure, Some(it.pathway)),
        Call::Openings(it) => (AuditAct::ReadAudit, Some(it.pathway)),
        Call::LinkPeople(it) => (AuditAct::Change, Some(it.one)),
        Call::UndoLast(_) | Call::DiscardSetAside(_) => (AuditAct::Change, None),
        Call::AddLedgerEntry(it) => match it.act.kind {
            LedgerActKind::Objection { act: ObjectionAct::Stop } => (AuditAct::Stop, Some(it.pathway)),
            _ => (AuditAct::Consent, Some(it.pathway)),
        },
        // Without what was asked, and without whom it concerns: the code may not be known here.
        Call::RequestByCode(_) => (AuditAct::Consent, None),
        Call::GiveReceipt(it) => (AuditAct::Consent, Some(it.pathway)),
        Call::TellPartner(_) => (AuditAct::Change, None),
        Call::ConfirmInvitation(_) | Call::InviteMember(_) => (AuditAct::Invite, None),
        Call::EstablishCite(_) => (AuditAct::Establish, None),
        Call::ReplaceRecoveryKey(_) => (AuditAct::Reprint, None),
        Call::ChangeMember(_) => (AuditAct::Member, None),
        Call::RevokeMember(_) => (AuditAct::Revoke, None),
        Call::RecoverDevice(_) | Call::OpenWithRescueKey(_) | Call::ShowRescueKey(_) => {
            (AuditAct::Rescue, None)
        }
        Call::FinishRecovery(_) => (AuditAct::Recover, None),
        _ => return None,
    })
}

/// What is to be noted.
pub(crate) struct Note {
    pub(crate) act: AuditAct,
    pub(crate) at_ms: InstantMs,
    pub(crate) user: Option<UserId>,
    pub(crate) about: Option<About>,
    /// An end of the server's chain that this device had not noted yet.
    pub(crate) seen: Option<Seen>,
}

/// Adds an entry to a chain of this store; `waits`: it is to be sent.
pub(crate) fn append(
    connection: &Connection,
    source: [u8; 16],
    note: &Note,
    key: &SignerKey,
    waits: bool,
) -> Result<(), EngineError> {
    let (last, previous) = audit::end(connection, source)?;
    let body = AuditBody {
        source: source.into(),
        seq: last + 1,
        previous: previous.into(),
        at_ms: note.at_ms,
        act: note.act.code().to_owned(),
        user: note.user.map(|user| (*user.as_bytes()).into()),
        about: note.about.map(Into::into),
        seen: note.seen,
    };
    let entry = AuditEntry::new(&body, key);
    let bytes = minicbor::to_vec(&entry).expect("encoding into memory does not fail");
    audit::add(connection, source, (body.seq, entry.hash()), note.at_ms, &bytes, waits)
}

/// Notes something the server did or served, signed by the founder's key.
///
/// # Errors
/// What SQLite refuses.
pub fn note(
    store: &mut Store,
    founder: &SignerKey,
    act: AuditAct,
    user: Option<UserId>,
    at_ms: InstantMs,
) -> Result<(), EngineError> {
    store.transact(|connection| note_in(connection, founder, act, user, at_ms))
}

/// The same within a transaction.
///
/// # Errors
/// What SQLite refuses.
pub(crate) fn note_in(
    connection: &Connection,
    founder: &SignerKey,
    act: AuditAct,
    user: Option<UserId>,
    at_ms: InstantMs,
) -> Result<(), EngineError> {
    let note = Note { act, at_ms, user, about: None, seen: None };
    append(connection, SERVER, &note, founder, false)
}

/// Removes what is older than so many months from every chain of this store. The chains stay verifiable.
///
/// # Errors
/// What SQLite refuses.
pub fn trim(store: &mut Store, months: u32, now_ms: InstantMs) -> Result<usize, EngineError> {
    store.transact(|connection| trim_in(connection, months, now_ms))
}

/// The same within a transaction.
pub(crate) fn trim_in(connection: &Connection, months: u32, now_ms: InstantMs) -> Result<usize, EngineError> {
    let months = if months == 0 { MONTHS } else { months };
    let before = now_ms - InstantMs::from(months) * MONTH_MS;
    let mut gone = 0;
    for source in audit::sources(connection)? {
        gone += audit::trim(connection, source, before)?;
    }
    Ok(gone)
}

/// The chain of a device.
pub(crate) fn source_of(device: DeviceId) -> [u8; 16] {
    *device.as_bytes()
}
