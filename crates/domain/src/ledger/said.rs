//! What each purpose shows after each of the three objections, and the ledger alone by seed: acts of
//! several devices that learn of each other in any order.

use super::tests::{entry, notice};
use super::*;
use PurposeStateView::{AskAgain, Granted, NotAsked, Refused, Withdrawn};
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

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

/// Everything was agreed to but notes and transmitting to a partner, which nobody spoke of.
fn after(more: &[Entry]) -> BTreeMap<&'static str, PurposeStateView> {
    let asked = [
        Purpose::Recognise,
        Purpose::ShareIdentity,
        Purpose::ShareContact,
        Purpose::RecordSensitive,
        Purpose::ContactAgain,
    ];
    let agreed = (10..).zip(asked).map(|(id, purpose)| entry(id, 2, agreement(purpose), &[]));
    let ledger = Ledger::of([notice(1, 1, &[])].into_iter().chain(agreed).chain(more.iter().cloned()));
    Purpose::ALL.iter().map(|it| (it.code(), ledger.purpose(*it, Day(9)).0)).collect()
}

fn objection(act: ObjectionAct) -> Entry {
    entry(50, 3, LedgerActKind::Objection { act }, &[])
}

#[test]
fn no_longer_contact_ends_being_contacted_again_and_nothing_else() {
    let states = after(&[objection(ObjectionAct::NoContact)]);
    assert_eq!(states["contact_again"], Withdrawn);
    for kept in ["recognise", "share_identity", "share_contact", "record_sensitive"] {
        assert_eq!(states[kept], Granted, "{kept}: sharing is another act");
    }
    assert_eq!((states["share_notes"], states["share_with_partner"]), (NotAsked, NotAsked));
}

#[test]
fn no_longer_share_ends_every_sharing_and_leaves_the_contact() {
    let states = after(&[objection(ObjectionAct::NoSharing)]);
    for ended in ["recognise", "share_identity", "share_contact"] {
        assert_eq!(states[ended], Withdrawn, "{ended}");
    }
    // What was never spoken of is refused, not to be asked.
    assert_eq!((states["share_notes"], states["share_with_partner"]), (Refused, Refused));
    assert_eq!((states["contact_again"], states["record_sensitive"]), (Granted, Granted));
}

#[test]
fn stop_ends_everything_and_nothing_asks() {
    let states = after(&[objection(ObjectionAct::Stop)]);
    assert!(states.values().all(|it| matches!(it, Refused | Withdrawn)), "{states:?}");
}

#[test]
fn a_notice_given_with_its_knowledge_begins_anew_and_what_was_agreed_is_to_be_asked_again() {
    let again = notice(60, 4, &[50]);
    let states = after(&[objection(ObjectionAct::NoSharing), again.clone()]);
    assert_eq!((states["share_contact"], states["share_notes"]), (AskAgain, NotAsked));
    assert_eq!(states["contact_again"], Granted);
    // A notice is not what a person who is no longer to be contacted was asked for.
    let states = after(&[objection(ObjectionAct::NoContact), again.clone()]);
    assert_eq!(states["contact_again"], Withdrawn);
    let yes = entry(61, 5, agreement(Purpose::ContactAgain), &[50]);
    let states = after(&[objection(ObjectionAct::NoContact), yes]);
    assert_eq!(states["contact_again"], Granted, "the person says so themselves");
}

#[test]
fn who_may_not_be_contacted_is_known_until_they_ask_for_it() {
    let ledger = |more: &[Entry]| Ledger::of([notice(1, 1, &[])].into_iter().chain(more.iter().cloned()));
    assert!(ledger(&[objection(ObjectionAct::NoSharing)]).may_contact());
    let no = objection(ObjectionAct::NoContact);
    assert!(
        !ledger(std::slice::from_ref(&no)).may_contact()
            && !ledger(&[no.clone(), notice(60, 4, &[50])]).may_contact()
    );
    assert!(ledger(&[no, entry(61, 5, agreement(Purpose::ContactAgain), &[50])]).may_contact());
}

