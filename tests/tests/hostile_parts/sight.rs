//! Who may add to a part of somebody: who sees them, or did when it was made.

use super::scene::*;
use document::{Actor, DocumentKey};
use domain::api::ledger::LedgerActKind;
use domain::api::member::{ChangeMember, ListMembers};
use domain::ids::DeviceId;
use domain::role::Role;
use domain::vocabulary::{DocumentKind, Purpose};
use engine::sync::Outcome;
use journeys::foreign::pathway;
use journeys::forms::*;
use journeys::places::{Places, agrees};
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, SOUTH, call};

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
    assert_eq!(yes(&world, &tablet, one), Outcome::Accepted);
    // It knows all there is; a part waits there all the same, from before.
    let epoch = world.cite.store(|store| store.meta("epoch")).unwrap().unwrap();
    let cursor = world.cite.store(|store| store.last_sequence()).unwrap();
    let knows = |beside| Upload { epoch, cursor, beside, ..Upload::empty() };
    Answers::of(&world.cite, &tablet.token, &knows(Some(1)));
    // Nor does what it offers count as gone, where the cité did not take it.
    let waits = Upload { sealed: vec![tablet.sealed(three, tablet.actor())], ..knows(None) };
    assert_eq!(Answers::of(&world.cite, &tablet.token, &waits).sealed, [Outcome::ConsentPending]);
    assert_eq!(offered(&world, &tablet, two), [Outcome::Accepted; 2]);
    assert_eq!(yes(&world, &tablet, two), Outcome::Accepted);
    // And now nothing waits: the same old cursor, signed anew, says nothing any more.
    Answers::of(&world.cite, &tablet.token, &knows(None));
    assert_eq!(offered(&world, &tablet, three), [Outcome::NotEntitled; 2]);
    assert_eq!(yes(&world, &tablet, three), Outcome::NotEntitled);
    let upload = Upload { wraps: vec![tablet.wrap(one, [8; 16], [6; 16])], ..Upload::empty() };
    let said = Answers::of(&world.cite, &tablet.token, &upload);
    assert_eq!(said.wraps, [Outcome::Accepted], "in what it wrote, it goes on");
}

#[tokio::test]
async fn what_somebody_made_who_left_is_taken_from_a_referents_device_as_far_as_theirs_did_not_know() {
    let Scene { world, ines, nadia, north: gone, other: colleague, .. } = founded(NORTH).await;
    let part = met(&nadia, 9).await;
    let leaving = world.cite.store(|store| store.last_sequence()).unwrap();
    assert!(world.cite.revoke(DeviceId::from_bytes([1; 16])).unwrap() > 0);
    let knows = world.cite.store(|store| store.last_sequence()).unwrap();
    let offers = [(7, leaving), (8, knows)].map(|(n, cursor)| {
        let sealed = gone.sealed_at(
            cursor,
            part,
            Actor { incarnation: n.into(), ..gone.actor() },
            relied_on(&world, part),
        );
        (gone.wrap_at(cursor, part, [n; 16], [6; 16]), sealed)
    });
    let (wraps, sealed) = offers.into_iter().unzip();
    let upload = Upload { wraps, sealed, ..Upload::empty() };
    let said = |token: &[u8]| {
        let said = Answers::of(&world.cite, token, &upload);
        (said.wraps, said.sealed)
    };
    let both = |outcomes: [Outcome; 2]| (outcomes.to_vec(), outcomes.to_vec());
    assert_eq!(said(&colleague.token), both([Outcome::SignerRevoked; 2]), "not by anybody");
    let taken = both([Outcome::Accepted, Outcome::NotEntitled]);
    assert_eq!(said(&ines.token().unwrap()), taken);
}

#[tokio::test]
async fn who_holds_no_keys_writes_in_no_part_and_hands_none_on() {
    let Scene { world, ines, nadia, north: tablet, .. } = founded(SOUTH).await;
    let part = met(&nadia, 9).await;
    let chain = world.cite.store(|store| store.chain()).unwrap();
    let user = chain.member(&tablet.signer.id()).unwrap().user;
    call(&ines, ChangeMember { user, role: Role::Coordinator, sectors: vec![NORTH] }).await.unwrap();
    assert_eq!(offered(&world, &tablet, part), [Outcome::NotEntitled; 2]);
}

#[tokio::test]
async fn of_somebody_about_whom_nothing_readable_is_here_a_part_waits() {
    let Scene { world, north: tablet, .. } = founded(SOUTH).await;
    let part = DocumentKey { kind: DocumentKind::Notes, ..pathway(7) };
    let yes = act(agreement(Purpose::ShareNotes));
    let upload = Upload { controls: vec![tablet.notice(part), tablet.act(part, &yes)], ..Upload::empty() };
    let said = Answers::of(&world.cite, &tablet.token, &upload).controls;
    assert_eq!(said, [Outcome::Accepted; 2], "a notice begins a record");
    assert_eq!(offered(&world, &tablet, part), [Outcome::MissingDependency; 2]);
    let upload =
        Upload { batches: vec![tablet.one(pathway(7), &tablet.change(pathway(7)))], ..Upload::empty() };
    assert_eq!(Answers::of(&world.cite, &tablet.token, &upload).groups, [Outcome::Accepted]);
    assert_eq!(offered(&world, &tablet, part), [Outcome::Accepted; 2]);
}

#[tokio::test]
async fn a_restored_server_takes_back_what_a_colleague_held_of_somebody_who_left_until_the_two_agree() {
    let Scene { world, nadia, other: gone, .. } = founded(SOUTH).await;
    let part = met(&nadia, 9).await;
    let places = Places::of(&world);
    places.back_up(&world);
    assert!(world.cite.revoke(DeviceId::from_bytes([2; 16])).unwrap() > 0);
    let again = places.restored();
    let yes = act(agreement(Purpose::ShareIdentity));
    let offer = |n: u8| Upload {
        controls: vec![gone.act_again(n, part, &yes)],
        wraps: vec![gone.wrap(part, [n; 16], [6; 16])],
        sealed: vec![gone.sealed_at(
            0,
            part,
            Actor { incarnation: n.into(), ..gone.actor() },
            relied_on(&world, part),
        )],
        regaining: Some(true),
        ..Upload::empty()
    };
    let said = |n: u8| {
        let said = Answers::of(&again, &nadia.token().unwrap(), &offer(n));
        [said.controls[0], said.wraps[0], said.sealed[0]]
    };
    // They were never shown the person; what the colleague holds, the cité had taken from them once.
    assert_eq!(said(1), [Outcome::Accepted; 3]);
    for _ in 0..2 {
        agrees(&again, &nadia).await;
    }
    assert_eq!(said(2), [Outcome::SignerRevoked; 3]);
}
