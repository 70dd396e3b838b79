//! Somebody who listens to a line and keeps every byte of it, both ways.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What went one way over one connection.
type Stream = Arc<Mutex<Vec<u8>>>;

/// A line that is listened to.
#[derive(Debug)]
pub struct Tap {
    /// Address to give to the devices.
    pub address: String,
    heard: Arc<Mutex<Vec<Stream>>>,
    /// Bytes that went to the server so far.
    up: watch::Sender<usize>,
}

impl Tap {
    /// Stands before the server of an address.
    pub async fn before(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = server.trim_start_matches("http://").to_owned();
        let heard: Arc<Mutex<Vec<Stream>>> = Arc::default();
        let up = watch::Sender::new(0);
        let (all, sent) = (heard.clone(), up.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                // A server that is gone hangs up on who asks.
                let Ok(server) = TcpStream::connect(&server).await else { continue };
                let ((from_client, to_client), (from_server, to_server)) =
                    (client.into_split(), server.into_split());
                let streams: [Stream; 2] = Default::default();
                all.lock().unwrap().extend(streams.clone());
                let [asked, answered] = streams;
                tokio::spawn(carry(from_client, to_server, asked, Some(sent.clone())));
                tokio::spawn(carry(from_server, to_client, answered, None));
            }
        });
        Self { address, heard, up }
    }

    /// Bytes that went to the server so far.
    pub fn so_far(&self) -> usize {
        *self.up.borrow()
    }

    /// Waits until so many bytes went to the server.
    pub async fn sent(&self, bytes: usize) {
        self.up.subscribe().wait_for(|sent| *sent >= bytes).await.unwrap();
    }

    /// Every byte that went by, and every body of a message in one piece.
    pub fn heard(&self) -> Vec<Vec<u8>> {
        let streams = self.heard.lock().unwrap();
        let whole: Vec<Vec<u8>> = streams.iter().map(|it| it.lock().unwrap().clone()).collect();
        let bodies = whole.iter().flat_map(|stream| bodies(stream)).collect();
        [whole, bodies].concat()
    }
}

async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    heard: Stream,
    count_in: Option<watch::Sender<usize>>,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        heard.lock().unwrap().extend_from_slice(&bytes[..count]);
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
        if let Some(sent) = &count_in {
            sent.send_modify(|sent| *sent += count);
        }
    }
    drop(to.shutdown().await);
}

/// Bodies of the messages of HTTP 1.1 that went one way, chunks put together.
pub fn bodies(stream: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut rest = stream;
    while let Some((head, after)) = until(rest, b"\r\n\r\n") {
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        rest = after;
        if field("transfer-encoding:") == Some("chunked") {
            let mut body = Vec::new();
            while let Some((size, after)) = until(rest, b"\r\n") {
                let size = usize::from_str_radix(std::str::from_utf8(size).unwrap(), 16).unwrap();
                body.extend_from_slice(&after[..size]);
                rest = &after[size + 2..];
                if size == 0 {
                    break;
                }
            }
            all.push(body);
        } else if let Some(length) = field("content-length:") {
            let length: usize = length.parse().unwrap();
            all.push(rest[..length].to_vec());
            rest = &rest[length..];
        }
    }
    all
}

/// What stands before a mark, and after it.
fn until<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|it| it == mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}
