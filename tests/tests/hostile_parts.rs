//! A member's device with software of its own, and a server that cheats, before named parts: what is written in,
//! whose keys are used, and whose *yes* counts.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::control::{LedgerEntry, RecordKind};
use document::{DocumentKey, Hash};
use domain::api::ledger::{AddLedgerEntry, LedgerAct, LedgerActKind};
use domain::api::member::{ChangeMember, ListMembers};
use domain::api::person::{NamedParts, OpenPerson, WritePart};
use domain::api::referent::{AnswerReferent, OfferReferent};
use domain::api::sync::{Alarm, AlarmKind, ReadSyncState, SyncFailureKind, SyncNow};
use domain::ids::{PathwayId, SectorId};
use domain::role::Role;
use domain::vocabulary::{DocumentKind, Purpose};
use engine::device::Device;
use engine::sync::Outcome;
use journeys::foreign::{Foreign, pathway};
use journeys::forms::*;
use journeys::wire::{Answers, SealedBatch, Upload};
use journeys::{NORTH, SOUTH, World, call, me, member, place_in, synchronise};
use rusqlite::Connection;

fn agreement(purpose: Purpose) -> LedgerActKind {
    LedgerActKind::Agreement {
        purpose,
        organisations: vec![],
        excluded: vec![],
        channel: None,
        until: None,
        partner: None,
    }
}

/// A founded cité: Inès, référente, and Nadia, mediator, in the north; Maud, référente in the south; and two
/// tablets with software of their own, which joined before, the second in this sector.
struct Scene {
    world: World,
    ines: Device,
    nadia: Device,
    maud: Device,
    north: Foreign,
    other: Foreign,
}

async fn founded(sector: SectorId) -> Scene {
    let world = World::begin().await;
    let north = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    let other = Foreign::join(&world, 2, vec![sector]).unwrap();
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let maud = world.joined("Maud K.", Role::Referent, vec![SOUTH]).await;
    member::establish(&ines).await;
    for device in [&ines, &nadia, &maud, &ines] {
        synchronise(device).await;
    }
    Scene { world, ines, nadia, maud, north, other }
}

/// Somebody whom Nadia met in the north, and who agreed that their contact and their notes are shared.
async fn met(nadia: &Device, n: u8) -> DocumentKey {
    let pathway = call(nadia, first_encounter(n, place_in(NORTH))).await.unwrap().pathway.unwrap();
    for purpose in [Purpose::ShareContact, Purpose::ShareNotes] {
        call(nadia, AddLedgerEntry { pathway, act: act(agreement(purpose)) }).await.unwrap();
    }
    synchronise(nadia).await;
    synchronise(nadia).await;
    DocumentKey::first(DocumentKind::Notes, pathway)
}

/// The agreement that a person's notes stand under, as every device has it.
fn relied_on(world: &World, part: DocumentKey) -> Hash {
    let records = world.cite.store(|store| store.records(RecordKind::Ledger)).unwrap();
    let of = |entry: LedgerEntry| entry.pathway() == PathwayId::from(part.id) && is_for_notes(&entry);
    records.iter().find(|it| it.read().is_ok_and(of)).unwrap().id()
}

fn is_for_notes(entry: &LedgerEntry) -> bool {
    matches!(
        entry.act(),
        Ok(LedgerAct { kind: LedgerActKind::Agreement { purpose: Purpose::ShareNotes, .. }, .. })
    )
}

fn sealed(world: &World, tablet: &Foreign, part: DocumentKey) -> SealedBatch {
    tablet.sealed_under(part, tablet.actor(), relied_on(world, part))
}

/// What the cité says of a note and of a key that a device offers.
fn offered(world: &World, tablet: &Foreign, part: DocumentKey) -> [Outcome; 2] {
    let upload = Upload {
        wraps: vec![tablet.wrap(part, [7; 16], [6; 16])],
        sealed: vec![sealed(world, tablet, part)],
        beside: Some(1),
        ..Upload::empty()
    };
    let said = Answers::of(&world.cite, &tablet.token, &upload);
    [said.sealed[0], said.wraps[0]]
}

