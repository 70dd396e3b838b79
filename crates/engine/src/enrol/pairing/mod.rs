//! Joining by the invitation of a référent's device.
//!
//! The inviter draws a code and shows it to the newcomer; the server gets the invitation's name only, and
//! a card under a MAC from the code. The newcomer checks the card and leaves its public keys under a MAC
//! from the code. The inviter checks them, both screens show the same six words, the inviter confirms, its
//! device signs the membership record, and answers with a MAC of the chain's head. The server carries all
//! of it and can make none of it: it never learns the code.

mod mailbox;
mod message;
mod words;

pub use message::{
    CancelRequest, ConfirmRequest, FetchReply, FetchRequest, OfferRequest, OpenRequest, ResultReply,
    ResultRequest, Stage,
};
pub(crate) use message::{Card, Offer, Tagged, chain_tag, chain_tag_holds};
pub(crate) use words::words;

use domain::time::InstantMs;

/// How long an invitation of a device holds: ten minutes, by the clock of each side.
pub const PAIRING_HOLDS_MS: InstantMs = 10 * 60_000;
