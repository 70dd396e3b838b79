//! What one pathway, or one outing, adds to the cells of a page.

use super::cell::Cell;
use super::narrowing::Narrowing;
use super::zone::{Zone, Zones};
use crate::dropout;
use crate::ids::FactId;
use crate::location::Location;
use crate::outing::OutingDoc;
use crate::pathway::{Encounter, Past, PathwayDoc};
use crate::publics;
use crate::time::{Day, Period};
use crate::vocabulary::*;
use std::collections::{BTreeMap, BTreeSet};

/// Cells with what is added to each.
pub(super) type Added = Vec<(Cell, u32)>;

/// A pathway at the end of a period.
pub(super) struct Then<'a> {
    past: &'a Past,
    zones: &'a Zones,
    /// As it stood on the last day.
    then: PathwayDoc,
    period: Period,
    /// The last day, or today where that is earlier.
    end: Day,
}

impl<'a> Then<'a> {
    pub(super) fn new(
        pathway: &PathwayDoc,
        past: &'a Past,
        zones: &'a Zones,
        period: Period,
        today: Day,
    ) -> Self {
        let end = period.to.min(today);
        Self { past, zones, then: past.as_of(pathway, end), period, end }
    }

    fn met(&self) -> impl Iterator<Item = (&FactId, &Encounter)> {
        self.then.encounters.iter().filter(|(_, it)| self.period.contains(it.on))
    }

    /// Whether the person was met in the period.
    pub(super) fn was_met(&self) -> bool {
        self.met().next().is_some()
    }

    fn residence(&self) -> Zone {
        self.then.residence.map_or(Zone::NotRecorded, |it| self.zones.of(it))
    }

    fn zone(&self, it: &Encounter) -> Zone {
        self.zones.of(it.contact_place)
    }

    /// Every narrowing the pathway is counted under.
    pub(super) fn narrowings(&self) -> BTreeSet<Narrowing> {
        let publics = publics::of(self.then.age, self.then.gender, self.then.household);
        let authors = self.met().filter_map(|(id, _)| self.past.authors.get(id));
        let in_period =
            |from: Day, to: Option<Day>| from <= self.period.to && to.is_none_or(|to| to >= self.period.from);
        let referents = self.then.referents.values().filter(|it| in_period(it.from, it.to));
        let programmes = self.then.memberships.values().filter(|it| in_period(it.from, it.to));
        let mut all: BTreeSet<Narrowing> = publics.into_iter().map(Narrowing::Public).collect();
        all.insert(Narrowing::Everyone);
        all.insert(Narrowing::Residence(self.residence()));
        all.extend(self.met().map(|(_, it)| Narrowing::Met(self.zone(it))));
        all.extend(
            authors.chain(referents.map(|it| &it.organisation)).map(|it| Narrowing::Organisation(*it)),
        );
        all.extend(programmes.map(|it| Narrowing::Programme(it.programme)));
        all
    }

    /// What it adds under a narrowing it is counted under.
    pub(super) fn added(&self, narrowing: Narrowing) -> Added {
        let counted = |(id, it): &(&FactId, &Encounter)| match narrowing {
            Narrowing::Met(zone) => self.zone(it) == zone,
            Narrowing::Organisation(organisation) => self.past.is_by(id, organisation),
            _ => true,
        };
        let contacts: Vec<&Encounter> = self.met().filter(counted).map(|(_, it)| it).collect();
        let mut added = Vec::new();
        let met = self.was_met();
        self.contacts(&contacts, met, &mut added);
        if met {
            self.person(&mut added);
        }
        self.following(met, &mut added);
        self.barriers(&mut added);
        self.referrals(narrowing, &mut added);
        self.outcomes(&mut added);
        added
    }

