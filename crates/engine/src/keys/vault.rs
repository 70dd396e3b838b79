//! A place outside the disk that holds a secret, and gives it out against the right code only: a security
//! chip, a key store of the platform. Where there is one, a PIN is enough after a cold start, because guesses are
//! counted there and not on the disk.
//!
//! **None is reached in this version, on any platform**: [`crate::device::Device::at`] has no vault, a cold start
//! asks the passphrase, and nothing is claimed for a PIN beside a file. The one implementation is in the tests.

use crate::error::EngineError;
use std::fmt;
use zeroize::Zeroizing;

/// Wrong codes after which a vault forgets a secret.
pub const MOST_WRONG: u32 = 5;

/// Such a place. Codes are keys derived from a PIN (Argon2id), never the PIN itself.
pub trait Vault: Send + Sync + fmt::Debug {
    /// Keeps a secret under a name; one that was there is gone, its errors are forgiven.
    ///
    /// # Errors
    /// [`EngineError::File`] where the place does not answer.
    fn keep(&self, name: &[u8; 16], code: &[u8; 32], secret: &[u8; 32]) -> Result<(), EngineError>;

    /// Gives a secret out. The fifth error in a row forgets it.
    ///
    /// # Errors
    /// [`EngineError::WrongKey`]; [`EngineError::PassphraseNeeded`] where it is not, or no longer, there.
    fn open(&self, name: &[u8; 16], code: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, EngineError>;

    /// Errors left before it forgets; 0 where it holds nothing of that name.
    fn attempts_left(&self, name: &[u8; 16]) -> u32;
}
