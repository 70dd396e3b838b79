//! The membership chain between real devices and a server that cheats, or was restored.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::sync::{ReadSyncState, SyncFailureKind};
use domain::error::ErrorCode;
use domain::ids::DeviceId;
use domain::role::Role;
use engine::device::Device;
use engine::sync::Outcome;
use journeys::foreign::{Foreign, pathway};
use journeys::forms::first_encounter;
use journeys::line::Line;
use journeys::wire::{Answers, Upload, opened};
use journeys::{NORTH, World, call, me, place_in, synchronise};
use std::sync::Arc;
use sync_server::Cite;

/// The server as it is now, in another folder: what a backup, or a server that cheats, holds.
fn copied(world: &World, name: &str) -> Arc<Cite> {
    let (from, to) = (world.folder.path().join("server"), world.folder.path().join(name));
    std::fs::create_dir(&to).unwrap();
    world.cite.store(|store| store.copy_into(&to.join("server.db"))).unwrap();
    std::fs::copy(from.join("founder.key"), to.join("founder.key")).unwrap();
    Arc::new(Cite::open(&to).unwrap())
}

/// Why a device's exchange with this server failed.
async fn failure(device: &Device, server: &Arc<Cite>) -> Option<SyncFailureKind> {
    device.sync_with(&Line::new(server.clone(), device.token().unwrap())).await;
    match call(device, ReadSyncState {}).await {
        Ok(state) => state.last_failure.map(|it| it.kind),
        // Only one thing closes a tablet by itself.
        Err(closed) => {
            assert_eq!(closed.code, ErrorCode::Locked);
            Some(SyncFailureKind::Revoked)
        }
    }
}

#[tokio::test]
async fn a_server_that_shows_a_shorter_chain_is_mistrusted_and_nothing_is_deleted() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    let earlier = copied(&world, "earlier");
    world.cite.revoke(me(&samir).await.unwrap().device.unwrap()).unwrap();
    synchronise(&nadia).await;
    assert_eq!(failure(&nadia, &earlier).await, Some(SyncFailureKind::Untrusted));
    assert_eq!(call(&nadia, ReadSyncState {}).await.unwrap().pathways, 1);
    assert_eq!(failure(&nadia, &world.cite).await, None, "the honest one still serves");
}

#[tokio::test]
async fn a_server_that_puts_another_record_in_the_place_of_a_known_one_is_mistrusted() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let forked = copied(&world, "forked");
    world.cite.revoke(me(&samir).await.unwrap().device.unwrap()).unwrap();
    synchronise(&nadia).await;
    forked.revoke(me(&nadia).await.unwrap().device.unwrap()).unwrap();
    let lea = forked.invite("Léa M.", Role::Mediator, "Association Inventée", vec![NORTH]);
    assert!(lea.is_ok());
    // Nadia is revoked there: what she is told does not follow what she knows.
    let token = samir.token().unwrap();
    nadia.sync_with(&Line::new(forked, token)).await;
    let state = call(&nadia, ReadSyncState {}).await.unwrap();
    assert_eq!(state.last_failure.unwrap().kind, SyncFailureKind::Untrusted);
    assert!(me(&nadia).await.is_some(), "she still works");
}

#[tokio::test]
async fn a_server_restored_from_before_a_revocation_learns_it_again_from_a_device() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let restored = copied(&world, "restored");
    world.cite.revoke(me(&samir).await.unwrap().device.unwrap()).unwrap();
    synchronise(&nadia).await;
    let epoch: u64 = restored.store(|store| store.meta("epoch")).unwrap().unwrap();
    restored.store(|store| store.put_meta("epoch", &(epoch + 1))).unwrap();
    assert_eq!(failure(&samir, &restored).await, None, "not known yet");
    assert_eq!(failure(&nadia, &restored).await, None);
    assert_eq!(failure(&nadia, &restored).await, None);
    assert_eq!(failure(&samir, &restored).await, Some(SyncFailureKind::Revoked));
    let chain = restored.store(|store| store.chain()).unwrap();
    assert_eq!(chain.head(), world.cite.store(|store| store.chain()).unwrap().head());
}

#[tokio::test]
async fn a_group_dated_after_its_authors_revocation_is_refused_and_a_date_that_was_forged_is_seen() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let gone = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    world.cite.revoke(DeviceId::from_bytes([1; 16])).unwrap();
    let (token, after) = (ines.token().unwrap(), 1_000_000);
    // Inès's device brings what the revoked colleague signed.
    let brings = |n: u8, cursors: (u64, u64)| {
        let (key, change) = (pathway(n), gone.change(pathway(n)));
        let batch = gone.batch_at(cursors, &[(key, change.hash, change.bytes)]);
        let upload = Upload { controls: vec![gone.notice(key)], batches: vec![batch], ..Upload::empty() };
        let answer = world.cite.exchange(&token, &upload.frame()).unwrap();
        let length = u32::from_be_bytes(answer[..4].try_into().unwrap()) as usize + 4;
        Answers::read(&opened(&answer[..length])).groups
    };
    assert_eq!(brings(1, (after, after)), [Outcome::NotEntitled], "made after it");
    assert_eq!(brings(2, (after, 0)), [Outcome::Invalid], "its date was changed on the way");
    assert_eq!(brings(3, (0, 0)), [Outcome::Accepted], "made before");
}
