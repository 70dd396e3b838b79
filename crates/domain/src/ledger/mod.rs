//! The rule of the ledger: what a person's notice, agreements, refusals, withdrawals and objections
//! allow now. Pure; the device and the server apply the same.
//!
//! An agreement holds only if it lists every withdrawal and refusal of its purpose, and every objection
//! to what it allows, that the ledger holds: one made at the same time on another device therefore wins.
//!
//! The three objections are separate acts. *No longer contact me* ends `contact_again`, until the person
//! agrees to be contacted again. *No longer share* ends every sharing, *stop* ends everything, both until
//! a notice that is given with their knowledge. While one is in force, what it ends is shown as refused
//! (or withdrawn, where it had been agreed to): nothing asks again.

mod link;
mod partner;
mod share;

pub use partner::Partner;
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
    /// Withdrawals and objections in records linked as the same person: they bind here too.
    linked: Vec<Entry>,
    /// What acts in linked records have taken into account: see [`Ledger::is_lifted`].
    lifted: BTreeSet<EntryId>,
}

impl Ledger {
    /// A ledger from its entries, in any order.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by_key(|entry| (entry.on, entry.id));
        entries.dedup_by_key(|entry| entry.id);
        Self { entries, ..Self::default() }
    }

    /// The entries of this record, oldest first.
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
        self.binding().filter(|entry| says_no(&entry.act.kind)).map(|entry| entry.id)
    }

    /// The entries of this record, and what binds it from linked ones.
    fn binding(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().chain(&self.linked)
    }

    /// An entry by its name, of this record or binding from a linked one.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.binding().find(|entry| entry.id == *id)
    }

    /// The objections to everything that are in force.
    pub fn stopped_by(&self) -> impl Iterator<Item = EntryId> + '_ {
        let stop =
            |entry: &&Entry| matches!(entry.act.kind, LedgerActKind::Objection { act: ObjectionAct::Stop });
        self.binding().filter(stop).filter(|it| !self.is_lifted(it)).map(|entry| entry.id)
    }

    /// Whether an act given with knowledge of an objection has lifted it: a notice, or for *no longer
    /// contact me* an agreement to be contacted again.
    fn is_lifted(&self, objection: &Entry) -> bool {
        self.lifted.contains(&objection.id)
            || self
                .entries
                .iter()
                .any(|later| lifts(&later.act.kind, objection) && later.supersedes.contains(&objection.id))
    }

    /// Objections in force: those that nothing said later, with their knowledge, has lifted.
    pub fn objections(&self) -> Vec<ObjectionAct> {
        let mut acts: Vec<ObjectionAct> = self
            .binding()
            .filter(|entry| !self.is_lifted(entry))
            .filter_map(|entry| match entry.act.kind {
                LedgerActKind::Objection { act } => Some(act),
                _ => None,
            })
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

    /// Whether the person may be contacted: they have objected neither to that nor to everything. What
    /// they ask for themselves, an appointment for instance, is no contact they objected to.
    pub fn may_contact(&self) -> bool {
        !self.objections().iter().any(|act| act.ends(Purpose::ContactAgain))
    }

    /// Agreements to a purpose that hold on a day, oldest first: none before the notice.
    fn holding(&self, purpose: Purpose, today: Day) -> Vec<&Entry> {
        if self.notice_on().is_none() {
            return Vec::new();
        }
        let must_list: Vec<&Entry> =
            self.binding().filter(|entry| refuses(&entry.act.kind, purpose)).collect();
        let in_force = self.entries.iter().filter(|entry| match entry.act.kind {
            LedgerActKind::Agreement { purpose: of, until, .. } => {
                of == purpose && until.is_none_or(|until| until >= today)
            }
            _ => false,
        });
        in_force
            .filter(|entry| {
                let mut must = must_list.iter().filter(|no| partner::concerns(&no.act.kind, &entry.act.kind));
                must.all(|no| entry.supersedes.contains(&no.id))
            })
            .collect()
    }

    /// State of a purpose on a day, and since when.
    pub fn purpose(&self, purpose: Purpose, today: Day) -> (PurposeStateView, Option<Day>) {
        let (state, entry) = self.spoken(purpose, today);
        (state, entry.map(|entry| entry.on))
    }

    /// State of a purpose on a day, and the entry it comes from.
    pub fn spoken(&self, purpose: Purpose, today: Day) -> (PurposeStateView, Option<&Entry>) {
        let mut about: Vec<&Entry> = self
            .binding()
            .filter(|entry| {
                purpose_of(&entry.act.kind) == Some(purpose)
                    || (refuses(&entry.act.kind, purpose) && !self.is_lifted(entry))
            })
            .collect();
        about.sort_by_key(|entry| (entry.on, entry.id));
        if let Some(entry) = self.holding(purpose, today).last() {
            return (PurposeStateView::Granted, Some(entry));
        }
        // A *no* that a later agreement has taken into account no longer speaks: that agreement ended.
        let agreed =
            || about.iter().filter(|entry| matches!(entry.act.kind, LedgerActKind::Agreement { .. }));
        let answered: BTreeSet<EntryId> =
            agreed().flat_map(|entry| entry.supersedes.iter().copied()).collect();
        let last_no =
            about.iter().rev().find(|entry| says_no(&entry.act.kind) && !answered.contains(&entry.id));
        match last_no.map(|entry| (&entry.act.kind, *entry)) {
            Some((LedgerActKind::Refusal { .. }, entry)) => (PurposeStateView::Refused, Some(entry)),
            Some((LedgerActKind::Objection { .. }, entry)) if agreed().next().is_none() => {
                (PurposeStateView::Refused, Some(entry))
            }
            Some((_, entry)) => (PurposeStateView::Withdrawn, Some(entry)),
            None if about.is_empty() => (PurposeStateView::NotAsked, None),
            None => (PurposeStateView::AskAgain, about.last().copied()),
        }
    }
}

/// Whether an act says no to a purpose: its refusal, its withdrawal, or an objection that ends it.
fn refuses(kind: &LedgerActKind, purpose: Purpose) -> bool {
    match kind {
        LedgerActKind::Objection { act } => act.ends(purpose),
        other => says_no(other) && purpose_of(other) == Some(purpose),
    }
}

/// Whether an act, given with knowledge of an objection, lifts it.
fn lifts(later: &LedgerActKind, objection: &Entry) -> bool {
    match (later, &objection.act.kind) {
        (
            LedgerActKind::Agreement { purpose: Purpose::ContactAgain, .. },
            LedgerActKind::Objection { act: ObjectionAct::NoContact },
        ) => true,
        (LedgerActKind::Notice { .. }, LedgerActKind::Objection { act }) => *act != ObjectionAct::NoContact,
        _ => false,
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
        _ => None,
    }
}

#[cfg(test)]
mod said;
#[cfg(test)]
pub(super) mod tests;
