//! What two honest sides do.

use super::{offer, send};
use document::{Document, Edit};
use domain::api::person::{OpenPerson, SearchPeople};
use domain::api::sync::ReadSyncState;
use domain::pathway::PathwayDoc;
use domain::role::Role;
use engine::device::Device;
use engine::sync::Outcome;
use journeys::foreign::{Foreign, pathway};
use journeys::forms::{first_encounter, later_encounter};
use journeys::way::Way;
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, World, call, place_in};

async fn synchronise<W: Way>(world: &World, tablet: &Device) {
    tablet.sync_with(&W::open(world, &tablet.token().unwrap())).await;
    let state = call(tablet, ReadSyncState {}).await.unwrap();
    assert_eq!((state.last_failure, state.to_send, state.set_aside), (None, 0, 0));
}

async fn people(tablet: &Device) -> usize {
    call(tablet, SearchPeople { query: String::new(), limit: 100 }).await.unwrap().hits.len()
}

async fn two() -> (World, Device, Device) {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    (world, nadia, samir)
}

pub(super) async fn what_one_sends_the_other_receives<W: Way>() {
    let (world, nadia, samir) = two().await;
    let pathway = call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap().pathway.unwrap();
    synchronise::<W>(&world, &nadia).await;
    synchronise::<W>(&world, &samir).await;
    assert_eq!(call(&samir, OpenPerson { pathway }).await.unwrap().hit.encounters, 1);
    call(&samir, later_encounter(10, pathway, place_in(NORTH))).await.unwrap();
    synchronise::<W>(&world, &samir).await;
    synchronise::<W>(&world, &nadia).await;
    assert_eq!(call(&nadia, OpenPerson { pathway }).await.unwrap().hit.encounters, 2);
}

pub(super) async fn where_nothing_is_new_one_small_turn_is_enough<W: Way>() {
    let (world, nadia, _) = two().await;
    call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    synchronise::<W>(&world, &nadia).await;
    synchronise::<W>(&world, &nadia).await;
    let upload = nadia.next_upload().unwrap();
    let up = upload.len();
    let frames = send::<W>(&world, &nadia.token().unwrap(), upload).await.unwrap();
    assert_eq!(frames.len(), 1);
    assert_eq!(Answers::read(&frames[0]), Answers::default());
    assert!(up + frames[0].len() < 300, "{up} up, {} down", frames[0].len());
}

pub(super) async fn an_answer_cut_anywhere_loses_nothing<W: Way>() {
    let (world, nadia, samir) = two().await;
    let (token, other) = (nadia.token().unwrap(), samir.token().unwrap());
    let mut recorded = 0;
    for after in (0..2_000).step_by(83) {
        recorded += 1;
        call(&nadia, first_encounter(recorded, place_in(NORTH))).await.unwrap();
        nadia.sync_with(&W::cut(&world, &token, after).await).await;
        samir.sync_with(&W::cut(&world, &other, 2_000 - after).await).await;
    }
    synchronise::<W>(&world, &nadia).await;
    synchronise::<W>(&world, &samir).await;
    assert_eq!((people(&nadia).await, people(&samir).await), (recorded.into(), recorded.into()));
}

pub(super) async fn an_upload_that_is_repeated_is_taken_once<W: Way>() {
    let (world, nadia, samir) = two().await;
    let pathway = call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap().pathway.unwrap();
    let (token, upload) = (nadia.token().unwrap(), nadia.next_upload().unwrap());
    let mut said = Vec::new();
    for _ in 0..3 {
        let frames = send::<W>(&world, &token, upload.clone()).await.unwrap();
        said.push(Answers::read(&frames[0]));
    }
    assert!(!said[0].groups.is_empty() && said[0].groups.iter().all(|it| *it == Outcome::Accepted));
    assert_eq!((&said[1], &said[2]), (&said[0], &said[0]));
    synchronise::<W>(&world, &nadia).await;
    synchronise::<W>(&world, &samir).await;
    assert_eq!(call(&samir, OpenPerson { pathway }).await.unwrap().hit.encounters, 1);
}

pub(super) async fn an_upload_that_comes_before_what_it_builds_on_is_taken_later<W: Way>() {
    let world = World::begin().await;
    let tablet = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    let key = pathway(7);
    let mut document = Document::begin(tablet.cite, key).unwrap();
    let mut edit = |age: &str| document.edit(tablet.actor(), &[Edit::set("age", age)]).unwrap().unwrap();
    let (first, second) = (edit("18_25"), edit("26_29"));
    let upload = |change| Upload {
        controls: vec![tablet.notice(key)],
        batches: vec![tablet.one(key, change)],
        ..Upload::empty()
    };
    let (first_half, second_half) = (upload(&first), upload(&second));
    let said = offer::<W>(&world, &tablet.token, &second_half).await;
    assert_eq!(said.groups, [Outcome::MissingDependency]);
    for half in [&first_half, &second_half] {
        assert_eq!(offer::<W>(&world, &tablet.token, half).await.groups, [Outcome::Accepted]);
    }
    let taken = world.cite.store(|store| store.document(tablet.cite, key)).unwrap();
    assert_eq!(taken.heads(), [second.hash]);
    taken.read::<PathwayDoc>().unwrap();
}
