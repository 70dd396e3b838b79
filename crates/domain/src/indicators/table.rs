//! A table with totals of rows and columns, masked so that no arithmetic on it gives a masked cell.
//!
//! Totals are cells too: every row and every column is one equation, *cells − total = 0*. Cells under the
//! threshold are masked; then, as long as the equations determine a masked cell, or leave a masked group
//! whose sum is small, the smallest further cell of its line is masked.

use crate::api::cohort::Figure;

/// Values with totals: the last row and the last column are sums.
struct Table {
    values: Vec<Vec<u32>>,
    masked: Vec<Vec<bool>>,
    below: u32,
}

/// Masks a table; the answer has one more row and one more column, the totals.
pub fn table(rows: &[Vec<u32>], columns: usize, below: u32) -> Vec<Vec<Figure>> {
    let mut values: Vec<Vec<u32>> = rows
        .iter()
        .map(|row| row.iter().copied().chain(std::iter::once(row.iter().sum())).collect())
        .collect();
    let totals = (0..=columns).map(|column| values.iter().map(|row| row[column]).sum()).collect();
    values.push(totals);
    let masked = values.iter().map(|row| row.iter().map(|it| *it < below).collect()).collect();
    let mut table = Table { values, masked, below };
    while table.mask_one() {}
    let figure =
        |(value, masked): (&u32, &bool)| if *masked { Figure::Masked } else { Figure::Count(*value) };
    let shown = table.values.iter().zip(&table.masked);
    shown.map(|(row, masked)| row.iter().zip(masked).map(figure).collect()).collect()
}

impl Table {
    /// The lines, as cells; the last of each is its total.
    fn lines(&self) -> Vec<Vec<(usize, usize)>> {
        let (height, width) = (self.values.len(), self.values[0].len());
        let rows = (0..height).map(|row| (0..width).map(|column| (row, column)).collect());
        let columns = (0..width).map(|column| (0..height).map(|row| (row, column)).collect());
        rows.chain(columns).collect()
    }

    fn is_masked(&self, (row, column): (usize, usize)) -> bool {
        self.masked[row][column]
    }

    fn value(&self, (row, column): (usize, usize)) -> u32 {
        self.values[row][column]
    }

    /// Masks one more cell where something is still revealed; false where nothing is.
    fn mask_one(&mut self) -> bool {
        let determined = self.determined();
        let lines = self.lines();
        let weak = lines.iter().find(|line| {
            let (total, cells) = line.split_last().expect("a line has a total");
            let hidden: Vec<u32> =
                cells.iter().filter(|cell| self.is_masked(**cell)).map(|cell| self.value(*cell)).collect();
            let small =
                !hidden.is_empty() && !self.is_masked(*total) && hidden.iter().sum::<u32>() < self.below;
            small || line.iter().any(|cell| determined.contains(cell))
        });
        let Some(line) = weak else { return false };
        // The smallest cell of the line that is still shown, its total last; else of the whole table.
        let shown = |cells: &[(usize, usize)]| {
            cells.iter().copied().filter(|cell| !self.is_masked(*cell)).min_by_key(|cell| self.value(*cell))
        };
        let (total, cells) = line.split_last().expect("a line has a total");
        let everywhere: Vec<(usize, usize)> = lines.iter().flatten().copied().collect();
        match shown(cells).or_else(|| shown(&[*total])).or_else(|| shown(&everywhere)) {
            Some((row, column)) => {
                self.masked[row][column] = true;
                true
            }
            None => false,
        }
    }

    /// Masked cells that the equations determine.
    fn determined(&self) -> Vec<(usize, usize)> {
        let lines = self.lines();
        let unknown: Vec<(usize, usize)> = lines
            .iter()
            .take(self.values.len())
            .flatten()
            .copied()
            .filter(|cell| self.is_masked(*cell))
            .collect();
        let place = |cell: &(usize, usize)| unknown.iter().position(|it| it == cell);
        let mut equations: Vec<Vec<f64>> = Vec::new();
        for line in &lines {
            let mut equation = vec![0.0; unknown.len()];
            for (n, cell) in line.iter().enumerate() {
                if let Some(place) = place(cell) {
                    equation[place] = if n + 1 == line.len() { -1.0 } else { 1.0 };
                }
            }
            equations.push(equation);
        }
        // Reduced row echelon form: a row with one entry determines its cell.
        let mut rank = 0;
        for column in 0..unknown.len() {
            let pivot = (rank..equations.len())
                .max_by(|a, b| equations[*a][column].abs().total_cmp(&equations[*b][column].abs()));
            let Some(pivot) = pivot.filter(|row| equations[*row][column].abs() > 1e-9) else { continue };
            equations.swap(rank, pivot);
            let scale = equations[rank][column];
            equations[rank].iter_mut().for_each(|it| *it /= scale);
            let lead = equations[rank].clone();
            for (_, equation) in equations.iter_mut().enumerate().filter(|(row, _)| *row != rank) {
                let factor = equation[column];
                equation.iter_mut().zip(&lead).for_each(|(it, lead)| *it -= factor * lead);
            }
            rank += 1;
        }
        let mut found = Vec::new();
        for equation in equations.iter().take(rank) {
            let entries: Vec<usize> = (0..unknown.len()).filter(|n| equation[*n].abs() > 1e-9).collect();
            if let [one] = entries.as_slice() {
                found.push(unknown[*one]);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[Vec<u32>], below: u32) {
        let columns = rows[0].len();
        let shown = table(rows, columns, below);
        let masked: Vec<Vec<bool>> =
            shown.iter().map(|row| row.iter().map(|it| *it == Figure::Masked).collect()).collect();
        let mut values: Vec<Vec<u32>> =
            rows.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
        values.push((0..=columns).map(|n| values.iter().map(|row| row[n]).sum()).collect());
        let again = Table { values: values.clone(), masked, below };
        assert!(again.determined().is_empty(), "{rows:?} {shown:?}");
        for (row, figures) in values.iter().zip(&shown) {
            for (value, figure) in row.iter().zip(figures) {
                assert!(*figure == Figure::Masked || *figure == Figure::Count(*value) && *value >= below);
            }
        }
    }

    #[test]
    fn a_masked_total_is_not_the_sum_of_cells_that_are_shown() {
        check(&[vec![10, 1, 12, 30], vec![30, 2, 12, 10]], 5);
    }

    #[test]
    fn no_masked_cell_follows_from_the_rest_whatever_the_table() {
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
            check(&rows, 5);
        }
    }

    #[test]
    fn nothing_is_masked_where_the_threshold_is_zero() {
        let shown = table(&[vec![0, 3]], 2, 0);
        assert_eq!(shown, [[Figure::Count(0), Figure::Count(3), Figure::Count(3)]; 2]);
    }
}
