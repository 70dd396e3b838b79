//! A server that lost its disk: a backup of the night, the control journal of another disk, and the
//! devices.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::RecordEncounter;
use domain::api::ledger::LedgerActKind;
use domain::api::person::{OpenPerson, SearchPeople};
use domain::api::sync::{ReadSyncState, SyncFailureKind};
use domain::error::ErrorCode;
use domain::role::Role;
use domain::vocabulary::Purpose;
use engine::EngineError;
use engine::device::Device;
use engine::journal::JournalError;
use journeys::consent::say;
use journeys::forms::{agreement, first_encounter, later_encounter};
use journeys::places::{Places, agrees, agrees_after_cuts, device_named, failure, grow, line, rolled_back};
use journeys::{NORTH, World, call, place_in, synchronise};
use std::sync::Arc;
use sync_server::{Cite, OpenError, Restore};

fn encounter(n: u8) -> RecordEncounter {
    first_encounter(n, place_in(NORTH))
}

#[tokio::test]
async fn a_revocation_outlives_the_restore_of_an_older_backup_and_whoever_joined_since_is_known() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    places.back_up(&world);
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    world.cite.revoke(device_named(&world.cite, "Nadia B.")).unwrap();
    let again = places.restored();
    nadia.sync_with(&line(&again, &nadia)).await;
    let closed = call(&nadia, ReadSyncState {}).await.unwrap_err().code;
    assert_eq!(closed, ErrorCode::Locked, "a revoked tablet is still revoked, and closes");
    samir.sync_with(&line(&again, &samir)).await;
    assert_eq!(call(&samir, ReadSyncState {}).await.unwrap().last_failure, None);
    let chain = again.store(|store| store.chain()).unwrap();
    assert_eq!(chain, world.cite.store(|store| store.chain()).unwrap());
}

#[tokio::test]
async fn a_backup_or_a_store_put_back_to_an_older_state_is_not_served() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    places.back_up(&world);
    std::fs::create_dir_all(&places.again).unwrap();
    std::fs::copy(&places.backup, places.again.join("server.db")).unwrap();
    std::fs::copy(places.server.join("founder.key"), places.again.join("founder.key")).unwrap();
    assert!(matches!(Cite::open(&places.again), Err(OpenError::Backup)));
    // The same file without the mark of a backup, as a disk image would bring it back.
    call(&nadia, encounter(9)).await.unwrap();
    synchronise(&nadia).await;
    std::fs::remove_dir_all(&places.again).unwrap();
    places.restore(Some(&places.journal), &places.server.join("founder.key")).run().unwrap();
    std::fs::copy(&places.journal, world.folder.path().join("later.journal")).unwrap();
    call(&nadia, encounter(10)).await.unwrap();
    synchronise(&nadia).await;
    let refused = Cite::open_with(&places.again, &places.journal);
    let Err(OpenError::Engine(EngineError::Journal(JournalError::StoreIsOlder))) = refused else {
        panic!("a store older than its journal was opened");
    };
    Cite::open_with(&places.again, &world.folder.path().join("later.journal")).unwrap();
}

#[tokio::test]
async fn restoring_never_touches_a_store_and_asks_for_the_journal_that_is_there() {
    let world = World::begin().await;
    let places = Places::of(&world);
    places.back_up(&world);
    let founder = places.server.join("founder.key");
    let refused = Restore { data: &places.server, ..places.restore(Some(&places.journal), &founder) }.run();
    assert!(matches!(refused, Err(OpenError::Exists)));
    assert!(matches!(places.restore(None, &founder).run(), Err(OpenError::JournalThere(_))));
    let other = World::begin().await;
    let foreign = Places::of(&other);
    let refused = places.restore(Some(&foreign.journal), &founder).run();
    assert!(matches!(refused, Err(OpenError::Engine(EngineError::Journal(JournalError::OtherCite)))));
    let refused = places.restore(Some(&places.journal), &foreign.server.join("founder.key")).run();
    assert!(matches!(refused, Err(OpenError::OtherKey)));
    assert!(matches!(Cite::open(&places.again), Err(OpenError::Missing)), "nothing is left behind to serve");
}

