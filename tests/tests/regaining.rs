//! Named parts, ledgers and keys in the safety net: a server that lost them is given them back, one that
//! withholds them is noticed, and what was withdrawn stays gone.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::control::RecordKind;
use domain::api::ledger::{AddLedgerEntry, GiveReceipt, LedgerActKind, RequestByCode, TellPartner};
use domain::api::member::{ChangeMember, Leaving, ListMembers, RevokeMember};
use domain::api::person::{NamedParts, OpenPerson, WritePart};
use domain::api::session::{Lock, Unlock};
use domain::api::sync::{ReadSyncState, SyncFailureKind};
use domain::ids::{DeviceId, PathwayId, SolutionId, UserId};
use domain::role::Role;
use domain::vocabulary::{GivenBy, ObjectionAct, Purpose, RequestKind};
use engine::device::Device;
use engine::store::asset::SETTINGS;
use engine::sync::Outcome;
use journeys::foreign::{self, Foreign};
use journeys::forms::{PHONE, act, first_encounter, later_encounter};
use journeys::member::{let_in, newcomer};
use journeys::places::{Places, agrees, failure, line, rolled_back};
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, PASSPHRASE, SOUTH, World, call, me, place_in, synchronise};
use std::sync::{Arc, Mutex};
use sync_server::Cite;

/// Inès, référente who founded; Nadia and Samir, mediators; all in the north.
async fn founded() -> (World, [Device; 3]) {
    let (world, ines) = World::established().await;
    synchronise(&ines).await;
    let mut others = Vec::new();
    for name in ["Nadia B.", "Samir D."] {
        others.push(world.let_in(&ines, name, Role::Mediator, vec![NORTH]).await);
    }
    let [nadia, samir] = others.try_into().unwrap();
    for _ in 0..3 {
        for device in [&ines, &nadia, &samir] {
            synchronise(device).await;
        }
    }
    (world, [ines, nadia, samir])
}

async fn met(tablet: &Device, n: u8) -> PathwayId {
    call(tablet, first_encounter(n, place_in(NORTH))).await.unwrap().pathway.unwrap()
}

async fn say(tablet: &Device, pathway: PathwayId, kind: LedgerActKind) {
    call(tablet, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
}

async fn agree(tablet: &Device, pathway: PathwayId) {
    for purpose in [Purpose::ShareIdentity, Purpose::ShareContact, Purpose::Recognise] {
        let kind = LedgerActKind::Agreement {
            purpose,
            organisations: vec![],
            excluded: vec![],
            channel: None,
            until: None,
            partner: None,
        };
        say(tablet, pathway, kind).await;
    }
}

async fn phone(device: &Device, pathway: PathwayId) -> Option<String> {
    call(device, OpenPerson { pathway }).await.ok()?.named.phone
}

fn device_named(cite: &Cite, name: &str) -> DeviceId {
    let chain = cite.store(|store| store.chain()).unwrap();
    chain.members().find(|(_, member)| member.user_name == name).unwrap().1.device
}

#[tokio::test]
async fn a_number_shared_since_the_backup_comes_back_from_its_author() {
    let (world, [ines, nadia, _]) = founded().await;
    let places = Places::of(&world);
    places.back_up(&world);
    let pathway = met(&nadia, 1).await;
    agree(&nadia, pathway).await;
    synchronise(&nadia).await;
    let again = places.restored();
    agrees(&again, &ines).await;
    assert_eq!(phone(&ines, pathway).await, None);
    agrees(&again, &nadia).await;
    agrees(&again, &ines).await;
    assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE));
    agrees(&again, &nadia).await;
}

