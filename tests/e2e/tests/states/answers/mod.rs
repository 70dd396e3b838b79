//! The answers. Everybody and everything in them is invented.

pub mod audit;
pub mod erasures;
pub mod held;
pub mod members;
pub mod person;
pub mod rescue;
pub mod set_aside;
pub mod sync;
pub mod today;

use domain::time::{Day, InstantMs};

/// An organisation of a long name.
pub const ORGANISATION: &str =
    "Association de prévention et d’accompagnement vers l’emploi des Quatre-Vents-Inventés";
/// A person of a long name.
pub const LONG_NAME: &str = "Marie-Emmanuelle de la Roche-Inventée-Vandenbrouck";
/// A device of a long name.
pub const DEVICE: &str = "Tablette du local associatif, place des Acacias (grande)";

/// 20 November 2026 and so many days.
pub fn day(after: i32) -> Day {
    Day(20_777 + after)
}

/// That day in the afternoon.
pub fn moment(after: i32) -> InstantMs {
    i64::from(day(after).0) * 86_400_000 + 55_800_000
}
