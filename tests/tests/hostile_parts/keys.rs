//! Keys of a part: signed by who made them, and used where they open.

use super::scene::*;
use document::DocumentKey;
use domain::api::ledger::LedgerActKind;
use domain::api::person::{NamedParts, OpenPerson, OrderErasure, WritePart};
use domain::api::sync::{AlarmKind, SyncFailureKind, SyncNow};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::{DocumentKind, OrderReason, Purpose};
use engine::device::Device;
use engine::sync::Outcome;
use journeys::consent::{agree, say};
use journeys::forms::*;
use journeys::person::phone;
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, SOUTH, World, call, me, synchronise};

#[tokio::test]
async fn a_key_that_is_not_signed_by_whom_it_names_is_refused_beside_good_ones() {
    let Scene { world, nadia, north: colleague, other, .. } = founded(NORTH).await;
    let part = met(&nadia, 9).await;
    let good = colleague.wrap(part, [7; 16], [6; 16]);
    let mut forged = good.clone();
    forged.by = other.signer.id();
    let mut moved = good.clone();
    moved.recipient = [9; 16].into();
    let mut nobody = good.clone();
    nobody.by = document::SignerId([9; 16]);
    let beyond = colleague.wrap_at(u64::MAX, part, [8; 16], [6; 16]);
    let upload = Upload { wraps: vec![forged, moved, nobody, beyond, good], ..Upload::empty() };
    let said = Answers::of(&world.cite, &colleague.token, &upload);
    let expected =
        [Outcome::Invalid, Outcome::Invalid, Outcome::NotEntitled, Outcome::Invalid, Outcome::Accepted];
    assert_eq!(said.wraps, expected);
}

/// Somebody whom Nadia met, and whose contact all may read but one: the key is wrapped for no group, but for each
/// other member alone.
async fn met_except(nadia: &Device, ines: &Device) -> PathwayId {
    let person = journeys::person::met(nadia, 9).await;
    let excluded = vec![me(ines).await.unwrap().user];
    let kind = LedgerActKind::Agreement {
        purpose: Purpose::ShareContact,
        organisations: vec![],
        excluded,
        channel: None,
        until: None,
        partner: None,
    };
    say(nadia, person, kind).await;
    person
}

/// For whom a key is wrapped that is wrapped for a member alone.
fn alone(world: &World, name: &str) -> [u8; 16] {
    let chain = world.cite.store(|store| store.chain()).unwrap();
    let member = chain.members().find(|(_, it)| it.user_name == name).unwrap().1;
    *member.agree.first_chunk().unwrap()
}

#[tokio::test]
async fn a_wrong_key_that_came_first_keeps_nobody_out_and_is_traced_to_its_author() {
    let Scene { world, ines, nadia, north: hostile, .. } = founded(SOUTH).await;
    let person = met_except(&nadia, &ines).await;
    for device in [&nadia, &ines, &nadia] {
        synchronise(device).await;
    }
    let part = DocumentKey::first(DocumentKind::Contact, person);
    let part_key: [u8; 16] = {
        let sql = "SELECT DISTINCT part_key FROM wrap WHERE doc = ?1 AND kind = 'contact'";
        world.on_disk().query_row(sql, [person.as_bytes()], |row| row.get(0)).unwrap()
    };
    // Léa comes. The hostile tablet sees the part, and wraps nothing for her before anybody else wraps the key.
    let lea = world.let_in(&ines, "Léa S.", Role::Mediator, vec![NORTH]).await;
    let wrong = hostile.wrap(part, part_key, alone(&world, "Léa S."));
    let upload = Upload { wraps: vec![wrong], ..Upload::empty() };
    assert_eq!(Answers::of(&world.cite, &hostile.token, &upload).wraps, [Outcome::Accepted]);
    synchronise(&lea).await;
    assert_eq!(phone(&lea, person).await, None, "it opens nothing");
    for device in [&nadia, &lea, &nadia, &lea] {
        synchronise(device).await;
    }
    assert_eq!(phone(&lea, person).await.as_deref(), Some(PHONE), "the good one opens");
    let told = alarms(&lea).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].kind, told[0].pathway), (AlarmKind::KeyWrong, Some(person)));
    assert_eq!(told[0].by.as_deref(), Some("Personne M."), "and who sent the wrong one is known");
    assert_eq!(alarms(&nadia).await, [], "who cannot look knows nothing of it");
    // It goes with the person.
    call(&ines, OrderErasure { pathway: person, with: vec![], reason: OrderReason::WrongPerson })
        .await
        .unwrap();
    for device in [&ines, &lea] {
        synchronise(device).await;
    }
    assert_eq!(alarms(&lea).await, []);
}

