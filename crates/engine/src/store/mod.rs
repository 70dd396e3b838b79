//! The store: one SQLCipher file on a device, a plain SQLite file on the server.
//!
//! Truth stands in `change`, `control` and `draft`; what else there is can be rebuilt from it.

mod change;
pub(crate) mod control;
mod draft;
pub(crate) mod invitation;
pub(crate) mod meta;
mod migrate;
mod open;

pub use change::{Kept, Waiting};
pub(crate) use change::{append, enqueue, load};
pub use draft::SealedDraft;
pub(crate) use draft::discard;
pub use migrate::VERSION;
pub use open::{Store, StoreKey};
