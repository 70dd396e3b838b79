//! The printed key: one step, once, where no référent is left.

use crate::told::*;
use document::DocumentError;
use document::control::{Chain, Enrolment, Recovery, RecoveryKeys, Reprint, Step};
use domain::role::Role;

/// The step that lets person `seed` in and prints the key `next`.
fn recover(seed: u8, next: u8) -> Step {
    recover_as(person(seed, Role::Referent, COMMUNE), keys(next))
}

fn recover_as(enrolment: Enrolment, next: RecoveryKeys) -> Step {
    let former = vec![7; 80].into();
    Step::Recover(Recovery { enrolment, next, known: head_of_begun(), former })
}

/// A cité whose only référent was revoked; the printed key is 9.
fn bereft() -> Told {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Mediator, COMMUNE)).unwrap();
    told.say(&founder(), revoke(1)).unwrap();
    told
}

#[test]
fn the_printed_key_makes_a_new_first_referent_who_lets_people_in_again() {
    let mut told = bereft();
    assert_eq!(told.say(&founder(), enrol(3, Role::Referent, COMMUNE)), Err(DocumentError::NotEntitled));
    told.say(&key(9), recover(3, 10)).unwrap();
    assert!(told.active(3) && told.active(2));
    let printed = told.chain.printed();
    assert_eq!((printed.len(), printed[1].by, printed[1].position), (2, key(3).id(), 5));
    assert_eq!(told.chain.recovery(), Some([10; 32]));
    assert!(!told.chain.knows_printed(5) && told.chain.knows_printed(6));
    told.say(&key(3), enrol(4, Role::Mediator, COMMUNE)).unwrap();
    assert_eq!(Chain::read(&told.records).unwrap(), told.chain);
}

#[test]
fn the_old_sheet_signs_nothing_more_and_the_new_one_does_when_it_is_needed_again() {
    let mut told = bereft();
    told.say(&key(9), recover(3, 10)).unwrap();
    told.say(&founder(), revoke(3)).unwrap();
    assert_eq!(told.say(&key(9), recover(4, 11)), Err(DocumentError::NotEntitled));
    told.say(&key(10), recover(4, 11)).unwrap();
    assert!(told.active(4));
}

#[test]
fn while_a_referent_is_at_work_a_sheet_that_was_found_opens_no_door() {
    let mut told = Told::established();
    assert_eq!(told.say(&key(9), recover(3, 10)), Err(DocumentError::NotEntitled));
    told.say(&key(1), enrol(2, Role::Referent, ASSOCIATION)).unwrap();
    told.say(&founder(), revoke(1)).unwrap();
    assert_eq!(told.say(&key(9), recover(3, 10)), Err(DocumentError::NotEntitled), "another organisation's");
    told.say(&founder(), revoke(2)).unwrap();
    told.say(&key(9), recover(3, 10)).unwrap();
}

#[test]
fn nobody_else_signs_that_step_and_the_printed_key_signs_no_other() {
    let mut told = bereft();
    for other in [founder(), key(2), key(1), key(77)] {
        assert_eq!(told.say(&other, recover(3, 10)), Err(DocumentError::NotEntitled));
    }
    for step in [enrol(3, Role::Referent, COMMUNE), revoke(2), establish(), role(2, Role::Referent)] {
        assert_eq!(told.say(&key(9), step), Err(DocumentError::NotEntitled));
    }
    let mediator = recover_as(person(3, Role::Mediator, COMMUNE), keys(10));
    assert_eq!(told.say(&key(9), mediator), Err(DocumentError::NotEntitled));
    let mut chain = told.chain.clone();
    let mut forged = document::control::Record::sign(
        document::control::RecordKind::Membership,
        &chain.next(recover(3, 10)),
        &founder(),
    );
    forged.signer = key(9).id();
    assert_eq!(chain.add(&forged), Err(DocumentError::BadSignature));
}

#[test]
fn a_key_that_is_not_new_or_names_no_record_is_refused_and_nothing_is_half_done() {
    let mut told = bereft();
    let zero = RecoveryKeys { agree: [0; 32].into(), ..keys(10) };
    for next in
        [keys(9), zero, keys(2), keys(3), keys(200), RecoveryKeys { agree: [9; 32].into(), ..keys(10) }]
    {
        let step = recover_as(person(3, Role::Referent, COMMUNE), next);
        assert_eq!(told.say(&key(9), step), Err(DocumentError::BadChain), "{next:?}");
    }
    let Step::Recover(right) = recover(3, 10) else { unreachable!() };
    for wrong in [
        Recovery { known: [5; 32].into(), ..right.clone() },
        Recovery { former: vec![7; 79].into(), ..right.clone() },
        // The keys of somebody who is known, or of the sheet itself.
        Recovery { enrolment: person(2, Role::Referent, COMMUNE), ..right.clone() },
        Recovery { enrolment: person(9, Role::Referent, COMMUNE), ..right.clone() },
    ] {
        assert_eq!(told.say(&key(9), Step::Recover(wrong)), Err(DocumentError::BadChain));
    }
    told.say(&key(9), Step::Recover(right)).unwrap();
    assert_eq!(
        told.say(&key(3), enrol(10, Role::Mediator, COMMUNE)),
        Err(DocumentError::BadChain),
        "a sheet's keys"
    );
}

/// The step that prints the key `next` in the place of `instead`.
fn reprint(next: u8, instead: u8) -> Step {
    Step::Reprint(Reprint { next: keys(next), known: head_of_begun(), instead: keys(instead).sign })
}

#[test]
fn a_referent_at_work_prints_another_key_and_the_one_before_signs_nothing_more() {
    let mut told = Told::established();
    told.say(&key(1), enrol(2, Role::Mediator, COMMUNE)).unwrap();
    for other in [founder(), key(2), key(9), key(77)] {
        assert_eq!(told.say(&other, reprint(10, 9)), Err(DocumentError::NotEntitled));
    }
    told.say(&key(1), reprint(10, 9)).unwrap();
    assert_eq!(told.chain.recovery(), Some([10; 32]));
    assert!(told.chain.printed()[1].former.is_none() && !told.chain.hands_on());
    assert_eq!(Chain::read(&told.records).unwrap(), told.chain);
    told.say(&founder(), revoke(1)).unwrap();
    assert_eq!(told.say(&key(9), recover(3, 11)), Err(DocumentError::NotEntitled), "the old sheet");
    told.say(&key(10), recover(3, 11)).unwrap();
}

#[test]
fn a_key_that_was_drawn_in_the_place_of_one_that_counts_no_more_is_none() {
    let mut told = Told::established();
    told.say(&key(1), reprint(10, 9)).unwrap();
    assert_eq!(told.say(&key(1), reprint(11, 9)), Err(DocumentError::NotEntitled));
    assert_eq!(told.say(&key(1), reprint(9, 10)), Err(DocumentError::BadChain), "a key that was used");
    told.say(&key(1), reprint(11, 10)).unwrap();
}
