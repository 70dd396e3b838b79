//! Somebody between two devices and their server, over HTTP: a server that cheats, or a line that is listened
//! to. Whole requests and answers; one a connection.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Which way a body goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the server.
    Asked,
    /// To the device.
    Answered,
}

/// Changes a body on a path; returns it as it is where nothing is to change.
pub type Change = Arc<dyn Fn(&str, Way, Vec<u8>) -> Vec<u8> + Send + Sync>;

/// A request that went by: path, bearer token, body.
pub type Heard = (String, Option<String>, Vec<u8>);

/// Who stands between.
pub struct Between {
    /// Address to give to the devices.
    pub address: String,
    /// What went by.
    pub heard: Arc<Mutex<Vec<Heard>>>,
}

impl std::fmt::Debug for Between {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Between")
    }
}

impl Between {
    /// Stands before the server of an address.
    pub async fn begin(server: &str, change: Change) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (server, all) = (server.to_owned(), heard.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(one(client, server.clone(), change.clone(), all.clone()));
            }
        });
        Self { address, heard }
    }

    /// Listens only.
    pub async fn listening(server: &str) -> Self {
        Self::begin(server, Arc::new(|_, _, body| body)).await
    }

    /// Sends everything that went by to the server once more; returns how many it served.
    pub async fn replay(&self, server: &str) -> usize {
        let heard = self.heard.lock().unwrap().clone();
        let mut served = 0;
        for (path, token, body) in heard {
            served += usize::from(forward(server, &path, token.as_deref(), body).await.0 == 200);
        }
        served
    }
}

async fn one(mut client: TcpStream, server: String, change: Change, all: Arc<Mutex<Vec<Heard>>>) {
    let Some((path, token, body)) = request(&mut client).await else { return };
    all.lock().unwrap().push((path.clone(), token.clone(), body.clone()));
    let body = change(&path, Way::Asked, body);
    let (status, answer) = forward(&server, &path, token.as_deref(), body).await;
    let answer = if status == 200 { change(&path, Way::Answered, answer) } else { answer };
    let head =
        format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    drop(client.write_all(&[head.as_bytes(), &answer].concat()).await);
}

/// Path, token and body of a request.
async fn request(client: &mut TcpStream) -> Option<Heard> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end + 4;
        }
        if client.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let field = |name: &str| {
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let length: usize = field("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut body = bytes.split_off(end);
    while body.len() < length {
        if client.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((path, field("authorization").map(|it| it.trim_start_matches("Bearer ").to_owned()), body))
}

async fn forward(server: &str, path: &str, token: Option<&str>, body: Vec<u8>) -> (u16, Vec<u8>) {
    let mut request = reqwest::Client::new().post(format!("{server}{path}")).body(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    match request.header("content-type", "application/cbor").send().await {
        Ok(answer) => (answer.status().as_u16(), answer.bytes().await.unwrap_or_default().to_vec()),
        Err(_) => (502, Vec::new()),
    }
}
