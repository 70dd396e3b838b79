//! Who tells a protected partner that something ended, and who may say that it was done.

use super::protected::{NAME, clinic, seen_by, unshared_person, withdrawal};
use super::*;
use document::DocumentKey;
use document::control::{Record, RecordKind, TellBody};
use domain::api::member::{InviteMember, Invitee, Leaving, RevokeMember};
use domain::api::rescue::RecoverDevice;
use domain::ids::PartnerMark;
use domain::role::Role;
use engine::sync::Outcome;
use journeys::foreign::{Foreign, pathway as record};
use journeys::me;
use journeys::scene::*;
use journeys::wire::{Answers, Upload};
use journeys::{ASSOCIATION, NORTH, World};

/// Ends what was agreed to with the clinic; returns the cause and the partner.
async fn ended(scene: &Scene, pathway: PathwayId) -> (String, PartnerId) {
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    let partner = partners(&scene.nadia, pathway).await[0].partner;
    say(&scene.samir, pathway, withdrawal(partner)).await;
    scene.all().await;
    (partners(&scene.ines, pathway).await[0].to_tell.clone().unwrap(), partner)
}

#[tokio::test]
async fn a_mediator_who_knows_the_partner_says_that_it_was_told_and_every_device_knows() {
    let (scene, pathway) = begin().await;
    let (cause, partner) = ended(&scene, pathway).await;
    assert_eq!(seen_by(&scene.samir, pathway).await, (Some(NAME.to_owned()), false));
    call(&scene.samir, TellPartner { cause, partner }).await.unwrap();
    scene.all().await;
    for device in [&scene.nadia, &scene.ines] {
        let told = partners(device, pathway).await.remove(0).told.unwrap();
        assert_eq!((told.0, told.1.name.as_deref()), (today(), Some("Samir D.")));
    }
}

#[tokio::test]
async fn who_does_not_know_the_partner_sees_who_does_and_only_a_referent_may_note_it_for_them() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    let (cause, partner) = ended(&scene, pathway).await;
    for device in [&scene.samir, &scene.ines] {
        let it = partners(device, pathway).await.remove(0);
        assert_eq!((it.name, it.to_tell.is_some(), it.by_left), (None, true, false));
        assert_eq!(it.by.unwrap().name.as_deref(), Some("Nadia B."));
    }
    let tell = TellPartner { cause, partner };
    let refused = call(&scene.samir, tell.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "he could have told nobody");
    // Nadia says that she did it; the référente notes it.
    call(&scene.ines, tell).await.unwrap();
    scene.all().await;
    assert!(partners(&scene.nadia, pathway).await[0].told.is_some());
}

#[tokio::test]
async fn a_mediator_does_not_say_that_an_ordinary_partner_was_told() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, share(LIBRARY, &[Part::Contact])).await;
    say(&scene.nadia, pathway, withdrawal(OPEN_LIBRARY)).await;
    let cause = partners(&scene.nadia, pathway).await[0].to_tell.clone().unwrap();
    let refused = call(&scene.nadia, TellPartner { cause, partner: OPEN_LIBRARY }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
}

#[tokio::test]
async fn where_who_knows_the_partner_works_here_no_longer_that_is_said() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    ended(&scene, pathway).await;
    let leaving = Leaving::Person(me(&scene.nadia).await.unwrap().user);
    call(&scene.ines, RevokeMember { leaving }).await.unwrap();
    for device in [&scene.ines, &scene.samir] {
        journeys::synchronise(device).await;
        let it = partners(device, pathway).await.remove(0);
        assert_eq!((it.name, it.by_left, it.by.unwrap().name.as_deref()), (None, true, Some("Nadia B.")));
    }
}

#[tokio::test]
async fn who_lost_the_tablet_they_recorded_it_with_and_has_another_still_works_here() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    ended(&scene, pathway).await;
    let nadia = me(&scene.nadia).await.unwrap();
    let another = scene.world.tablet("Autre tablette");
    let who = Invitee::Known { user: nadia.user };
    journeys::member::let_in(&scene.ines, InviteMember { who }, &another).await;
    call(&scene.ines, RevokeMember { leaving: Leaving::Device(nadia.device.unwrap()) }).await.unwrap();
    for device in [&scene.ines, &scene.samir] {
        journeys::synchronise(device).await;
        let it = partners(device, pathway).await.remove(0);
        assert_eq!((it.name, it.by_left, it.by.unwrap().name.as_deref()), (None, false, Some("Nadia B.")));
    }
}

