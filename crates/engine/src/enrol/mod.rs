//! Joining a cité: the invitation's code authenticates both sides, it encrypts nothing.
//!
//! The newcomer sends its public keys under a MAC from the code; the host checks it, signs the
//! membership record, and answers under a MAC from the same code, so that a server that does not
//! know the code cannot pass for the cité.

mod code;
mod host;
mod http;
mod message;
pub mod pairing;
pub mod recovery;

pub use code::InvitationCode;
pub(crate) use host::epoch;
pub use host::{Host, Invited, found, named_id, organisation_of};
pub(crate) use http::Newcomer;
pub use http::{HttpEnrol, server_address};
pub use message::{CheckReply, CheckRequest, JoinReply, JoinRequest, MAX_MESSAGE};
pub(crate) use pairing::{Card, Offer, Tagged};
