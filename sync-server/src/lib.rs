//! The cité's server: a shell over `engine`. It translates HTTP and the command line; it decides
//! nothing.

mod auth;
mod call;
mod cite;
pub mod config;
mod daily;
pub mod demo;
mod limit;
mod oversight;
mod pair;
pub mod program;
mod restore;
mod router;
mod serve;
pub mod settings;

pub use cite::{Cite, OpenError};
pub use restore::Restore;
pub use serve::{serve, serve_tls};
