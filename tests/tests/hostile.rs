//! What a hostile or mistaken peer may send: refused at once, and the rest goes on.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::DocumentKey;
use domain::api::member::{ChangeMember, ListMembers};
use domain::api::person::SearchPeople;
use domain::api::session::{SessionState, Unlock, UnlockWithPin};
use domain::error::ErrorCode;
use domain::role::Role;
use domain::vocabulary::DocumentKind;
use engine::sync::{Outcome, Refused};
use journeys::foreign::Foreign;
use journeys::forms::first_encounter;
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, PASSPHRASE, PIN, SOUTH, World, call, member, place_in, synchronise};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

#[tokio::test]
async fn random_and_mutated_uploads_are_refused_and_change_nothing() {
    let seed: u64 = 7;
    eprintln!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let token = nadia.token().unwrap();
    call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    let good = nadia.next_upload().unwrap();
    for _ in 0..400 {
        let mut bytes = good.clone();
        match random.random_range(0..4) {
            0 => {
                bytes = vec![0; random.random_range(0..300)];
                random.fill_bytes(&mut bytes);
            }
            1 => bytes.truncate(random.random_range(0..good.len())),
            _ => {
                for _ in 0..random.random_range(1..6) {
                    let at = random.random_range(0..bytes.len());
                    bytes[at] = random.random_range(0..=255);
                }
            }
        }
        if bytes != good {
            // Refused, or read as an empty exchange; never taken in part, never a panic that stays.
            let _ = world.cite.exchange(&token, &bytes);
        }
    }
    assert_eq!(synchronise(&nadia).await.to_send, 0, "the good upload is still taken");
}

#[tokio::test]
async fn a_token_of_nobody_and_a_revoked_device_are_turned_away_and_keep_their_entries() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let refused = world.cite.exchange(&[0; 32], &nadia.next_upload().unwrap()).unwrap_err();
    assert!(matches!(refused, Refused::Code(ErrorCode::Revoked)));
    call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    let device = journeys::me(&nadia).await.unwrap().device.unwrap();
    assert_eq!(world.cite.revoke(device).unwrap(), 1);
    let user = journeys::me(&nadia).await.unwrap().user;
    let refused = call(&nadia, domain::api::sync::SyncNow {}).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Revoked);
    assert_eq!(
        call(&nadia, UnlockWithPin { user, pin: PIN.into() }).await.unwrap_err().code,
        ErrorCode::PassphraseNeeded,
        "locked at once"
    );
    let unlocked = call(&nadia, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    let SessionState::Held { to_send, .. } = unlocked.state else { panic!("{unlocked:?}") };
    assert_eq!(to_send, 1, "her own entries stay with her");
    let failure = call(&nadia, domain::api::sync::ReadSyncState {}).await.unwrap().last_failure.unwrap();
    assert_eq!(failure.retry_at_ms, None, "only a person can help");
    let refused = call(&nadia, SearchPeople { query: "zebu".into(), limit: 5 }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Revoked);
}

#[tokio::test]
async fn a_device_that_knows_it_is_shown_somebody_no_longer_cannot_sign_that_it_does_not() {
    let world = World::begin().await;
    let tablet = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    member::establish(&ines).await;
    let mut people = Vec::new();
    for n in [9, 10] {
        let met = call(&nadia, first_encounter(n, place_in(NORTH))).await.unwrap();
        people.push(DocumentKey::first(DocumentKind::Pathway, met.pathway.unwrap()));
    }
    for device in [&nadia, &ines] {
        synchronise(device).await;
    }
    assert_eq!(Answers::of(&world.cite, &tablet.token, &Upload::empty()), Answers::default());
    let all = call(&ines, ListMembers {}).await.unwrap();
    let user = all.people.iter().find(|it| it.name == "Personne M.").unwrap().user;
    call(&ines, ChangeMember { user, role: Role::Mediator, sectors: vec![SOUTH] }).await.unwrap();
    // What it wrote before it could know is taken: at the cursor at which it says it wrote.
    let work = |key| Upload { batches: vec![tablet.one(key, &tablet.change(key))], ..Upload::empty() };
    assert_eq!(Answers::of(&world.cite, &tablet.token, &work(people[0])).groups, [Outcome::Accepted]);
    // It says that it knows all there is, and that nothing waits.
    let epoch = world.cite.store(|store| store.meta("epoch")).unwrap().unwrap();
    let cursor = world.cite.store(|store| store.last_sequence()).unwrap();
    Answers::of(&world.cite, &tablet.token, &Upload { epoch, cursor, ..Upload::empty() });
    // The same old cursor, signed anew, says nothing any more.
    assert_eq!(Answers::of(&world.cite, &tablet.token, &work(people[1])).groups, [Outcome::NotEntitled]);
}
