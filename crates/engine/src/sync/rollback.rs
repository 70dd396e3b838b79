//! A server that went back: what it had acknowledged or served to this device it no longer has, or says it
//! has not. The user is told, once for each time; where the server says of itself that it was restored, as
//! news and not as a reproach. Nothing is deleted, and no claim of the server is adopted.
//!
//! Three things show it, and none of them can come from a cut line, an answer that was lost, a device that was
//! restarted, copied or put back: it answers an upload from before the cursor that stands in that very upload;
//! its chain of members lacks what was in it; or its sum for a document is another than this device's, both at
//! the same place of the log, and becomes this device's own without anything of that document coming here.

use super::answer::Outcome;
use super::error::SyncError;
use super::message::Download;
use super::push::{STANDING, Sent, Standing};
use super::reconcile::{Check, Found};
use super::replay::COPIED;
use crate::error::EngineError;
use crate::store::{digest, meta};
use document::DocumentKey;
use document::control::Chain;
use domain::api::sync::AlarmKind;
use domain::ids::DocumentId;
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// Name under which what was seen is kept, and what is suspected.
const KEPT: &str = "server_back";
const SUSPECTED: &str = "server_lacks";
/// Most times that are remembered; the oldest goes first.
const MOST: usize = 16;
/// Most documents that are suspected together: more are not counted.
const MOST_SUSPECTS: usize = 512;
/// For how many days it is told.
const TOLD_DAYS: i32 = 30;

/// One time that the server went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Back {
    on: Day,
    /// It says itself that it was restored.
    announced: bool,
    /// Documents, parts and ledgers that it lacked and was given back.
    lacking: u32,
    /// Both have held the same since.
    over: bool,
}

/// A document of which the server seems to lack something, and what this device's own sum of it is as long as
/// nothing of it comes here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Suspect {
    kind: String,
    id: [u8; 16],
    generation: u32,
    sum: [u8; 16],
}

impl Suspect {
    fn key(&self) -> Option<DocumentKey> {
        let kind = DocumentKind::from_code(&self.kind)?;
        Some(DocumentKey { kind, id: DocumentId::from_bytes(self.id), generation: self.generation })
    }

    /// This device's own sum of it now; 0 where nothing of it counts.
    fn now(&self, connection: &Connection) -> Result<u128, EngineError> {
        let sum = self.key().map_or(Ok(None), |key| digest::of(connection, key))?;
        Ok(sum.unwrap_or_default())
    }

    fn is(&self, key: DocumentKey) -> bool {
        self.key() == Some(key)
    }
}

/// Looks at how an answer begins, before anything of it is taken.
///
/// # Errors
/// [`SyncError::Forgot`] for members that it no longer knows, [`SyncError::WentBack`] for a log that ends
/// before the cursor of the upload; neither of a server that said that it was restored.
pub(super) fn look(
    connection: &Connection,
    chain: &Chain,
    frame: &Download,
    sent: &Sent,
) -> Result<(), SyncError> {
    let (epoch, cursor) = sent.asked;
    if epoch == 0 || frame.epoch != epoch {
        return Ok(());
    }
    let standing: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
    if !standing.regaining
        && let Some(theirs) = frame.chain_length.checked_sub(1)
        && let Some(id) = chain.id_at(theirs)
        && (id != frame.chain_head || chain.length() > frame.chain_length)
    {
        return Err(SyncError::Forgot);
    }
    if frame.cursor < cursor { Err(SyncError::WentBack) } else { Ok(()) }
}

/// This device begins again in a log that is not the one its cursor belongs to: what it has it knows by hash.
pub(crate) fn begin_again(connection: &Connection) -> Result<(), EngineError> {
    let standing: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
    meta::put(connection, STANDING, &Standing { cursor: 0, ahead: 0, ..standing })
}

/// Keeps that the server went back, or says that it was restored; whether that is news.
pub(crate) fn raise(connection: &Connection, announced: bool, on: Day) -> Result<bool, EngineError> {
    let mut all: Vec<Back> = meta::get(connection, KEPT)?.unwrap_or_default();
    let last = all.last_mut().filter(|it| it.announced == announced && (!it.over || it.on == on));
    let news = last.is_none();
    match last {
        Some(same) => same.over = false,
        None => {
            if all.len() == MOST {
                all.remove(0);
            }
            all.push(Back { on, announced, lacking: 0, over: false });
        }
    }
    meta::put(connection, KEPT, &all)?;
    // It forgot which store this is: that it takes this one for a copy says nothing.
    if !announced && meta::get::<Day>(connection, COPIED)? == Some(on) {
        meta::forget(connection, COPIED)?;
    }
    Ok(news)
}

