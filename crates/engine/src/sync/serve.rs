//! The server's half, outwards: one exchange, answers first, then what is new for this device.

use super::carry::Carrier;
use super::error::SyncError;
use super::frame::{pack, unpack_upload};
use super::message::{Asset, Download, Item, SentBatch, SentErasure, SentGroup, Upload};
use super::receive::Receiver;
use super::reconcile::{Asked, find};
use super::sealed::{SealedBatch, SealedItem, SealedReceiver, sealed_row, wrap_row};
use super::{OLDEST_VERSION, Outcome, VERSION, answer};
use crate::error::EngineError;
use crate::store::{Store, asset, batch, change, control, device, digest, erasure, log, meta};
use document::control::{Chain, Record, RecordKind};
use domain::cite::CiteSettings;
use domain::error::ErrorCode;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::Connection;

/// Raw bytes of a frame, about.
const FRAME: usize = 16 * 1024;
/// Raw bytes of an answer, about; the device asks again from where it stands.
const ANSWER: usize = 1024 * 1024;
/// Rows of the log looked at together.
const ROWS: u32 = 256;
/// Name under which the server's epoch is kept.
pub(crate) const EPOCH: &str = "epoch";

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
        let (first, asked) = self.store.transact(|connection| take(connection, device, &upload, now_ms))?;
        Ok(serve(self.store.connection(), device, first, &asked)?)
    }
}

/// Takes an upload in the store's transaction; returns the beginning of the answer.
fn take(
    connection: &Connection,
    device: DeviceId,
    upload: &Upload,
    now_ms: InstantMs,
) -> Result<(Download, Asked), SyncError> {
    let chain =
        Chain::read(&control::list(connection, RecordKind::Membership)?).map_err(EngineError::from)?;
    let settings: CiteSettings = settings(connection)?;
    let mut carrier = Carrier::new(chain.cite());
    let mut receiver = Receiver::new(connection, chain, &settings, device, now_ms);
    let controls = receiver.controls(&upload.controls)?;
    let epoch: u64 = meta::get(connection, EPOCH)?.unwrap_or(1);
    // A device that knew this server before it was restored: what a change relies on comes first.
    let known = upload.epoch == 0 || upload.epoch == epoch;
    let mut groups = Vec::new();
    for batch in &upload.batches {
        match known {
            true => groups.extend(receiver.batch(&mut carrier, batch)?),
            false => groups.extend(batch.groups().map(|_| Outcome::Later)),
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
            false => sealed.extend(batch.items.iter().map(|_| Outcome::Later)),
        }
    }
    let asked = match &upload.check {
        Some(check) if known => find(connection, device, check)?,
        _ => Asked::default(),
    };
    // A cursor of another epoch is void: this device begins again; what it has it knows by hash.
    let cursor = if upload.epoch == epoch { upload.cursor.min(log::last(connection)?) } else { 0 };
    device::exchanged(connection, device, now_ms, cursor, upload.announced)?;
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
        found: asked.found.clone(),
        revoked: asked.revoked.clone(),
        ..Download::default()
    };
    Ok((first, asked))
}

fn settings(connection: &Connection) -> Result<CiteSettings, EngineError> {
    Ok(asset::read(connection, asset::SETTINGS)?.unwrap_or_default())
}

/// Looks at who sees what after the membership or the settings changed.
pub(crate) fn admit(connection: &Connection, chain: &Chain) -> Result<(), EngineError> {
    let today = crate::clock::civil(&crate::clock::SystemClock).0;
    super::visible::update_all(connection, chain, &settings(connection)?, today)
}

/// What is new for a device since the cursor of `first`, as frames.
fn serve(
    connection: &Connection,
    device: DeviceId,
    first: Download,
    asked: &Asked,
) -> Result<Vec<u8>, SyncError> {
    let cite =
        Chain::read(&control::list(connection, RecordKind::Membership)?).map_err(EngineError::from)?.cite();
    let mut server =
        Server { connection, device, cite, out: Vec::new(), total: 0, frame: Frame::new(cite, first) };
    let mut cursor = server.frame.download.cursor;
    let end = log::last(connection)?;
    'rows: loop {
        let rows = log::after(connection, device, cursor, ROWS)?;
        if rows.is_empty() {
            // Rows that are not for this device are passed over for good.
            server.frame.open |= server.frame.download.cursor < end;
            server.frame.download.cursor = end;
            server.asked(asked, end)?;
            // What was written meanwhile is not in this answer: the next one compares.
            if log::last(connection)? == end {
                server.frame.open = true;
                let seen = digest::total(connection, Some(device))?;
                server.frame.download.digest = Some(seen.to_be_bytes().into());
            }
            break;
        }
        for row in rows {
            if server.total > ANSWER {
                break 'rows;
            }
            server.row(&row)?;
            cursor = row.seq;
            server.frame.download.cursor = cursor;
            // A batch cut in two costs the digests of the other half in each: it may end first.
            let whole = server.batch_is_whole()? || server.frame.size > 2 * FRAME;
            if server.frame.size > FRAME && whole {
                server.close(end)?;
            }
        }
    }
    server.close(end)?;
    Ok(server.out)
}