    fn contacts(&self, contacts: &[&Encounter], met: bool, added: &mut Added) {
        let count = contacts.len() as u32;
        added.extend([Cell::Contacts, Cell::Encounters, Cell::PeopleSeen].map(|cell| (cell, count)));
        added.push((Cell::ResidenceContacts(self.residence()), count));
        for it in contacts {
            added.push((Cell::MonthContacts(month(self.period, it.on)), 1));
            added.push((Cell::MetContacts(self.zone(it)), 1));
        }
        // People, unlike contacts, are counted wherever and by whomever they were met.
        if met {
            let months: BTreeSet<u8> = self.met().map(|(_, it)| month(self.period, it.on)).collect();
            added.extend(months.into_iter().map(|month| (Cell::MonthPeople(month), 1)));
            let places: BTreeSet<Zone> = self.met().map(|(_, it)| self.zone(it)).collect();
            added.extend(places.into_iter().map(|place| (Cell::MetPeople(place), 1)));
            added.push((Cell::ResidencePeople(self.residence()), 1));
        }
    }

    /// Of a person met in the period.
    fn person(&self, added: &mut Added) {
        added.push((Cell::Spotted, 1));
        let first = self.then.encounters.values().map(|it| it.on).min();
        if first.is_some_and(|first| self.period.contains(first)) {
            added.push((Cell::New, 1));
        }
        let publics = publics::of(self.then.age, self.then.gender, self.then.household);
        added.extend(publics.into_iter().map(|public| (Cell::Public(public), 1)));
        let open: BTreeSet<NeedKind> =
            self.then.needs.values().filter(|it| it.state == NeedState::Open).map(|it| it.kind).collect();
        added.extend(open.into_iter().map(|kind| (Cell::Need(kind), 1)));
    }

    fn following(&self, met: bool, added: &mut Added) {
        let episodes = || self.then.episodes.values();
        let from = self.period.from;
        if episodes().any(|it| it.exited_on.is_none_or(|exit| exit >= from)) {
            added.push((Cell::Accompanied, 1));
            if met {
                added.push((Cell::Caseload, 1));
                if matches!(self.then.residence, Some(Location::Qpv(_))) {
                    added.push((Cell::CaseloadInQpv, 1));
                }
            }
        }
        for it in episodes().filter(|it| self.period.contains(it.entered_on)) {
            added.push((Cell::Entries, 1));
            let earlier = episodes().any(|other| other.entered_on < it.entered_on);
            if earlier || it.entry_reason == EntryReason::Return {
                added.push((Cell::Returns, 1));
            }
        }
        for it in episodes().filter(|it| it.exited_on.is_some_and(|exit| self.period.contains(exit))) {
            added.push((Cell::Exits, 1));
            added.push((Cell::ExitFor(it.exit_reason.map_or(ExitGroup::Other, ExitGroup::of)), 1));
        }
        let esf = |it: &crate::pathway::Funding| {
            it.operation == FundingOperation::EsfPlus && it.to.is_none_or(|to| to >= from)
        };
        if self.then.funding.values().any(esf) {
            added.push((Cell::Participants, 1));
        }
        if dropout::is_at_risk(&dropout::risk(&self.then, self.end)) {
            added.push((Cell::AtRisk, 1));
        }
        if self.reconnected() {
            added.push((Cell::Reconnected, 1));
        }
    }

    /// Followed by no mainstream scheme in an earlier snapshot, followed by one in the last of the period.
    fn reconnected(&self) -> bool {
        let mut all: Vec<_> = self.then.situations.values().collect();
        all.sort_by_key(|it| it.on);
        let linked = |it: &crate::pathway::Situation| {
            it.followed == Some(YesNo::Yes)
                || matches!(it.registration, Some(Registration::Registered | Registration::Mission))
        };
        let unlinked = |it: &crate::pathway::Situation| {
            !linked(it)
                && (it.followed == Some(YesNo::No)
                    || matches!(it.registration, Some(Registration::Never | Registration::Lapsed)))
        };
        let Some(now) = all.iter().rposition(|it| linked(it) && self.period.contains(it.on)) else {
            return false;
        };
        all[..now].iter().rev().find(|it| linked(it) || unlinked(it)).is_some_and(|it| unlinked(it))
    }

    fn barriers(&self, added: &mut Added) {
        for (id, it) in &self.then.barriers {
            added.push((Cell::Barriers, 1));
            added.push((Cell::BarrierDomain(it.domain), 1));
            added.push((Cell::BarrierState(it.state), 1));
            added.push((Cell::Barrier(it.domain, it.state), 1));
            let lifted = (it.state == BarrierState::Lifted).then(|| {
                self.past.since(id, BarrierState::Lifted.code(), self.end).or(it.state_on).unwrap_or(it.on)
            });
            if let Some(on) = lifted.filter(|on| self.period.contains(*on)) {
                added.push((Cell::Lifted, 1));
                added.push((Cell::LiftedWithin(LiftTime::of(on.0 - it.on.0)), 1));
            }
        }
    }

