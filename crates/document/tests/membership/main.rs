//! The membership chain: who lets whom in, who leaves, and what a chain that was tampered with is.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod recovery;
mod told;

use document::DocumentError;
use document::control::{
    Alteration, Chain, Enrolment, MembershipBody, Record, RecordKind, RecoveryKeys, Step,
};
use domain::ids::{SectorId, UserId};
use domain::role::Role;
use told::*;

#[test]
fn until_a_device_founds_the_founders_key_lets_everybody_in_and_then_no_one_who_holds_keys() {
    let mut told = Told::begin();
    told.say(&founder(), enrol(1, Role::Referent, COMMUNE)).unwrap();
    told.say(&founder(), enrol(2, Role::Mediator, COMMUNE)).unwrap();
    assert_eq!((told.chain.established(), told.chain.recovery()), (false, None));
    assert_eq!(told.say(&founder(), establish()), Err(DocumentError::NotEntitled), "no device signed");
    assert_eq!(told.say(&key(2), establish()), Err(DocumentError::NotEntitled), "a mediator");
    told.say(&key(1), establish()).unwrap();
    assert_eq!((told.chain.established(), told.chain.recovery()), (true, Some([9; 32])));
    assert_eq!(told.chain.printed()[0].by, key(1).id());
    assert_eq!(told.say(&key(1), establish()), Err(DocumentError::NotEntitled), "founded once");
    for role in [Role::Mediator, Role::Referent] {
        assert_eq!(told.say(&founder(), enrol(3, role, COMMUNE)), Err(DocumentError::NotEntitled));
    }
    told.say(&founder(), enrol(4, Role::Coordinator, COMMUNE)).unwrap();
    told.say(&founder(), enrol(5, Role::Administrator, COMMUNE)).unwrap();
    told.say(&key(1), enrol(3, Role::Mediator, COMMUNE)).unwrap();
    told.say(&key(1), enrol(6, Role::Coordinator, ASSOCIATION)).unwrap();
    assert_eq!(Chain::read(&told.records).unwrap(), told.chain);
}

#[test]
fn a_recovery_key_that_is_the_zero_point_founds_nothing() {
    let mut told = Told::begin();
    told.say(&founder(), enrol(1, Role::Referent, COMMUNE)).unwrap();
    let none = [0; 32].into();
    for recovery in [RecoveryKeys { agree: none, ..keys(9) }, RecoveryKeys { sign: none, ..keys(9) }] {
        let zero = Step::Establish { recovery, known: head_of_begun() };
        assert_eq!(told.say(&key(1), zero), Err(DocumentError::BadChain));
    }
}

#[test]
fn a_referent_lets_in_their_own_people_and_those_of_an_organisation_without_referents() {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Mediator, ASSOCIATION)).unwrap();
    told.say(&key(1), enrol(3, Role::Referent, ASSOCIATION)).unwrap();
    let more = told.say(&key(1), enrol(4, Role::Mediator, ASSOCIATION));
    assert_eq!(more, Err(DocumentError::NotEntitled), "the association has its own référent now");
    told.say(&key(3), enrol(4, Role::Mediator, ASSOCIATION)).unwrap();
    assert_eq!(told.say(&key(3), enrol(5, Role::Mediator, COMMUNE)), Err(DocumentError::NotEntitled));
    assert_eq!(told.say(&key(4), enrol(5, Role::Mediator, ASSOCIATION)), Err(DocumentError::NotEntitled));
    told.say(&founder(), revoke(3)).unwrap();
    told.say(&key(1), enrol(5, Role::Mediator, ASSOCIATION)).unwrap();
}

#[test]
fn whoever_is_revoked_signs_nothing_more_and_the_positions_say_when() {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Referent, COMMUNE)).unwrap();
    assert_eq!(told.chain.last_revocation(), None);
    told.say(&key(2), revoke(1)).unwrap();
    let member = told.chain.member(&key(1).id()).unwrap();
    assert_eq!((member.enrolled_at, member.revoked_at, member.revoked), (1, Some(4), true));
    assert_eq!(told.chain.last_revocation(), Some(4));
    for step in [enrol(3, Role::Mediator, COMMUNE), revoke(2), role(2, Role::Mediator)] {
        assert_eq!(told.say(&key(1), step), Err(DocumentError::NotEntitled));
    }
    assert_eq!(told.say(&key(2), revoke(1)), Err(DocumentError::BadChain), "revoked already");
    assert_eq!(told.say(&key(2), revoke(9)), Err(DocumentError::BadChain), "nobody");
    let again = told.say(&key(2), enrol(1, Role::Referent, COMMUNE));
    assert_eq!(again, Err(DocumentError::BadChain), "a revoked key does not come back");
}

#[test]
fn a_mediator_revokes_nobody_and_the_founders_key_revokes_anybody() {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Mediator, COMMUNE)).unwrap();
    assert_eq!(told.say(&key(2), revoke(1)), Err(DocumentError::NotEntitled));
    assert_eq!(told.say(&key(77), revoke(1)), Err(DocumentError::NotEntitled), "a stranger");
    told.say(&founder(), revoke(2)).unwrap();
    assert!(!told.active(2) && told.active(1));
}