#[tokio::test]
async fn a_number_whose_authors_tablet_is_gone_comes_back_from_a_colleague_under_the_authors_signature() {
    for left in [false, true] {
        let (world, [ines, nadia, samir]) = founded().await;
        let places = Places::of(&world);
        places.back_up(&world);
        let people = [met(&nadia, 1).await, met(&nadia, 2).await];
        for pathway in people {
            agree(&nadia, pathway).await;
        }
        for device in [&nadia, &samir] {
            synchronise(device).await;
        }
        if left {
            world.cite.revoke(device_named(&world.cite, "Nadia B.")).unwrap();
        }
        let again = places.restored();
        agrees(&again, &samir).await;
        agrees(&again, &ines).await;
        for pathway in people {
            assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE), "the author left: {left}");
        }
        agrees(&again, &samir).await;
    }
}

#[tokio::test]
async fn giving_names_back_goes_on_after_a_cut_at_any_place() {
    for cut in [0, 1, 60, 300, 900, 2_000, 5_000] {
        let (world, [ines, nadia, _]) = founded().await;
        let places = Places::of(&world);
        places.back_up(&world);
        let mut people = Vec::new();
        for n in 1..6 {
            people.push(met(&nadia, n).await);
            agree(&nadia, people[people.len() - 1]).await;
        }
        synchronise(&nadia).await;
        let again = places.restored();
        let line = line(&again, &nadia);
        for _ in 0..6 {
            *line.cut.lock().unwrap() = Some(cut);
            nadia.sync_with(&line).await;
        }
        agrees(&again, &nadia).await;
        agrees(&again, &ines).await;
        for pathway in people {
            assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE), "cut at {cut}");
        }
    }
}

#[tokio::test]
async fn what_was_withdrawn_since_the_backup_is_not_given_back_by_a_tablet_that_did_not_know() {
    // With the journal, and with a gap that was accepted: then the withdrawal comes from a device.
    for gap in [false, true] {
        let (world, [ines, nadia, samir]) = founded().await;
        let places = Places::of(&world);
        let pathway = met(&nadia, 1).await;
        agree(&nadia, pathway).await;
        places.back_up(&world);
        for device in [&nadia, &samir] {
            synchronise(device).await;
        }
        assert_eq!(phone(&samir, pathway).await.as_deref(), Some(PHONE));
        let no = LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on: None, partner: None };
        say(&nadia, pathway, no).await;
        synchronise(&nadia).await;
        let again = if gap { places.restored_with_a_gap() } else { places.restored() };
        for device in [&samir, &ines] {
            agrees(&again, device).await;
        }
        if !gap {
            assert_eq!(phone(&samir, pathway).await, None);
            assert_eq!(phone(&ines, pathway).await, None);
        }
        for device in [&nadia, &samir, &ines, &nadia] {
            agrees(&again, device).await;
        }
        for device in [&nadia, &samir, &ines] {
            assert_eq!(phone(device, pathway).await, None, "a gap: {gap}");
        }
    }
}

#[tokio::test]
async fn a_server_that_rolls_back_a_withdrawal_is_told_again_and_erases_again() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    let stale = rolled_back(&world);
    let no = LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on: None, partner: None };
    say(&nadia, pathway, no).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    // Samir's own copy is gone; the server shows the part once more, and hears the withdrawal from him.
    agrees(&stale, &samir).await;
    agrees(&stale, &ines).await;
    assert_eq!(phone(&samir, pathway).await, None);
    assert_eq!(phone(&ines, pathway).await, None);
    let ledger = stale.store(|store| store.ledger(pathway)).unwrap();
    assert_eq!(ledger.generation(Purpose::ShareContact), 2);
}

#[tokio::test]
async fn a_server_that_silently_lost_a_number_is_noticed_and_given_it_back() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    synchronise(&nadia).await;
    let stale = rolled_back(&world);
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    agrees(&stale, &samir).await;
    agrees(&stale, &ines).await;
    assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE));
}

/// What stands on a server of a kind, by its records' names.
fn of_kind(cite: &Cite, kind: RecordKind) -> std::collections::BTreeSet<[u8; 32]> {
    cite.store(|store| store.records(kind)).unwrap().iter().map(|it| it.id()).collect()
}

