//! What the ledger says about sharing a named part: with whom, in which generation, and what becomes
//! of it after a *no*.

use super::{Entry, EntryId, Ledger, purpose_of, refuses};
use crate::api::ledger::LedgerActKind;
use crate::ids::{DeviceId, OrganisationId, UserId};
use crate::time::Day;
use crate::vocabulary::{Channel, ObjectionAct, Purpose};
use std::collections::BTreeSet;

/// What the agreements in force to a purpose allow together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The agreement relied on: the one that lasts longest, the newest of those.
    pub relied_on: EntryId,
    /// Organisations named; empty for none but see `whole_team`.
    pub organisations: BTreeSet<OrganisationId>,
    /// An agreement with the whole displayed team.
    pub whole_team: bool,
    /// Agents that any of the agreements excludes.
    pub excluded: BTreeSet<UserId>,
    /// Last day of the agreement that ends last; none where one has no end.
    pub until: Option<Day>,
    /// Channels agreed to.
    pub channels: BTreeSet<Channel>,
}

impl Grant {
    /// Whether a member may read the part, sectors aside.
    pub fn reaches(&self, organisation: OrganisationId, user: UserId) -> bool {
        (self.whole_team || self.organisations.contains(&organisation)) && !self.excluded.contains(&user)
    }
}

/// What becomes of a part's content on a device after a *no*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing is left.
    Erase,
    /// The device is named in the withdrawal: its user keeps the values, for themselves alone.
    Keep,
    /// Nobody agreed to sharing, or sharing ends: who wrote keeps what they wrote, for themselves alone.
    KeepOwn,
}

impl Ledger {
    /// What the agreements in force to a purpose allow; none where no agreement holds.
    pub fn grant(&self, purpose: Purpose, today: Day) -> Option<Grant> {
        self.may_synchronise().ok()?;
        let holding = self.holding(purpose, today);
        // Of those that hold on this day: where a clock is behind, the others may be over for the cité.
        let lasts = |entry: &&&Entry| match &entry.act.kind {
            LedgerActKind::Agreement { until: Some(until), .. } => *until,
            _ => Day(i32::MAX),
        };
        let relied_on = holding.iter().max_by_key(lasts)?.id;
        let mut grant = Grant {
            relied_on,
            organisations: BTreeSet::new(),
            whole_team: false,
            excluded: BTreeSet::new(),
            until: Some(today),
            channels: BTreeSet::new(),
        };
        for entry in holding {
            if let LedgerActKind::Agreement { organisations, excluded, channel, until, .. } = &entry.act.kind
            {
                grant.until = grant.until.zip(*until).map(|(one, other)| one.max(other));
                grant.channels.extend(*channel);
                grant.whole_team |= organisations.is_empty();
                grant.organisations.extend(organisations.iter().copied());
                grant.excluded.extend(excluded.iter().copied());
            }
        }
        Some(grant)
    }

    /// Whether the last day of some agreement has passed.
    pub fn has_lapsed(&self, today: Day) -> bool {
        self.entries.iter().any(|entry| match entry.act.kind {
            LedgerActKind::Agreement { until, .. } => until.is_some_and(|until| until < today),
            _ => false,
        })
    }

    /// The agreements to a purpose in force.
    pub fn grants(&self, purpose: Purpose, today: Day) -> impl Iterator<Item = EntryId> {
        let in_force = if self.may_synchronise().is_ok() { self.holding(purpose, today) } else { Vec::new() };
        in_force.into_iter().map(|entry| entry.id).collect::<Vec<_>>().into_iter()
    }

    /// The generation of a part's document, from 1: every *no* to its purpose begins another, so that
    /// what was erased is never written to again.
    pub fn generation(&self, purpose: Purpose) -> u32 {
        1 + self.causes(purpose).count() as u32
    }

