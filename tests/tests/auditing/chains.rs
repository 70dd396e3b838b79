//! Chains of devices: what they say, what they keep to themselves, and what shows when one is touched.

use super::{acts, report, tamper, worked};
use domain::api::session::{Lock, UnlockWithPin};
use domain::vocabulary::AuditAct;
use engine::audit::{MONTHS, trim};
use journeys::forms::first_encounter;
use journeys::line::Line;
use journeys::{NORTH, PIN, World, call, me, place_in, synchronise};

#[tokio::test]
async fn the_administrator_sees_who_did_what_and_not_to_whom() {
    let world = World::begin().await;
    let (tablet, pathway) = worked(&world).await;
    let seen = report(&world);
    assert_eq!(acts(&seen), [AuditAct::Record, AuditAct::Open, AuditAct::Change, AuditAct::Copy]);
    assert!(seen.lines.iter().all(|it| it.who.as_deref() == Some("Nadia B.")));
    assert!(seen.lines.iter().all(|it| it.device.as_deref() == Some("Tablette 3")));
    assert_eq!((seen.whole(), seen.broken().len()), (1, 0));
    // One person under one pseudonym, which is not the identifier that the server knows.
    let about: Vec<_> = seen.lines.iter().map(|it| it.about.clone().unwrap()).collect();
    assert!(about.iter().all(|it| *it == about[0]));
    assert!(!pathway.to_string().contains(&about[0]));
    // The chain goes on after the device was locked, and nothing is sent twice.
    let user = me(&tablet).await.unwrap().user;
    call(&tablet, Lock {}).await.unwrap();
    call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap();
    synchronise(&tablet).await;
    let later = report(&world);
    assert_eq!((later.lines.len(), later.broken().len()), (5, 0));
    assert_eq!(acts(&later).last(), Some(&AuditAct::Unlock));
}

#[tokio::test]
async fn what_was_done_goes_up_in_the_same_exchange_as_the_work_itself() {
    let world = World::begin().await;
    let (tablet, _) = worked(&world).await;
    let before = report(&world).lines.len();
    call(&tablet, first_encounter(10, place_in(NORTH))).await.unwrap();
    let line = Line::new(world.cite.clone(), tablet.token().unwrap());
    tablet.sync_with(&line).await;
    assert_eq!(line.carried.lock().unwrap().2, 1, "one turn");
    let after = report(&world);
    assert_eq!((after.lines.len(), after.broken().len()), (before + 1, 0));
}

#[tokio::test]
async fn a_row_that_was_changed_breaks_its_chain_and_no_other() {
    let world = World::begin().await;
    worked(&world).await;
    world.cite.note(AuditAct::Backup, None).unwrap();
    assert_eq!((report(&world).whole(), report(&world).broken().len()), (2, 0));
    tamper(
        &world,
        "UPDATE audit SET entry = CAST(replace(CAST(entry AS TEXT), 'change', 'settle') AS BLOB) WHERE seq = 3 AND source <> zeroblob(16)",
    );
    let broken = report(&world);
    assert_eq!((broken.whole(), broken.broken()), (1, vec![(Some("Tablette 3"), 3)]));
}

#[tokio::test]
async fn a_row_taken_out_of_the_middle_shows() {
    let world = World::begin().await;
    worked(&world).await;
    tamper(&world, "DELETE FROM audit WHERE seq = 2 AND source <> zeroblob(16)");
    assert_eq!(report(&world).broken(), [(Some("Tablette 3"), 2)]);
}

#[tokio::test]
async fn what_is_too_old_goes_and_the_chain_still_holds() {
    let world = World::begin().await;
    let (tablet, _) = worked(&world).await;
    let year_ms = 366 * 86_400_000;
    let last = report(&world).lines[0].at_ms;
    let gone = world.cite.store(|store| trim(store, MONTHS, last + year_ms + 86_400_000)).unwrap();
    assert_eq!(gone, 4);
    let user = me(&tablet).await.unwrap().user;
    call(&tablet, Lock {}).await.unwrap();
    call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap();
    synchronise(&tablet).await;
    let seen = report(&world);
    assert_eq!((acts(&seen), seen.broken().len()), (vec![AuditAct::Unlock], 0));
}