#[tokio::test]
async fn a_server_that_lost_escrows_requests_and_what_partners_were_told_is_given_them_back() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    let code = call(&nadia, GiveReceipt { pathway }).await.unwrap().code;
    for device in [&nadia, &ines, &samir] {
        synchronise(device).await;
    }
    // A référente comes, to whom tablets seal their key when they learn of her.
    let lea = world.let_in(&ines, "Léa M.", Role::Referent, vec![NORTH]).await;
    let stale = rolled_back(&world);
    let (code, kind) = (code.expose().into(), RequestKind::Access);
    call(&samir, RequestByCode { code, kind, given_by: GivenBy::Person, capacity: None }).await.unwrap();
    let told = world.cite.store(|store| store.records(RecordKind::Ledger)).unwrap()[0].id();
    let cause = told.iter().map(|byte| format!("{byte:02x}")).collect();
    call(&ines, TellPartner { cause, partner: SolutionId::from_bytes([1; 16]) }).await.unwrap();
    for device in [&samir, &ines, &nadia, &lea, &samir, &nadia, &lea, &ines] {
        synchronise(device).await;
    }
    let kinds = [RecordKind::Escrow, RecordKind::Tell, RecordKind::Request];
    for kind in kinds {
        assert!(of_kind(&stale, kind).len() < of_kind(&world.cite, kind).len(), "{kind:?}");
    }
    // One device of a référente is enough to give all of it back.
    agrees(&stale, &ines).await;
    for kind in kinds {
        assert_eq!(of_kind(&stale, kind), of_kind(&world.cite, kind), "{kind:?}");
    }
    for device in [&samir, &nadia, &lea] {
        agrees(&stale, device).await;
    }
}

