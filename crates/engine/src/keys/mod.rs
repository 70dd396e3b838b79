//! Keys on a device without a hardware-backed secret.
//!
//! A cold start asks the six-word passphrase: Argon2id turns it into the key that unwraps the
//! user's secrets. The PIN only re-locks a running app: what it unwraps lives in memory and is
//! forgotten after five errors. Nothing that opens the store stands on disk in clear.

mod keyring;
mod passphrase;
mod pin;
mod recovery;
mod rescue;
mod seal;
mod secrets;
mod vault;

pub use keyring::{Keyring, KeyringUser};
pub use passphrase::{Argon2Cost, WORDS, normalise, propose};
pub use pin::{MAX_ATTEMPTS, PinLock};
pub use recovery::{RECOVERY_WORDS, RecoveryKey, unknown_words};
pub use rescue::RescueKey;
pub use seal::{open, seal};
pub use secrets::UserSecrets;
pub use vault::{MOST_WRONG, Vault};
