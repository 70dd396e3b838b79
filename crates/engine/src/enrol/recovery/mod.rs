//! Coming back with the printed recovery key, where no référent is left.
//!
//! A device that knows nothing but the words asks for the past of the cité by the key's public half; the
//! answer is sealed to the key, so that asking gives nothing to anybody else. It signs one step, which lets
//! it in as a référent's device and names another printed key, and hands it in with the hash of a token.

mod host;
mod http;
mod message;

pub use message::{PastReply, PastRequest, RecoverRequest};
