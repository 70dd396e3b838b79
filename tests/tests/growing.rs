//! What one does every day costs the same with many people as with few: counted in steps of the store, so
//! that no clock and no machine has a say.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::person::{OpenPerson, SearchPeople};
use domain::api::sync::ReadSyncState;
use domain::api::today::ReadToday;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::Day;
use engine::device::Device;
use journeys::{NORTH, World, call, synchronise};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use sync_server::demo::street;

const SEED: u64 = 2026;
const FEW: usize = 40;
const MANY: usize = 400;

async fn person(tablet: &Device, random: &mut ChaCha8Rng) -> PathwayId {
    let mut first = street::first_encounter(random, 0);
    first.form.referrals.clear();
    // Follow-ups that are due are everybody's own, and are counted one by one.
    first.form.next = None;
    call(tablet, first).await.unwrap().pathway.unwrap()
}

async fn later(tablet: &Device, random: &mut ChaCha8Rng, pathway: PathwayId) {
    let mut later = street::later_encounter(random, pathway, Day(20_780));
    later.form.next = None;
    later.form.needs.clear();
    later.form.barriers.clear();
    call(tablet, later).await.unwrap();
}

/// Steps of each thing one does, with so many people on the tablet, all of them received by the cité.
async fn steps_with(people: usize) -> BTreeMap<&'static str, u64> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let mut known = Vec::new();
    for _ in 0..people {
        known.push(person(&tablet, &mut random).await);
    }
    // Records before the changes that rely on them, however many there are: nothing has to wait.
    assert_eq!(synchronise(&tablet).await.to_send, 0);
    let steps = tablet.count_steps().unwrap();
    let server = world.cite.store(|store| store.count_steps()).unwrap();
    let mut counted = BTreeMap::new();
    let mut note = |what| {
        counted.insert(what, steps.take());
    };
    person(&tablet, &mut random).await;
    note("a first encounter is recorded");
    later(&tablet, &mut random, known[people / 2]).await;
    note("an encounter is recorded");
    call(&tablet, ReadToday {}).await.unwrap();
    note("today is opened");
    call(&tablet, OpenPerson { pathway: known[people / 3] }).await.unwrap();
    note("a person is opened");
    call(&tablet, SearchPeople { query: "zep".into(), limit: 20 }).await.unwrap();
    note("people are searched");
    call(&tablet, ReadSyncState {}).await.unwrap();
    note("the state of synchronisation is read");
    server.take();
    synchronise(&tablet).await;
    note("two entries are sent");
    counted.insert("two entries are received by the cité", server.take());
    synchronise(&tablet).await;
    counted.insert("nothing is sent", steps.take());
    counted.insert("nothing is received by the cité", server.take());
    counted
}

/// What an exchange looks through person by person: the sums over what each side holds, and what may not
/// leave this device yet. So many steps a person at most, on the device and on the server.
const LOOKED_THROUGH: [(&str, u64); 5] = [
    ("two entries are sent", 150),
    ("nothing is sent", 150),
    ("the state of synchronisation is read", 50),
    ("two entries are received by the cité", 50),
    ("nothing is received by the cité", 50),
];

#[tokio::test]
async fn ten_times_as_many_people_make_no_screen_and_no_entry_slower() {
    let (few, many) = (steps_with(FEW).await, steps_with(MANY).await);
    eprintln!("seed {SEED}, with {FEW} people {few:#?}, with {MANY} {many:#?}");
    for (what, steps) in &many {
        let before = few[what];
        match LOOKED_THROUGH.iter().find(|(it, _)| it == what) {
            Some((_, each)) => {
                let more = steps.saturating_sub(before) / (MANY - FEW) as u64;
                assert!(more <= *each, "{what}: {more} steps a person");
            }
            None => assert!(*steps <= 2 * before, "{what}: {before} steps, then {steps}"),
        }
    }
}
