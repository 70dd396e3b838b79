//! Words, rules and code lists of Allervers, and the contract between a screen and what serves it.
//!
//! Nothing here reads a clock, draws a random number, touches a disk or a network, or knows
//! Automerge, SQL or HTTP: everything comes in as a value. The crate compiles to WebAssembly.

pub mod api;
pub mod catalogue;
pub mod changes;
pub mod cite;
pub mod code;
pub mod copy;
pub mod dropout;
pub mod duplicate;
pub mod erasing;
pub mod error;
pub mod hold;
pub mod ids;
pub mod indicators;
pub mod ledger;
pub mod location;
pub mod notice;
pub mod outing;
pub mod pathway;
pub mod publics;
pub mod retention;
pub mod role;
pub mod secret;
pub mod solution;
pub mod territory;
pub mod text;
pub mod time;
pub mod vocabulary;