#[tokio::test]
async fn an_accepted_gap_and_an_old_invitation_let_nobody_in_twice() {
    let mut world = World::begin().await;
    let places = Places::of(&world);
    let code = world.invite();
    places.back_up(&world);
    call(&world.tablet("tablet"), world.join(&code)).await.unwrap();
    std::fs::rename(&places.journal, world.folder.path().join("lost")).unwrap();
    let done = places.restore(None, &places.server.join("founder.key")).run().unwrap();
    assert_eq!((done.applied, done.invitations), (0, 1));
    let again = Cite::open(&places.again).unwrap();
    assert_eq!(again.store(|store| store.chain()).unwrap().members().count(), 0);
    // The code was used since the backup, which does not know it: whoever has it comes to the restored server.
    world.cite = Arc::new(again);
    world.serve().await;
    let refused = call(&world.tablet("another"), world.join(&code)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvitationInvalid);
    assert_eq!(world.cite.store(|store| store.chain()).unwrap().members().count(), 0);
    let code = world.invite();
    call(&world.tablet("another"), world.join(&code)).await.unwrap();
}

#[tokio::test]
async fn a_part_withdrawn_since_the_backup_does_not_come_back_with_it() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    journeys::member::establish(&ines).await;
    synchronise(&ines).await;
    let pathway = call(&ines, encounter(9)).await.unwrap().pathway.unwrap();
    let purpose = Purpose::ShareContact;
    say(&ines, pathway, agreement(purpose)).await;
    synchronise(&ines).await;
    synchronise(&ines).await;
    places.back_up(&world);
    say(&ines, pathway, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }).await;
    synchronise(&ines).await;
    let erased = |cite: &Cite| {
        let all = cite.store(|store| engine::erasure::list(store, 0)).unwrap();
        all.erasures.iter().map(|it| it.devices.len()).sum::<usize>()
    };
    assert_eq!(erased(&world.cite), 1, "the part had left the device");
    assert_eq!(erased(&places.restored()), 1);
}

/// Encounters a device counts, of everybody it knows.
async fn encounters(device: &Device) -> u32 {
    let all = SearchPeople { query: String::new(), limit: 50 };
    call(device, all).await.unwrap().hits.iter().map(|hit| hit.encounters).sum()
}

#[tokio::test]
async fn what_was_acknowledged_since_the_backup_comes_back_from_whoever_still_has_it() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let known = call(&nadia, encounter(1)).await.unwrap().pathway.unwrap();
    synchronise(&nadia).await;
    places.back_up(&world);
    // Since then: on a person of the backup, on new ones, by both, on each other's changes.
    for n in 2..20 {
        call(&nadia, encounter(n)).await.unwrap();
    }
    synchronise(&nadia).await;
    synchronise(&samir).await;
    call(&samir, later_encounter(20, known, place_in(NORTH))).await.unwrap();
    synchronise(&samir).await;
    synchronise(&nadia).await;
    call(&nadia, later_encounter(21, known, place_in(NORTH))).await.unwrap();
    synchronise(&nadia).await;
    let again = places.restored();
    // Nadia's tablet is gone: only Samir, who had received her last change but one, is left.
    call(&samir, later_encounter(22, known, place_in(NORTH))).await.unwrap();
    agrees(&again, &samir).await;
    agrees(&again, &ines).await;
    assert_eq!(encounters(&ines).await, encounters(&samir).await);
    assert_eq!(encounters(&ines).await, 21, "all but the one that only Nadia had");
    // It was not gone after all.
    agrees(&again, &nadia).await;
    agrees(&again, &samir).await;
    agrees(&again, &ines).await;
    for device in [&ines, &samir, &nadia] {
        assert_eq!(encounters(device).await, 22);
        assert_eq!(call(device, ReadSyncState {}).await.unwrap().to_send, 0);
    }
    let page = call(&ines, OpenPerson { pathway: known }).await.unwrap();
    let hers = call(&nadia, OpenPerson { pathway: known }).await.unwrap();
    assert_eq!(page.hit.encounters, 4);
    assert!(!hers.ledger.lines.is_empty());
    assert_eq!(page.ledger.lines.len(), hers.ledger.lines.len());
}