/// The server's store, as somebody with the disk has it.
#[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
fn server(world: &World) -> Connection {
    Connection::open(world.folder.path().join("server/server.db")).unwrap()
}

async fn alarms(device: &Device) -> Vec<Alarm> {
    call(device, ReadSyncState {}).await.unwrap().alarms
}

#[tokio::test]
async fn a_device_that_was_never_shown_a_person_adds_nothing_to_them_and_its_own_work_is_taken() {
    let Scene { world, nadia, north: colleague, other: stranger, .. } = founded(SOUTH).await;
    let part = met(&nadia, 9).await;
    assert_eq!(offered(&world, &colleague, part), [Outcome::Accepted; 2], "a colleague of the sector");
    let own = pathway(7);
    let change = stranger.change(own);
    let (yes, again) = (act(agreement(Purpose::ShareIdentity)), notice());
    let no = act(LedgerActKind::Withdrawal { purpose: Purpose::ShareNotes, keep_on: None, partner: None });
    let upload = Upload {
        controls: vec![stranger.act(part, &yes), stranger.notice(own), stranger.act(part, &again)],
        batches: vec![stranger.one(own, &change)],
        wraps: vec![stranger.wrap(part, [7; 16], [6; 16])],
        sealed: vec![sealed(&world, &stranger, part)],
        ..Upload::empty()
    };
    let said = Answers::of(&world.cite, &stranger.token, &upload);
    assert_eq!(said.controls, [Outcome::NotEntitled, Outcome::Accepted, Outcome::NotEntitled]);
    assert_eq!((said.wraps, said.sealed), (vec![Outcome::NotEntitled], vec![Outcome::NotEntitled]));
    assert_eq!(said.groups, [Outcome::Accepted], "the rest of the upload is taken");
    // A *no* is held up by nothing, whoever was told it.
    let upload = Upload { controls: vec![stranger.act(part, &no)], ..Upload::empty() };
    assert_eq!(Answers::of(&world.cite, &stranger.token, &upload).controls, [Outcome::Accepted]);
}

#[tokio::test]
async fn parts_are_judged_when_they_were_made_and_an_author_goes_on_writing_in_them() {
    let Scene { world, ines, nadia, north: tablet, .. } = founded(SOUTH).await;
    let (one, two, three) = (met(&nadia, 9).await, met(&nadia, 10).await, met(&nadia, 11).await);
    let all = call(&ines, ListMembers {}).await.unwrap();
    let chain = world.cite.store(|store| store.chain()).unwrap();
    let user = chain.member(&tablet.signer.id()).unwrap().user;
    assert!(all.people.iter().any(|it| it.user == user));
    call(&ines, ChangeMember { user, role: Role::Mediator, sectors: vec![SOUTH] }).await.unwrap();
    // It did not know when it wrote: taken.
    assert_eq!(offered(&world, &tablet, one), [Outcome::Accepted; 2]);
    // It knows all there is; a part waits there all the same, from before.
    let epoch = world.cite.store(|store| store.meta("epoch")).unwrap().unwrap();
    let cursor = world.cite.store(|store| store.last_sequence()).unwrap();
    let knows = |beside| Upload { epoch, cursor, beside, ..Upload::empty() };
    Answers::of(&world.cite, &tablet.token, &knows(Some(1)));
    assert_eq!(offered(&world, &tablet, two), [Outcome::Accepted; 2]);
    // And now nothing waits: the same old cursor, signed anew, says nothing any more.
    Answers::of(&world.cite, &tablet.token, &knows(None));
    assert_eq!(offered(&world, &tablet, three), [Outcome::NotEntitled; 2]);
    let upload = Upload { wraps: vec![tablet.wrap(one, [8; 16], [6; 16])], ..Upload::empty() };
    let said = Answers::of(&world.cite, &tablet.token, &upload);
    assert_eq!(said.wraps, [Outcome::Accepted], "in what it wrote, it goes on");
}

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
    let upload = Upload { wraps: vec![forged, moved, nobody, good], ..Upload::empty() };
    let said = Answers::of(&world.cite, &colleague.token, &upload);
    let expected = [Outcome::Invalid, Outcome::Invalid, Outcome::NotEntitled, Outcome::Accepted];
    assert_eq!(said.wraps, expected);
}

