//! `serving FOLDER [CERTIFICATE KEY]`: the server program on a cité's folder, with its logs, until it is asked to
//! stop or is killed. The first line it says names its address.

use anyhow::{Context as _, Result};
use std::path::PathBuf;
use sync_server::config::{At, Config, Tls};
use sync_server::program;

#[tokio::main]
async fn main() -> Result<()> {
    program::log();
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let data = arguments.next().context("a folder")?;
    let tls = arguments.next().zip(arguments.next()).map(|(certificate, key)| Tls { certificate, key });
    let at = At { journal: data.join("control.journal"), data };
    let listen = ([127, 0, 0, 1], 0).into();
    // No browser face: a folder that is not there.
    let interface = at.data.join("no-interface");
    program::run(&Config { at, interface, listen, tls }).await
}
