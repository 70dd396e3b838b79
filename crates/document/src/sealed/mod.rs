//! Sealed changes: what travels and is stored of a named part.
//!
//! A change of a named part is sealed once, where it is made, and stored sealed: a retry is the same
//! bytes. The clear [`Header`] says which document, whose change and under which [`PartKey`]; all of it
//! is authenticated with the ciphertext. The server holds envelopes and can open none.
//!
//! Construction: the change, stripped and compressed with the dictionary, padded to steps of 64 bytes,
//! XChaCha20-Poly1305 under a key derived (HKDF-SHA256) from the part key; bytes frozen by
//! `engine::sync::frozen`. This module draws no random bytes: nonces and secrets come in.

mod envelope;
mod header;
mod key;
mod pad;
mod wrapped;

pub use envelope::{Envelope, MAX_ENVELOPE, seal};
pub use header::{ChangeId, Header};
pub use key::{PartKey, PartKeyId};
pub use wrapped::Wrapped;
