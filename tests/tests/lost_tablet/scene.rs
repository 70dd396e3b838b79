//! A founded cité of three, whose clocks are set here.

use engine::device::Device;
use journeys::clock::Hand;
pub use journeys::consent::share_all;
pub use journeys::person::met;
use journeys::{CHEAP, World};
use std::path::Path;
use std::sync::Arc;

pub fn with_clock(folder: &Path, clock: &Arc<Hand>) -> Device {
    Device::with_cost(folder.to_path_buf(), clock.clone(), CHEAP).unwrap()
}

/// A cité that Inès, référente, founded; Nadia and Samir are mediators of the same association.
pub async fn founded() -> (World, [Device; 3]) {
    World::begin().await.founded_by_three().await
}
