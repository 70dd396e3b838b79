//! A server that serves an erasure nobody signed who may: nothing is deleted, and the user is told.

use document::SignerKey;
use document::control::{ErasureBody, ErasureCause, Record, RecordKind};
use domain::api::sync::{AlarmKind, ReadSyncState};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::OrderReason;
use engine::device::Device;
use engine::sync::Outcome;
use journeys::altered::Altered;
use journeys::foreign::Foreign;
use journeys::line::Line;
use journeys::scene::*;
use journeys::wire::{Answers, Upload};
use journeys::{ASSOCIATION, NORTH, SOUTH, World, call};

/// Serves a record to a device, as the cheating server would.
async fn serve(scene: &Scene, device: &Device, record: Vec<u8>) {
    let line = Line::new(scene.world.cite.clone(), device.token().unwrap());
    device.sync_with(&Altered::new(line, Box::new(move |it| it.push_erased(&record)))).await;
}

fn order(scene: &Scene, pathway: PathwayId) -> ErasureBody {
    let chain = scene.world.cite.store(|store| store.chain()).unwrap();
    let cause = ErasureCause::Order(OrderReason::Request);
    ErasureBody::new(pathway, 1, today(), cause, chain.length())
}

#[tokio::test]
async fn an_erasure_that_is_unsigned_or_signed_by_who_may_not_deletes_nothing_and_is_said() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    let body = order(&scene, pathway);
    let chain = scene.world.cite.store(|store| store.chain()).unwrap();
    let named = |name: &str| *chain.members().find(|(_, it)| it.user_name == name).unwrap().0;
    let thief = SignerKey::from_secret(&[66; 32]);
    let signed = |signer| Record { signer, ..Record::sign(RecordKind::Erasure, &body, &thief) };
    let mut unsigned = signed(named("Inès R."));
    unsigned.signature = [0; 64];
    let retention = ErasureBody::new(pathway, 1, today(), ErasureCause::Retention, chain.length());
    let forged = [
        ("unsigned", unsigned),
        ("under another key in the name of the référente", signed(named("Inès R."))),
        ("in the name of a mediator", signed(named("Nadia B."))),
        ("by nobody of the cité", Record::sign(RecordKind::Erasure, &body, &thief)),
        ("time, by nobody of the cité", Record::sign(RecordKind::Erasure, &retention, &thief)),
    ];
    for (what, record) in forged {
        serve(&scene, &scene.samir, minicbor::to_vec(&record).unwrap()).await;
        assert!(page(&scene.samir, pathway).await.is_ok(), "{what}: nothing is deleted");
        let alarms = call(&scene.samir, ReadSyncState {}).await.unwrap().alarms;
        let seen: Vec<_> = alarms.iter().map(|it| (it.kind, it.pathway)).collect();
        assert_eq!(seen, [(AlarmKind::ErasureWithoutCause, Some(pathway))], "{what}");
    }
    scene.all().await;
    assert!(page(&scene.nadia, pathway).await.is_ok());
}

#[tokio::test]
async fn the_server_takes_no_order_of_who_is_no_referent_or_does_not_see_the_person() {
    let world = World::begin().await;
    let mut tablets = Vec::new();
    for (n, role, sector) in [(61, Role::Mediator, NORTH), (62, Role::Referent, SOUTH)] {
        let code = world.cite.invite("Personne M.", role, ASSOCIATION, vec![sector]).unwrap();
        tablets.push((role, Foreign::join_with(&world, n, &code).unwrap()));
    }
    let scene = Scene::founded_in(world).await;
    let pathway = scene.shared_person(9).await;
    for (role, tablet) in tablets {
        let record = Record::sign(RecordKind::Erasure, &order(&scene, pathway), &tablet.signer);
        let brought = vec![minicbor::to_vec(&record).unwrap().into()];
        let said =
            Answers::of(&scene.world.cite, &tablet.token, &Upload { controls: brought, ..Upload::empty() });
        assert_eq!(said.controls, [Outcome::NotEntitled], "{role:?}");
    }
    assert!(scene.erasures().is_empty());
    scene.all().await;
    assert!(page(&scene.nadia, pathway).await.is_ok());
}

#[tokio::test]
async fn bytes_that_are_no_erasure_are_set_aside_and_the_rest_is_taken() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    serve(&scene, &scene.samir, vec![0xFF; 64]).await;
    let state = call(&scene.samir, ReadSyncState {}).await.unwrap();
    assert_eq!((state.last_failure, state.alarms.len()), (None, 0));
    assert!(page(&scene.samir, pathway).await.is_ok());
}