#[tokio::test]
async fn a_key_is_wrapped_once_where_others_can_look_by_two_where_none_can_and_never_again() {
    let (world, [ines, nadia, samir]) = World::begin().await.founded_by_three().await;
    let paul = world.let_in(&ines, "Paul T.", Role::Mediator, vec![NORTH]).await;
    let one = met_except(&nadia, &ines).await;
    let shared = journeys::person::met(&nadia, 10).await;
    agree(&nadia, shared, &[Purpose::ShareContact]).await;
    for device in [&nadia, &samir, &paul, &nadia, &samir, &paul] {
        synchronise(device).await;
    }
    let _lea = world.let_in(&ines, "Léa S.", Role::Mediator, vec![NORTH]).await;
    for _ in 0..3 {
        for device in [&nadia, &samir, &paul] {
            synchronise(device).await;
            // Each looks at both again.
            for pathway in [one, shared] {
                say(device, pathway, notice().kind).await;
            }
            synchronise(device).await;
        }
    }
    let server = world.on_disk();
    let wraps = |person: PathwayId| -> Vec<([u8; 16], u32)> {
        let sql = "SELECT recipient, count(*) FROM wrap WHERE doc = ?1 AND kind = 'contact' GROUP BY part_key, recipient";
        let mut statement = server.prepare(sql).unwrap();
        let rows = statement.query_map([person.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let for_lea = alone(&world, "Léa S.");
    let hers: Vec<u32> = wraps(one).into_iter().filter(|(of, _)| *of == for_lea).map(|(_, n)| n).collect();
    assert_eq!(hers, [2], "two whose wraps nobody but she can open");
    let groups = wraps(shared);
    assert!(!groups.is_empty() && groups.iter().all(|(_, wraps)| *wraps == 1), "{groups:?}");
}

#[tokio::test]
async fn a_server_that_serves_a_key_its_author_did_not_sign_is_noticed_and_the_key_is_not_kept() {
    let Scene { world, ines, nadia, .. } = founded(SOUTH).await;
    let part = met(&nadia, 9).await;
    let person = PathwayId::from(part.id);
    let signed: Vec<(i64, Vec<u8>)> = {
        let server = world.on_disk();
        let mut statement = server.prepare("SELECT id, signature FROM wrap").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert!(!signed.is_empty());
    world.on_disk().execute("UPDATE wrap SET signature = zeroblob(64)", []).unwrap();
    // What it shows and what it has are not the same.
    let state = call(&ines, SyncNow {}).await.unwrap();
    assert_eq!(state.last_failure.map(|it| it.kind), Some(SyncFailureKind::Diverged));
    assert_eq!(call(&ines, OpenPerson { pathway: person }).await.unwrap().named.phone, None, "not used");
    let told = alarms(&ines).await;
    assert!(told.iter().all(|it| it.kind == AlarmKind::KeyUnsigned && it.by.is_none()), "{told:?}");
    assert_eq!(told.first().and_then(|it| it.pathway), Some(person));
    // As it was signed, it is used.
    for (row, signature) in signed {
        let put_back = rusqlite::params![row, signature];
        world.on_disk().execute("UPDATE wrap SET signature = ?2 WHERE id = ?1", put_back).unwrap();
    }
    call(&nadia, WritePart { pathway: person, named: NamedParts::default() }).await.unwrap();
    for device in [&nadia, &ines] {
        synchronise(device).await;
    }
    let seen = call(&ines, OpenPerson { pathway: person }).await.unwrap();
    assert_eq!(seen.named.phone.as_deref(), Some(PHONE));
    // What is said of keys goes with the part they were of.
    for purpose in [Purpose::ShareContact, Purpose::ShareNotes] {
        say(&nadia, person, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }).await;
    }
    for device in [&nadia, &ines] {
        synchronise(device).await;
    }
    assert_eq!(alarms(&ines).await, []);
}
