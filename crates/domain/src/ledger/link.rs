//! Records linked as the same person: what is withdrawn or objected to in one binds all of them.
//!
//! Binding is read, never written: undoing the link ends it. Agreements, refusals and notices stay with
//! the record they were given in; what a notice (or an agreement to be contacted again) lifts in one
//! record is lifted in all.

use super::{Entry, EntryId, Ledger, lifts};
use crate::api::ledger::{LedgerAct, LedgerActKind};
use crate::vocabulary::Purpose;
use std::collections::BTreeSet;

impl Ledger {
    /// This record's ledger, bound by those of the records linked with it.
    pub fn bound<'a>(mut self, others: impl IntoIterator<Item = &'a Ledger>) -> Self {
        let (mut linked, mut lifting): (Vec<Entry>, Vec<&Entry>) = (Vec::new(), Vec::new());
        for entry in others.into_iter().flat_map(|other| &other.entries) {
            match entry.act.kind {
                LedgerActKind::Withdrawal { .. } | LedgerActKind::Objection { .. } => {
                    linked.push(entry.clone());
                }
                _ if entry.supersedes.is_empty() => {}
                _ => lifting.push(entry),
            }
        }
        linked.sort_by_key(|entry| (entry.on, entry.id));
        linked.dedup_by_key(|entry| entry.id);
        let objections = self.entries.iter().chain(&linked);
        let lifted = objections.filter(|objection| {
            lifting
                .iter()
                .any(|later| lifts(&later.act.kind, objection) && later.supersedes.contains(&objection.id))
        });
        self.lifted = lifted.map(|entry| entry.id).collect();
        self.linked = linked;
        self
    }

    /// This record's ledger alone.
    pub fn alone(&self) -> Self {
        Self { entries: self.entries.clone(), ..Self::default() }
    }

    /// What binds from linked records, oldest first.
    pub fn linked(&self) -> &[Entry] {
        &self.linked
    }

    /// Withdrawals of a purpose in linked records that no agreement here has taken into account, where
    /// this record alone would share: what was shared here is to be erased too.
    pub fn to_carry(&self, purpose: Purpose) -> Vec<&LedgerAct> {
        if !self.is_agreed_alone(purpose) {
            return Vec::new();
        }
        let answered: BTreeSet<EntryId> = self
            .entries
            .iter()
            .filter(|entry| is_agreement(entry, purpose))
            .flat_map(|entry| entry.supersedes.iter().copied())
            .collect();
        let of = |entry: &&Entry| matches!(entry.act.kind, LedgerActKind::Withdrawal { purpose: of, .. } if of == purpose);
        let linked = self.linked.iter().filter(of).filter(|entry| !answered.contains(&entry.id));
        linked.map(|entry| &entry.act).collect()
    }

    /// Whether an agreement lists every *no* to its purpose of this record alone.
    fn is_agreed_alone(&self, purpose: Purpose) -> bool {
        let nos: BTreeSet<EntryId> = self
            .entries
            .iter()
            .filter(|entry| super::refuses(&entry.act.kind, purpose))
            .map(|entry| entry.id)
            .collect();
        self.entries.iter().any(|entry| is_agreement(entry, purpose) && entry.supersedes.is_superset(&nos))
    }
}

fn is_agreement(entry: &Entry, purpose: Purpose) -> bool {
    matches!(entry.act.kind, LedgerActKind::Agreement { purpose: of, .. } if of == purpose)
}

#[cfg(test)]
mod tests {
    use super::super::Refusal;
    use super::super::tests::{entry, notice};
    use super::*;
    use crate::api::ledger::PurposeStateView;
    use crate::time::Day;
    use crate::vocabulary::ObjectionAct;

    const CONTACT: Purpose = Purpose::ShareContact;

    fn agreement(id: u8, purpose: Purpose, lists: &[u8]) -> Entry {
        let kind = LedgerActKind::Agreement {
            purpose,
            organisations: vec![],
            excluded: vec![],
            channel: None,
            until: None,
            partner: None,
        };
        entry(id, 5, kind, lists)
    }
    fn objection(id: u8, act: ObjectionAct) -> Entry {
        entry(id, 6, LedgerActKind::Objection { act }, &[])
    }
    fn withdrawal(id: u8) -> Entry {
        entry(id, 6, LedgerActKind::Withdrawal { purpose: CONTACT, keep_on: None, partner: None }, &[])
    }
    fn state(ledger: &Ledger) -> PurposeStateView {
        ledger.purpose(CONTACT, Day(10)).0
    }

    #[test]
    fn a_withdrawal_in_one_record_ends_the_agreement_in_the_other_and_the_link_undone_ends_that() {
        let here = Ledger::of([notice(1, 1, &[]), agreement(2, CONTACT, &[])]);
        let there = Ledger::of([notice(3, 1, &[]), agreement(4, CONTACT, &[]), withdrawal(5)]);
        let bound = here.clone().bound([&there]);
        assert_eq!(state(&bound), PurposeStateView::Withdrawn);
        assert_eq!((bound.grant(CONTACT, Day(10)), bound.to_carry(CONTACT).len()), (None, 1));
        assert_eq!(bound.generation(CONTACT), 1, "generations are of the record alone");
        assert_eq!((state(&bound.alone()), bound.alone()), (PurposeStateView::Granted, here));
        // Agreed to again, with knowledge of it.
        let again = [notice(1, 1, &[]), agreement(2, CONTACT, &[]), agreement(6, CONTACT, &[5])];
        let bound = Ledger::of(again).bound([&there]);
        assert_eq!((state(&bound), bound.to_carry(CONTACT).len()), (PurposeStateView::Granted, 0));
    }

    #[test]
    fn an_objection_in_one_record_binds_the_other_until_a_notice_in_either_that_knows_it() {
        let there = Ledger::of([notice(3, 1, &[]), objection(5, ObjectionAct::Stop)]);
        let bound = Ledger::of([notice(1, 1, &[])]).bound([&there]);
        assert_eq!(bound.may_synchronise(), Err(Refusal::Stopped));
        assert_eq!(bound.to_supersede().collect::<Vec<_>>(), [[5; 32]]);
        assert_eq!(bound.stopped_by().count(), 1);
        let here = Ledger::of([notice(1, 1, &[]), notice(6, 9, &[5])]);
        assert_eq!(here.clone().bound([&there]).may_synchronise(), Ok(()));
        assert_eq!(there.clone().bound([&here]).may_synchronise(), Ok(()), "there too");
        assert_eq!(there.may_synchronise(), Err(Refusal::Stopped), "but not without the link");
    }

    #[test]
    fn agreements_and_refusals_stay_with_their_record() {
        let refusal = entry(4, 6, LedgerActKind::Refusal { purpose: CONTACT }, &[]);
        let there = Ledger::of([notice(3, 1, &[]), agreement(7, Purpose::ShareNotes, &[]), refusal]);
        let bound = Ledger::of([notice(1, 1, &[]), agreement(2, CONTACT, &[])]).bound([&there]);
        assert_eq!(state(&bound), PurposeStateView::Granted);
        assert_eq!(bound.purpose(Purpose::ShareNotes, Day(10)).0, PurposeStateView::NotAsked);
        assert!(Ledger::of([]).bound([&there]).notice_on().is_none(), "a notice was given for its record");
    }
}