#[test]
fn a_change_reaches_all_devices_of_the_user_and_says_when_it_takes_away() {
    let mut told = Told::established();
    let two = person(2, Role::Mediator, COMMUNE);
    let second = Enrolment { device: [3; 16].into(), sign: key(3).public().into(), ..two.clone() };
    told.say(&key(1), Step::Enrol(two)).unwrap();
    told.say(&key(1), Step::Enrol(second)).unwrap();
    let user = UserId::from_bytes([2; 16]);
    let more = [SectorId::from_bytes([7; 16]), SectorId::from_bytes([8; 16])];
    told.say(&key(1), Step::Change(Alteration::new(user, Some(Role::Referent), Some(&more)))).unwrap();
    for seed in [2, 3] {
        let member = told.chain.member(&key(seed).id()).unwrap();
        assert_eq!((member.role, member.sectors.as_slice()), (Role::Referent, &more[..]));
    }
    assert_eq!(told.chain.last_revocation(), None, "only given");
    told.say(&key(1), Step::Change(Alteration::new(user, None, Some(&more[1..])))).unwrap();
    assert_eq!(told.chain.last_revocation(), Some(6), "a sector was taken away");
    told.say(&key(1), role(2, Role::Coordinator)).unwrap();
    assert_eq!(told.chain.last_revocation(), Some(7), "a role with keys was taken away");
    let nothing = Step::Change(Alteration::new(user, None, None));
    assert_eq!(told.say(&key(1), nothing), Err(DocumentError::BadChain));
    assert_eq!(told.say(&founder(), role(2, Role::Mediator)), Err(DocumentError::NotEntitled));
    assert_eq!(told.say(&key(1), role(99, Role::Mediator)), Err(DocumentError::NotEntitled), "nobody");
}

#[test]
fn nobody_raises_themselves_and_the_last_referent_stays_one() {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Mediator, COMMUNE)).unwrap();
    assert_eq!(told.say(&key(2), role(2, Role::Referent)), Err(DocumentError::NotEntitled));
    assert_eq!(told.say(&key(1), role(1, Role::Coordinator)), Err(DocumentError::NotEntitled));
    assert_eq!(told.say(&key(1), role(1, Role::Mediator)), Err(DocumentError::NotEntitled));
    told.say(&key(1), role(2, Role::Referent)).unwrap();
    told.say(&key(1), role(1, Role::Mediator)).unwrap();
    assert_eq!(told.say(&key(1), revoke(2)), Err(DocumentError::NotEntitled), "no longer a référent");
}

#[test]
fn a_second_device_of_a_user_is_of_the_same_organisation_and_role() {
    let mut told = Told::established();
    let one = person(2, Role::Mediator, COMMUNE);
    let other = |role: Role, organisation: u8| {
        let mut enrolment = person(3, role, organisation);
        enrolment.user = one.user;
        Step::Enrol(enrolment)
    };
    told.say(&key(1), Step::Enrol(one.clone())).unwrap();
    assert_eq!(told.say(&key(1), other(Role::Mediator, ASSOCIATION)), Err(DocumentError::BadChain));
    assert_eq!(told.say(&key(1), other(Role::Referent, COMMUNE)), Err(DocumentError::BadChain));
    told.say(&key(1), revoke(2)).unwrap();
    told.say(&key(1), other(Role::Referent, COMMUNE)).expect("the first tablet is lost");
}

#[test]
fn names_and_sectors_are_bounded_and_the_founders_key_is_no_members() {
    let mut told = Told::established();
    let with = |change: &dyn Fn(&mut Enrolment)| {
        let mut enrolment = person(2, Role::Mediator, COMMUNE);
        change(&mut enrolment);
        Step::Enrol(enrolment)
    };
    let wrong = [
        with(&|it| it.user_name = "n".repeat(101)),
        with(&|it| it.user_name = "  ".into()),
        with(&|it| it.device_name = "a\nb".into()),
        with(&|it| it.sectors = vec![[1; 16].into(); 257]),
        with(&|it| it.sign = founder().public().into()),
    ];
    for step in wrong {
        assert_eq!(told.say(&key(1), step), Err(DocumentError::BadChain));
    }
    assert_eq!(told.say(&key(1), with(&|it| it.role = "king".into())), Err(DocumentError::NotEntitled));
}

#[test]
fn a_swapped_key_a_gap_a_fork_and_another_cites_record_are_refused() {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Mediator, COMMUNE)).unwrap();
    told.say(&key(1), revoke(2)).unwrap();
    // A key swapped inside a signed record.
    let mut swapped = told.records.clone();
    let mut body: MembershipBody = swapped[3].read().unwrap();
    if let Step::Enrol(enrolment) = &mut body.step {
        enrolment.sign = key(66).public().into();
    }
    swapped[3].body = Record::sign(RecordKind::Membership, &body, &key(66)).body;
    assert_eq!(Chain::read(&swapped), Err(DocumentError::BadSignature));
    // The same signed by somebody who may not.
    swapped[3] = Record::sign(RecordKind::Membership, &body, &key(66));
    assert_eq!(Chain::read(&swapped), Err(DocumentError::NotEntitled));
    // A record left out: the next one does not follow.
    let gap: Vec<&Record> = told.records.iter().enumerate().filter(|(n, _)| *n != 3).map(|it| it.1).collect();
    assert_eq!(Chain::read(gap), Err(DocumentError::BadChain));
    // A fork that was rightly signed has another id at its position.
    let mut fork = Chain::read(&told.records[..4]).unwrap();
    let other = Record::sign(RecordKind::Membership, &fork.next(enrol(5, Role::Mediator, COMMUNE)), &key(1));
    fork.add(&other).unwrap();
    assert_eq!(fork.length(), told.chain.length());
    assert_ne!(fork.id_at(4), told.chain.id_at(4));
    assert_eq!(told.chain.clone().add(&other), Err(DocumentError::BadChain));
    // Another cité's.
    let mut foreign = told.chain.next(enrol(5, Role::Mediator, COMMUNE));
    foreign.cite = [2; 16].into();
    let foreign = Record::sign(RecordKind::Membership, &foreign, &key(1));
    assert_eq!(told.chain.clone().add(&foreign), Err(DocumentError::BadChain));
}