struct Server<'a> {
    connection: &'a Connection,
    device: DeviceId,
    cite: domain::ids::CiteId,
    out: Vec<u8>,
    total: usize,
    frame: Frame,
}

struct Frame {
    download: Download,
    carrier: Carrier,
    /// Batch under way: its row in the store.
    batch: Option<i64>,
    /// Sealed batch under way.
    sealed_batch: Option<i64>,
    size: usize,
    open: bool,
}

impl Frame {
    fn new(cite: domain::ids::CiteId, download: Download) -> Self {
        Self { download, carrier: Carrier::new(cite), batch: None, sealed_batch: None, size: 0, open: true }
    }
}

impl Server<'_> {
    fn row(&mut self, row: &log::Row) -> Result<(), SyncError> {
        match row.what {
            log::What::Control => {
                let position = row.reference.ok_or(EngineError::Damaged)?;
                if let Some(bytes) = control::at(self.connection, position)? {
                    self.frame.size += bytes.len();
                    self.frame.download.controls.push(bytes.into());
                }
            }
            log::What::Asset => {
                let id = row.reference.ok_or(EngineError::Damaged)?;
                if let Some((name, content)) = asset::at(self.connection, id)? {
                    // Only its last state counts: an older row of the same asset says nothing new.
                    self.frame.download.assets.retain(|asset| asset.name != name);
                    self.frame.size += content.len();
                    self.frame.download.assets.push(Asset { name, content: content.into() });
                }
            }
            log::What::Change => self.change(row.reference.ok_or(EngineError::Damaged)?)?,
            log::What::Grant => {
                let key = row.key.ok_or(EngineError::Damaged)?;
                for position in log::changes_up_to(self.connection, key, row.seq)? {
                    self.change(position)?;
                }
                for (what, reference) in log::sealed_up_to(self.connection, key, row.seq)? {
                    if what == log::What::Sealed { self.sealed(reference)? } else { self.wrap(reference)? }
                }
            }
            log::What::Sealed => self.sealed(row.reference.ok_or(EngineError::Damaged)?)?,
            log::What::Wrap => self.wrap(row.reference.ok_or(EngineError::Damaged)?)?,
            log::What::Erase => self.erase(row.reference.ok_or(EngineError::Damaged)?)?,
            log::What::Revoke => {
                self.frame.size += 32;
                self.frame.download.revoked.push(row.key.ok_or(EngineError::Damaged)?);
            }
        }
        self.frame.open = true;
        Ok(())
    }

    fn erase(&mut self, position: i64) -> Result<(), SyncError> {
        let Some(bytes) = control::at(self.connection, position)? else { return Ok(()) };
        let record: Record = minicbor::decode(&bytes).map_err(|_| EngineError::Damaged)?;
        let confirm = erasure::is_expected(self.connection, record.id(), self.device)?;
        self.frame.size += bytes.len();
        self.frame.download.erased.push(SentErasure { record: bytes.into(), confirm });
        Ok(())
    }

    /// Documents of which the device lacks something, whole; those that do not fit, it asks for again.
    fn asked(&mut self, asked: &Asked, end: u64) -> Result<(), SyncError> {
        for key in &asked.serve {
            if self.total > ANSWER {
                break;
            }
            for position in log::changes_up_to(self.connection, *key, end)? {
                self.change(position)?;
                self.frame.open = true;
            }
            if self.frame.size > FRAME {
                self.close(end)?;
            }
        }
        Ok(())
    }

    fn change(&mut self, position: i64) -> Result<(), SyncError> {
        let Some(served) = change::served(self.connection, position)? else { return Ok(()) };
        let stripped = self.frame.carrier.strip(served.key, served.hash, &served.bytes)?;
        self.frame.size += stripped.len() + 48;
        let item = Item::Group(SentGroup {
            key: served.key,
            cursor: served.cursor,
            on: served.on,
            level: served.level,
            changes: vec![stripped.into()],
        });
        let follows = self.frame.batch == Some(served.batch)
            && self.frame.download.batches.last().is_some_and(|sent| sent.items.len() as u32 <= served.place);
        if !follows {
            self.finish_batch()?;
            let (signer, batch) = batch::get(self.connection, served.batch)?.ok_or(EngineError::Damaged)?;
            self.frame.download.batches.push(SentBatch {
                signer,
                signature: batch.signature.into(),
                items: Vec::new(),
            });
            self.frame.batch = Some(served.batch);
        }
        self.fill(served.batch, served.place as usize)?;
        if let Some(sent) = self.frame.download.batches.last_mut() {
            sent.items.push(item);
        }
        Ok(())
    }

    /// Whether the batch under way has all its items in this frame.
    fn batch_is_whole(&self) -> Result<bool, SyncError> {
        let Some(row) = self.frame.batch else { return Ok(true) };
        let items = self.frame.download.batches.last().map_or(0, |sent| sent.items.len());
        let (_, batch) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
        Ok(items >= batch.digests.len())
    }

    fn wrap(&mut self, row: i64) -> Result<(), SyncError> {
        if let Some(wrap) = wrap_row(self.connection, row)? {
            self.frame.size += wrap.size();
            self.frame.download.wraps.push(wrap);
        }
        Ok(())
    }

    /// A sealed change: in the batch under way where it follows there, else in one of its own.
    fn sealed(&mut self, position: i64) -> Result<(), SyncError> {
        let Some((row, place, item, _)) = sealed_row(self.connection, position)? else { return Ok(()) };
        let sent = &mut self.frame.download.sealed;
        let follows = self.frame.sealed_batch == Some(row)
            && sent.last().is_some_and(|sent| sent.items.len() as u32 <= place);
        if !follows {
            self.finish_sealed()?;
            let (signer, batch) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
            let signature = batch.signature.into();
            self.frame.download.sealed.push(SealedBatch { signer, signature, items: Vec::new() });
            self.frame.sealed_batch = Some(row);
        }
        self.fill_sealed(row, place as usize)?;
        if let SealedItem::Group(group) = &item {
            self.frame.size += group.envelope.len() + 64;
        }
        if let Some(sent) = self.frame.download.sealed.last_mut() {
            sent.items.push(item);
        }
        Ok(())
    }

    fn fill_sealed(&mut self, row: i64, place: usize) -> Result<(), SyncError> {
        let Some(sent) = self.frame.download.sealed.last_mut() else { return Ok(()) };
        if sent.items.len() < place {
            let (_, batch) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
            let missing = batch.digests.get(sent.items.len()..place).ok_or(EngineError::Damaged)?;
            self.frame.size += missing.len() * 33;
            sent.items.extend(missing.iter().map(|digest| SealedItem::Digest((*digest).into())));
        }
        Ok(())
    }

    fn finish_sealed(&mut self) -> Result<(), SyncError> {
        if let Some(row) = self.frame.sealed_batch.take() {
            let (_, batch) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
            self.fill_sealed(row, batch.digests.len())?;
        }
        Ok(())
    }

    /// Digests of the groups before `place` that are not for this device.
    fn fill(&mut self, row: i64, place: usize) -> Result<(), SyncError> {
        let Some(sent) = self.frame.download.batches.last_mut() else { return Ok(()) };
        if sent.items.len() < place {
            let (_, batch) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
            let missing = batch.digests.get(sent.items.len()..place).ok_or(EngineError::Damaged)?;
            self.frame.size += missing.len() * 33;
            sent.items.extend(missing.iter().map(|digest| Item::Digest((*digest).into())));
        }
        Ok(())
    }

    fn finish_batch(&mut self) -> Result<(), SyncError> {
        if let Some(row) = self.frame.batch.take() {
            let (_, batch) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
            self.fill(row, batch.digests.len())?;
        }
        Ok(())
    }

    fn close(&mut self, end: u64) -> Result<(), SyncError> {
        self.finish_batch()?;
        self.finish_sealed()?;
        if !self.frame.open {
            return Ok(());
        }
        let download = &mut self.frame.download;
        download.remaining = u32::try_from(end.saturating_sub(download.cursor)).unwrap_or(u32::MAX);
        let raw = minicbor::to_vec(&*download).expect("encoding into memory does not fail");
        self.total += raw.len();
        self.out.extend(pack(&raw)?);
        let next = Download {
            epoch: download.epoch,
            cursor: download.cursor,
            level: download.level,
            chain_length: download.chain_length,
            chain_head: download.chain_head,
            ..Download::default()
        };
        self.frame = Frame::new(self.cite, next);
        self.frame.open = false;
        Ok(())
    }
}
