//! Keys of a part: signed by who made them, and used where they open.

use super::scene::*;
use document::DocumentKey;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::member::ListMembers;
use domain::api::person::{NamedParts, OpenPerson, OrderErasure, WritePart};
use domain::api::referent::{AnswerReferent, OfferReferent};
use domain::api::sync::{AlarmKind, SyncFailureKind, SyncNow};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::{DocumentKind, OrderReason, Purpose};
use engine::sync::Outcome;
use journeys::consent::{agree, say};
use journeys::forms::*;
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

#[tokio::test]
async fn a_wrong_key_that_came_first_keeps_nobody_out_and_is_traced_to_its_author() {
    let Scene { world, ines, nadia, north: hostile, .. } = founded(SOUTH).await;
    // A mediator of another sector: of no group that reads this person.
    let lea = world.let_in(&ines, "Léa S.", Role::Mediator, vec![SOUTH]).await;
    let part = met(&nadia, 9).await;
    let person = PathwayId::from(part.id);
    for device in [&ines, &nadia, &lea] {
        synchronise(device).await;
    }
    // It sees the part, and wraps nothing for Léa before anybody has to wrap anything for her.
    let for_lea = {
        let chain = world.cite.store(|store| store.chain()).unwrap();
        let agree = chain.members().find(|(_, it)| it.user_name == "Léa S.").unwrap().1.agree;
        *agree.first_chunk::<16>().unwrap()
    };
    let wraps = {
        let server = world.on_disk();
        let mut statement =
            server.prepare("SELECT DISTINCT kind, part_key FROM wrap WHERE doc = ?1").unwrap();
        let rows =
            statement.query_map([part.id.as_bytes()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect::<Vec<(String, [u8; 16])>>()
    };
    assert!(!wraps.is_empty());
    let wrong = wraps.into_iter().map(|(kind, part_key)| {
        let kind = DocumentKind::from_code(&kind).unwrap();
        hostile.wrap(DocumentKey { kind, ..part }, part_key, for_lea)
    });
    let upload = Upload { wraps: wrong.collect(), ..Upload::empty() };
    let said = Answers::of(&world.cite, &hostile.token, &upload).wraps;
    assert!(said.iter().all(|it| *it == Outcome::Accepted), "{said:?}");
    for device in [&ines, &nadia] {
        synchronise(device).await;
    }
    // The person is handed to Léa.
    let to = me(&lea).await.unwrap().user;
    call(&ines, OfferReferent { pathway: person, user: to, lead: true }).await.unwrap();
    for device in [&ines, &lea] {
        synchronise(device).await;
    }
    let seen = call(&lea, OpenPerson { pathway: person }).await.unwrap();
    let link = seen.referents.iter().find(|it| !it.accepted).unwrap().id;
    call(&lea, AnswerReferent { pathway: person, link, accept: true }).await.unwrap();
    for device in [&lea, &ines, &nadia, &ines, &lea] {
        synchronise(device).await;
    }
    let seen = call(&lea, OpenPerson { pathway: person }).await.unwrap();
    assert_eq!(seen.named.phone.as_deref(), Some(PHONE), "the good one opens");
    let told = alarms(&lea).await;
    assert!(!told.is_empty());
    for it in told {
        assert_eq!((it.kind, it.pathway), (AlarmKind::KeyWrong, Some(person)));
        assert_eq!(it.by.as_deref(), Some("Personne M."), "and who sent the wrong one is known");
    }
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
async fn a_key_is_wrapped_once_for_who_can_look_by_two_for_who_alone_can_and_never_again() {
    let (world, [ines, nadia, samir]) = World::begin().await.founded_by_three().await;
    let lea = world.let_in(&ines, "Léa S.", Role::Mediator, vec![SOUTH]).await;
    let person = journeys::person::met(&nadia, 9).await;
    agree(&nadia, person, &[Purpose::ShareContact]).await;
    let to = me(&lea).await.unwrap().user;
    call(&nadia, OfferReferent { pathway: person, user: to, lead: false }).await.unwrap();
    for _ in 0..4 {
        for device in [&nadia, &ines, &samir, &lea] {
            // Each looks at it again.
            call(device, ListMembers {}).await.ok();
            synchronise(device).await;
        }
        call(&samir, AddLedgerEntry { pathway: person, act: notice() }).await.unwrap();
        call(&ines, AddLedgerEntry { pathway: person, act: notice() }).await.unwrap();
        call(&nadia, AddLedgerEntry { pathway: person, act: notice() }).await.unwrap();
    }
    let agree = {
        let chain = world.cite.store(|store| store.chain()).unwrap();
        chain.members().find(|(_, it)| it.user == to).unwrap().1.agree
    };
    let server = world.on_disk();
    let mut statement = server
        .prepare("SELECT recipient, count(*) FROM wrap WHERE doc = ?1 AND kind = 'contact' GROUP BY part_key, recipient")
        .unwrap();
    let rows = statement.query_map([person.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let rows: Vec<([u8; 16], u32)> = rows.map(Result::unwrap).collect();
    let (alone, groups): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(of, _)| of[..] == agree[..16]);
    assert!(!alone.is_empty() && alone.iter().all(|(_, wraps)| *wraps == 2), "{alone:?}");
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