#[tokio::test]
async fn a_wrong_key_that_came_first_keeps_nobody_out_and_is_traced_to_its_author() {
    let Scene { world, ines, nadia, maud, north: hostile, .. } = founded(SOUTH).await;
    let part = met(&nadia, 9).await;
    let person = PathwayId::from(part.id);
    for device in [&ines, &nadia, &maud] {
        synchronise(device).await;
    }
    // It sees the part, and wraps nothing for Maud before anybody has to wrap anything for her.
    let for_maud = {
        let chain = world.cite.store(|store| store.chain()).unwrap();
        let agree = chain.members().find(|(_, it)| it.user_name == "Maud K.").unwrap().1.agree;
        *agree.first_chunk::<16>().unwrap()
    };
    let wraps = {
        let server = server(&world);
        let mut statement =
            server.prepare("SELECT DISTINCT kind, part_key FROM wrap WHERE doc = ?1").unwrap();
        let rows =
            statement.query_map([part.id.as_bytes()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect::<Vec<(String, [u8; 16])>>()
    };
    assert!(!wraps.is_empty());
    let wrong = wraps.into_iter().map(|(kind, part_key)| {
        let kind = DocumentKind::from_code(&kind).unwrap();
        hostile.wrap(DocumentKey { kind, ..part }, part_key, for_maud)
    });
    let upload = Upload { wraps: wrong.collect(), ..Upload::empty() };
    let said = Answers::of(&world.cite, &hostile.token, &upload).wraps;
    assert!(said.iter().all(|it| *it == Outcome::Accepted), "{said:?}");
    synchronise(&ines).await;
    // The person is handed to Maud.
    let to = me(&maud).await.unwrap().user;
    call(&ines, OfferReferent { pathway: person, user: to, lead: true }).await.unwrap();
    for device in [&ines, &maud] {
        synchronise(device).await;
    }
    let seen = call(&maud, OpenPerson { pathway: person }).await.unwrap();
    let link = seen.referents.iter().find(|it| !it.accepted).unwrap().id;
    call(&maud, AnswerReferent { pathway: person, link, accept: true }).await.unwrap();
    for device in [&maud, &ines, &nadia, &ines, &maud] {
        synchronise(device).await;
    }
    let seen = call(&maud, OpenPerson { pathway: person }).await.unwrap();
    assert_eq!(seen.named.phone.as_deref(), Some(PHONE), "the good one opens");
    let told = alarms(&maud).await;
    assert!(!told.is_empty());
    for it in told {
        assert_eq!((it.kind, it.pathway), (AlarmKind::KeyWrong, Some(person)));
        assert_eq!(it.by.as_deref(), Some("Personne M."), "and who sent the wrong one is known");
    }
    assert_eq!(alarms(&nadia).await, [], "who cannot look knows nothing of it");
}

#[tokio::test]
async fn a_server_that_serves_a_key_its_author_did_not_sign_is_noticed_and_the_key_is_not_kept() {
    let Scene { world, ines, nadia, .. } = founded(SOUTH).await;
    let part = met(&nadia, 9).await;
    let person = PathwayId::from(part.id);
    let signed: Vec<(i64, Vec<u8>)> = {
        let server = server(&world);
        let mut statement = server.prepare("SELECT id, signature FROM wrap").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert!(!signed.is_empty());
    server(&world).execute("UPDATE wrap SET signature = zeroblob(64)", []).unwrap();
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
        server(&world).execute("UPDATE wrap SET signature = ?2 WHERE id = ?1", put_back).unwrap();
    }
    call(&nadia, WritePart { pathway: person, named: NamedParts::default() }).await.unwrap();
    for device in [&nadia, &ines] {
        synchronise(device).await;
    }
    let seen = call(&ines, OpenPerson { pathway: person }).await.unwrap();
    assert_eq!(seen.named.phone.as_deref(), Some(PHONE));
}