#[tokio::test]
async fn giving_back_to_a_restored_server_goes_on_after_a_cut_at_any_place() {
    for cut in [0, 1, 60, 300, 900, 2_000, 5_000] {
        let world = World::begin().await;
        let places = Places::of(&world);
        let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
        let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        places.back_up(&world);
        for n in 1..12 {
            call(&nadia, encounter(n)).await.unwrap();
        }
        synchronise(&nadia).await;
        let again = places.restored();
        agrees_after_cuts(&again, &nadia, cut).await;
        agrees(&again, &ines).await;
        assert_eq!(encounters(&ines).await, 11, "cut at {cut}");
    }
}

#[tokio::test]
async fn a_colleagues_work_comes_back_although_the_colleague_left_but_not_from_their_own_tablet() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    places.back_up(&world);
    call(&nadia, encounter(1)).await.unwrap();
    synchronise(&nadia).await;
    synchronise(&samir).await;
    world.cite.revoke(device_named(&world.cite, "Nadia B.")).unwrap();
    let again = places.restored();
    nadia.sync_with(&line(&again, &nadia)).await;
    let closed = call(&nadia, ReadSyncState {}).await.unwrap_err().code;
    assert_eq!(closed, ErrorCode::Locked, "her own tablet is refused, and closes");
    agrees(&again, &ines).await;
    assert_eq!(encounters(&ines).await, 0);
    agrees(&again, &samir).await;
    agrees(&again, &ines).await;
    assert_eq!(encounters(&ines).await, 1);
}

#[tokio::test]
async fn a_server_that_silently_lost_something_is_noticed_and_given_it_back() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    call(&nadia, encounter(1)).await.unwrap();
    synchronise(&nadia).await;
    let stale = rolled_back(&world);
    call(&nadia, encounter(2)).await.unwrap();
    synchronise(&nadia).await;
    synchronise(&samir).await;
    agrees(&stale, &samir).await;
    agrees(&stale, &ines).await;
    assert_eq!(encounters(&ines).await, 2);
}

#[tokio::test]
async fn a_server_that_will_not_take_back_what_it_lost_raises_an_alarm_and_nothing_is_deleted() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let stale = rolled_back(&world);
    call(&nadia, encounter(1)).await.unwrap();
    synchronise(&nadia).await;
    synchronise(&samir).await;
    // It was not restored, it only forgot: work of somebody who left is not taken from others then.
    grow(&stale);
    stale.revoke(device_named(&stale, "Nadia B.")).unwrap();
    for _ in 0..2 {
        samir.sync_with(&line(&stale, &samir)).await;
        assert_eq!(failure(&samir).await, Some(SyncFailureKind::Diverged));
        assert_eq!(encounters(&samir).await, 1, "nothing is deleted");
    }
    call(&samir, encounter(2)).await.unwrap();
    samir.sync_with(&line(&stale, &samir)).await;
    assert_eq!(call(&samir, ReadSyncState {}).await.unwrap().to_send, 0, "work goes on");
}

#[tokio::test]
async fn an_idle_exchange_stays_one_turn_of_a_few_hundred_bytes_and_finding_ten_differences_is_small() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let mut idle = Vec::new();
    for n in [0, 1, 80] {
        for n in 0..n {
            call(&nadia, encounter(n)).await.unwrap();
        }
        synchronise(&nadia).await;
        let line = line(&world.cite, &nadia);
        nadia.sync_with(&line).await;
        let (up, down, turns) = *line.carried.lock().unwrap();
        assert_eq!(turns, 1);
        idle.push(up + down);
    }
    eprintln!("idle: {idle:?} bytes");
    assert!(idle.iter().all(|bytes| *bytes <= 400), "{idle:?}");
    let stale = rolled_back(&world);
    for n in 100..110 {
        call(&nadia, encounter(n)).await.unwrap();
    }
    synchronise(&nadia).await;
    let line = line(&stale, &nadia);
    nadia.sync_with(&line).await;
    let (up, down, turns) = *line.carried.lock().unwrap();
    eprintln!("ten given back among ninety: {up} + {down} bytes, {turns} turns");
    assert_eq!(failure(&nadia).await, None);
    assert!(turns <= 6, "{turns}");
}
