//! Sealed changes and wraps in an exchange: each half of each direction in a file of its own.

mod message;
mod offer;
mod pull;
mod push;
mod receive;
mod serve;

#[cfg(test)]
pub(super) use message::SentSealed;
pub(super) use message::{SealedBatch, SealedItem, SentWrap};
pub(super) use pull::take;
pub(super) use push::{Offered, gather, settle};
pub(super) use receive::SealedReceiver;
pub(super) use serve::item_of;
