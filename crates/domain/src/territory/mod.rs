//! Priority neighbourhoods (QPV): reading the official file, finding the one of a position, drawing.

mod import;
mod index;
mod outline;
mod shape;

pub use import::{Import, MOST_BYTES, RefusalReason, Refused, TerritoryError, read};
pub use index::QpvIndex;
pub use outline::{Drawing, Outline, draw};
pub use shape::{QpvShape, polygon};
