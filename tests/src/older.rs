//! A server that was not updated yet: it takes no group of coded changes, and says that they are of a later
//! schema level than its own.

use crate::altered::{Download, joined, parts};
use crate::line::Line;
use crate::wire::{opened, pack};
use engine::sync::{Exchange, SyncError, Taken};
use minicbor::Decoder;

/// Place of the batches in an upload.
const BATCHES: usize = 6;

/// A line to an older server.
#[derive(Debug)]
pub struct Older(pub Line);

/// How many groups stand in batches: signer, signature, and items of which each is a group or a digest.
fn groups(batches: &[u8]) -> u32 {
    let mut groups = 0;
    for batch in parts(batches) {
        let items = parts(&parts(&batch)[2]);
        groups += items.iter().filter(|it| Decoder::new(&parts(it)[0]).u8().unwrap() == 0).count() as u32;
    }
    groups
}

impl Exchange for Older {
    async fn exchange<'a>(&'a self, upload: Vec<u8>, each: Taken<'a>) -> Result<(), SyncError> {
        let mut sent = parts(&opened(&upload));
        let mut groups = groups(&sent[BATCHES]);
        sent[BATCHES] = joined(&[]);
        let mut answers = |frames: &[Vec<u8>]| {
            let older = frames.iter().map(|raw| {
                let mut download = Download::read(raw);
                download.refuse_as_older(std::mem::take(&mut groups));
                download.raw()
            });
            each(&older.collect::<Vec<_>>())
        };
        self.0.exchange(pack(&joined(&sent)), &mut answers).await
    }
}
