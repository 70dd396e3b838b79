//! The audit: who did what, when, on which device; no content; a chain that was touched is shown as such.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::copy::CopyForPerson;
use domain::api::person::{EditProfile, OpenPerson, ProfileForm};
use domain::api::session::{Lock, UnlockWithPin};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::{AgeBand, AuditAct};
use engine::audit::{AuditReport, MONTHS, read, trim};
use journeys::forms::*;
use journeys::{NORTH, PIN, World, call, me, place_in, synchronise};
use rusqlite::Connection;

fn report(world: &World) -> AuditReport {
    world.cite.store(|store| read(store)).unwrap()
}

fn acts(report: &AuditReport) -> Vec<AuditAct> {
    report.lines.iter().rev().filter_map(|line| line.act).collect()
}

/// The server's store, from outside: as somebody with the disk has it.
#[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
fn tamper(world: &World, sql: &str) {
    let path = world.folder.path().join("server/server.db");
    let touched = Connection::open(path).unwrap().execute(sql, []).unwrap();
    assert_eq!(touched, 1, "{sql}");
}

/// A tablet that recorded, read twice in a minute, changed and copied, and has synchronised.
async fn worked(world: &World) -> (engine::device::Device, PathwayId) {
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let pathway = call(&tablet, first_encounter(1, place_in(NORTH))).await.unwrap().pathway.unwrap();
    for _ in 0..2 {
        call(&tablet, OpenPerson { pathway }).await.unwrap();
    }
    let profile = ProfileForm { age: Some(AgeBand::From26To29), ..ProfileForm::default() };
    call(&tablet, EditProfile { pathway, profile }).await.unwrap();
    call(&tablet, CopyForPerson { pathway }).await.unwrap();
    synchronise(&tablet).await;
    (tablet, pathway)
}

#[tokio::test]
async fn the_administrator_sees_who_did_what_and_not_to_whom() {
    let world = World::begin().await;
    let (tablet, pathway) = worked(&world).await;
    let seen = report(&world);
    assert_eq!(acts(&seen), [AuditAct::Record, AuditAct::Open, AuditAct::Change, AuditAct::Copy]);
    assert!(seen.lines.iter().all(|it| it.who.as_deref() == Some("Nadia B.")));
    assert!(seen.lines.iter().all(|it| it.device.as_deref() == Some("Tablette 3")));
    assert_eq!((seen.whole, seen.broken.len()), (1, 0));
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
    assert_eq!((later.lines.len(), later.broken.len()), (5, 0));
    assert_eq!(acts(&later).last(), Some(&AuditAct::Unlock));
}

#[tokio::test]
async fn a_row_that_was_changed_breaks_its_chain_and_no_other() {
    let world = World::begin().await;
    worked(&world).await;
    world.cite.note(AuditAct::Backup, None).unwrap();
    assert_eq!((report(&world).whole, report(&world).broken.len()), (2, 0));
    tamper(
        &world,
        "UPDATE audit SET entry = CAST(replace(CAST(entry AS TEXT), 'change', 'settle') AS BLOB) WHERE seq = 3 AND source <> zeroblob(16)",
    );
    let broken = report(&world);
    assert_eq!((broken.whole, broken.broken), (1, vec![(Some("Tablette 3".to_owned()), 3)]));
}

#[tokio::test]
async fn a_row_taken_out_of_the_middle_shows() {
    let world = World::begin().await;
    worked(&world).await;
    tamper(&world, "DELETE FROM audit WHERE seq = 2 AND source <> zeroblob(16)");
    assert_eq!(report(&world).broken, [(Some("Tablette 3".to_owned()), 2)]);
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
    assert_eq!((acts(&seen), seen.broken.len()), (vec![AuditAct::Unlock], 0));
}
