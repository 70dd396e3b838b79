//! Automerge documents and signed control records, without disk, network, clock or randomness.
//!
//! Two kinds of truth: [`Document`]s (Automerge, checked operation by operation against
//! [`schema`]) and [`control`] records (membership, ledger), small signed facts that no document
//! edit can overwrite. [`wire`] is how changes look while they travel.

mod actor;
pub mod audit;
mod behalf;
mod change;
mod check;
pub mod control;
pub mod dictionary;
mod document;
mod edit;
mod error;
pub mod genesis;
mod group;
mod history;
mod key;
mod read;
pub mod scan;
pub mod schema;
pub mod sealed;
mod signer;
pub mod wire;

pub use actor::{Actor, SignerId};
pub use behalf::{By, on_behalf};
pub use change::{Hash, NewChange, RawChange};
pub use document::Document;
pub use edit::{Edit, Value};
pub use error::DocumentError;
pub use group::{Batch, Group};
pub use history::Written;
pub use key::DocumentKey;
pub use read::Differing;
pub use signer::{PublicKey, Signature, SignerKey, verify};
