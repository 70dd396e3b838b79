//! The rule in its simplest cases.

use super::*;
use crate::api::ledger::Circumstances;

pub(in crate::ledger) fn entry(id: u8, on: i32, kind: LedgerActKind, supersedes: &[u8]) -> Entry {
    Entry {
        id: [id; 32],
        on: Day(on),
        act: LedgerAct { kind, circumstances: Circumstances::default() },
        supersedes: supersedes.iter().map(|id| [*id; 32]).collect(),
    }
}
pub(in crate::ledger) fn notice(id: u8, on: i32, supersedes: &[u8]) -> Entry {
    entry(id, on, LedgerActKind::Notice { version: 1, language: "fr".into() }, supersedes)
}
fn agreement(id: u8, on: i32, until: Option<i32>, supersedes: &[u8]) -> Entry {
    let kind = LedgerActKind::Agreement {
        purpose: Purpose::Recognise,
        organisations: vec![],
        excluded: vec![],
        channel: None,
        until: until.map(Day),
        partner: None,
    };
    entry(id, on, kind, supersedes)
}
fn withdrawal(id: u8, on: i32) -> Entry {
    entry(
        id,
        on,
        LedgerActKind::Withdrawal { purpose: Purpose::Recognise, keep_on: None, partner: None },
        &[],
    )
}
fn state(entries: Vec<Entry>) -> PurposeStateView {
    Ledger::of(entries).purpose(Purpose::Recognise, Day(100)).0
}

#[test]
fn an_agreement_made_without_knowing_a_withdrawal_does_not_hold() {
    assert_eq!(state(vec![notice(1, 1, &[]), agreement(2, 9, None, &[])]), PurposeStateView::Granted);
    let concurrent = vec![notice(1, 1, &[]), withdrawal(3, 2), agreement(2, 9, None, &[])];
    assert_eq!(state(concurrent), PurposeStateView::Withdrawn);
    let knowing = vec![notice(1, 1, &[]), withdrawal(3, 2), agreement(2, 9, None, &[3])];
    assert_eq!(state(knowing), PurposeStateView::Granted);
}

#[test]
fn without_a_notice_no_agreement_holds_and_nothing_is_sent() {
    let ledger = Ledger::of([agreement(2, 9, None, &[])]);
    assert_eq!(ledger.purpose(Purpose::Recognise, Day(100)).0, PurposeStateView::AskAgain);
    assert_eq!(ledger.may_synchronise(), Err(Refusal::NoNotice));
    assert_eq!(Ledger::of([notice(1, 1, &[])]).may_synchronise(), Ok(()));
}

#[test]
fn an_agreement_that_has_ended_is_to_be_asked_again() {
    assert_eq!(state(vec![notice(1, 1, &[]), agreement(2, 9, Some(99), &[])]), PurposeStateView::AskAgain);
    assert_eq!(state(vec![notice(1, 1, &[]), agreement(2, 9, Some(100), &[])]), PurposeStateView::Granted);
    let refusal = entry(4, 20, LedgerActKind::Refusal { purpose: Purpose::Recognise }, &[]);
    assert_eq!(
        state(vec![notice(1, 1, &[]), agreement(2, 9, Some(99), &[]), refusal]),
        PurposeStateView::Refused
    );
}

#[test]
fn an_objection_holds_until_a_notice_given_with_its_knowledge() {
    let stop = entry(5, 3, LedgerActKind::Objection { act: ObjectionAct::Stop }, &[]);
    let ledger = Ledger::of([notice(1, 9, &[]), stop.clone(), agreement(2, 9, None, &[])]);
    assert_eq!(ledger.may_synchronise(), Err(Refusal::Stopped));
    assert_ne!(ledger.purpose(Purpose::Recognise, Day(100)).0, PurposeStateView::Granted);
    assert_eq!(Ledger::of([stop, notice(6, 9, &[5])]).may_synchronise(), Ok(()));
}
