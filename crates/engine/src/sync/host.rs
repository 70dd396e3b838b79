//! The server's half of an exchange: who asks, what is taken of the upload, in one transaction.

use super::carry::Carrier;
use super::error::SyncError;
use super::frame::unpack_upload;
use super::message::{Download, Upload};
use super::receive::Receiver;
use super::recognise::recognise;
use super::reconcile::{Asked, find};
use super::sealed::SealedReceiver;
use super::serve::serve;
use super::{OLDEST_VERSION, Outcome, VERSION, answer};
use crate::error::EngineError;
use crate::store::digest::Viewer;
use crate::store::log::Bringer;
use crate::store::{Store, asset, control, device, log, meta};
use document::control::Chain;
use domain::cite::CiteSettings;
use domain::error::ErrorCode;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::Connection;

/// Name under which the server's epoch is kept.
pub(crate) const EPOCH: &str = "epoch";

/// Documents that are kept open while an upload is taken, about.
const MOST_OPEN: usize = 128;

/// Why a whole exchange is refused.
#[derive(Debug)]
pub enum Refused {
    /// With this code.
    Code(ErrorCode),
    /// The store failed.
    Engine(EngineError),
}

impl From<EngineError> for Refused {
    fn from(error: EngineError) -> Self {
        Refused::Engine(error)
    }
}

impl From<SyncError> for Refused {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Engine(error) => Refused::Engine(error),
            _ => Refused::Code(ErrorCode::Invalid),
        }
    }
}

/// The cité's half of an exchange, over its store.
#[derive(Debug)]
pub struct Host<'a> {
    /// Store.
    pub store: &'a mut Store,
    /// Now, by the server's clock.
    pub now_ms: InstantMs,
}

impl Host<'_> {
    /// The device of a token.
    ///
    /// # Errors
    /// [`ErrorCode::Revoked`] for a token that is not (or no longer) accepted.
    pub fn device(&self, token_hash: [u8; 32]) -> Result<DeviceId, Refused> {
        let found = device::of_token(self.store.connection(), token_hash)?;
        let device = found.ok_or(Refused::Code(ErrorCode::Revoked))?;
        let chain = self.store.chain()?;
        let active = chain.members().any(|(_, member)| member.device == device && !member.revoked);
        if active { Ok(device) } else { Err(Refused::Code(ErrorCode::Revoked)) }
    }

    /// One exchange: takes the upload (committed before it is acknowledged), answers with frames.
    ///
    /// # Errors
    /// [`Refused`]; nothing of the upload is kept then.
    pub fn exchange(&mut self, device: DeviceId, body: &[u8]) -> Result<Vec<u8>, Refused> {
        let raw = unpack_upload(body)?;
        let upload: Upload = minicbor::decode(&raw).map_err(|_| Refused::Code(ErrorCode::Invalid))?;
        if upload.version < OLDEST_VERSION {
            return Err(Refused::Code(ErrorCode::DeviceTooOld));
        }
        if upload.version > VERSION {
            return Err(Refused::Code(ErrorCode::ServerTooOld));
        }
        let now_ms = self.now_ms;
        let (first, asked, by) =
            self.store.transact(|connection| take(connection, device, &upload, now_ms))?;
        // Of another epoch it says nothing, as the cursor.
        let ahead = upload.ahead.filter(|_| upload.epoch == first.epoch).unwrap_or(0);
        let compares = upload.more.is_none();
        Ok(serve(self.store.connection(), by, first, (ahead, compares), &asked)?)
    }
}

