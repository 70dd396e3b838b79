//! Signed batches as they are filled for a frame or an upload: what travels of each, and the digests of
//! what does not, in their places. The same for coded and for sealed groups, on both sides.

use crate::error::EngineError;
use crate::store::batch;
use document::{Batch, Hash, SignerId, SignerKey};
use rusqlite::Connection;

/// Most groups under one signature made anew: one of them served alone costs the digests of the others.
const MOST_OWN: usize = 32;
/// Bytes of a digest that stands for a group that does not travel.
const DIGEST: usize = 34;

/// A batch as it travels, coded or sealed.
pub(super) trait Travels {
    /// A group of it, or a digest.
    type Item;

    /// An empty one.
    fn begin(signer: SignerId, signature: [u8; 64]) -> Self;

    /// Its items.
    fn items(&mut self) -> &mut Vec<Self::Item>;

    /// What stands for a group that does not travel.
    fn digest(digest: Hash) -> Self::Item;

    /// Puts another signature in the place of the first.
    fn sign(&mut self, signature: [u8; 64]);
}

/// The batch under way.
enum Open {
    /// One that is kept: its row, its digests.
    Kept(i64, Vec<Hash>),
    /// Groups of the user at work, to be signed anew; the first one's signature where it stays alone.
    Own(Vec<Hash>),
    /// A group of somebody else, alone under its signature.
    Alone,
}

/// Batches, filled one after another.
pub(super) struct Batches<'a, B> {
    connection: &'a Connection,
    /// Key of the user at work; none on the server.
    own: Option<&'a SignerKey>,
    sent: Vec<B>,
    open: Option<Open>,
    size: usize,
}

impl<'a, B: Travels> Batches<'a, B> {
    /// None yet.
    pub(super) fn new(connection: &'a Connection, own: Option<&'a SignerKey>) -> Self {
        Self { connection, own, sent: Vec::new(), open: None, size: 0 }
    }

    /// Adds a group that is kept at a place of a batch that somebody signed.
    pub(super) fn kept(&mut self, (row, place): (i64, u32), item: B::Item) -> Result<(), EngineError> {
        let follows = matches!(&self.open, Some(Open::Kept(open, _)) if *open == row)
            && self.sent.last_mut().is_some_and(|sent| sent.items().len() <= place as usize);
        if !follows {
            self.close()?;
            let (signer, kept) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
            self.sent.push(B::begin(signer, kept.signature));
            self.open = Some(Open::Kept(row, kept.digests));
        }
        self.fill(place as usize)?;
        self.push(item);
        Ok(())
    }

    /// Adds a group that its author signed alone: with others of the user at work it is signed anew.
    pub(super) fn made(
        &mut self,
        author: SignerId,
        signature: [u8; 64],
        digest: Hash,
        item: B::Item,
    ) -> Result<(), EngineError> {
        let own = self.own.is_some_and(|key| key.id() == author);
        match &mut self.open {
            Some(Open::Own(digests)) if own && digests.len() < MOST_OWN => digests.push(digest),
            _ => {
                self.close()?;
                self.sent.push(B::begin(author, signature));
                self.open = Some(if own { Open::Own(vec![digest]) } else { Open::Alone });
            }
        }
        self.push(item);
        Ok(())
    }

    /// Whether nothing is missing from the batch under way.
    pub(super) fn is_whole(&mut self) -> bool {
        match (&self.open, self.sent.last_mut()) {
            (Some(Open::Kept(_, digests)), Some(sent)) => sent.items().len() >= digests.len(),
            _ => true,
        }
    }

    /// Bytes of digests so far.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// All of them, whole.
    pub(super) fn finish(mut self) -> Result<Vec<B>, EngineError> {
        self.close()?;
        Ok(self.sent)
    }

    fn push(&mut self, item: B::Item) {
        if let Some(sent) = self.sent.last_mut() {
            sent.items().push(item);
        }
    }

    /// Digests of the groups before `place` that do not travel.
    fn fill(&mut self, place: usize) -> Result<(), EngineError> {
        let (Some(Open::Kept(_, digests)), Some(sent)) = (&self.open, self.sent.last_mut()) else {
            return Ok(());
        };
        let items = sent.items();
        if items.len() < place {
            let missing = digests.get(items.len()..place).ok_or(EngineError::Damaged)?;
            self.size += missing.len() * DIGEST;
            items.extend(missing.iter().map(|digest| B::digest(*digest)));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), EngineError> {
        let whole = if let Some(Open::Kept(_, digests)) = &self.open { digests.len() } else { 0 };
        self.fill(whole)?;
        if let (Some(Open::Own(digests)), Some(key), Some(sent)) =
            (self.open.take(), self.own, self.sent.last_mut())
            && digests.len() > 1
        {
            sent.sign(Batch::sign(key, digests).signature);
        }
        Ok(())
    }
}
