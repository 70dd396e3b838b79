//! The kit: what every screen is made of. `style/` holds its looks; views carry no style of their own.

pub mod calendar;
pub mod chart;
pub mod choice;
pub mod circumstances;
pub mod date;
pub mod dialog;
pub mod field;
pub mod frame;
pub mod icon;
pub mod keys;
pub mod partner;
pub mod person;
pub mod qr;
pub mod receipt;
pub mod residence;
pub mod same;
pub mod scan;
pub mod sheet;
pub mod show;
pub mod signature;
pub mod stepper;
pub mod tell;
pub mod terms;
pub mod toasts;
pub mod user_menu;

pub use choice::{Chip, Segments, Tile};
pub use dialog::Dialog;
pub use field::{Field, Search};
pub use stepper::Stepper;
