//! A référent at work prints another sheet: the old one was lost, or somebody saw it.

use super::scene::*;
use document::control::{EpochBody, RecordKind};
use domain::api::member::ListMembers;
use domain::api::person::OpenPerson;
use domain::api::recovery::OpenRecovery;
use domain::api::rescue::RecoverDevice;
use domain::api::session::Unlock;
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::role::Role;
use domain::secret::SecretText;
use domain::vocabulary::AuditAct;
use journeys::forms::PHONE;
use journeys::member::{draw_another, new_referent, recover};
use journeys::{NORTH, PASSPHRASE, World, call, me, synchronise};

/// What a device that has nothing but paper is told.
async fn open(world: &World, name: &str, words: &str) -> Result<(), ErrorCode> {
    let request = OpenRecovery { server: world.address.clone(), words: words.into() };
    call(&world.tablet(name), request).await.map(drop).map_err(|error| error.code)
}

#[tokio::test]
async fn once_the_new_sheet_is_noted_the_old_one_opens_nothing_and_the_new_one_what_was_shared_before() {
    let (scene, ines) = Scene::at_work().await;
    let Scene { world, words: old, nadia, shared } = &scene;
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![NORTH]).await;
    let (new, noted) = draw_another(&ines).await.unwrap();
    let view = call(&ines, noted).await.unwrap();
    let sheet = view.sheet.unwrap();
    assert_eq!((sheet.by.as_deref(), sheet.replaced), (Some("Inès R."), true));
    assert!(!sheet.waiting && !sheet.void);
    for _ in 0..3 {
        for device in [&ines, &paul, nadia] {
            synchronise(device).await;
        }
    }
    // The other référent is told, and the audit says it; mediators have nothing to do with it.
    let told = async |device| call(device, ReadSyncState {}).await.unwrap().sheet_by;
    assert_eq!((told(&paul).await.as_deref(), told(nadia).await), (Some("Inès R."), None));
    let view = call(&paul, ListMembers {}).await.unwrap();
    assert_eq!((view.sheet.unwrap().check, view.recovered_by), (sheet.check, None));
    let report = world.cite.read_audit().unwrap();
    assert_eq!(report.lines.iter().filter(|it| it.act == Some(AuditAct::Reprint)).count(), 1);

    // Every key of what is shared is sealed to the new sheet, the older ones too, and there are new ones.
    let chain = world.cite.store(|store| store.chain()).unwrap();
    let records = world.cite.store(|store| store.records(RecordKind::Epoch)).unwrap();
    let bodies: Vec<EpochBody> = records.iter().map(|it| it.read().unwrap()).collect();
    let sealed_anew = |public: [u8; 32]| {
        let mut of = bodies.iter().filter(|it| it.public() == public && it.sealed_for_recovery().is_some());
        of.any(|it| chain.knows_printed(it.chain))
    };
    assert!(bodies.iter().all(|it| sealed_anew(it.public())));
    let old_only = |it: &&EpochBody| !chain.knows_printed(it.chain);
    let newest = bodies.iter().max_by_key(|it| it.number).unwrap();
    assert!(bodies.iter().filter(old_only).all(|it| it.number < newest.number));

    // A tablet that is found opens with the new sheet, not with the old one.
    let unsent = call(nadia, journeys::forms::first_encounter(2, journeys::place_in(NORTH))).await.unwrap();
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request =
        |words: &str| RecoverDevice { folder: folder.clone(), recovery: Some(SecretText::from(words)) };
    let refused = call(&paul, request(old)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RecoveryKeyUnknown);

    // Everything is lost but the sheets.
    for device in [&ines, &paul, nadia] {
        scene.revoke(device_of(device).await);
    }
    assert_eq!(open(world, "Vieille feuille", old).await, Err(ErrorCode::RecoveryKeyUnknown));
    let laptop = world.tablet("Portable neuf");
    recover(&laptop, &world.address, &new, new_referent("Odile F.")).await.unwrap();
    for _ in 0..2 {
        synchronise(&laptop).await;
    }
    let page = call(&laptop, OpenPerson { pathway: *shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE), "shared before the sheet was printed");
    // The sheet changed hands once more with that; the tablet is opened through the one before.
    assert!(call(&laptop, OpenPerson { pathway: unsent.pathway.unwrap() }).await.is_err());
}

