//! A page of figures as it is shown; and the pages of a closed quarter, kept for good.

use super::cell::Cell;
use super::narrowing::Narrowing;
use super::release::Release;
use super::{Zone, set};
use crate::api::cohort::*;
use crate::time::{Day, InstantMs, Month, Quarter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures of a quarter that was closed, as they were shown then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClosedQuarter {
    /// Quarter.
    pub quarter: Quarter,
    /// When.
    pub at_ms: InstantMs,
    /// By whom.
    pub by: String,
    /// Version of the set and whether it was provisional.
    pub set: (String, bool),
    /// How complete the figures were.
    pub completeness: Completeness,
    /// Small cells under this number are masked.
    pub mask_below: u32,
    /// Every page.
    pub pages: Vec<(Narrowing, Figures)>,
    /// Places, with the names of QPV.
    pub zones: Vec<(Zone, String)>,
}

/// The figures of a quarter: closed, or as they are now.
#[derive(Debug, Clone)]
pub enum Shown {
    /// Closed.
    Closed(ClosedQuarter),
    /// As they are now.
    Now(Release),
}

impl Shown {
    /// The figures of a page.
    pub fn figures(&self, narrowing: Narrowing) -> Figures {
        match self {
            Self::Now(release) => release.figures(narrowing),
            Self::Closed(closed) => {
                let found = closed.pages.iter().find(|(it, _)| *it == narrowing);
                found.map(|(_, figures)| figures.clone()).unwrap_or_default()
            }
        }
    }
}

/// What a page says beside its figures.
#[derive(Debug, Clone)]
pub struct Around {
    /// How complete figures are now.
    pub completeness: Completeness,
    /// Places, with the names of QPV.
    pub zones: Vec<(Zone, String)>,
    /// Small cells under this number are masked.
    pub mask_below: u32,
    /// The day it is.
    pub today: Day,
}

/// A page. `before` is the quarter before, for the months of the chart.
pub fn view(
    filter: &CohortFilter,
    narrowing: Narrowing,
    shown: &Shown,
    before: &Shown,
    around: Around,
) -> CohortView {
    let quarter = filter.period.from.quarter();
    let months = [(quarter.before(), before), (quarter, shown)];
    let months = months.iter().flat_map(|(quarter, shown)| {
        let figures = shown.figures(narrowing);
        (0..3_u8).map(move |n| MonthFigures {
            month: Month { year: quarter.year, month: quarter.quarter * 3 - 2 + u32::from(n) },
            contacts: figures.of(Cell::MonthContacts(n)),
            people: figures.of(Cell::MonthPeople(n)),
        })
    });
    // Months to come say nothing yet.
    let now = around.today.month();
    let months = months.filter(|it| (it.month.year, it.month.month) <= (now.year, now.month)).collect();
    let page = CohortView {
        filter: filter.clone(),
        indicator_set: (set::current().version.clone(), set::current().provisional),
        completeness: around.completeness,
        closed: None,
        may_close: filter.period.to < around.today,
        figures: shown.figures(narrowing),
        months,
        zones: around.zones,
        mask_below: around.mask_below,
    };
    match shown {
        Shown::Now(_) => page,
        Shown::Closed(closed) => CohortView {
            indicator_set: closed.set.clone(),
            completeness: closed.completeness.clone(),
            closed: Some(Closed { at_ms: closed.at_ms, by: closed.by.clone() }),
            may_close: false,
            zones: closed.zones.clone(),
            mask_below: closed.mask_below,
            ..page
        },
    }
}

impl ClosedQuarter {
    /// Closes a quarter with these figures.
    pub fn new(release: Release, around: Around, at_ms: InstantMs, by: String) -> Self {
        let pages: BTreeMap<Narrowing, Figures> = release.pages;
        Self {
            quarter: release.quarter,
            at_ms,
            by,
            set: (set::current().version.clone(), set::current().provisional),
            completeness: around.completeness,
            mask_below: around.mask_below,
            pages: pages.into_iter().collect(),
            zones: around.zones,
        }
    }
}
