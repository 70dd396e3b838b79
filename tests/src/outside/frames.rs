//! Frames of the exchange, up and down, closed and opened.

use super::Ground;
use crate::wire::{opened, pack};
use engine::clock::{Clock as _, SystemClock};
use engine::sync::{Exchange, Frames, Host, SyncError, Taken};
use std::future::Future;

pub(super) fn uploads(ground: &Ground) -> Vec<Vec<u8>> {
    vec![ground.tablet.next_upload().unwrap()]
}

pub(super) fn opened_uploads(ground: &Ground) -> Vec<Vec<u8>> {
    uploads(ground).iter().map(|frame| opened(frame)).collect()
}

/// The server's half without the net that it has under it: a panic of ours is to be seen.
pub(super) fn upload_frame(ground: &Ground, bytes: &[u8]) {
    ground.world.cite.store(|store| {
        let mut host = Host { store, now_ms: SystemClock.now_ms() };
        let _ = host.exchange(ground.device, bytes);
    });
}

pub(super) fn upload(ground: &Ground, raw: &[u8]) {
    upload_frame(ground, &pack(raw));
}

pub(super) fn downloads(ground: &Ground) -> Vec<Vec<u8>> {
    vec![ground.frames.iter().flat_map(|raw| pack(raw)).collect()]
}

pub(super) fn opened_downloads(ground: &Ground) -> Vec<Vec<u8>> {
    ground.frames.clone()
}

/// Bytes of a stream, cut where a connection would cut them.
pub(super) fn download_frame(_: &Ground, bytes: &[u8]) {
    let mut frames = Frames::default();
    for piece in bytes.chunks(1_000) {
        if frames.take(piece, &mut |_| Ok(())).is_err() {
            return;
        }
    }
    let _ = frames.end();
}

/// A server that answers whatever it wants.
struct Hostile<'a>(&'a [u8]);

impl Exchange for Hostile<'_> {
    fn exchange<'a>(
        &'a self,
        _: Vec<u8>,
        each: Taken<'a>,
    ) -> impl Future<Output = Result<(), SyncError>> + Send + 'a {
        // Then the line is cut, so that the device does not ask again.
        std::future::ready(each(&[self.0.to_vec()]).and(Err(SyncError::Cut)))
    }
}

pub(super) fn download(ground: &Ground, raw: &[u8]) {
    ground.runtime.block_on(ground.tablet.sync_with(&Hostile(raw)));
}
