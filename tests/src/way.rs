//! The ways to a server that the contract of the exchange holds for: straight into its half, and over HTTP.

use crate::World;
use crate::line::Line;
use engine::sync::{Exchange, HttpExchange};
use std::future::Future;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};

/// A way to a server.
pub trait Way {
    /// Its exchange.
    type Exchange: Exchange;

    /// A whole line for a token.
    fn open(world: &World, token: &[u8]) -> Self::Exchange;

    /// A line on which only so many bytes of each answer arrive.
    fn cut(world: &World, token: &[u8], after: usize) -> impl Future<Output = Self::Exchange>;
}

/// Straight into the server's half.
#[derive(Debug)]
pub struct Direct;

impl Way for Direct {
    type Exchange = Line;

    fn open(world: &World, token: &[u8]) -> Line {
        Line::new(world.cite.clone(), token.to_vec())
    }

    async fn cut(world: &World, token: &[u8], after: usize) -> Line {
        let line = Self::open(world, token);
        *line.cut.lock().unwrap() = Some(after);
        line
    }
}

/// Over HTTP on a real socket.
#[derive(Debug)]
pub struct Http;

impl Way for Http {
    type Exchange = HttpExchange;

    fn open(world: &World, token: &[u8]) -> HttpExchange {
        HttpExchange::to(&world.address, token).unwrap()
    }

    async fn cut(world: &World, token: &[u8], after: usize) -> HttpExchange {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = world.address.trim_start_matches("http://").to_owned();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(carry(client, server, after));
            }
        });
        HttpExchange::to(&address, token).unwrap()
    }
}

/// Carries everything up and so many bytes down, head of the answer included; then hangs up.
async fn carry(client: TcpStream, server: TcpStream, after: usize) {
    let (mut from_client, mut to_client) = client.into_split();
    let (from_server, mut to_server) = server.into_split();
    let up = tokio::spawn(async move { copy(&mut from_client, &mut to_server).await });
    drop(copy(&mut from_server.take(after as u64), &mut to_client).await);
    drop(to_client.shutdown().await);
    up.abort();
}
