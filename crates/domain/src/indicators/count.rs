//! Counting: one pass over pathways and outings.

use super::{SET, alone, part_of, table, within_total};
use crate::api::cohort::*;
use crate::dropout;
use crate::ids::{OutingId, PathwayId};
use crate::location::Location;
use crate::outing::OutingDoc;
use crate::pathway::PathwayDoc;
use crate::publics::{self, Public};
use crate::time::{Day, Month};
use crate::vocabulary::*;
use std::collections::{BTreeMap, BTreeSet};

/// Months shown.
const MONTHS: i32 = 6;

/// What is counted from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Pathways.
    pub pathways: &'a [(PathwayId, PathwayDoc)],
    /// Outings with their passages.
    pub outings: &'a [(OutingId, OutingDoc)],
    /// QPV of the cité.
    pub places: &'a [Location],
    /// Name of a location.
    pub name: &'a dyn Fn(Location) -> String,
    /// Cells under this number are masked.
    pub mask_below: u32,
    /// The day it is.
    pub today: Day,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Source(…)")
    }
}

/// A pathway as a filter sees it.
pub(super) fn counts(pathway: &PathwayDoc, filter: &CohortFilter) -> bool {
    let of_public = |code: &String| {
        let publics = publics::of(pathway.age, pathway.gender, pathway.household);
        publics.iter().any(|public| public.code() == code)
    };
    let here = |place: Location| match filter.geography {
        Geography::Residence => residence(pathway) == place,
        Geography::ContactPlace => {
            pathway.encounters.values().any(|it| !it.void && it.contact_place == place)
        }
    };
    filter.public.as_ref().is_none_or(of_public)
        && filter.location.is_none_or(here)
        && filter
            .programme
            .is_none_or(|programme| pathway.memberships.values().any(|it| it.programme == programme))
}

pub(super) fn residence(pathway: &PathwayDoc) -> Location {
    pathway.residence.unwrap_or(Location::NotRecorded)
}

fn month_of(day: Day) -> i32 {
    let month = day.month();
    month.year * 12 + month.month as i32 - 1
}

/// Plain counts, before any is masked.
#[derive(Default)]
struct Tally {
    encounters: u32,
    passages: u32,
    passage_people: u32,
    spotted: u32,
    new_people: u32,
    caseload: u32,
    caseload_in_qpv: u32,
    referrals: u32,
    accepted: u32,
    work: u32,
    training: u32,
    at_risk: u32,
    needs: BTreeMap<NeedKind, u32>,
    publics: BTreeMap<Public, u32>,
    barriers: BTreeMap<(BarrierDomain, BarrierState), u32>,
    months: BTreeMap<i32, (u32, u32)>,
    locations: BTreeMap<Location, (u32, u32)>,
}

/// Figures of the cohort for a filter.
pub fn cohort(source: Source<'_>, filter: &CohortFilter, completeness: Completeness) -> CohortView {
    let mut tally = Tally::default();
    // Months to come say nothing yet.
    let last_month = month_of(filter.period.to.min(source.today));
    for (_, pathway) in source.pathways.iter().filter(|(_, it)| counts(it, filter)) {
        tally.pathway(pathway, filter, last_month, source.today);
    }
    // A passage names nobody: it has a place of contact, no residence, no public.
    if filter.public.is_none() && filter.programme.is_none() {
        for (_, outing) in source.outings {
            tally.outing(outing, filter, last_month);
        }
    }
    tally.view(source, filter, completeness, last_month)
}

