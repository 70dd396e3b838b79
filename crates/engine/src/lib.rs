//! Use cases over one store: keys, the encrypted file, the one door for writes.
//!
//! Time and random bytes come in through [`clock`] and [`random`]; SQL stands in [`store`] only.

pub mod audit;
mod certificate;
pub mod clock;
pub mod cohort;
pub mod copy;
pub mod device;
pub mod enrol;
pub mod erasure;
mod error;
pub mod journal;
pub mod keys;
pub mod private;
pub mod random;
pub(crate) mod request;
pub mod restore;
pub mod seal;
pub mod store;
pub mod sync;
pub mod write;

pub use error::EngineError;
