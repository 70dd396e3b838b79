//! Indicators of the merged cohort: counted, masked, kept. What each counts stands in the set
//! ([`set`]), which is provisional until the ANCT's own is supplied.

mod cell;
mod contribution;
mod csv;
mod family;
mod list;
mod map;
mod narrowing;
mod protect;
mod release;
pub mod set;
mod view;
mod zone;

pub use cell::Cell;
pub use csv::csv;
pub use list::pathways;
pub use map::map;
pub use narrowing::Narrowing;
pub use release::{Counter, Release};
pub use set::Indicator;
pub use view::{Around, ClosedQuarter, Shown, view};
pub use zone::{Zone, Zones};
