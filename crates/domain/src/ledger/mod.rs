//! The rule of the ledger: what a person's notice, agreements, refusals, withdrawals and objections
//! allow now. Pure; the device and the server apply the same.
//!
//! An agreement holds only if it lists every withdrawal and refusal of its purpose, and every
//! objection, that the ledger holds: one made at the same time on another device therefore wins.

mod share;

pub use share::{Fate, Grant};

use crate::api::ledger::{LedgerAct, LedgerActKind, PurposeStateView};
use crate::time::Day;
use crate::vocabulary::{ObjectionAct, Purpose};
use std::collections::BTreeSet;

/// Name of an entry: the hash of its signed record.
pub type EntryId = [u8; 32];

/// An entry as the rule sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Name.
    pub id: EntryId,
    /// Day.
    pub on: Day,
    /// Act.
    pub act: LedgerAct,
    /// Withdrawals, refusals and objections that were known when it was made.
    pub supersedes: BTreeSet<EntryId>,
}

/// Why nothing more of a pathway may be sent or kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No notice is known (yet).
    NoNotice,
    /// The person objected to sharing.
    NoSharing,
    /// The person asked to stop: frozen.
    Stopped,
}

/// A person's ledger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    entries: Vec<Entry>,
}

impl Ledger {
    /// A ledger from its entries, in any order.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by_key(|entry| (entry.on, entry.id));
        entries.dedup_by_key(|entry| entry.id);
        Self { entries }
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Day of the last notice.
    pub fn notice_on(&self) -> Option<Day> {
        let notices =
            self.entries.iter().filter(|entry| matches!(entry.act.kind, LedgerActKind::Notice { .. }));
        notices.map(|entry| entry.on).max()
    }

    /// What a new entry has to list: every withdrawal, refusal and objection known here.
    pub fn to_supersede(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.entries.iter().filter(|entry| says_no(&entry.act.kind)).map(|entry| entry.id)
    }

    /// The objections to everything that are in force.
    pub fn stopped_by(&self) -> impl Iterator<Item = EntryId> + '_ {
        let stop =
            |entry: &&Entry| matches!(entry.act.kind, LedgerActKind::Objection { act: ObjectionAct::Stop });
        self.entries.iter().filter(stop).map(|entry| entry.id).filter(|id| !self.is_lifted(id))
    }

    /// Whether a later notice, given with knowledge of an objection, has lifted it.
    fn is_lifted(&self, objection: &EntryId) -> bool {
        self.entries.iter().any(|later| {
            matches!(later.act.kind, LedgerActKind::Notice { .. }) && later.supersedes.contains(objection)
        })
    }

    /// Objections in force: those that no later notice, given with their knowledge, has lifted.
    pub fn objections(&self) -> Vec<ObjectionAct> {
        let mut acts: Vec<ObjectionAct> = self
            .entries
            .iter()
            .filter_map(|entry| match entry.act.kind {
                LedgerActKind::Objection { act } => Some((entry.id, act)),
                _ => None,
            })
            .filter(|(id, _)| !self.is_lifted(id))
            .map(|(_, act)| act)
            .collect();
        acts.sort();
        acts.dedup();
        acts
    }

    /// Whether coded facts of the pathway may be written and sent.
    ///
    /// # Errors
    /// Why not.
    pub fn may_synchronise(&self) -> Result<(), Refusal> {
        let objections = self.objections();
        if objections.contains(&ObjectionAct::Stop) {
            return Err(Refusal::Stopped);
        }
        if objections.contains(&ObjectionAct::NoSharing) {
            return Err(Refusal::NoSharing);
        }
        self.notice_on().map(drop).ok_or(Refusal::NoNotice)
    }

    /// Agreements to a purpose that hold on a day, oldest first: none before the notice.
    fn holding(&self, purpose: Purpose, today: Day) -> Vec<&Entry> {
        if self.notice_on().is_none() {
            return Vec::new();
        }
        let must_list: BTreeSet<EntryId> = self
            .entries
            .iter()
            .filter(|entry| match entry.act.kind {
                LedgerActKind::Objection { .. } => true,
                ref kind => says_no(kind) && purpose_of(kind) == Some(purpose),
            })
            .map(|entry| entry.id)
            .collect();
        let in_force = self.entries.iter().filter(|entry| match entry.act.kind {
            LedgerActKind::Agreement { purpose: of, until, .. } => {
                of == purpose && until.is_none_or(|until| until >= today)
            }
            _ => false,
        });
        in_force.filter(|entry| entry.supersedes.is_superset(&must_list)).collect()
    }

    /// State of a purpose on a day, and since when.
    pub fn purpose(&self, purpose: Purpose, today: Day) -> (PurposeStateView, Option<Day>) {
        let (state, entry) = self.spoken(purpose, today);
        (state, entry.map(|entry| entry.on))
    }

    /// State of a purpose on a day, and the entry it comes from.
    pub fn spoken(&self, purpose: Purpose, today: Day) -> (PurposeStateView, Option<&Entry>) {
        let about: Vec<&Entry> =
            self.entries.iter().filter(|entry| purpose_of(&entry.act.kind) == Some(purpose)).collect();
        if let Some(entry) = self.holding(purpose, today).last() {
            return (PurposeStateView::Granted, Some(entry));
        }
        // A *no* that a later agreement has taken into account no longer speaks: that agreement ended.
        let answered: BTreeSet<EntryId> = about
            .iter()
            .filter(|entry| matches!(entry.act.kind, LedgerActKind::Agreement { .. }))
            .flat_map(|entry| entry.supersedes.iter().copied())
            .collect();
        let last_no =
            about.iter().rev().find(|entry| says_no(&entry.act.kind) && !answered.contains(&entry.id));
        match last_no.map(|entry| (&entry.act.kind, *entry)) {
            Some((LedgerActKind::Refusal { .. }, entry)) => (PurposeStateView::Refused, Some(entry)),
            Some((_, entry)) => (PurposeStateView::Withdrawn, Some(entry)),
            None if about.is_empty() => (PurposeStateView::NotAsked, None),
            None => (PurposeStateView::AskAgain, about.last().copied()),
        }
    }
}

fn says_no(kind: &LedgerActKind) -> bool {
    matches!(
        kind,
        LedgerActKind::Refusal { .. } | LedgerActKind::Withdrawal { .. } | LedgerActKind::Objection { .. }
    )
}

fn purpose_of(kind: &LedgerActKind) -> Option<Purpose> {
    match kind {
        LedgerActKind::Agreement { purpose, .. }
        | LedgerActKind::Refusal { purpose }
        | LedgerActKind::Withdrawal { purpose, .. } => Some(*purpose),
        LedgerActKind::Notice { .. } | LedgerActKind::Objection { .. } => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
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
        };
        entry(id, on, kind, supersedes)
    }
    fn withdrawal(id: u8, on: i32) -> Entry {
        entry(id, on, LedgerActKind::Withdrawal { purpose: Purpose::Recognise, keep_on: None }, &[])
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
        assert_eq!(
            state(vec![notice(1, 1, &[]), agreement(2, 9, Some(99), &[])]),
            PurposeStateView::AskAgain
        );
        assert_eq!(
            state(vec![notice(1, 1, &[]), agreement(2, 9, Some(100), &[])]),
            PurposeStateView::Granted
        );
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
}
