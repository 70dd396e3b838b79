//! A proxy on this machine that counts payload bytes each way and changes of direction, and can delay
//! and throttle: what the line costs, without TLS.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// Bytes of a piece that is sent at once.
const PIECE: usize = 1_400;

/// How bad the line is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    /// One way, milliseconds.
    pub delay_ms: u64,
    /// Kilobits a second in each direction; 0 for no limit.
    pub kbit_s: u64,
}

/// What went over the line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted {
    /// Bytes up.
    pub up: u64,
    /// Bytes down.
    pub down: u64,
    /// Times a burst up was followed by one down.
    pub turns: u32,
    last_up: bool,
}

/// A running proxy.
#[derive(Debug)]
pub struct Proxy {
    address: String,
    counted: Arc<Mutex<Counted>>,
}

impl Proxy {
    /// Stands between clients and the server of an address.
    pub async fn begin(server: &str, way: Way) -> Self {
        let target = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let counted = Arc::new(Mutex::new(Counted::default()));
        let shared = counted.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (target, counted) = (target.clone(), shared.clone());
                tokio::spawn(async move {
                    if way.delay_ms > 0 {
                        // The handshake costs a round trip.
                        sleep_until(Instant::now() + Duration::from_millis(2 * way.delay_ms)).await;
                    }
                    let Ok(server) = TcpStream::connect(&target).await else { return };
                    drop((client.set_nodelay(true), server.set_nodelay(true)));
                    let ((from_client, to_client), (from_server, to_server)) =
                        (client.into_split(), server.into_split());
                    carry(from_client, to_server, true, way, counted.clone());
                    carry(from_server, to_client, false, way, counted);
                });
            }
        });
        Self { address, counted }
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Counts from zero again.
    pub fn reset(&self) {
        *self.counted.lock().unwrap() = Counted::default();
    }

    /// What went over the line since.
    pub fn counted(&self) -> Counted {
        *self.counted.lock().unwrap()
    }
}

fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, up: bool, way: Way, counted: Arc<Mutex<Counted>>) {
    let (pieces, mut arriving) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        let mut bytes = vec![0; 64 * 1024];
        let mut free = Instant::now();
        while let Ok(count) = from.read(&mut bytes).await {
            if count == 0 {
                break;
            }
            {
                let mut it = counted.lock().unwrap();
                if up {
                    it.up += count as u64
                } else {
                    it.down += count as u64
                }
                if !up && it.last_up {
                    it.turns += 1;
                }
                it.last_up = up;
            }
            for piece in bytes[..count].chunks(PIECE) {
                free = free.max(Instant::now());
                if way.kbit_s > 0 {
                    free += Duration::from_secs_f64(piece.len() as f64 * 8.0 / (way.kbit_s * 1000) as f64);
                }
                let at = free + Duration::from_millis(way.delay_ms);
                if pieces.send((at, piece.to_vec())).is_err() {
                    return;
                }
            }
        }
    });
    tokio::spawn(async move {
        while let Some((at, piece)) = arriving.recv().await {
            if at > Instant::now() {
                sleep_until(at).await;
            }
            if to.write_all(&piece).await.is_err() {
                return;
            }
        }
        drop(to.shutdown().await);
    });
}
