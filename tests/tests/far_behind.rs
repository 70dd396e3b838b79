//! A device that is new, or was away for long: what it is told first, what it costs, and what it ends with.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::ledger::{AddLedgerEntry, Circumstances, LedgerAct, LedgerActKind};
use domain::api::member::{ChangeMember, ListMembers};
use domain::api::person::OpenPerson;
use domain::api::sync::ReadSyncState;
use domain::ids::{PathwayId, SectorId};
use domain::role::Role;
use domain::vocabulary::{ObjectionAct, Purpose};
use engine::device::Device;
use journeys::consent::agree;
use journeys::forms::{PHONE, first_encounter, later_encounter};
use journeys::person::met;
use journeys::places::{Places, agrees, line};
use journeys::{NORTH, SOUTH, World, call, me, place_in, synchronise};

async fn people(tablet: &Device) -> u32 {
    call(tablet, ReadSyncState {}).await.unwrap().pathways
}

#[tokio::test]
async fn a_new_tablet_goes_on_where_it_was_cut_and_an_encounter_costs_it_little() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let mut known = Vec::new();
    for n in 0..100 {
        known.push(met(&nadia, n).await);
    }
    synchronise(&nadia).await;
    let size = || std::fs::metadata(world.folder.path().join("server/server.db")).unwrap().len();
    let mut pulled = Vec::new();
    for (name, encounters) in [("first", 0_u8), ("second", 1)] {
        for (n, pathway) in known.iter().enumerate().filter(|_| encounters > 0) {
            call(&nadia, later_encounter(100 + n as u8, *pathway, place_in(NORTH))).await.unwrap();
        }
        synchronise(&nadia).await;
        let code = world.invite_as(name, Role::Mediator, vec![NORTH]);
        let tablet = world.tablet(name);
        call(&tablet, world.join(&code)).await.unwrap();
        let line = line(&world.cite, &tablet);
        tablet.sync_with(&line).await;
        assert_eq!(people(&tablet).await, 100);
        let (up, down, turns) = *line.carried.lock().unwrap();
        pulled.push(down);
        eprintln!("{name}: {up} up, {down} down, {turns} turns, server {} bytes", size());
    }
    let each = (pulled[1] - pulled[0]) / 100;
    eprintln!("an encounter more costs a new tablet {each} bytes");
    assert!(each < 600, "{each}");
    // The same, cut after every 20,000 bytes: nothing that came before is asked for again.
    let tablet = world.tablet("third");
    call(&tablet, world.join(&world.invite_as("third", Role::Mediator, vec![NORTH]))).await.unwrap();
    let line = line(&world.cite, &tablet);
    let mut rounds = 0;
    while people(&tablet).await < 100 && rounds < 40 {
        *line.cut.lock().unwrap() = Some(20_000);
        tablet.sync_with(&line).await;
        rounds += 1;
    }
    let most = pulled[1].div_ceil(4_000);
    assert!(rounds <= most, "{rounds} rounds of 20,000 bytes for {} bytes", pulled[1]);
    agrees(&world.cite, &tablet).await;
}

/// Somebody whose number is shared with the team.
async fn shared(tablet: &Device, n: u8, sector: SectorId) -> PathwayId {
    let pathway = call(tablet, first_encounter(n, place_in(sector))).await.unwrap().pathway.unwrap();
    agree(tablet, pathway, &[Purpose::ShareContact]).await;
    pathway
}

#[tokio::test]
async fn a_key_that_comes_among_many_frames_opens_what_comes_after_it_at_once() {
    let (world, ines) = World::established().await;
    synchronise(&ines).await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let lea = world.let_in(&ines, "Léa M.", Role::Mediator, vec![SOUTH]).await;
    let gone = world.let_in(&ines, "Omar K.", Role::Mediator, vec![NORTH]).await;
    for device in [&nadia, &samir, &lea, &gone, &ines, &samir] {
        synchronise(device).await;
    }
    // While Samir is away somebody leaves; a month of the south's ledgers stands between that and the key that
    // the north makes for it, so that the key comes in a frame of its own.
    let user = me(&gone).await.unwrap().user;
    let chain = world.cite.store(|store| store.chain()).unwrap();
    let device = chain.members().find(|(_, it)| it.user == user).unwrap().1.device;
    world.cite.revoke(device).unwrap();
    for n in 0..60 {
        shared(&lea, n, SOUTH).await;
    }
    synchronise(&lea).await;
    synchronise(&nadia).await;
    let mut people = Vec::new();
    for n in 60..120 {
        people.push(shared(&nadia, n, NORTH).await);
    }
    synchronise(&nadia).await;
    let line = line(&world.cite, &samir);
    samir.sync_with(&line).await;
    let (_, down, turns) = *line.carried.lock().unwrap();
    eprintln!("{down} bytes down in {turns} turns");
    for pathway in people {
        let page = call(&samir, OpenPerson { pathway }).await.unwrap();
        assert_eq!(page.named.phone.as_deref(), Some(PHONE));
    }
}

#[tokio::test]
async fn a_person_whom_a_restored_server_no_longer_shows_is_dropped_although_no_row_of_its_log_says_so() {
    let (world, ines) = World::established().await;
    synchronise(&ines).await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let places = Places::of(&world);
    places.back_up(&world);
    let pathway = met(&nadia, 1).await;
    for device in [&nadia, &samir, &ines] {
        synchronise(device).await;
    }
    assert!(call(&samir, OpenPerson { pathway }).await.is_ok());
    let all = call(&ines, ListMembers {}).await.unwrap();
    let user = all.people.iter().find(|it| it.name == "Samir D.").unwrap().user;
    call(&ines, ChangeMember { user, role: Role::Mediator, sectors: vec![SOUTH] }).await.unwrap();
    let again = places.restored();
    // What the restored server lacked comes from Nadia, when Samir has moved already.
    agrees(&again, &nadia).await;
    agrees(&again, &samir).await;
    assert!(call(&samir, OpenPerson { pathway }).await.is_err(), "dropped");
    assert!(call(&nadia, OpenPerson { pathway }).await.is_ok());
}

#[tokio::test]
async fn what_a_person_no_longer_wants_is_there_before_what_was_written_meanwhile() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let pathway = met(&nadia, 0).await;
    synchronise(&nadia).await;
    synchronise(&samir).await;
    for n in 1..=120 {
        met(&nadia, n).await;
    }
    synchronise(&nadia).await;
    let kind = LedgerActKind::Objection { act: ObjectionAct::NoContact };
    let act = LedgerAct { kind, circumstances: Circumstances::default() };
    call(&nadia, AddLedgerEntry { pathway, act }).await.unwrap();
    synchronise(&nadia).await;
    // A bad line, cut again and again: what the person said, with everybody's ledger, comes first.
    let line = line(&world.cite, &samir);
    for round in 0.. {
        *line.cut.lock().unwrap() = Some(14_000);
        samir.sync_with(&line).await;
        let objections = call(&samir, OpenPerson { pathway }).await.unwrap().ledger.objections;
        let here = people(&samir).await;
        eprintln!("round {round}: {here} people, {objections:?}");
        if objections == [ObjectionAct::NoContact] {
            assert!(here < 121, "{here} people");
            break;
        }
        assert_eq!(here, 1, "a record came before what the person no longer wants");
        assert!(round < 12, "it never came");
    }
    // And it goes on from where it was.
    agrees(&world.cite, &samir).await;
    assert_eq!(people(&samir).await, 121);
}
