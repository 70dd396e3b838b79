//! Pages that are protected together: that of everybody, and those of a family of narrowings.

use super::cell::{Cell, sums};
use super::narrowing::Narrowing;
use super::protect::{Problem, Value};
use super::release::figure;
use super::zone::Zone;
use crate::api::cohort::{Figure, Figures};
use std::collections::BTreeMap;

/// Plain counts of a page.
pub(super) type Page = BTreeMap<Cell, u32>;
type Shown = BTreeMap<Cell, Figure>;

/// Narrowings with the page of everybody, which is masked already.
pub(super) struct Family<'a> {
    pub(super) whole: &'a Page,
    pub(super) shown: &'a Shown,
    pub(super) members: &'a [(Narrowing, Page)],
    /// Cells of which the members' add up to everybody's, with a rest that is never shown.
    pub(super) additive: fn(Cell) -> bool,
    pub(super) zones: &'a [Zone],
}

/// Masks the page of everybody.
pub(super) fn everyone(page: &Page, zones: &[Zone], below: u32) -> Shown {
    let mut builder = Builder { problem: Problem { values: Vec::new(), sums: Vec::new(), below } };
    let at = builder.page(page, |_, count| Value { count, complement: None, hidden: false, fixed: false });
    builder.sums(&at, page, None, (zones, true));
    builder.problem.protect();
    builder.shown(&at)
}

impl Family<'_> {
    /// Masks the members' pages. What is masked for everybody is masked under every narrowing.
    pub(super) fn protect(&self, below: u32) -> Vec<(Narrowing, Figures)> {
        let mut builder = Builder { problem: Problem { values: Vec::new(), sums: Vec::new(), below } };
        let masked = |cell: &Cell| self.shown.get(cell) != Some(&Figure::Count(self.whole[cell]));
        let whole = builder.page(self.whole, |cell, count| Value {
            count,
            complement: None,
            hidden: masked(cell),
            fixed: true,
        });
        builder.sums(&whole, self.whole, None, (self.zones, true));
        let mut places = Vec::new();
        for (narrowing, page) in self.members {
            let at = builder.page(page, |cell, count| Value {
                count,
                complement: Some(self.whole[cell].saturating_sub(count)),
                hidden: masked(cell),
                fixed: false,
            });
            builder.sums(&at, page, Some(self.whole), (self.zones, narrowing.has_passages()));
            places.push(at);
        }
        let in_members = |cell: &Cell| self.members.iter().all(|(_, page)| page.contains_key(cell));
        let rest: Page = self
            .whole
            .iter()
            .filter(|(cell, _)| (self.additive)(**cell) && in_members(cell))
            .map(|(cell, count)| {
                let members: u32 = self.members.iter().map(|(_, page)| page[cell]).sum();
                (*cell, count.saturating_sub(members))
            })
            .collect();
        let at = builder.page(&rest, |_, count| Value { count, complement: None, hidden: true, fixed: true });
        builder.sums(&at, &rest, None, (self.zones, true));
        for cell in rest.keys() {
            let parts = places.iter().map(|at| at[cell]).chain([at[cell], whole[cell]]);
            builder.problem.sums.push(parts.collect());
        }
        builder.problem.protect();
        let shown = self.members.iter().zip(&places);
        shown.map(|((narrowing, _), at)| (*narrowing, Figures(builder.shown(at)))).collect()
    }
}

/// Puts pages into a problem.
struct Builder {
    problem: Problem,
}

impl Builder {
    fn page(&mut self, page: &Page, value: impl Fn(&Cell, u32) -> Value) -> BTreeMap<Cell, usize> {
        let mut at = BTreeMap::new();
        for (cell, count) in page {
            at.insert(*cell, self.problem.values.len());
            self.problem.values.push(value(cell, *count));
        }
        at
    }

    /// The sums of a page whose cells are all there; what is left of a total is a value nobody shows.
    /// A page without passages has its contacts in encounters alone.
    fn sums(
        &mut self,
        at: &BTreeMap<Cell, usize>,
        page: &Page,
        whole: Option<&Page>,
        (zones, passages): (&[Zone], bool),
    ) {
        for mut sum in sums(zones) {
            // Months to come are no cells: their zero is no secret.
            let absent = |cell: &Cell| cell.of_month() || !passages && cell.of_passages();
            sum.parts.retain(|cell| at.contains_key(cell) || !absent(cell));
            if sum.parts.is_empty() {
                continue;
            }
            let positions: Option<Vec<usize>> = sum.parts.iter().map(|cell| at.get(cell).copied()).collect();
            let (Some(mut positions), Some(total)) = (positions, at.get(&sum.total)) else { continue };
            if sum.has_rest {
                let rest = |page: &Page| {
                    let parts: u32 = sum.parts.iter().map(|cell| page[cell]).sum();
                    page[&sum.total].saturating_sub(parts)
                };
                let count = rest(page);
                let complement = whole.map(|whole| rest(whole).saturating_sub(count));
                positions.push(self.problem.values.len());
                self.problem.values.push(Value { count, complement, hidden: true, fixed: true });
            }
            positions.push(*total);
            self.problem.sums.push(positions);
        }
    }

    fn shown(&self, at: &BTreeMap<Cell, usize>) -> Shown {
        let value = |at: &usize| self.problem.values[*at];
        at.iter().map(|(cell, at)| (*cell, figure(value(at).count, value(at).hidden))).collect()
    }
}
