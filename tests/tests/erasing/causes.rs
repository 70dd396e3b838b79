//! A device erases only what it has verified; and time, which every device computes itself.

use domain::api::person::EndingCause;
use domain::api::server::ErasureCause;
use domain::api::sync::{AlarmKind, ReadSyncState};
use journeys::forms::{later_encounter, notice};
use journeys::scene::*;
use journeys::{NORTH, call, place_in, synchronise};

#[tokio::test]
async fn without_a_cause_that_holds_on_the_device_nothing_is_deleted_and_the_user_is_told() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    say(&scene.nadia, pathway, stop()).await;
    scene.all().await;
    // At her wish Samir records that she stays; the cité does not know of it.
    say(&scene.samir, pathway, notice().kind).await;
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    synchronise(&scene.samir).await;
    assert!(page(&scene.samir, pathway).await.is_ok(), "nothing is deleted");
    let alarms = call(&scene.samir, ReadSyncState {}).await.unwrap().alarms;
    assert_eq!(alarms.len(), 1);
    assert_eq!((alarms[0].kind, alarms[0].pathway), (AlarmKind::ErasureWithoutCause, Some(pathway)));
    synchronise(&scene.nadia).await;
    assert!(is_gone(&scene.nadia, pathway).await, "where the cause holds it is carried out");
}

#[tokio::test]
async fn a_server_whose_clock_runs_ahead_erases_nobody_from_a_device() {
    let mut scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    let later = today().plus_months(24);
    scene.world.cite.daily(later.plus(-10)).unwrap();
    assert_eq!(scene.world.cite.daily(later.plus(40)).unwrap(), 1);
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert!(page(device, pathway).await.is_ok());
        let alarms = call(device, ReadSyncState {}).await.unwrap().alarms;
        assert_eq!(alarms.iter().map(|it| it.kind).collect::<Vec<_>>(), [AlarmKind::ErasureBeforeTime]);
    }
    // Once the device's own day has come what was served long before is carried out.
    scene.at("Inès R.", later).await;
    synchronise(&scene.ines).await;
    assert!(is_gone(&scene.ines, pathway).await);
    assert!(call(&scene.ines, ReadSyncState {}).await.unwrap().alarms.is_empty());
}

#[tokio::test]
async fn two_years_after_the_last_contact_a_record_is_announced_for_a_month_and_then_erased() {
    let mut scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    let end = today().plus_months(24);
    let cite = scene.world.cite.clone();
    assert!(cite.retention(end.plus(-40), false).unwrap().announced.is_empty());
    let dry = cite.retention(end.plus(400), true).unwrap();
    assert_eq!((dry.people, dry.announced.len(), dry.erased.len()), (1, 1, 0), "nothing was announced yet");
    let announced = cite.retention(end.plus(-20), false).unwrap().announced;
    assert_eq!(announced.len(), 1);
    let erased_on = announced[0].on;
    assert!(erased_on >= end.plus(8), "announced late, erased later: a month is a month");
    scene.at("Inès R.", end.plus(-20)).await;
    // A device that was silent for so long works again after an exchange.
    synchronise(&scene.ines).await;
    let near = page(&scene.ines, pathway).await.unwrap().ending.unwrap();
    assert_eq!((near.cause, near.on), (EndingCause::Retention, end));
    assert_eq!(call(&scene.ines, ReadSyncState {}).await.unwrap().ending, 1);
    assert_eq!(cite.daily(erased_on.plus(-1)).unwrap(), 0);
    assert_eq!(cite.retention(erased_on, true).unwrap().erased.len(), 1);
    assert_eq!(cite.daily(erased_on).unwrap(), 1);
    scene.at("Inès R.", erased_on).await;
    synchronise(&scene.ines).await;
    assert!(is_gone(&scene.ines, pathway).await, "her device counts the same");
    assert!(scene.erasures().iter().any(|row| row.cause == ErasureCause::Retention));
}

#[tokio::test]
async fn a_new_contact_keeps_a_record_whose_end_was_announced() {
    let mut scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    let end = today().plus_months(24);
    assert_eq!(scene.world.cite.retention(end.plus(-20), false).unwrap().announced.len(), 1);
    scene.at("Inès R.", end.plus(-10)).await;
    scene.world.clock.to(end.plus(-10));
    synchronise(&scene.ines).await;
    call(&scene.ines, later_encounter(60, pathway, place_in(NORTH))).await.unwrap();
    synchronise(&scene.ines).await;
    let report = scene.world.cite.retention(end.plus(60), false).unwrap();
    assert_eq!((report.announced.len(), report.erased.len()), (0, 0));
    assert!(page(&scene.ines, pathway).await.unwrap().ending.is_none());
    // What was announced then counts no more: its end, years later, is announced for a month again.
    let end = end.plus(-10).plus_months(24);
    let report = scene.world.cite.retention(end, false).unwrap();
    assert_eq!((report.announced.len(), report.erased.len()), (1, 0));
}