/// Takes an upload in the store's transaction; returns the beginning of the answer.
fn take(
    connection: &Connection,
    device: DeviceId,
    upload: &Upload,
    now_ms: InstantMs,
) -> Result<(Download, Asked, Bringer), SyncError> {
    let chain = control::chain(connection)?;
    let settings: CiteSettings = settings(connection)?;
    let mut carrier = Carrier::new(chain.cite());
    let epoch: u64 = meta::get(connection, EPOCH)?.unwrap_or(1);
    // A device that knew this server before it was restored: what a change relies on comes first.
    let known = upload.epoch == 0 || upload.epoch == epoch;
    let asking = recognise(connection, device, upload.store.as_ref(), (known, upload.cursor), now_ms)?;
    let by = Bringer { device, store: asking.number };
    let mut receiver = Receiver::new(connection, chain, &settings, by, now_ms);
    let controls = receiver.controls(&upload.controls)?;
    let mut groups = Vec::new();
    for batch in &upload.batches {
        match known {
            true => groups.extend(receiver.batch(&mut carrier, batch)?),
            false => groups.extend(batch.groups().map(|_| Outcome::Later)),
        }
        // Memory does not follow the size of an upload.
        if receiver.documents.len() > MOST_OPEN {
            receiver.conclude()?;
            receiver.documents.clear();
        }
    }
    receiver.conclude()?;
    let sealed_receiver = SealedReceiver { receiver: &receiver, today: receiver.today };
    let wraps = upload
        .wraps
        .iter()
        .map(|it| if known { sealed_receiver.wrap(it) } else { Ok(Outcome::Later) })
        .collect::<Result<Vec<_>, _>>()?;
    let mut sealed = Vec::new();
    for batch in &upload.sealed {
        match known {
            true => sealed.extend(sealed_receiver.batch(batch)?),
            false => sealed.extend(std::iter::repeat_n(Outcome::Later, batch.groups())),
        }
    }
    let asked = match &upload.check {
        Some(check) if known => find(connection, Viewer::of(&receiver.chain, device), check)?,
        _ => Asked::default(),
    };
    // A cursor of another epoch is void: this device begins again; what it has it knows by hash.
    let cursor = if upload.epoch == epoch { upload.cursor.min(log::last(connection)?) } else { 0 };
    let accepted = |all: &[Outcome]| all.iter().all(|it| *it == Outcome::Accepted);
    let left = if upload.announced > 0 || !accepted(&groups) {
        device::Left::Changes
    } else if upload.beside.is_some_and(|it| it > 0)
        || ![&controls, &wraps, &sealed].iter().all(|it| accepted(it))
    {
        device::Left::Beside
    } else {
        device::Left::Nothing
    };
    device::exchanged(connection, device, now_ms, cursor, upload.announced, left)?;
    if known && upload.regaining.is_none() {
        device::has_regained(connection, device)?;
    }
    let audit_taken = match &upload.audit {
        Some(entries) => Some(crate::audit::take(connection, &receiver.chain, device, entries, now_ms)?),
        None => None,
    };
    let store = asking.told(connection, groups.iter().chain(&sealed))?;
    let first = Download {
        epoch,
        cursor,
        level: document::schema::LEVEL,
        controls_taken: answer::runs(controls),
        groups_taken: answer::runs(groups),
        wraps_taken: answer::runs(wraps),
        sealed_taken: answer::runs(sealed),
        chain_length: receiver.chain.length(),
        chain_head: receiver.chain.head(),
        audit: super::anchor::head(connection, upload.audit_seen)?,
        found: asked.found.clone(),
        revoked: asked.revoked.clone(),
        store: Some(store),
        audit_taken,
        day: Some(receiver.today.0),
        days: (!receiver.days.is_empty()).then(|| std::mem::take(&mut receiver.days)),
        ..Download::default()
    };
    Ok((first, asked, by))
}

fn settings(connection: &Connection) -> Result<CiteSettings, EngineError> {
    Ok(asset::read(connection, asset::SETTINGS)?.unwrap_or_default())
}

/// Looks at who sees what after the membership or the settings changed.
pub(crate) fn admit(connection: &Connection, chain: &Chain) -> Result<(), EngineError> {
    let today = crate::clock::civil(&crate::clock::SystemClock).0;
    super::visible::update_all(connection, chain, &settings(connection)?, today)
}