#[tokio::test]
async fn nobody_is_told_of_what_is_not_in_the_ledger() {
    let (scene, pathway) = begin().await;
    let (_, partner) = ended(&scene, pathway).await;
    for partner in [partner, OPEN_LIBRARY] {
        let refused = call(&scene.ines, TellPartner { cause: "08".repeat(32), partner }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn what_a_lost_tablet_had_not_sent_comes_back_with_the_partner_where_notes_are_shared() {
    let (scene, shared) = begin().await;
    let unshared = unshared_person(&scene).await;
    for person in [shared, unshared] {
        say(&scene.nadia, person, clinic()).await;
    }
    let leaving = Leaving::Person(me(&scene.nadia).await.unwrap().user);
    call(&scene.ines, RevokeMember { leaving }).await.unwrap();
    let folder = scene.world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    call(&scene.ines, RecoverDevice { folder, recovery: None }).await.unwrap();
    for device in [&scene.ines, &scene.samir, &scene.ines, &scene.samir] {
        journeys::synchronise(device).await;
    }
    for device in [&scene.ines, &scene.samir] {
        assert_eq!(seen_by(device, shared).await, (Some(NAME.to_owned()), true));
        let it = partners(device, unshared).await.remove(0);
        assert_eq!((it.name, it.granted, it.by_left), (None, true, true), "its name is lost with the tablet");
    }
}

/// A cité with a device of which the test holds the keys.
async fn with_a_stranger() -> (Scene, Foreign) {
    let world = World::begin().await;
    let stranger = Foreign::join(&world, 9, vec![NORTH]).unwrap();
    let scene = Scene::founded_in(world).await;
    publish(&scene);
    (scene, stranger)
}

/// A changed program that names a protected service in clear: the cité keeps nothing of it, and takes the rest.
#[tokio::test]
async fn a_device_that_names_a_protected_service_to_the_server_is_refused_and_nothing_of_it_is_kept() {
    let (scene, hostile) = with_a_stranger().await;
    let own: DocumentKey = record(7);
    let upload = Upload {
        controls: vec![
            hostile.notice(own),
            hostile.act(own, &act(clinic())),
            hostile.act(own, &act(share(LIBRARY, &[Part::Contact]))),
        ],
        ..Upload::empty()
    };
    let said = Answers::of(&scene.world.cite, &hostile.token, &upload).controls;
    assert_eq!(said, [Outcome::Accepted, Outcome::Invalid, Outcome::Accepted]);
    let disk = journeys::disk::Disk::of_server(&scene.world.folder.path().join("server"));
    assert!(disk.holds(LIBRARY.as_bytes()) && !disk.holds(CLINIC.as_bytes()));
}

/// Only a référent says that an ordinary partner was told; of a protected one the server cannot see who knows.
/// Who follows nobody knows none.
#[tokio::test]
async fn the_server_takes_from_a_mediator_only_that_a_protected_partner_was_told_and_nothing_from_who_follows_nobody()
 {
    let world = World::begin().await;
    let tablet = Foreign::join(&world, 9, vec![NORTH]).unwrap();
    let code = world.cite.invite("Personne C.", Role::Coordinator, ASSOCIATION, vec![NORTH]).unwrap();
    let office = Foreign::join_with(&world, 10, &code).unwrap();
    let scene = Scene::founded_in(world).await;
    publish(&scene);
    let protected = PartnerId::Protected(PartnerMark::from_bytes([7; 16]));
    let answers = |by: &Foreign, cause| {
        let tell = |partner| {
            let body = TellBody::new(cause, partner, today());
            minicbor::to_vec(Record::sign(RecordKind::Tell, &body, &by.signer)).unwrap().into()
        };
        let upload = Upload { controls: vec![tell(OPEN_LIBRARY), tell(protected)], ..Upload::empty() };
        Answers::of(&scene.world.cite, &by.token, &upload).controls
    };
    assert_eq!(answers(&tablet, [8; 32]), [Outcome::NotEntitled, Outcome::Accepted]);
    assert_eq!(answers(&office, [9; 32]), [Outcome::NotEntitled, Outcome::NotEntitled]);
}
