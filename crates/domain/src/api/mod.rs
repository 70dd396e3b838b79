//! The one contract between a screen and what serves it.
//!
//! [`Call`] holds every request; each request type names its reply by [`Request`], and the role it
//! needs by [`Access`]. Tauri serves calls through one command, the server through one route; both
//! go through one exhaustive dispatch. Network and crash tests speak the same calls.

mod access;
mod contract;

pub mod audit;
pub mod caseload;
pub mod cite;
pub mod cohort;
pub mod copy;
pub mod draft;
pub mod encounter;
pub mod ledger;
pub mod member;
pub mod notice;
pub mod outing;
pub mod person;
pub mod recovery;
pub mod referent;
pub mod rescue;
pub mod server;
pub mod session;
pub mod set_aside;
pub mod solution;
pub mod sync;
pub mod today;

pub use access::{Access, FOLLOWING};
pub use contract::{Answer, Call, Reply, Request, UnexpectedReply};
