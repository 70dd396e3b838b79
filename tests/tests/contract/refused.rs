//! What is refused as a whole; nothing of it is kept.

use super::send;
use domain::role::Role;
use engine::sync::{MOST_UPLOAD, SyncError};
use journeys::foreign::{Foreign, pathway};
use journeys::forms::first_encounter;
use journeys::way::Way;
use journeys::wire::{Upload, pack};
use journeys::{NORTH, World, call, me, place_in, synchronise};

/// A tablet, and an upload of it that would be taken.
fn ready(world: &World) -> (Foreign, Upload) {
    let tablet = Foreign::join(world, 1, vec![NORTH]).unwrap();
    let batches = vec![tablet.one(pathway(7), &tablet.change(pathway(7)))];
    let upload = Upload { controls: vec![tablet.notice(pathway(7))], batches, ..Upload::empty() };
    (tablet, upload)
}

fn sequence(world: &World) -> u64 {
    world.cite.store(|store| store.last_sequence()).unwrap()
}

/// Refused, and the log of the cité did not move.
async fn refuse<W: Way>(world: &World, token: &[u8], body: Vec<u8>) -> SyncError {
    let before = sequence(world);
    let refused = send::<W>(world, token, body).await.unwrap_err();
    assert_eq!(sequence(world), before, "something was kept");
    refused
}

pub(super) async fn a_token_of_nobody_and_a_revoked_one_are_turned_away<W: Way>() {
    let world = World::begin().await;
    let (_, upload) = ready(&world);
    assert!(matches!(refuse::<W>(&world, &[0; 32], upload.frame()).await, SyncError::Revoked));
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    let (token, upload) = (nadia.token().unwrap(), nadia.next_upload().unwrap());
    world.cite.revoke(me(&nadia).await.unwrap().device.unwrap()).unwrap();
    assert!(matches!(refuse::<W>(&world, &token, upload).await, SyncError::Revoked));
}

pub(super) async fn a_version_too_old_or_too_new_is_refused_by_name<W: Way>() {
    let world = World::begin().await;
    let (tablet, upload) = ready(&world);
    let of = |version| Upload { version, ..upload.clone() }.frame();
    let old = refuse::<W>(&world, &tablet.token, of(engine::sync::OLDEST_VERSION - 1)).await;
    assert!(matches!(old, SyncError::DeviceTooOld), "{old:?}");
    let new = refuse::<W>(&world, &tablet.token, of(engine::sync::VERSION + 1)).await;
    assert!(matches!(new, SyncError::ServerTooOld), "{new:?}");
    send::<W>(&world, &tablet.token, upload.frame()).await.unwrap();
}

pub(super) async fn a_body_too_long_is_refused<W: Way>() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let token = nadia.token().unwrap();
    let mut long = nadia.next_upload().unwrap();
    long.resize(MOST_UPLOAD + 1, 0);
    let refused = refuse::<W>(&world, &token, long).await;
    // A server may hang up before it has heard all of it.
    assert!(matches!(refused, SyncError::Server | SyncError::Cut), "{refused:?}");
    synchronise(&nadia).await;
}

pub(super) async fn bytes_that_are_no_upload_are_refused<W: Way>() {
    let world = World::begin().await;
    let (tablet, upload) = ready(&world);
    let good = upload.frame();
    let raw = minicbor::to_vec(&upload).unwrap();
    let mut changed = good.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let bodies = [
        Vec::new(),
        b"GET / HTTP/1.1".to_vec(),
        br#"{"version":1}"#.to_vec(),
        vec![0xFF; 4_000],
        good[..good.len() / 2].to_vec(),
        [good.as_slice(), &[0]].concat(),
        [good.as_slice(), &good].concat(),
        changed,
        pack(&[]),
        pack(&raw[..raw.len() / 2]),
        pack(&[0x9F; 100_000]),
        pack(b"\x89\x01\0\0\x01\0\x9b\xff\xff\xff\xff\xff\xff\xff\xff"),
    ];
    for (n, body) in bodies.into_iter().enumerate() {
        let refused = refuse::<W>(&world, &tablet.token, body).await;
        assert!(matches!(refused, SyncError::Server), "body {n}: {refused:?}");
    }
    send::<W>(&world, &tablet.token, good).await.unwrap();
}

pub(super) async fn a_frame_that_claims_more_than_it_may_is_refused<W: Way>() {
    let world = World::begin().await;
    let (tablet, _) = ready(&world);
    // Two hundred megabytes of nothing, in a few kilobytes; and the same, which says that it is small.
    let mut bomb = pack(&vec![0; 200 * 1024 * 1024]);
    assert!(bomb.len() < MOST_UPLOAD);
    assert!(matches!(refuse::<W>(&world, &tablet.token, bomb.clone()).await, SyncError::Server));
    bomb[6..10].copy_from_slice(&1_000_u32.to_be_bytes());
    assert!(matches!(refuse::<W>(&world, &tablet.token, bomb).await, SyncError::Server));
}
