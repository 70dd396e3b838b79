//! A service that became protected after an agreement had named it.

use super::protected::withdrawal;
use super::*;
use journeys::places::{Places, agrees};
use sync_server::Cite;

fn now_protected(cite: &Cite) {
    let mut all = directory();
    all[1].protected = true;
    cite.store(|store| store.publish_asset(asset::SOLUTIONS, &all)).unwrap();
}

/// A person who agreed that the garage be told, when it was a service like another.
async fn named() -> (Scene, PathwayId, Places) {
    let (scene, pathway) = begin().await;
    let places = Places::of(&scene.world);
    places.back_up(&scene.world);
    say(&scene.nadia, pathway, share(GARAGE, &[Part::Contact])).await;
    scene.all().await;
    (scene, pathway, places)
}

#[tokio::test]
async fn what_was_named_before_is_withdrawn_as_it_was_named_and_what_is_agreed_now_is_a_mark() {
    let (scene, pathway, _) = named().await;
    now_protected(&scene.world.cite);
    scene.all().await;
    say(&scene.samir, pathway, withdrawal(OPEN_GARAGE)).await;
    say(&scene.samir, pathway, share(GARAGE, &[Part::Contact])).await;
    scene.all().await;
    let seen = partners(&scene.ines, pathway).await;
    let before = seen.iter().find(|it| it.partner == OPEN_GARAGE).unwrap();
    assert_eq!((before.granted, before.to_tell.is_some()), (false, true));
    let now = seen.iter().find(|it| it.partner != OPEN_GARAGE).unwrap();
    assert!(matches!(now.partner, PartnerId::Protected(_)) && now.granted);
    assert!(seen.iter().all(|it| it.name.as_deref() == Some("Garage solidaire (Ville)")));
}

#[tokio::test]
async fn a_restored_server_is_given_back_by_a_colleague_what_was_named_before() {
    let (scene, pathway, places) = named().await;
    let again = places.restored_with_a_gap();
    now_protected(&again);
    agrees(&again, &scene.samir).await;
    let given = again.store(|store| store.ledger(pathway)).unwrap().partners(today());
    assert_eq!(given.iter().map(|it| (it.partner, it.granted)).collect::<Vec<_>>(), [(OPEN_GARAGE, true)]);
}
