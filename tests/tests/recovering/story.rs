//! The story to its end, and what a sheet does not do.

use super::scene::*;
use domain::api::member::ListMembers;
use domain::api::person::OpenPerson;
use domain::api::recovery::{CheckRecoveryWords, OpenRecovery, Recoverer};
use domain::api::rescue::RecoverDevice;
use domain::api::session::{SessionState, Status};
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::role::Role;
use domain::secret::SecretText;
use domain::vocabulary::AuditAct;
use journeys::forms::PHONE;
use journeys::member::{establish, new_referent, recover};
use journeys::{NORTH, World, call, me, synchronise};

#[tokio::test]
async fn every_keyed_device_is_lost_and_the_sheet_brings_the_cite_back() {
    let scene = Scene::bereft().await;
    let Scene { world, words, nadia, shared } = &scene;
    // Nadia goes on without a network; her tablet is lost with what she had not sent, and revoked.
    let unsent = call(nadia, journeys::forms::first_encounter(2, journeys::place_in(NORTH))).await.unwrap();
    scene.revoke(device(nadia).await);

    let laptop = world.tablet("Portable neuf");
    let new = recover(&laptop, &world.address, words, new_referent("Paul T.")).await.unwrap();
    assert_ne!(new, *words);
    synchronise(&laptop).await;
    synchronise(&laptop).await;
    assert_eq!(me(&laptop).await.unwrap().role, Role::Referent);
    // What was sealed before him opens: he was in no epoch, the sheet was in all.
    let page = call(&laptop, OpenPerson { pathway: *shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE));
    assert_eq!(page.hit.label.name.as_deref(), Some("Zébulonne T."));

    // The lost tablet is found: its store's key was sealed to the old sheet. The new one opens it.
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request =
        |words: &str| RecoverDevice { folder: folder.clone(), recovery: Some(SecretText::from(words)) };
    let refused = call(&laptop, request(words)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RecoveryKeyUnknown, "the old sheet");
    assert_eq!(call(&laptop, request(&new)).await.unwrap().people, 1);
    synchronise(&laptop).await;
    synchronise(&laptop).await;
    assert!(call(&laptop, OpenPerson { pathway: unsent.pathway.unwrap() }).await.is_ok());

    // He lets people in again, and everybody is told how he came.
    let samir = world.let_in(&laptop, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let told = call(&samir, ReadSyncState {}).await.unwrap();
    assert_eq!(told.recovered_by.as_deref(), Some("Paul T."));
    assert_eq!(call(&laptop, ListMembers {}).await.unwrap().recovered_by.as_deref(), Some("Paul T."));
    let report = world.cite.read_audit().unwrap();
    let noted = report.lines.iter().filter(|it| it.act == Some(AuditAct::Recover)).count();
    assert_eq!(noted, 2, "on the server and on his device");
}

#[tokio::test]
async fn a_mediator_at_work_learns_of_it_takes_new_keys_and_shares_with_the_new_referent() {
    let scene = Scene::bereft().await;
    let Scene { world, words, nadia, .. } = &scene;
    let laptop = world.tablet("Portable neuf");
    recover(&laptop, &world.address, words, new_referent("Paul T.")).await.unwrap();
    for _ in 0..3 {
        synchronise(nadia).await;
        synchronise(&laptop).await;
    }
    assert_eq!(call(nadia, ReadSyncState {}).await.unwrap().recovered_by.as_deref(), Some("Paul T."));
    let later = call(nadia, journeys::forms::first_encounter(3, journeys::place_in(NORTH))).await.unwrap();
    share_all(nadia, later.pathway.unwrap()).await;
    for _ in 0..3 {
        synchronise(nadia).await;
        synchronise(&laptop).await;
    }
    let page = call(&laptop, OpenPerson { pathway: later.pathway.unwrap() }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn what_is_sealed_after_the_recovery_does_not_open_with_the_old_sheet() {
    use document::control::{EpochBody, RecordKind};
    let scene = Scene::bereft().await;
    let laptop = scene.world.tablet("Portable neuf");
    let before = scene.world.cite.store(|store| store.records(RecordKind::Epoch)).unwrap().len();
    recover(&laptop, &scene.world.address, &scene.words, new_referent("Paul T.")).await.unwrap();
    // The sectors come with the first exchange, the new keys go with the second.
    synchronise(&laptop).await;
    synchronise(&laptop).await;
    let records = scene.world.cite.store(|store| store.records(RecordKind::Epoch)).unwrap();
    let bodies: Vec<EpochBody> = records.iter().map(|it| it.read().unwrap()).collect();
    let newest = bodies[before..].iter().max_by_key(|it| it.number).unwrap();
    assert!(bodies[..before].iter().all(|it| it.number < newest.number), "a new epoch");
    assert!(newest.sealed_for_recovery().is_some());
}

#[tokio::test]
async fn an_organisation_that_lost_nobody_takes_new_keys_too_because_the_old_sheet_opened_theirs() {
    use document::control::{EpochBody, RecordKind};
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let lea = world.joined_of("Autre Association", "Léa M.", Role::Mediator, vec![NORTH]).await;
    let words = establish(&ines).await;
    synchronise(&lea).await;
    synchronise(&lea).await;
    let theirs = engine::enrol::organisation_of("Autre Association");
    let newest = || {
        let records = world.cite.store(|store| store.records(RecordKind::Epoch)).unwrap();
        let bodies = records.iter().map(|it| it.read::<EpochBody>().unwrap());
        bodies.filter(|it| it.group().organisation == theirs).map(|it| it.number).max()
    };
    assert_eq!(newest(), Some(1));
    world.cite.revoke(device(&ines).await).unwrap();
    synchronise(&lea).await;
    assert_eq!(newest(), Some(1), "nobody of theirs left");
    recover(&world.tablet("Portable neuf"), &world.address, &words, new_referent("Paul T.")).await.unwrap();
    synchronise(&lea).await;
    synchronise(&lea).await;
    assert_eq!(newest(), Some(2));
}

#[tokio::test]
async fn one_of_the_former_referents_comes_back_as_herself() {
    let (scene, ines) = Scene::at_work().await;
    let was = me(&ines).await.unwrap();
    scene.revoke(device(&ines).await);
    let laptop = scene.world.tablet("Portable neuf");
    let opened = call(
        &laptop,
        OpenRecovery { server: scene.world.address.clone(), words: scene.words.as_str().into() },
    );
    let opened = opened.await.unwrap();
    assert_eq!(opened.former.iter().map(|it| it.0).collect::<Vec<_>>(), [was.user]);
    assert_eq!((opened.check.len(), opened.active), (6, vec!["Nadia B.".to_owned()]));
    recover(&laptop, &scene.world.address, &scene.words, Recoverer::Former(was.user)).await.unwrap();
    synchronise(&laptop).await;
    let now = me(&laptop).await.unwrap();
    assert_eq!((now.user, now.sectors), (was.user, was.sectors));
    assert_ne!(now.device, was.device);
}

#[tokio::test]
async fn the_old_sheet_is_refused_and_the_new_one_serves_when_it_is_needed_again() {
    let scene = Scene::bereft().await;
    let address = &scene.world.address;
    let first = scene.world.tablet("Portable neuf");
    let new = recover(&first, address, &scene.words, new_referent("Paul T.")).await.unwrap();
    synchronise(&first).await;
    scene.revoke(device(&first).await);
    let second = scene.world.tablet("Second portable");
    let refused = recover(&second, address, &scene.words, new_referent("Qui trouve")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RecoveryKeyUnknown);
    assert_eq!(call(&second, Status {}).await.unwrap().state, SessionState::NotJoined);
    recover(&second, address, &new, new_referent("Rachel O.")).await.unwrap();
    for _ in 0..2 {
        synchronise(&second).await;
    }
    let page = call(&second, OpenPerson { pathway: scene.shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE), "two sheets later");
}

#[tokio::test]
async fn a_sheet_that_is_found_while_a_referente_works_opens_no_door() {
    let (scene, ines) = Scene::at_work().await;
    let thief = scene.world.tablet("Trouvée");
    let refused = recover(&thief, &scene.world.address, &scene.words, new_referent("Qui trouve")).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::ReferentAtWork);
    assert_eq!(call(&thief, Status {}).await.unwrap().state, SessionState::NotJoined);
    // Nor on a device that works: nothing there is begun anew.
    let open = OpenRecovery { server: scene.world.address.clone(), words: scene.words.as_str().into() };
    assert_eq!(call(&ines, open).await.unwrap_err().code, ErrorCode::NotAllowed);
}

#[tokio::test]
async fn each_word_is_looked_at_and_wrong_ones_never_travel() {
    let scene = Scene::bereft().await;
    let laptop = scene.world.tablet("Portable neuf");
    let mut typed: Vec<SecretText> = scene.words.split(' ').map(SecretText::from).collect();
    let look = async |words: &[SecretText]| {
        call(&laptop, CheckRecoveryWords { words: words.to_vec() }).await.unwrap()
    };
    assert!(look(&typed).await.complete);
    typed[4] = "pomdeterre".into();
    let view = look(&typed).await;
    assert_eq!((view.unknown, view.complete), (vec![5], false));
    typed[4] = "".into();
    assert!(look(&typed).await.unknown.is_empty(), "not typed yet");
    // Twenty-four words of the list that are no key; nobody is asked.
    let words = vec!["abaisser"; 24].join(" ");
    let open = OpenRecovery { server: "http://127.0.0.1:9".into(), words: words.into() };
    assert_eq!(call(&laptop, open).await.unwrap_err().code, ErrorCode::WrongSecret);
}