/// A device: what it knows of the ledger.
type Copy = Vec<Entry>;

fn act(random: &mut ChaCha8Rng) -> LedgerActKind {
    let purposes = [Purpose::ShareContact, Purpose::ShareNotes, Purpose::ContactAgain];
    let purpose = purposes[random.random_range(0..purposes.len())];
    match random.random_range(0..10) {
        0..4 => agreement(purpose),
        4..6 => LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None },
        6 => LedgerActKind::Refusal { purpose },
        7 => LedgerActKind::Objection { act: ObjectionAct::ALL[random.random_range(0..3)] },
        _ => LedgerActKind::Notice { version: 1, language: "fr".into() },
    }
}

/// Appends an act as a device does: listing every *no* it knows.
fn say(copy: &mut Copy, number: u32, on: i32, kind: LedgerActKind) -> EntryId {
    let mut entry = entry(0, on, kind, &[]);
    entry.id[..4].copy_from_slice(&number.to_be_bytes());
    entry.supersedes = Ledger::of(copy.iter().cloned()).to_supersede().collect();
    copy.push(entry.clone());
    entry.id
}

/// Two copies learn everything of each other.
fn meet(copies: &mut [Copy], one: usize, other: usize) {
    let all = Ledger::of(copies[one].iter().chain(&copies[other]).cloned());
    copies[one] = all.entries().to_vec();
    copies[other] = all.entries().to_vec();
}

#[test]
fn in_any_order_of_arrival_the_states_are_the_same_a_no_made_at_the_same_time_wins_and_yes_begins_anew() {
    for seed in 0..400 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut copies: Vec<Copy> = vec![vec![notice(1, 1, &[])]; 3];
        for number in 1000..1030 {
            let n = random.random_range(0..3);
            // Clocks of devices differ: the day orders nothing.
            let on = random.random_range(2..40);
            match random.random_range(0..3) {
                0 => meet(&mut copies, n, (n + 1) % 3),
                _ => {
                    let kind = act(&mut random);
                    let _ = say(&mut copies[n], number, on, kind);
                }
            }
        }
        (0..2).for_each(|_| (0..3).for_each(|n| meet(&mut copies, n, (n + 1) % 3)));
        let states = |copy: &Copy| -> Vec<(PurposeStateView, u32)> {
            let ledger = Ledger::of(copy.iter().cloned());
            let of = |it: &Purpose| (ledger.purpose(*it, Day(50)).0, ledger.generation(*it));
            Purpose::ALL.iter().map(of).collect()
        };
        let said = states(&copies[0]);
        for _ in 0..3 {
            let mut arrived = copies[1].clone();
            arrived.shuffle(&mut random);
            assert_eq!(states(&arrived), said, "seed {seed}: another order says something else");
        }
        // One device agrees, another withdraws; neither knows of the other.
        let purpose = Purpose::ShareContact;
        let before = Ledger::of(copies[0].iter().cloned()).generation(purpose);
        say(&mut copies[0], 2000, 60, notice(1, 1, &[]).act.kind);
        say(&mut copies[0], 2001, 60, agreement(purpose));
        say(&mut copies[1], 2002, 1, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None });
        meet(&mut copies, 0, 1);
        let ledger = Ledger::of(copies[1].iter().cloned());
        assert_eq!(ledger.purpose(purpose, Day(70)).0, Withdrawn, "seed {seed}");
        assert_eq!(ledger.grant(purpose, Day(70)), None, "seed {seed}");
        assert_eq!(ledger.generation(purpose), before + 1, "seed {seed}: what was shared is over");
        // Agreed to again, with knowledge of everything.
        let yes = say(&mut copies[1], 2003, 2, agreement(purpose));
        let ledger = Ledger::of(copies[1].iter().cloned());
        assert_eq!(ledger.purpose(purpose, Day(70)).0, Granted, "seed {seed}");
        assert_eq!(ledger.grant(purpose, Day(70)).map(|it| it.relied_on), Some(yes), "seed {seed}");
        assert_eq!(ledger.generation(purpose), before + 1, "seed {seed}: the new one is shared");
    }
}