    fn referrals(&self, narrowing: Narrowing, added: &mut Added) {
        for (id, it) in self.then.referrals.iter().filter(|(_, it)| self.period.contains(it.on)) {
            if let Narrowing::Organisation(organisation) = narrowing
                && !self.past.is_by(id, organisation)
            {
                continue;
            }
            added.push((Cell::Referrals, 1));
            added.push((Cell::ReferralResult(ReferralResult::of(it.state)), 1));
        }
    }

    fn outcomes(&self, added: &mut Added) {
        for it in self.then.outcomes.values().filter(|it| self.period.contains(it.from)) {
            added.push((Cell::Outcomes, 1));
            added.push((Cell::OutcomeOf(OutcomeGroup::of(it.kind)), 1));
        }
    }
}

/// Which month of a quarter a day is in, from 0.
fn month(period: Period, day: Day) -> u8 {
    (day.month().month.saturating_sub(period.from.month().month)).min(2) as u8
}

/// What an outing's passages add, by narrowing: they name nobody, and have no residence and no public.
pub(super) fn passages(
    outing: &OutingDoc,
    zones: &Zones,
    period: Period,
    today: Day,
) -> BTreeMap<Narrowing, Added> {
    let mut all: BTreeMap<Narrowing, Added> = BTreeMap::new();
    let end = period.to.min(today);
    for it in outing.passages.values().filter(|it| !it.void && it.on <= end && period.contains(it.on)) {
        let zone = zones.of(it.contact_place);
        let people = u32::try_from(it.headcount).unwrap_or(0);
        let added = [
            (Cell::Contacts, 1),
            (Cell::Passages, 1),
            (Cell::MonthContacts(month(period, it.on)), 1),
            (Cell::MetContacts(zone), 1),
            (Cell::PeopleSeen, people),
        ];
        let under = [
            Some(Narrowing::Everyone),
            Some(Narrowing::Met(zone)),
            outing.organisation.map(Narrowing::Organisation),
        ];
        under.into_iter().flatten().for_each(|it| all.entry(it).or_default().extend(added));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrganisationId, UserId};
    use crate::pathway::ReferentLink;

    const FOLLOWS: OrganisationId = OrganisationId::from_bytes([1; 16]);
    const MEETS: OrganisationId = OrganisationId::from_bytes([2; 16]);

    fn id(n: u8) -> FactId {
        FactId::from_bytes([n; 16])
    }

    #[test]
    fn somebody_an_organisation_follows_is_among_its_people_and_the_contacts_of_others_are_not() {
        let quarter = crate::time::Quarter { year: 2026, quarter: 3 }.period();
        let mut pathway = PathwayDoc::default();
        let met: Encounter = serde_json::from_value(serde_json::json!({
            "on": quarter.from.plus(3), "medium": "street", "contact_place": "not_told"
        }))
        .unwrap();
        pathway.encounters.insert(id(1), met);
        let link = ReferentLink {
            user: UserId::default(),
            organisation: FOLLOWS,
            lead: true,
            from: quarter.from.plus(-90),
            to: None,
            accepted: true,
        };
        pathway.referents.insert(id(2), link);
        let past = Past { authors: [(id(1), MEETS)].into(), ..Past::default() };
        let zones = Zones::new([]);
        let then = Then::new(&pathway, &past, &zones, quarter, quarter.to);
        let of = |organisation, cell| {
            let narrowing = Narrowing::Organisation(organisation);
            assert!(then.narrowings().contains(&narrowing));
            then.added(narrowing).iter().filter(|(it, _)| *it == cell).map(|(_, count)| count).sum::<u32>()
        };
        assert_eq!([Cell::Spotted, Cell::Encounters].map(|cell| of(FOLLOWS, cell)), [1, 0]);
        assert_eq!([Cell::Spotted, Cell::Encounters].map(|cell| of(MEETS, cell)), [1, 1]);
    }
}