impl Tally {
    fn pathway(&mut self, pathway: &PathwayDoc, filter: &CohortFilter, last_month: i32, today: Day) {
        let period = &filter.period;
        let place = |contact: Location| {
            filter.geography == Geography::Residence || filter.location.is_none_or(|it| it == contact)
        };
        let met = || pathway.encounters.values().filter(|it| !it.void && place(it.contact_place));
        let mut months = BTreeSet::new();
        for encounter in met() {
            let month = month_of(encounter.on);
            if encounter.on <= period.to && month > last_month - MONTHS {
                self.months.entry(month).or_default().0 += 1;
                months.insert(month);
            }
        }
        months.into_iter().for_each(|month| self.months.entry(month).or_default().1 += 1);
        for barrier in pathway.barriers.values().filter(|it| !it.void && it.on <= period.to) {
            *self.barriers.entry((barrier.domain, barrier.state)).or_default() += 1;
        }
        let within: Vec<_> = met().filter(|it| period.contains(it.on)).collect();
        let referrals = pathway.referrals.values().filter(|it| !it.void && period.contains(it.on));
        for referral in referrals {
            self.referrals += 1;
            self.accepted += u32::from(referral.state == ReferralState::Accepted);
        }
        for outcome in pathway.outcomes.values().filter(|it| period.contains(it.from)) {
            match outcome.kind {
                OutcomeKind::Training | OutcomeKind::Certification => self.training += 1,
                OutcomeKind::RightsOpened => {}
                _ => self.work += 1,
            }
        }
        if within.is_empty() {
            return;
        }
        self.encounters += within.len() as u32;
        self.spotted += 1;
        let first = pathway.encounters.values().filter(|it| !it.void).map(|it| it.on).min();
        self.new_people += u32::from(first.is_some_and(|first| period.contains(first)));
        for public in publics::of(pathway.age, pathway.gender, pathway.household) {
            *self.publics.entry(public).or_default() += 1;
        }
        let open_kinds: BTreeSet<NeedKind> = pathway
            .needs
            .values()
            .filter(|it| !it.void && it.state == NeedState::Open && it.on <= period.to)
            .map(|it| it.kind)
            .collect();
        open_kinds.into_iter().for_each(|kind| *self.needs.entry(kind).or_default() += 1);
        let followed = pathway
            .episodes
            .values()
            .any(|it| it.entered_on <= period.to && it.exited_on.is_none_or(|exit| exit >= period.from));
        if followed {
            self.caseload += 1;
            self.caseload_in_qpv += u32::from(matches!(residence(pathway), Location::Qpv(_)));
        }
        self.at_risk += u32::from(dropout::is_at_risk(&dropout::risk(pathway, today)));
        let places: BTreeMap<Location, u32> = match filter.geography {
            Geography::Residence => [(residence(pathway), within.len() as u32)].into(),
            Geography::ContactPlace => within.iter().fold(BTreeMap::new(), |mut places, it| {
                *places.entry(it.contact_place).or_default() += 1;
                places
            }),
        };
        for (place, contacts) in places {
            let (people, all) = self.locations.entry(place).or_default();
            *people += 1;
            *all += contacts;
        }
    }

    fn outing(&mut self, outing: &OutingDoc, filter: &CohortFilter, last_month: i32) {
        // A pathway has authors of several organisations and is not narrowed by one; an outing has one.
        if filter.organisation.is_some() && outing.organisation != filter.organisation {
            return;
        }
        for passage in outing.passages.values().filter(|it| !it.void) {
            let elsewhere = filter.location.is_some_and(|place| {
                filter.geography == Geography::Residence || passage.contact_place != place
            });
            if elsewhere {
                continue;
            }
            let month = month_of(passage.on);
            if passage.on <= filter.period.to && month > last_month - MONTHS {
                self.months.entry(month).or_default().0 += 1;
            }
            if filter.period.contains(passage.on) {
                self.passages += 1;
                self.passage_people += u32::try_from(passage.headcount).unwrap_or(0);
                if filter.geography == Geography::ContactPlace {
                    self.locations.entry(passage.contact_place).or_default().1 += 1;
                }
            }
        }
    }