/// Notes the documents of which the server says, once all that it answered is here, that it has something else
/// than this device. `check` is what was asked, with an upload of this epoch and cursor.
pub(crate) fn suspect(
    connection: &Connection,
    asked: (u64, u64),
    check: Option<&Check>,
    found: &Found,
) -> Result<(), EngineError> {
    if found.wanted.is_empty() {
        return Ok(());
    }
    let standing: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
    let still = (standing.epoch, standing.cursor) == asked;
    let listed = |key| check.and_then(|it| it.sum_of(key));
    let mut all: Vec<Suspect> = meta::get(connection, SUSPECTED)?.unwrap_or_default();
    for it in &found.wanted {
        let Some(sum) = digest::of(connection, it.key)? else { continue };
        let ours = (sum as u64).to_be_bytes();
        // What came with the answer may have been all of the difference: only where the log stood still do the
        // two sums speak of the same moment.
        if listed(it.key) != Some(ours) && (!still || *it.sum == ours) {
            continue;
        }
        all.retain(|known| !known.is(it.key));
        if all.len() < MOST_SUSPECTS {
            all.push(Suspect {
                kind: it.key.kind.code().to_owned(),
                id: *it.key.id.as_bytes(),
                generation: it.key.generation,
                sum: sum.to_be_bytes(),
            });
        }
    }
    meta::put(connection, SUSPECTED, &all)
}

/// Settles the answers to an upload. What is acknowledged of this device's own moves its sums, and says nothing of
/// what the server had.
pub(super) fn settling<T>(
    connection: &Connection,
    frame: &Download,
    settle: impl FnOnce() -> Result<T, SyncError>,
) -> Result<T, SyncError> {
    let taken = [&frame.controls_taken, &frame.groups_taken, &frame.sealed_taken, &frame.wraps_taken];
    let accepted = taken.into_iter().flatten().all(|run| run.outcome == Outcome::Accepted);
    let suspects: Option<Vec<Suspect>> = meta::get(connection, SUSPECTED)?;
    let Some(mut suspects) = suspects.filter(|all| accepted && !all.is_empty()) else { return settle() };
    let before = suspects.iter().map(|it| it.now(connection)).collect::<Result<Vec<_>, _>>()?;
    let settled = settle()?;
    for (suspect, before) in suspects.iter_mut().zip(before) {
        let own = suspect.now(connection)?.wrapping_sub(before);
        suspect.sum = u128::from_be_bytes(suspect.sum).wrapping_add(own).to_be_bytes();
    }
    meta::put(connection, SUSPECTED, &suspects)?;
    Ok(settled)
}

/// Whether a comparison found something that the server seems to lack, and both have not agreed since.
pub(super) fn is_suspected(connection: &Connection) -> Result<bool, EngineError> {
    Ok(meta::get::<Vec<Suspect>>(connection, SUSPECTED)?.is_some())
}

/// Both hold the same: what the server was suspected to lack, and what has not changed here since, it lacked.
/// Whether that is news, and no restored server's.
pub(crate) fn settle(connection: &Connection, on: Day) -> Result<bool, EngineError> {
    let suspects: Option<Vec<Suspect>> = meta::get(connection, SUSPECTED)?;
    let mut lacking = 0_u32;
    for suspect in suspects.iter().flatten() {
        let unchanged = suspect.now(connection)?.to_be_bytes() == suspect.sum && suspect.sum != [0; 16];
        lacking += u32::from(unchanged);
    }
    if suspects.is_some() {
        meta::forget(connection, SUSPECTED)?;
    }
    let standing: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
    let news = lacking > 0 && raise(connection, standing.regaining, on)?;
    let mut all: Vec<Back> = meta::get(connection, KEPT)?.unwrap_or_default();
    if all.iter().all(|it| it.over) {
        return Ok(false);
    }
    if let Some(last) = all.last_mut().filter(|it| it.announced == standing.regaining) {
        last.lacking = last.lacking.saturating_add(lacking);
    }
    all.iter_mut().for_each(|it| it.over = true);
    meta::put(connection, KEPT, &all)?;
    Ok(news && !standing.regaining)
}

/// Whether it was seen within a month that the server went back without a word.
pub(super) fn lately(connection: &Connection, today: Day) -> Result<bool, EngineError> {
    Ok(told(connection, today)?.iter().any(|(kind, ..)| *kind == AlarmKind::ServerWentBack))
}

/// What is told: what, since when, how much the server lacked.
pub(crate) fn told(connection: &Connection, today: Day) -> Result<Vec<(AlarmKind, Day, u32)>, EngineError> {
    let all: Vec<Back> = meta::get(connection, KEPT)?.unwrap_or_default();
    let lately = all.into_iter().filter(|it| (0..=TOLD_DAYS).contains(&(today.0 - it.on.0)));
    let kind = |it: &Back| if it.announced { AlarmKind::ServerRestored } else { AlarmKind::ServerWentBack };
    Ok(lately.map(|it| (kind(&it), it.on, it.lacking)).collect())
}