async fn device_of(device: &engine::device::Device) -> domain::ids::DeviceId {
    me(device).await.unwrap().device.unwrap()
}

#[tokio::test]
async fn a_found_tablet_is_opened_with_the_new_sheet() {
    let (scene, ines) = Scene::at_work().await;
    let Scene { world, nadia, .. } = &scene;
    let (new, noted) = draw_another(&ines).await.unwrap();
    call(&ines, noted).await.unwrap();
    for device in [&ines, nadia, &ines, nadia] {
        synchronise(device).await;
    }
    // Paul came later: nothing was sealed to him while the tablet could reach the cité.
    let unsent = call(nadia, journeys::forms::first_encounter(2, journeys::place_in(NORTH))).await.unwrap();
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![NORTH]).await;
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request = RecoverDevice { folder, recovery: Some(SecretText::from(new.as_str())) };
    assert_eq!(call(&paul, request).await.unwrap().people, 1);
    for _ in 0..2 {
        synchronise(&paul).await;
    }
    assert!(call(&paul, OpenPerson { pathway: unsent.pathway.unwrap() }).await.is_ok());
}

#[tokio::test]
async fn until_the_words_of_the_new_sheet_are_typed_the_old_one_counts() {
    let (scene, ines) = Scene::at_work().await;
    let Scene { world, words: old, nadia, .. } = &scene;
    assert_eq!(draw_another(nadia).await.unwrap_err().code, ErrorCode::NotAllowed, "a mediator");
    let (new, mut noted) = draw_another(&ines).await.unwrap();
    let right = noted.clone();
    noted.words.reverse();
    assert_eq!(call(&ines, noted).await.unwrap_err().code, ErrorCode::WrongSecret);
    // The laptop goes off with the sheet half noted.
    let user = me(&ines).await.unwrap().user;
    let lost = device_of(&ines).await;
    drop(ines);
    let ines = world.tablet("Inès R.");
    call(&ines, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(call(&ines, right).await.unwrap_err().code, ErrorCode::NotFound);
    synchronise(&ines).await;
    let sheet = call(&ines, ListMembers {}).await.unwrap().sheet.unwrap();
    assert!(!sheet.replaced && !sheet.waiting);
    scene.revoke(lost);
    assert_eq!(open(world, "Nouvelle feuille", &new).await, Err(ErrorCode::RecoveryKeyUnknown));
    assert_eq!(open(world, "Vieille feuille", old).await, Ok(()));
}

#[tokio::test]
async fn of_two_referents_who_print_at_once_one_sheet_counts_and_the_other_is_told() {
    let (scene, ines) = Scene::at_work().await;
    let Scene { world, words: old, .. } = &scene;
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![NORTH]).await;
    for device in [&paul, &ines] {
        synchronise(device).await;
    }
    let (hers, she) = draw_another(&ines).await.unwrap();
    let (his, he) = draw_another(&paul).await.unwrap();
    call(&ines, she).await.unwrap();
    assert_eq!(call(&paul, he).await.unwrap_err().code, ErrorCode::OtherSheetFirst);
    let sheet = call(&paul, ListMembers {}).await.unwrap().sheet.unwrap();
    assert_eq!((sheet.by.as_deref(), sheet.void, sheet.waiting), (Some("Inès R."), true, false));
    // He may print another one, in the place of hers; the word about the void one goes.
    assert!(draw_another(&paul).await.is_ok());
    assert!(!call(&paul, ListMembers {}).await.unwrap().sheet.unwrap().void);
    for device in [&ines, &paul] {
        scene.revoke(device_of(device).await);
    }
    for wrong in [old, &his] {
        assert_eq!(open(world, "Papier", wrong).await, Err(ErrorCode::RecoveryKeyUnknown));
    }
    assert_eq!(open(world, "Papier", &hers).await, Ok(()));
}
