//! What happens to a person who asks to be erased, on every device and on the server.

use domain::api::draft::{Draft, DraftForm, ListDrafts, SaveDraft};
use domain::api::encounter::{EncounterForm, Whom};
use domain::api::ledger::LedgerActKind;
use domain::api::person::{EditProfile, EndingCause, OrderErasure, ProfileForm, SearchPeople};
use domain::api::server::ErasureCause;
use domain::api::sync::ReadSyncState;
use domain::ids::PathwayId;
use domain::vocabulary::*;
use engine::journal::{JournalError, read};
use journeys::forms::{draft, later_encounter, notice};
use journeys::scene::*;
use journeys::{NORTH, call, place_in, synchronise};

#[tokio::test]
async fn an_objection_freezes_at_once_and_erases_everywhere_once_the_days_of_grace_have_passed() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    let other = scene.shared_person(10).await;
    let form = EncounterForm { whom: Whom::Known(pathway), ..EncounterForm::default() };
    let kept = Draft { id: draft(77), revision: 1, form: DraftForm::Encounter(Box::new(form)) };
    call(&scene.samir, SaveDraft { draft: kept }).await.unwrap();
    say(&scene.nadia, pathway, stop()).await;
    scene.all().await;
    let frozen = page(&scene.ines, pathway).await.unwrap();
    assert_eq!(frozen.ending.map(|it| (it.cause, it.on)), Some((EndingCause::Stop, today().plus(7))));
    assert_eq!(frozen.named.phone, None, "the named parts go at once");
    let edit = EditProfile { pathway, profile: ProfileForm::default() };
    assert!(call(&scene.ines, edit).await.is_err(), "frozen");
    assert_eq!(scene.world.cite.daily(today().plus(6)).unwrap(), 0);
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert!(is_gone(device, pathway).await);
        assert!(page(device, other).await.is_ok(), "nobody else is touched");
    }
    assert!(call(&scene.samir, ListDrafts {}).await.unwrap().is_empty(), "a draft about her is gone");
    let whole = scene.erasures().into_iter().find(|row| row.cause == ErasureCause::Stop).unwrap();
    assert_eq!(whole.devices.len(), 3);
    assert!(whole.devices.iter().all(|device| device.confirmed_on == Some(today())), "{whole:?}");
    assert!(whole.devices.iter().all(|device| device.copy.is_none()), "nobody's data was copied");
}

/// Entries of the control journal that name a person.
fn in_the_journal(scene: &Scene, of: PathwayId) -> usize {
    let mut found = 0;
    read(&scene.world.folder.path().join("server/control.journal"), |entry| {
        found += usize::from(entry.body.windows(16).any(|it| it == of.as_bytes()));
        Ok::<_, JournalError>(())
    })
    .unwrap();
    found
}

#[tokio::test]
async fn the_journal_keeps_the_erasure_and_its_cause_and_nothing_else_of_the_person() {
    let scene = Scene::begin().await;
    let (pathway, other) = (scene.shared_person(9).await, scene.shared_person(10).await);
    say(&scene.nadia, pathway, stop()).await;
    scene.all().await;
    let before = in_the_journal(&scene, other);
    assert!(in_the_journal(&scene, pathway) > before, "notice, agreements, objection");
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    assert_eq!(in_the_journal(&scene, pathway), 2, "the erasure, and the objection that is its cause");
    assert_eq!(in_the_journal(&scene, other), before, "nobody else is touched");
    // What is recorded afterwards is added to it, and a server opens with it.
    let third = scene.shared_person(11).await;
    assert_eq!(in_the_journal(&scene, third), before);
    let (folder, name) = (scene.world.folder.path().join("server"), "server.db");
    let copy = scene.world.folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    scene.world.cite.store(|store| store.copy_into(&copy.join(name))).unwrap();
    std::fs::copy(folder.join("founder.key"), copy.join("founder.key")).unwrap();
    std::fs::copy(folder.join("control.journal"), copy.join("control.journal")).unwrap();
    sync_server::Cite::open(&copy).unwrap();
}

