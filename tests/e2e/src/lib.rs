//! The real window, the real browser and the real server, for tests and for pictures of screens.
//!
//! Each test owns its display, drivers, ports and data folder; everything it started dies with it.
//! A page is driven by what a person sees: the words on a control, the label of a field.

pub mod browser;
pub mod demonstration;
pub mod display;
pub mod driver;
pub mod group;
pub mod headless;
pub mod keyboard;
pub mod line;
pub mod page;
pub mod place;
pub mod port;
pub mod put;
pub mod server;
pub mod size;
pub mod stage;
pub mod window;