#[tokio::test]
async fn a_server_that_will_not_take_a_number_back_raises_an_alarm_and_nothing_is_deleted() {
    let (world, [_, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    synchronise(&nadia).await;
    synchronise(&samir).await;
    let stale = rolled_back(&world);
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    // It was not restored, it only forgot: work of somebody who left is not taken from others then.
    for _ in 0..40 {
        stale.store(|store| store.publish_asset(SETTINGS, &journeys::settings())).unwrap();
    }
    stale.revoke(device_named(&stale, "Nadia B.")).unwrap();
    for _ in 0..2 {
        samir.sync_with(&line(&stale, &samir)).await;
        assert_eq!(failure(&samir).await, Some(SyncFailureKind::Diverged));
        assert_eq!(phone(&samir, pathway).await.as_deref(), Some(PHONE), "nothing is deleted");
    }
}

#[tokio::test]
async fn a_restored_server_takes_the_work_of_somebody_who_left_from_a_device_only_until_the_two_agree() {
    let (world, gone) = {
        let world = World::begin().await;
        let gone = Foreign::join(&world, 7, vec![NORTH]).unwrap();
        (world, gone)
    };
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let places = Places::of(&world);
    places.back_up(&world);
    world.cite.revoke(DeviceId::from_bytes([7; 16])).unwrap();
    let again = places.restored();
    let work = |n: u8| {
        let key = foreign::pathway(n);
        let batches = vec![gone.one(key, &gone.change(key))];
        Upload { controls: vec![gone.notice(key)], batches, regaining: Some(true), ..Upload::empty() }
    };
    let token = samir.token().unwrap();
    let said = Answers::of(&again, &token, &work(1));
    assert_eq!((said.controls, said.groups), (vec![Outcome::Accepted], vec![Outcome::Accepted]));
    // Samir's tablet finds that both hold the same, and says so with its next exchange.
    agrees(&again, &samir).await;
    agrees(&again, &samir).await;
    let said = Answers::of(&again, &token, &work(2));
    assert_eq!((said.controls, said.groups), (vec![Outcome::SignerRevoked], vec![Outcome::SignerRevoked]));
}

/// What the cité answered to the coded entries of a device in one synchronisation.
async fn answers(cite: &Arc<Cite>, device: &Device) -> Vec<Outcome> {
    let mut line = line(cite, device);
    line.frames = Some(Mutex::default());
    device.sync_with(&line).await;
    let frames = line.frames.unwrap().into_inner().unwrap();
    frames.iter().flat_map(|frame| Answers::read(frame).groups).collect()
}

#[tokio::test]
async fn a_restored_server_takes_the_work_of_somebody_who_left_from_a_colleague_and_not_from_their_own_tablet()
 {
    let (world, [ines, tablet, samir]) = founded().await;
    // Nadia and Omar share a tablet.
    let nadia = me(&tablet).await.unwrap().user;
    let_in(&ines, newcomer("Omar K.", Role::Mediator, vec![NORTH]), &tablet).await;
    let omar = me(&tablet).await.unwrap().user;
    for device in [&tablet, &ines, &samir] {
        synchronise(device).await;
    }
    let places = Places::of(&world);
    places.back_up(&world);
    unlock(&tablet, nadia).await;
    let pathway = met(&tablet, 1).await;
    for device in [&tablet, &samir] {
        synchronise(device).await;
    }
    call(&ines, RevokeMember { leaving: Leaving::Person(nadia) }).await.unwrap();
    synchronise(&ines).await;
    let again = places.restored();
    unlock(&tablet, omar).await;
    // Whoever has the tablet has her key: what it brings may have been written after she left.
    let own = answers(&again, &tablet).await;
    assert!(own.contains(&Outcome::SignerRevoked), "{own:?}");
    assert!(!own.contains(&Outcome::Accepted), "{own:?}");
    assert!(answers(&again, &samir).await.contains(&Outcome::Accepted), "a colleague had received it");
    agrees(&again, &ines).await;
    assert!(call(&ines, OpenPerson { pathway }).await.is_ok());
    agrees(&again, &tablet).await;
}

async fn unlock(tablet: &Device, user: UserId) {
    call(tablet, Lock {}).await.unwrap();
    call(tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}

#[tokio::test]
async fn a_person_no_longer_shown_of_whom_something_waits_raises_no_alarm() {
    let (_world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    // What Samir adds may not leave: the person no longer wants to share.
    call(&samir, later_encounter(2, pathway, place_in(NORTH))).await.unwrap();
    say(&samir, pathway, LedgerActKind::Objection { act: ObjectionAct::NoSharing }).await;
    let members = call(&ines, ListMembers {}).await.unwrap();
    let user = members.people.iter().find(|it| it.name == "Samir D.").unwrap().user;
    let south = ChangeMember { user, role: Role::Mediator, sectors: vec![SOUTH] };
    call(&ines, south).await.unwrap();
    for _ in 0..2 {
        assert_eq!(synchronise(&samir).await.to_send, 1);
    }
    assert!(call(&samir, OpenPerson { pathway }).await.is_ok(), "it stays until what waits is received");
}

#[tokio::test]
async fn edits_of_a_part_that_the_cite_finally_refuses_are_set_aside_and_not_lost() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    let other = NamedParts { phone: Some("06 39 98 00 02".into()), ..NamedParts::default() };
    call(&samir, WritePart { pathway, named: other }).await.unwrap();
    // Meanwhile Samir becomes somebody who holds no keys.
    let members = call(&ines, ListMembers {}).await.unwrap();
    let user = members.people.iter().find(|it| it.name == "Samir D.").unwrap().user;
    call(&ines, ChangeMember { user, role: Role::Coordinator, sectors: vec![NORTH] }).await.unwrap();
    let before = call(&samir, ReadSyncState {}).await.unwrap().set_aside;
    synchronise(&samir).await;
    assert_eq!(call(&samir, ReadSyncState {}).await.unwrap().set_aside, before + 1);
    drop(world);
}
