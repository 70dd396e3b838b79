//! A release: every page of figures of one quarter, counted in one pass and masked together.

use super::cell::{Cell, cells};
use super::contribution::{Then, passages};
use super::family::{Family, Page, everyone};
use super::narrowing::Narrowing;
use super::zone::Zones;
use crate::api::cohort::{Figure, Figures};
use crate::ids::OrganisationId;
use crate::outing::OutingDoc;
use crate::pathway::{Past, PathwayDoc};
use crate::publics::Public;
use crate::time::{Day, Period, Quarter};
use std::collections::{BTreeMap, BTreeSet};

/// Counts a quarter.
#[derive(Debug)]
pub struct Counter {
    quarter: Quarter,
    period: Period,
    zones: Zones,
    organisations: BTreeSet<OrganisationId>,
    today: Day,
    pages: BTreeMap<Narrowing, Page>,
}

/// Narrowings that are protected together, and the cells of which their counts add up.
type Together = (Vec<Narrowing>, fn(Cell) -> bool);

/// The masked pages of a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Quarter.
    pub quarter: Quarter,
    /// Pages.
    pub pages: BTreeMap<Narrowing, Figures>,
}

impl Counter {
    /// Begins to count a quarter of a cité with these zones and organisations.
    pub fn new(
        quarter: Quarter,
        zones: Zones,
        organisations: impl IntoIterator<Item = OrganisationId>,
        today: Day,
    ) -> Self {
        let organisations = organisations.into_iter().collect();
        Self { quarter, period: quarter.period(), zones, organisations, today, pages: BTreeMap::new() }
    }

    /// Counts a pathway.
    pub fn pathway(&mut self, pathway: &PathwayDoc, past: &Past) {
        let then = Then::new(pathway, past, &self.zones, self.period, self.today);
        let same = then.added(Narrowing::Everyone);
        for narrowing in then.narrowings() {
            let page = self.pages.entry(narrowing).or_default();
            match narrowing {
                Narrowing::Met(_) | Narrowing::Organisation(_) => add(page, &then.added(narrowing)),
                _ => add(page, &same),
            }
        }
    }

    /// Counts an outing's passages.
    pub fn outing(&mut self, outing: &OutingDoc) {
        for (narrowing, added) in passages(outing, &self.zones, self.period, self.today) {
            add(self.pages.entry(narrowing).or_default(), &added);
        }
    }

    fn page(&self, narrowing: Narrowing) -> Page {
        let mut page: Page = cells(&self.zones.all()).map(|cell| (cell, 0)).collect();
        if let Some(counted) = self.pages.get(&narrowing) {
            page.extend(counted.iter().map(|(cell, count)| (*cell, *count)));
        }
        page.retain(|cell, _| narrowing.has_zones() || !cell.of_zone());
        page.retain(|cell, _| narrowing.has_passages() || !cell.of_passages());
        // Months to come say nothing yet.
        let (from, now) = (self.period.from.month(), self.today.month());
        let begun = (now.year * 12 + now.month as i32) - (from.year * 12 + from.month as i32);
        page.retain(|cell, _| match cell {
            Cell::MonthContacts(month) | Cell::MonthPeople(month) => i32::from(*month) <= begun,
            _ => true,
        });
        page
    }

    /// Masks every page so that none of them, and no difference of two, reveals a count under `below`.
    pub fn masked(self, below: u32) -> Release {
        let zones = self.zones.all();
        let whole = self.page(Narrowing::Everyone);
        let shown = everyone(&whole, &zones, below);
        let mut pages = BTreeMap::new();
        for (members, additive) in self.families() {
            let members: Vec<(Narrowing, Page)> = members.iter().map(|it| (*it, self.page(*it))).collect();
            let family = Family { whole: &whole, shown: &shown, members: &members, additive, zones: &zones };
            pages.extend(family.protect(below));
        }
        pages.insert(Narrowing::Everyone, Figures(shown));
        Release { quarter: self.quarter, pages }
    }

    /// Narrowings whose pages add up to that of everybody (with a rest that is never shown), for the
    /// cells that `additive` names. Others overlap: each stands against its own complement.
    fn families(&self) -> Vec<Together> {
        let seen = |wanted: fn(&Narrowing) -> bool| self.pages.keys().copied().filter(wanted);
        let organisations = self.organisations.iter().map(|it| Narrowing::Organisation(*it));
        let organisations: BTreeSet<Narrowing> =
            organisations.chain(seen(|it| matches!(it, Narrowing::Organisation(_)))).collect();
        let all: fn(Cell) -> bool = |_| true;
        let mut families: Vec<Together> = vec![
            (vec![Narrowing::Public(Public::Young), Narrowing::Public(Public::Senior)], all),
            (vec![Narrowing::Public(Public::Women)], all),
            (vec![Narrowing::Public(Public::SingleParent)], all),
            (self.zones.qpvs().map(Narrowing::Residence).collect(), all),
            (self.zones.qpvs().map(Narrowing::Met).collect(), Cell::of_contacts),
            (organisations.into_iter().collect(), |cell| cell.of_contacts() || cell.of_referrals()),
        ];
        families.extend(seen(|it| matches!(it, Narrowing::Programme(_))).map(|it| (vec![it], all)));
        families.retain(|(members, _)| !members.is_empty());
        families
    }
}

impl Release {
    /// The figures of a page; everything masked where there is no such page.
    pub fn figures(&self, narrowing: Narrowing) -> Figures {
        self.pages.get(&narrowing).cloned().unwrap_or_default()
    }
}

fn add(page: &mut Page, added: &[(Cell, u32)]) {
    added.iter().for_each(|(cell, count)| *page.entry(*cell).or_default() += count);
}

/// A value as it is shown.
pub(super) fn figure(count: u32, hidden: bool) -> Figure {
    if hidden { Figure::Masked } else { Figure::Count(count) }
}