#[tokio::test]
async fn a_notice_given_with_knowledge_of_the_objection_lifts_it_before_the_days_have_passed() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    say(&scene.nadia, pathway, stop()).await;
    scene.all().await;
    say(&scene.ines, pathway, notice().kind).await;
    scene.all().await;
    assert_eq!(scene.world.cite.daily(today().plus(30)).unwrap(), 0);
    scene.all().await;
    assert!(page(&scene.samir, pathway).await.unwrap().ending.is_none());
}

#[tokio::test]
async fn a_tablet_that_was_offline_for_the_whole_story_cannot_bring_the_person_back() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    // Samir meets her again, corrects her profile and records an agreement, and has no network.
    call(&scene.samir, later_encounter(50, pathway, place_in(NORTH))).await.unwrap();
    let profile = ProfileForm { age: Some(AgeBand::From26To29), ..ProfileForm::default() };
    call(&scene.samir, EditProfile { pathway, profile }).await.unwrap();
    say(&scene.samir, pathway, agreement(Purpose::ContactAgain)).await;
    say(&scene.nadia, pathway, stop()).await;
    for _ in 0..2 {
        synchronise(&scene.nadia).await;
        synchronise(&scene.ines).await;
    }
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    synchronise(&scene.nadia).await;
    synchronise(&scene.ines).await;
    scene.all().await;
    assert!(is_gone(&scene.samir, pathway).await);
    let state = call(&scene.samir, ReadSyncState {}).await.unwrap();
    assert_eq!((state.to_send, state.set_aside, state.alarms.len()), (0, 0, 0));
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        let all = call(device, SearchPeople { query: String::new(), limit: 50 }).await.unwrap();
        assert!(all.hits.is_empty());
    }
    assert_eq!(scene.world.cite.store(|store| store.projections()).unwrap().len(), 0);
    assert_eq!(scene.world.cite.daily(today().plus(8)).unwrap(), 0, "once");
}

#[tokio::test]
async fn a_referent_orders_an_erasure_and_nobody_else_may() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    let order = OrderErasure { pathway, with: vec![], reason: OrderReason::WrongPerson };
    assert!(call(&scene.nadia, order.clone()).await.is_err());
    call(&scene.ines, order).await.unwrap();
    assert!(is_gone(&scene.ines, pathway).await, "at once on her own device");
    scene.all().await;
    for device in [&scene.nadia, &scene.samir] {
        assert!(is_gone(device, pathway).await);
    }
    let row = scene.erasures().into_iter().next().unwrap();
    assert_eq!(row.cause, ErasureCause::Order(OrderReason::WrongPerson));
    assert!(row.devices.len() == 3 && row.devices.iter().all(|it| it.confirmed_on.is_some()), "{row:?}");
}

#[tokio::test]
async fn after_a_withdrawal_and_after_an_erasure_the_cite_and_every_device_still_hold_the_same() {
    let scene = Scene::begin().await;
    let (withdrawn, erased) = (scene.shared_person(9).await, scene.shared_person(10).await);
    let purpose = Purpose::ShareContact;
    say(&scene.nadia, withdrawn, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }).await;
    scene.all().await;
    call(&scene.nadia, later_encounter(51, withdrawn, place_in(NORTH))).await.unwrap();
    // Samir has written about her and has not heard of the order yet.
    call(&scene.samir, later_encounter(52, erased, place_in(NORTH))).await.unwrap();
    call(&scene.ines, OrderErasure { pathway: erased, with: vec![], reason: OrderReason::Request })
        .await
        .unwrap();
    // Each looks at every step, not only at the end.
    for _ in 0..3 {
        for device in [&scene.ines, &scene.samir, &scene.nadia] {
            synchronise(device).await;
            scene.agree().await;
        }
    }
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert!(is_gone(device, erased).await);
        assert_eq!(page(device, withdrawn).await.unwrap().hit.encounters, 2);
    }
}

#[tokio::test]
async fn a_device_that_was_not_seen_since_has_not_confirmed() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::Request }).await.unwrap();
    synchronise(&scene.ines).await;
    synchronise(&scene.nadia).await;
    synchronise(&scene.nadia).await;
    let row = scene.erasures().remove(0);
    let confirmed = |name: &str| row.devices.iter().find(|it| it.user_name == name).unwrap().confirmed_on;
    assert_eq!((confirmed("Inès R."), confirmed("Nadia B.")), (Some(today()), Some(today())));
    assert_eq!(confirmed("Samir D."), None);
}
