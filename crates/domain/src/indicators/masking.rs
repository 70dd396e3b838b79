//! Small cells are masked so that no subtraction on the page reveals one.
//!
//! A cell under the threshold (zero included) is masked. Among cells whose total is shown, further
//! cells are masked until at least two are and together they hold at least the threshold: what is
//! left when the others are subtracted is then never a small cell.

use crate::api::cohort::Figure;

/// A figure on its own.
pub fn alone(count: u32, below: u32) -> Figure {
    if count < below { Figure::Masked } else { Figure::Count(count) }
}

/// A part of a shown whole: masked where it, or what is left of the whole, is small.
pub fn part_of(count: u32, whole: u32, below: u32) -> Figure {
    if count < below || whole.saturating_sub(count) < below { Figure::Masked } else { Figure::Count(count) }
}

/// Cells whose total is shown on the page.
pub fn within_total(cells: &[u32], below: u32) -> Vec<Figure> {
    let mut masked: Vec<bool> = cells.iter().map(|count| *count < below).collect();
    while masked.contains(&true) {
        let hidden = masked.iter().filter(|it| **it).count();
        let sum: u32 = cells.iter().zip(&masked).filter(|(_, it)| **it).map(|(count, _)| *count).sum();
        if hidden >= 2 && sum >= below {
            break;
        }
        let next = (0..cells.len()).filter(|n| !masked[*n]).min_by_key(|n| cells[*n]);
        let Some(next) = next else { break };
        masked[next] = true;
    }
    cells
        .iter()
        .zip(masked)
        .map(|(count, masked)| if masked { Figure::Masked } else { Figure::Count(*count) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Figure::{Count, Masked};

    #[test]
    fn subtracting_what_is_shown_from_the_total_never_leaves_a_small_cell() {
        for a in 0..12_u32 {
            for b in 0..12 {
                for c in 0..12 {
                    let cells = [a, b, c];
                    let shown = within_total(&cells, 5);
                    let hidden: Vec<u32> =
                        cells.iter().zip(&shown).filter(|(_, it)| **it == Masked).map(|(n, _)| *n).collect();
                    let all = hidden.len() == cells.len();
                    assert!(
                        hidden.is_empty() || all || (hidden.len() >= 2 && hidden.iter().sum::<u32>() >= 5),
                        "{cells:?} {shown:?}"
                    );
                    assert!(cells.iter().zip(&shown).all(|(n, it)| *it != Count(*n) || *n >= 5));
                }
            }
        }
    }

    #[test]
    fn a_part_is_masked_where_what_is_left_of_the_whole_is_small() {
        assert_eq!(part_of(18, 20, 5), Masked);
        assert_eq!(part_of(3, 20, 5), Masked);
        assert_eq!(part_of(12, 20, 5), Count(12));
        assert_eq!(part_of(0, 0, 0), Count(0), "nothing is masked where the threshold is zero");
    }
}
