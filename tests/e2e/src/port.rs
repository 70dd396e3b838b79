//! Free ports of this machine.

use std::io::Result;
use std::net::{Ipv4Addr, TcpListener};

/// A port that was free a moment ago.
///
/// # Errors
/// Where the system has none.
pub fn free() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
