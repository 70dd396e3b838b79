//! Free ports of this machine.

use anyhow::{Context as _, Result};
use std::net::{Ipv4Addr, TcpListener};

/// A port that was free a moment ago.
///
/// # Errors
/// Where the system has none.
pub fn free() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The port that an address names.
///
/// # Errors
/// Where it names none.
pub fn of(url: &str) -> Result<u16> {
    url::Url::parse(url)?.port().with_context(|| format!("{url} names no port"))
}
