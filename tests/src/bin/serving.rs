//! `serving FOLDER`: the server of a cité's folder, until it is killed. The first line it says is its address.
#![allow(clippy::print_stdout, reason = "this is how a program answers")]

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use sync_server::{Cite, serve};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or("a folder")?;
    let cite = Arc::new(Cite::open(&folder)?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    serve(cite, listener, None, std::future::pending()).await?;
    Ok(())
}
