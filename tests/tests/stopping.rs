//! A server that is asked to stop, and one that is killed, while devices send to it: whatever it acknowledged is there
//! when it starts again.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::sync::{ReadSyncState, SyncNow};
use domain::role::Role;
use engine::device::Device;
use engine::sync::{Frames, Outcome};
use journeys::forms::first_encounter;
use journeys::process::Process;
use journeys::tap::{self, Tap};
use journeys::wire::Answers;
use journeys::{NORTH, World, call, place_in, synchronise};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const SERVING: &str = env!("CARGO_BIN_EXE_serving");

async fn people(device: &Device) -> u32 {
    call(device, ReadSyncState {}).await.unwrap().pathways
}

/// Two mediators of a sector, and the server's folder, which nobody serves.
async fn two() -> (World, Device, Device) {
    let mut world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    world.stop();
    (world, nadia, samir)
}

async fn start(world: &World) -> (Process, String) {
    let mut server = Process::start(SERVING, &[&world.folder.path().join("server")]);
    let address = server.address().await;
    (server, address)
}

/// Reads what is answered up to a mark.
async fn read_until(line: &mut TcpStream, mark: &[u8]) {
    let mut heard = Vec::new();
    while !heard.ends_with(mark) {
        heard.push(line.read_u8().await.unwrap());
    }
}

#[tokio::test]
async fn a_server_that_is_asked_to_stop_finishes_the_exchange_under_way_and_takes_no_other() {
    let (world, nadia, samir) = two().await;
    let (server, address) = start(&world).await;
    assert_eq!(reqwest::get(format!("{address}/healthz")).await.unwrap().text().await.unwrap(), "ok");
    call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    let (token, upload) = (nadia.token().unwrap(), nadia.next_upload().unwrap());
    let token: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    let host = address.trim_start_matches("http://");

    // The server has begun to read it once it says that it wants the rest.
    let mut line = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
         content-length: {}\r\nexpect: 100-continue\r\n\r\n",
        upload.len()
    );
    line.write_all(head.as_bytes()).await.unwrap();
    read_until(&mut line, b"100 Continue\r\n\r\n").await;
    let (first, rest) = upload.split_at(upload.len() / 2);
    line.write_all(first).await.unwrap();
    server.ask_to_stop();
    while TcpStream::connect(host).await.is_ok() {
        tokio::task::yield_now().await;
    }
    line.write_all(rest).await.unwrap();
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&answer[..200]));
    let mut frames = Vec::new();
    let mut keep = |whole: &[Vec<u8>]| {
        frames.extend_from_slice(whole);
        Ok(())
    };
    Frames::default().take(&tap::bodies(&answer)[0], &mut keep).unwrap();
    let said = Answers::read(&frames[0]);
    assert!(!said.groups.is_empty() && said.groups.iter().all(|it| *it == Outcome::Accepted), "{said:?}");
    assert_eq!(server.ended().await, Some(0), "it ends as asked");

    // Nadia never heard the answer: a colleague finds it.
    let (server, address) = start(&world).await;
    for device in [&samir, &nadia] {
        world.readdress(device, &address).await;
    }
    synchronise(&samir).await;
    assert_eq!(people(&samir).await, 1, "what was acknowledged is there");
    assert_eq!(synchronise(&nadia).await.to_send, 0);
    assert_eq!((people(&nadia).await, people(&samir).await), (1, 1), "and once");
    server.kill().await;
}

#[tokio::test]
async fn a_server_that_is_killed_in_the_middle_of_uploads_holds_everything_it_acknowledged() {
    let seed: u64 = 20_261_126;
    eprintln!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (world, nadia, samir) = two().await;
    let mut met: u32 = 0;
    for round in 0..6_u32 {
        let (server, address) = start(&world).await;
        let line = Tap::before(&address).await;
        for device in [&nadia, &samir] {
            world.readdress(device, &line.address).await;
        }
        assert_eq!(synchronise(&nadia).await.to_send, 0, "what the last one had in its hands goes out again");
        for _ in 0..20 {
            call(&nadia, first_encounter(met as u8, place_in(NORTH))).await.unwrap();
            met += 1;
        }
        // It dies with some of the upload in its hands, or while it stores or answers.
        let after = random.random_range(1..9_000);
        let mut sending = std::pin::pin!(call(&nadia, SyncNow {}));
        tokio::select! {
            _ = &mut sending => server.kill().await,
            () = line.sent(line.so_far() + after) => {
                server.kill().await;
                drop(sending.await);
            }
        }
        let waiting = call(&nadia, ReadSyncState {}).await.unwrap().to_send;
        let acknowledged = met.saturating_sub(waiting);
        let (server, address) = start(&world).await;
        world.readdress(&samir, &address).await;
        synchronise(&samir).await;
        let seen = people(&samir).await;
        eprintln!(
            "round {round}: killed after {after} bytes, {acknowledged} of {met} acknowledged, {seen} there"
        );
        assert!(seen >= acknowledged && acknowledged >= 20 * round, "{seen} of {acknowledged} people");
        server.kill().await;
    }
    let (_server, address) = start(&world).await;
    for device in [&nadia, &samir] {
        world.readdress(device, &address).await;
    }
    assert_eq!(synchronise(&nadia).await.to_send, 0);
    synchronise(&samir).await;
    assert_eq!((people(&nadia).await, people(&samir).await), (met, met), "all of them, once");
}
