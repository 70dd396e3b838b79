//! A founded cité of three, and what they do here.

use domain::ids::PathwayId;
use domain::role::Role;
use engine::device::Device;
use journeys::clock::Hand;
pub use journeys::consent::share_all;
use journeys::forms::*;
use journeys::{CHEAP, NORTH, World, call, place_in, synchronise};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn with_clock(folder: &Path, clock: &Arc<Hand>) -> Device {
    Device::with_cost(folder.to_path_buf(), clock.clone(), CHEAP).unwrap()
}

/// A cité that Inès, référente, founded; Nadia and Samir are mediators of the same association.
pub async fn founded() -> (World, [Device; 3]) {
    founded_in(World::begin().await).await
}

pub async fn founded_in(world: World) -> (World, [Device; 3]) {
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    synchronise(&ines).await;
    journeys::member::establish(&ines).await;
    for _ in 0..3 {
        for device in [&ines, &nadia, &samir] {
            synchronise(device).await;
        }
    }
    (world, [ines, nadia, samir])
}

pub async fn record(tablet: &Device, n: u8) -> PathwayId {
    call(tablet, first_encounter(n, place_in(NORTH))).await.unwrap().pathway.unwrap()
}

/// A copy of a folder, as somebody who found the tablet would make it.
pub fn image(world: &World, of: &str, name: &str) -> PathBuf {
    let (from, to) = (world.folder.path().join(of), world.folder.path().join(name));
    std::fs::create_dir(&to).unwrap();
    for file in std::fs::read_dir(from).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file()) {
        std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
    to
}