    /// The acts that ended what a purpose allowed: the causes of erasing earlier generations.
    pub fn causes(&self, purpose: Purpose) -> impl Iterator<Item = EntryId> + '_ {
        self.entries.iter().filter(move |entry| refuses(&entry.act.kind, purpose)).map(|entry| entry.id)
    }

    /// What becomes of the content of earlier generations on a device: what every *no* that no later
    /// agreement has taken into account allows.
    pub fn fate(&self, purpose: Purpose, device: DeviceId) -> Fate {
        let answered: BTreeSet<EntryId> = self
            .entries
            .iter()
            .filter(|entry| {
                matches!(entry.act.kind, LedgerActKind::Agreement { .. })
                    && purpose_of(&entry.act.kind) == Some(purpose)
            })
            .flat_map(|entry| entry.supersedes.iter().copied())
            .collect();
        let mut fate = Fate::KeepOwn;
        for entry in self.entries.iter().filter(|entry| refuses(&entry.act.kind, purpose)) {
            match &entry.act.kind {
                _ if answered.contains(&entry.id) => {}
                LedgerActKind::Withdrawal { keep_on, .. } if *keep_on == Some(device) => fate = Fate::Keep,
                LedgerActKind::Withdrawal { .. }
                | LedgerActKind::Objection { act: ObjectionAct::Stop, .. } => return Fate::Erase,
                _ => {}
            }
        }
        fate
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, notice};
    use super::*;

    const ASSOCIATION: OrganisationId = OrganisationId::from_bytes([1; 16]);
    const MISSION: OrganisationId = OrganisationId::from_bytes([2; 16]);
    const TABLET: DeviceId = DeviceId::from_bytes([7; 16]);

    fn agreement(id: u8, organisations: &[OrganisationId], excluded: &[UserId], lists: &[u8]) -> Entry {
        let kind = LedgerActKind::Agreement {
            purpose: Purpose::ShareContact,
            organisations: organisations.to_vec(),
            excluded: excluded.to_vec(),
            channel: None,
            until: None,
            partner: None,
        };
        entry(id, 5, kind, lists)
    }

    fn withdrawal(id: u8, keep_on: Option<DeviceId>) -> Entry {
        entry(
            id,
            6,
            LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on, partner: None },
            &[],
        )
    }

    fn grant(entries: Vec<Entry>) -> Option<Grant> {
        Ledger::of(entries).grant(Purpose::ShareContact, Day(10))
    }

    #[test]
    fn of_two_agreements_the_one_that_lasts_longest_is_relied_on() {
        for (one, other) in [(2, 3), (3, 2)] {
            let mut ends = agreement(one, &[], &[], &[]);
            let LedgerActKind::Agreement { until, .. } = &mut ends.act.kind else { unreachable!() };
            *until = Some(Day(10));
            let both = || vec![notice(1, 1, &[]), ends.clone(), agreement(other, &[], &[], &[])];
            assert_eq!(grant(both()).unwrap().relied_on, [other; 32]);
            assert!(!Ledger::of(both()).has_lapsed(Day(10)) && Ledger::of(both()).has_lapsed(Day(11)));
        }
    }

    #[test]
    fn a_part_is_shared_with_the_named_organisations_and_never_with_an_excluded_agent() {
        let agent = UserId::from_bytes([9; 16]);
        let shared = grant(vec![notice(1, 1, &[]), agreement(2, &[ASSOCIATION], &[agent], &[])]).unwrap();
        assert!(shared.reaches(ASSOCIATION, UserId::from_bytes([8; 16])));
        assert!(!shared.reaches(ASSOCIATION, agent));
        assert!(!shared.reaches(MISSION, UserId::from_bytes([8; 16])));
        // A second agreement, with the whole team, does not bring the excluded agent back.
        let both =
            vec![notice(1, 1, &[]), agreement(2, &[ASSOCIATION], &[agent], &[]), agreement(3, &[], &[], &[])];
        let shared = grant(both).unwrap();
        assert!(shared.reaches(MISSION, UserId::from_bytes([8; 16])));
        assert!(!shared.reaches(MISSION, agent));
    }

    #[test]
    fn every_no_begins_another_generation_and_a_later_agreement_shares_it() {
        let before = vec![notice(1, 1, &[]), agreement(2, &[], &[], &[])];
        assert_eq!(Ledger::of(before.clone()).generation(Purpose::ShareContact), 1);
        let mut after = before;
        after.push(withdrawal(3, None));
        let ledger = Ledger::of(after.clone());
        assert_eq!(
            (ledger.generation(Purpose::ShareContact), ledger.generation(Purpose::ShareNotes)),
            (2, 1)
        );
        assert_eq!(ledger.grant(Purpose::ShareContact, Day(10)), None);
        after.push(agreement(4, &[], &[], &[3]));
        let ledger = Ledger::of(after);
        assert_eq!(ledger.generation(Purpose::ShareContact), 2);
        assert!(ledger.grant(Purpose::ShareContact, Day(10)).is_some());
    }

    #[test]
    fn only_a_device_that_every_withdrawal_names_keeps_anything() {
        let fate = |entries: Vec<Entry>| Ledger::of(entries).fate(Purpose::ShareContact, TABLET);
        assert_eq!(fate(vec![withdrawal(3, Some(TABLET))]), Fate::Keep);
        assert_eq!(fate(vec![withdrawal(3, None)]), Fate::Erase);
        assert_eq!(fate(vec![withdrawal(3, Some(TABLET)), withdrawal(4, None)]), Fate::Erase);
        let refusal = entry(5, 6, LedgerActKind::Refusal { purpose: Purpose::ShareContact }, &[]);
        assert_eq!(fate(vec![refusal]), Fate::KeepOwn);
        let stop = entry(6, 6, LedgerActKind::Objection { act: ObjectionAct::Stop }, &[]);
        assert_eq!(fate(vec![withdrawal(3, Some(TABLET)), stop]), Fate::Erase);
    }
}
