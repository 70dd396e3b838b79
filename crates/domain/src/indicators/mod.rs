//! Indicators of the merged cohort. The set is provisional until the ANCT's own is supplied.

mod count;
mod list;
mod map;
mod masking;
mod table;

pub use count::{Source, cohort};
pub use list::pathways;
pub use map::map;
pub use masking::{alone, part_of, within_total};
pub use table::table;

/// Version of the indicator set, and whether it is provisional.
pub const SET: (&str, bool) = ("2026-1", true);
