//! Named parts: sealed for their author, and for whom the ledger lets read them.
//!
//! `wrap` is the one use of HPKE; `epoch` knows the keys of groups and which are due; `escrow` puts
//! a device's store key into référents' hands; `printed` is what the recovery key on paper opens; `part` opens and
//! edits a part; `partner` keeps which service a protected partner is; `share` says for whom a part key must be wrapped now; `settle` carries out what a *no*
//! of the ledger means for what is here. The server uses none of the secrets here: it has none.

pub(crate) mod epoch;
pub(crate) mod escrow;
pub(crate) mod part;
pub(crate) mod partner;
pub(crate) mod printed;
mod receive;
pub(crate) mod settle;
pub(crate) mod share;
mod wrap;

pub use epoch::Epochs;
pub(crate) use epoch::{deliver_printed, knows_more, may_accept, may_keep};
pub(crate) use receive::{open_wraps, take_epoch};
pub(crate) use wrap::{unwrap, wrap};
