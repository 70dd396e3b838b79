//! Requests by the code of a neutral receipt: see `docs/decisions/0018`.
//!
//! The code is drawn, shown once, and stands nowhere. Its *tag* is a hash of it under the cité; a ledger
//! that gave a receipt holds a *mark*: an HMAC of the pathway under the tag. Whoever has the code finds
//! the ledger it belongs to, offline; whoever has all ledgers, the server too, finds no code.

mod code;
mod settle;

pub(crate) use code::{Code, mark, unhex};
pub(crate) use settle::{resolve, settle};

/// Hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
