//! What waits on a device for a person it may share no more, or as somebody who holds no keys.

use super::{agree, founded};
use domain::api::ledger::LedgerActKind;
use domain::api::member::{ChangeMember, ListMembers};
use domain::api::person::{NamedParts, OpenPerson, WritePart};
use domain::api::sync::ReadSyncState;
use domain::role::Role;
use domain::vocabulary::ObjectionAct;
use journeys::consent::say;
use journeys::forms::later_encounter;
use journeys::person::met;
use journeys::{NORTH, SOUTH, call, place_in, synchronise};

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