    /// Every domain, also those nobody named: a row that is missing would tell its zero.
    fn barrier_rows(&self, below: u32) -> (BarrierFigures, Vec<(BarrierDomain, BarrierFigures)>) {
        let cell = |domain, state| self.barriers.get(&(domain, state)).copied().unwrap_or(0);
        let rows: Vec<Vec<u32>> = BarrierDomain::ALL
            .iter()
            .map(|domain| BarrierState::ALL.iter().map(|state| cell(*domain, *state)).collect())
            .collect();
        let mut shown = table(&rows, BarrierState::ALL.len(), below);
        let figures = |row: &[Figure]| BarrierFigures {
            spotted: row[0],
            in_progress: row[1],
            lifted: row[2],
            abandoned: row[3],
            total: row[4],
        };
        let whole = shown.pop().expect("a table has a row of totals");
        let by_domain = BarrierDomain::ALL.iter().zip(shown).map(|(domain, row)| (*domain, figures(&row)));
        (figures(&whole), by_domain.collect())
    }

    fn view(
        self,
        source: Source<'_>,
        filter: &CohortFilter,
        completeness: Completeness,
        last_month: i32,
    ) -> CohortView {
        let below = source.mask_below;
        let (barriers_total, barriers) = self.barrier_rows(below);
        let contacts = within_total(&[self.encounters, self.passages], below);
        let months: Vec<i32> = (last_month - MONTHS + 1..=last_month).collect();
        let of = |month: &i32| self.months.get(month).copied().unwrap_or_default();
        // Months of the period add up to the contacts shown; earlier ones to nothing shown.
        let inside = |month: &&i32| **month >= month_of(filter.period.from);
        let counted: Vec<u32> = months.iter().filter(inside).map(|it| of(it).0).collect();
        let earlier = months.iter().filter(|it| !inside(it)).map(|it| alone(of(it).0, below));
        let by_month: Vec<Figure> = earlier.chain(within_total(&counted, below)).collect();
        let people_by_month: Vec<Figure> = months.iter().map(|it| alone(of(it).1, below)).collect();
        // Every QPV of the cité, also where nobody was met: an absent one would tell its zero.
        let mut locations = self.locations;
        for place in source.places {
            locations.entry(*place).or_default();
        }
        let places: Vec<(Location, (u32, u32))> = locations.into_iter().collect();
        let people = within_total(&places.iter().map(|(_, it)| it.0).collect::<Vec<_>>(), below);
        let place_contacts = within_total(&places.iter().map(|(_, it)| it.1).collect::<Vec<_>>(), below);
        CohortView {
            filter: filter.clone(),
            indicator_set: (SET.0.to_owned(), SET.1),
            completeness,
            contacts: alone(self.encounters + self.passages, below),
            encounters: contacts[0],
            passages: contacts[1],
            people_seen: alone(self.encounters + self.passage_people, below),
            spotted: alone(self.spotted, below),
            new_people: part_of(self.new_people, self.spotted, below),
            caseload: part_of(self.caseload, self.spotted, below),
            caseload_in_qpv: part_of(self.caseload_in_qpv, self.caseload, below),
            barriers_total,
            barriers,
            referrals: alone(self.referrals, below),
            referrals_accepted: part_of(self.accepted, self.referrals, below),
            outcomes_work: alone(self.work, below),
            outcomes_training: alone(self.training, below),
            at_risk: part_of(self.at_risk, self.spotted, below),
            needs: self
                .needs
                .into_iter()
                .map(|(kind, count)| (kind, part_of(count, self.spotted, below)))
                .collect(),
            publics: Public::ALL
                .into_iter()
                .map(|public| {
                    let count = self.publics.get(&public).copied().unwrap_or(0);
                    (public.code().to_owned(), part_of(count, self.spotted, below))
                })
                .collect(),
            months: months
                .iter()
                .zip(by_month)
                .zip(people_by_month)
                .map(|((month, contacts), people)| MonthFigures {
                    month: Month { year: month.div_euclid(12), month: month.rem_euclid(12) as u32 + 1 },
                    contacts,
                    people,
                })
                .collect(),
            locations: places
                .iter()
                .zip(people)
                .zip(place_contacts)
                .map(|(((location, _), people), contacts)| LocationFigures {
                    location: *location,
                    name: (source.name)(*location),
                    people,
                    contacts,
                })
                .collect(),
        }
    }
}
