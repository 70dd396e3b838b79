//! Edits that wait for their author on a shared tablet, when that tablet is lost: a référent writes them on the
//! author's behalf.

use super::scene::*;
use domain::api::member::{InviteMember, Invitee, Leaving, RevokeMember};
use domain::api::person::{NamedParts, NoteView, OpenPerson, PersonView, WritePart};
use domain::api::rescue::{ListRescues, RecoverDevice, Recovered};
use domain::api::session::{Lock, Unlock};
use domain::api::sync::ReadSyncState;
use domain::ids::{PathwayId, UserId};
use domain::role::Role;
use domain::time::Day;
use engine::device::Device;
use journeys::foreign::Foreign;
use journeys::forms::later_encounter;
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, PASSPHRASE, SOUTH, World, call, me, place_in, synchronise};

async fn at_work(tablet: &Device, user: UserId) {
    call(tablet, Lock {}).await.unwrap();
    call(tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}

async fn meets(tablet: &Device, n: u8, people: &[PathwayId], sector: domain::ids::SectorId) {
    for (more, pathway) in people.iter().enumerate() {
        call(tablet, later_encounter(n + more as u8, *pathway, place_in(sector))).await.unwrap();
    }
}

async fn note(tablet: &Device, pathway: PathwayId, text: &str) {
    let notes = vec![NoteView { id: None, text: text.into(), on: Day(20_780) }];
    call(tablet, WritePart { pathway, named: NamedParts { notes, ..NamedParts::default() } }).await.unwrap();
}

/// A tablet that Nadia and Léa share, copied while it was switched off. Nadia meets people on it, then Léa the
/// same; the copy exchanged before, so that what Léa wrote waits for her. Then the tablet is lost.
async fn lost(world: &World, ines: &Device, nadia: Device, people: &[PathwayId]) -> (UserId, UserId) {
    let nadia_is = me(&nadia).await.unwrap().user;
    let newcomer = journeys::member::newcomer("Léa M.", Role::Mediator, vec![NORTH, SOUTH]);
    journeys::member::let_in(ines, newcomer, &nadia).await;
    let lea = me(&nadia).await.unwrap().user;
    for device in [&nadia, ines, &nadia] {
        synchronise(device).await;
    }
    drop(nadia);
    world.image("Nadia B.", "copie");
    let tablet = world.tablet("Nadia B.");
    at_work(&tablet, nadia_is).await;
    meets(&tablet, 10, people, NORTH).await;
    note(&tablet, people[0], "de Nadia").await;
    at_work(&tablet, lea).await;
    meets(&tablet, 20, people, NORTH).await;
    note(&tablet, people[0], "de Léa").await;
    let copy = world.tablet("copie");
    at_work(&copy, nadia_is).await;
    meets(&copy, 30, people, NORTH).await;
    note(&copy, people[0], "de la copie").await;
    synchronise(&copy).await;
    at_work(&tablet, nadia_is).await;
    synchronise(&tablet).await;
    let waiting = call(&tablet, ReadSyncState {}).await.unwrap().to_send;
    assert_eq!(waiting, people.len() as u32, "Léa’s wait for her");
    let device = me(&tablet).await.unwrap().device.unwrap();
    drop((tablet, copy));
    call(ines, RevokeMember { leaving: Leaving::Device(device) }).await.unwrap();
    synchronise(ines).await;
    (nadia_is, lea)
}

async fn recover(world: &World, by: &Device) -> Recovered {
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    call(by, RecoverDevice { folder, recovery: None }).await.unwrap()
}

async fn page(device: &Device, pathway: PathwayId) -> PersonView {
    call(device, OpenPerson { pathway }).await.unwrap()
}

fn authors(page: &PersonView) -> Vec<(String, Option<String>)> {
    let encounters = page.timeline.iter().filter(|it| it.id.is_some());
    let mut all: Vec<_> =
        encounters.map(|it| (it.author.name.clone().unwrap(), it.author.recovered_by.clone())).collect();
    all.sort();
    all
}

fn by(name: &str, recovered_by: Option<&str>) -> (String, Option<String>) {
    (name.to_owned(), recovered_by.map(str::to_owned))
}

#[tokio::test]
async fn what_waited_for_its_author_on_a_lost_tablet_is_written_for_her_by_a_referent_who_is_named() {
    let (world, [ines, nadia, samir]) = founded().await;
    let person = met(&nadia, 1).await;
    share_all(&nadia, person).await;
    for device in [&nadia, &ines, &samir] {
        synchronise(device).await;
    }
    let (_, lea) = lost(&world, &ines, nadia, &[person]).await;

    let recovered = recover(&world, &ines).await;
    assert_eq!(recovered.behalf, [("Léa M.".to_owned(), 1)]);
    assert_eq!((recovered.refused, recovered.elsewhere), (0, 0));
    assert_eq!(recovered.unreadable_parts, 1, "the note was for Léa’s eyes, and is counted");
    let again = recover(&world, &ines).await;
    assert_eq!((again.behalf.len(), again.known), (0, 1), "twice is once");
    synchronise(&ines).await;
    synchronise(&samir).await;
    let expected =
        [by("Léa M.", Some("Inès R.")), by("Nadia B.", None), by("Nadia B.", None), by("Nadia B.", None)];
    for device in [&ines, &samir] {
        assert_eq!(authors(&page(device, person).await), expected);
    }
    let state = call(&ines, ReadSyncState {}).await.unwrap();
    assert_eq!((state.to_send, state.set_aside), (0, 0));
    assert_eq!(recover(&world, &ines).await.behalf, [], "written once");
    synchronise(&ines).await;
    assert_eq!(page(&ines, person).await.hit.encounters, 4);

    // On her new tablet Léa finds it as her own.
    let new = world.tablet("Nouvelle tablette");
    let invited = InviteMember { who: Invitee::Known { user: lea } };
    journeys::member::let_in(&ines, invited, &new).await;
    for device in [&ines, &new] {
        synchronise(device).await;
    }
    let page = page(&new, person).await;
    let hers: Vec<_> = page.timeline.iter().filter(|it| it.id.is_some() && it.author.me).collect();
    assert_eq!(hers.len(), 1);
    assert_eq!(hers[0].author.recovered_by.as_deref(), Some("Inès R."));
}

#[tokio::test]
async fn edits_of_a_record_that_a_referents_device_does_not_hold_wait_there_until_it_does() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![SOUTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH, SOUTH]).await;
    synchronise(&ines).await;
    journeys::member::establish(&ines).await;
    for device in [&nadia, &ines, &nadia] {
        synchronise(device).await;
    }
    let person = met(&nadia, 1).await;
    share_all(&nadia, person).await;
    synchronise(&nadia).await;
    lost(&world, &ines, nadia, &[person]).await;
    assert_eq!(recover(&world, &ines).await.behalf, [("Léa M.".to_owned(), 1)]);
    synchronise(&ines).await;
    let held = call(&ines, ListRescues {}).await.unwrap().held;
    assert_eq!(held, [("Léa M.".to_owned(), 1)], "shown, not lost");
    assert_eq!(call(&ines, ReadSyncState {}).await.unwrap().to_send, 1);
    // The north becomes hers too.
    let user = me(&ines).await.unwrap().user;
    let change =
        domain::api::member::ChangeMember { user, role: Role::Referent, sectors: vec![NORTH, SOUTH] };
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![NORTH]).await;
    call(&paul, change).await.unwrap();
    for device in [&paul, &ines, &ines] {
        synchronise(device).await;
    }
    assert_eq!(call(&ines, ListRescues {}).await.unwrap().held, []);
    assert!(authors(&page(&ines, person).await).contains(&by("Léa M.", Some("Inès R."))));
    assert_eq!(call(&ines, ReadSyncState {}).await.unwrap().to_send, 0);
}

#[tokio::test]
async fn a_mediator_cannot_write_in_a_colleagues_name() {
    let world = World::begin().await;
    let foreign = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    let (world, [_, nadia, samir]) = world.founded_by_three().await;
    let person = met(&nadia, 1).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    let key = document::DocumentKey::first(domain::vocabulary::DocumentKind::Pathway, person);
    let victim = world.cite.store(|store| {
        let chain = store.chain().unwrap();
        chain.members().find(|(_, it)| it.user_name == "Nadia B.").map(|(signer, _)| *signer).unwrap()
    });
    let edits = [document::Edit::set("gender", "man"), document::on_behalf(victim, [7; 8])];
    let sent = Upload { batches: vec![foreign.one(key, &foreign.edited(key, &edits))], ..Upload::empty() };
    let answers = Answers::of(&world.cite, &foreign.token, &sent);
    assert_eq!(answers.groups, [engine::sync::Outcome::NotEntitled]);
    let own = [document::Edit::set("gender", "man")];
    let sent = Upload { batches: vec![foreign.one(key, &foreign.edited(key, &own))], ..Upload::empty() };
    assert_eq!(Answers::of(&world.cite, &foreign.token, &sent).groups, [engine::sync::Outcome::Accepted]);
}
