//! A disk that is full, on a tablet and on the server: it is said, what was said to be recorded or received is
//! there, and work goes on once there is room.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::{PassageForm, RecordPassage};
use domain::api::session::Unlock;
use domain::api::sync::{ReadSyncState, SyncFailureKind, SyncNow};
use domain::api::today::ReadToday;
use domain::ids::{DraftId, UserId};
use domain::role::Role;
use engine::device::Device;
use journeys::forms::first_encounter;
use journeys::process::Process;
use journeys::{NORTH, PASSPHRASE, World, call, device, me, place_in, synchronise};
use std::path::Path;

const DEVICE: &str = env!("CARGO_BIN_EXE_device");
const SERVING: &str = env!("CARGO_BIN_EXE_serving");
/// Room left, bytes: some entries.
const ROOM: u64 = 96 * 1024;

fn passage(n: u32) -> RecordPassage {
    let mut bytes = [7; 16];
    bytes[..4].copy_from_slice(&n.to_be_bytes());
    let form = PassageForm { headcount: 2, ..PassageForm::default() };
    RecordPassage { draft: DraftId::from_bytes(bytes), form }
}

/// Length of the longest file of a folder.
fn longest(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|entry| entry.unwrap().metadata().unwrap().len()).max().unwrap()
}

fn unlock(user: UserId) -> Unlock {
    Unlock { user, passphrase: PASSPHRASE.into() }
}

async fn people(device: &Device) -> u32 {
    call(device, ReadSyncState {}).await.unwrap().pathways
}

#[tokio::test]
async fn a_full_tablet_says_so_and_holds_everything_that_it_said_was_recorded() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let (folder, user) = (world.folder.path().join("Nadia B."), me(&tablet).await.unwrap().user);
    drop(tablet);
    let mut process = Process::start_within(DEVICE, &[&folder], longest(&folder) + ROOM);
    process.call(unlock(user)).await.unwrap();
    let mut said = 0;
    let refused = loop {
        match process.call(passage(said)).await {
            Ok(_) => said += 1,
            Err(code) => break code,
        }
        assert!(said < 2_000, "the disk never was full");
    };
    eprintln!("{said} entries until the disk was full");
    assert!(said > 0);
    assert_eq!(refused, "storage_full");
    // What is there can be read; nothing more is taken, and each time it is said.
    let today = process.call(ReadToday {}).await.unwrap();
    assert_eq!(today["outing"]["passages"], said);
    for n in said..said + 3 {
        assert_eq!(process.call(passage(n)).await.unwrap_err(), "storage_full");
    }
    process.kill().await;
    let tablet = device(&folder);
    call(&tablet, unlock(user)).await.unwrap();
    let there = call(&tablet, ReadToday {}).await.unwrap().outing.unwrap().passages;
    assert_eq!(there, said, "what was said to be recorded, and nothing that was refused");
    // There is room again: what was refused is entered once more, and all of it is received.
    for n in 0..said + 3 {
        call(&tablet, passage(n)).await.unwrap();
    }
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().outing.unwrap().passages, said + 3, "each once");
    assert_eq!(synchronise(&tablet).await.to_send, 0);
}

#[tokio::test]
async fn a_tablet_too_full_to_receive_says_so_keeps_what_waits_and_goes_on_once_there_is_room() {
    let world = World::begin().await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let (folder, user) = (world.folder.path().join("Nadia B."), me(&tablet).await.unwrap().user);
    for n in 0..100 {
        call(&samir, first_encounter(n, place_in(NORTH))).await.unwrap();
    }
    synchronise(&samir).await;
    call(&tablet, first_encounter(200, place_in(NORTH))).await.unwrap();
    drop(tablet);
    let mut process = Process::start_within(DEVICE, &[&folder], longest(&folder) + ROOM);
    process.call(unlock(user)).await.unwrap();
    let state = process.call(SyncNow {}).await.unwrap();
    assert_eq!(state["last_failure"]["kind"], "storage_full", "{state}");
    let here = state["pathways"].as_u64().unwrap();
    eprintln!("{here} people until the disk was full");
    assert!((1..101).contains(&here));
    process.kill().await;
    let tablet = device(&folder);
    call(&tablet, unlock(user)).await.unwrap();
    assert_eq!(people(&tablet).await, here as u32, "what it showed is there");
    assert_eq!(synchronise(&tablet).await.to_send, 0);
    assert_eq!(people(&tablet).await, 101);
    synchronise(&samir).await;
    assert_eq!(people(&samir).await, 101, "hers is received, once");
}

#[tokio::test]
async fn a_full_server_acknowledges_nothing_that_it_does_not_hold_and_goes_on_once_there_is_room() {
    let mut world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let folder = world.folder.path().join("server");
    world.stop();
    let mut full = Process::start_within(SERVING, &[&folder], longest(&folder) + 3 * ROOM);
    let address = full.address().await;
    for device in [&nadia, &samir] {
        world.readdress(device, &address).await;
    }
    let mut acknowledged = 0;
    let failure = loop {
        call(&nadia, first_encounter(acknowledged as u8, place_in(NORTH))).await.unwrap();
        let state = call(&nadia, SyncNow {}).await.unwrap();
        match state.last_failure {
            None => acknowledged += 1,
            Some(failure) => break failure,
        }
        assert_eq!(state.to_send, 0);
        assert!(acknowledged < 250, "the disk never was full");
    };
    eprintln!("{acknowledged} people until the server's disk was full");
    assert_eq!(failure.kind, SyncFailureKind::ServerError);
    assert!(failure.retry_at_ms.is_some() && acknowledged > 0);
    assert_eq!(call(&nadia, ReadSyncState {}).await.unwrap().to_send, 1, "it waits on the tablet");
    full.kill().await;
    let mut roomy = Process::start(SERVING, &[&folder]);
    let address = roomy.address().await;
    for device in [&samir, &nadia] {
        world.readdress(device, &address).await;
    }
    synchronise(&samir).await;
    let seen = people(&samir).await;
    assert!(seen >= acknowledged, "{seen} of {acknowledged} that were acknowledged");
    assert_eq!(synchronise(&nadia).await.to_send, 0);
    synchronise(&samir).await;
    assert_eq!(people(&samir).await, acknowledged + 1, "all of them, once");
}
