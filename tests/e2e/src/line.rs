//! The line between a device and the server, which a test cuts and mends.

use anyhow::Result;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A line; it is gone with the value.
#[derive(Debug)]
pub struct Line {
    state: Arc<Mutex<State>>,
    carrying: JoinHandle<()>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// Bytes of an answer that come through; none: all of them.
    down: Option<u64>,
    /// Connections that were cut.
    cuts: u32,
}

impl Line {
    /// Carries what comes to one port of this machine to another.
    ///
    /// # Errors
    /// Where the port is taken.
    pub async fn between(from: u16, to: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", from)).await?;
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        let carrying = tokio::spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                if let Ok(server) = TcpStream::connect(("127.0.0.1", to)).await {
                    tokio::spawn(carry(device, server, shared.clone()));
                }
            }
        });
        Ok(Self { state, carrying })
    }

    /// From now on every connection is cut once so many bytes of the answer have come through, those of
    /// its head included; what goes up arrives. At 0 the server hears the device and is not heard.
    pub fn cut_after(&self, bytes: u64) {
        lock(&self.state).down = Some(bytes);
    }

    /// The line holds again.
    pub fn mend(&self) {
        lock(&self.state).down = None;
    }

    /// How many connections were cut so far.
    pub fn cuts(&self) -> u32 {
        lock(&self.state).cuts
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn carry(device: TcpStream, server: TcpStream, state: Arc<Mutex<State>>) {
    let (mut from_device, mut to_device) = device.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = tokio::spawn(async move { copy(&mut from_device, &mut to_server).await });
    let mut bytes = vec![0; 4_096];
    let mut heard = 0_u64;
    while let Ok(read @ 1..) = from_server.read(&mut bytes).await {
        // The answer has begun: the server has taken what was sent.
        let left = lock(&state).down.map(|most| most.saturating_sub(heard));
        let through = left.map_or(read, |left| usize::try_from(left).unwrap_or(read).min(read));
        if to_device.write_all(&bytes[..through]).await.is_err() {
            break;
        }
        heard += through as u64;
        if through < read {
            lock(&state).cuts += 1;
            break;
        }
    }
    drop(to_device.shutdown().await);
    up.abort();
}
