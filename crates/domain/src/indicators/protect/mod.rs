//! Masking: small values are hidden, and with them whatever would let arithmetic find them again.
//!
//! Values stand in sums. A value under the threshold (zero included) is *small*; so is one whose
//! complement in a shown whole is small. Small values are masked; then, as long as the sums determine a
//! masked small value, or leave a masked group whose known sum is small, the smallest shown value beside
//! it is masked too. The sums may cross pages: what is protected is everything that is shown together.

mod determine;

use std::collections::{BTreeSet, VecDeque};

/// A value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    /// The number.
    pub(super) count: u32,
    /// What is left of a shown whole that it is a part of, on another page.
    pub(super) complement: Option<u32>,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether that was decided elsewhere and may not be changed here.
    pub(super) fixed: bool,
}

/// Values and their sums, protected together.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) values: Vec<Value>,
    /// Positions of parts; the last is the total.
    pub(super) sums: Vec<Vec<usize>>,
    pub(super) below: u32,
}

impl Problem {
    fn is_small(&self, at: usize) -> bool {
        let value = &self.values[at];
        value.count < self.below || value.complement.is_some_and(|it| it < self.below)
    }

    /// Masks until nothing small can be found.
    pub(super) fn protect(&mut self) {
        for at in 0..self.values.len() {
            let small = self.is_small(at);
            let value = &mut self.values[at];
            value.hidden |= small && !value.fixed;
        }
        loop {
            let mut more = BTreeSet::new();
            for sum in &self.sums {
                if self.leaves_a_small_group(sum) {
                    more.extend(self.beside(sum));
                }
            }
            if more.is_empty() {
                for at in determine::determined(self).into_iter().filter(|at| self.is_small(*at)) {
                    more.extend(self.near(at));
                }
            }
            if more.is_empty() {
                return;
            }
            more.into_iter().for_each(|at| self.values[at].hidden = true);
        }
    }

    /// Whether the hidden parts of a shown total have a small sum, on this page or on that of the rest.
    fn leaves_a_small_group(&self, sum: &[usize]) -> bool {
        let Some((total, parts)) = sum.split_last() else { return false };
        let hidden: Vec<&Value> =
            parts.iter().map(|at| &self.values[*at]).filter(|value| value.hidden).collect();
        if hidden.is_empty() || self.values[*total].hidden {
            return false;
        }
        let group: u32 = hidden.iter().map(|value| value.count).sum();
        let rest: Option<u32> = hidden.iter().map(|value| value.complement).sum();
        group < self.below || rest.is_some_and(|rest| rest < self.below)
    }

    /// The value of a sum to mask next: its smallest shown part, else its total.
    fn beside(&self, sum: &[usize]) -> Option<usize> {
        let may = |at: &&usize| !self.values[**at].hidden && !self.values[**at].fixed;
        let (total, parts) = sum.split_last()?;
        let part = parts.iter().filter(may).min_by_key(|at| self.values[**at].count);
        part.or(Some(total).filter(may)).copied()
    }

    /// The nearest value to mask so that this one is no longer determined: beside it, or beside what
    /// is hidden beside it, and so on.
    fn near(&self, at: usize) -> Option<usize> {
        let mut seen = BTreeSet::from([at]);
        let mut next = VecDeque::from([at]);
        while let Some(at) = next.pop_front() {
            let sums = || self.sums.iter().filter(|sum| sum.contains(&at));
            if let Some(found) =
                sums().filter_map(|sum| self.beside(sum)).min_by_key(|at| self.values[*at].count)
            {
                return Some(found);
            }
            let hidden = sums().flatten().filter(|it| self.values[**it].hidden);
            next.extend(hidden.filter(|it| seen.insert(**it)));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[Vec<u32>], below: u32) -> Problem {
        let width = rows[0].len();
        let mut all: Vec<Vec<u32>> =
            rows.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
        all.push((0..=width).map(|n| all.iter().map(|row| row[n]).sum()).collect());
        let (height, width) = (all.len(), width + 1);
        let values = all.concat().into_iter();
        let values = values.map(|count| Value { count, complement: None, hidden: false, fixed: false });
        let rows = (0..height).map(|row| (0..width).map(|n| row * width + n).collect());
        let columns = (0..width).map(|n| (0..height).map(|row| row * width + n).collect());
        Problem { values: values.collect(), sums: rows.chain(columns).collect(), below }
    }

    #[test]
    fn a_masked_total_is_not_the_sum_of_cells_that_are_shown() {
        let mut problem = table(&[vec![10, 1, 12, 30], vec![30, 2, 12, 10]], 5);
        problem.protect();
        assert!(determine::determined(&problem).iter().all(|at| !problem.is_small(*at)));
    }

    #[test]
    fn no_small_value_follows_from_the_rest_whatever_the_table() {
        // A fixed sequence of numbers, small ones often.
        let mut state = 2026_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let drawn = (state >> 33) as u32;
            if drawn.is_multiple_of(3) { drawn / 3 % 6 } else { drawn / 3 % 60 }
        };
        for _ in 0..400 {
            let (height, width) = (1 + next() as usize % 6, 1 + next() as usize % 4);
            let rows: Vec<Vec<u32>> = (0..height).map(|_| (0..width).map(|_| next()).collect()).collect();
            let mut problem = table(&rows, 5);
            problem.protect();
            assert!(problem.values.iter().all(|it| it.hidden || it.count >= 5), "{rows:?}");
            let found = determine::determined(&problem);
            assert!(found.iter().all(|at| !problem.is_small(*at)), "{rows:?}");
            assert!(!problem.sums.iter().any(|sum| problem.leaves_a_small_group(sum)), "{rows:?}");
        }
    }

    #[test]
    fn nothing_is_masked_where_the_threshold_is_zero() {
        let mut problem = table(&[vec![0, 3]], 0);
        problem.protect();
        assert!(problem.values.iter().all(|it| !it.hidden));
    }
}
