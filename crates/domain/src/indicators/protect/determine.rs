//! Which hidden values the sums determine, by elimination: exact, in groups that share no hidden value.

use super::Problem;
use std::collections::BTreeMap;

/// Entries smaller than this are zero: all begin as ±1.
const EPSILON: f64 = 1e-7;

/// Positions of the hidden values that the sums determine.
pub(super) fn determined(problem: &Problem) -> Vec<usize> {
    groups(problem).iter().flat_map(|sums| of_group(problem, sums)).collect()
}

/// The hidden values of a sum with their signs: parts − total = 0.
fn unknown<'a>(problem: &'a Problem, sum: &'a [usize]) -> impl Iterator<Item = (usize, f64)> + 'a {
    let total = sum.len().saturating_sub(1);
    let signed = sum.iter().enumerate().map(move |(n, at)| (*at, if n == total { -1.0 } else { 1.0 }));
    signed.filter(|(at, _)| problem.values[*at].hidden)
}

/// Sums that share hidden values, directly or through others.
fn groups(problem: &Problem) -> Vec<Vec<&[usize]>> {
    let mut parent: Vec<usize> = (0..problem.values.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for sum in &problem.sums {
        let mut hidden = unknown(problem, sum).map(|(at, _)| at);
        if let Some(first) = hidden.next() {
            for other in hidden {
                let (a, b) = (root(&mut parent, first), root(&mut parent, other));
                parent[a] = b;
            }
        }
    }
    let mut found: BTreeMap<usize, Vec<&[usize]>> = BTreeMap::new();
    for sum in &problem.sums {
        if let Some((at, _)) = unknown(problem, sum).next() {
            found.entry(root(&mut parent, at)).or_default().push(sum);
        }
    }
    found.into_values().collect()
}

fn of_group(problem: &Problem, sums: &[&[usize]]) -> Vec<usize> {
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, _) in sums.iter().flat_map(|sum| unknown(problem, sum)) {
        let next = columns.len();
        columns.entry(at).or_insert(next);
    }
    let mut rows: Vec<Vec<f64>> = sums
        .iter()
        .map(|sum| {
            let mut row = vec![0.0; columns.len()];
            unknown(problem, sum).for_each(|(at, sign)| row[columns[&at]] += sign);
            row
        })
        .collect();
    // Reduced row echelon form: a row with one entry determines its value.
    let mut rank = 0;
    for column in 0..columns.len() {
        let pivot =
            (rank..rows.len()).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        let Some(pivot) = pivot.filter(|row| rows[*row][column].abs() > EPSILON) else { continue };
        rows.swap(rank, pivot);
        let scale = rows[rank][column];
        rows[rank].iter_mut().for_each(|it| *it /= scale);
        let lead = std::mem::take(&mut rows[rank]);
        for row in rows.iter_mut().filter(|row| !row.is_empty() && row[column].abs() > EPSILON) {
            let factor = row[column];
            row.iter_mut().zip(&lead).for_each(|(it, lead)| *it -= factor * lead);
        }
        rows[rank] = lead;
        rank += 1;
    }
    let names: Vec<usize> = {
        let mut names = vec![0; columns.len()];
        columns.iter().for_each(|(at, column)| names[*column] = *at);
        names
    };
    let single = |row: &Vec<f64>| {
        let mut entries = (0..row.len()).filter(|n| row[*n].abs() > EPSILON);
        entries.next().filter(|_| entries.next().is_none())
    };
    rows.iter().take(rank).filter_map(single).map(|column| names[column]).collect()
}
