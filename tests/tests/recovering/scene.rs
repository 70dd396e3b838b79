//! A cité whose people had shared, and whose last référent is gone.

use domain::ids::{DeviceId, PathwayId};
use domain::role::Role;
use engine::device::Device;
pub use journeys::consent::share_all;
use journeys::forms::first_encounter;
use journeys::member::establish;
use journeys::{NORTH, World, call, me, place_in, synchronise};

pub struct Scene {
    pub world: World,
    /// The words of the sheet.
    pub words: String,
    pub nadia: Device,
    /// A person whom Nadia met and who lets the team read.
    pub shared: PathwayId,
}

impl Scene {
    /// Inès founded; her laptop is lost and revoked on the server.
    pub async fn bereft() -> Self {
        let (scene, ines) = Self::working().await;
        drop(ines);
        scene
    }

    /// The same before the laptop is revoked; with it.
    pub async fn at_work() -> (Self, Device) {
        let world = World::begin().await;
        let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
        synchronise(&ines).await;
        let words = establish(&ines).await;
        let round = async || {
            for _ in 0..3 {
                synchronise(&ines).await;
                synchronise(&nadia).await;
            }
        };
        round().await;
        let recorded = call(&nadia, first_encounter(1, place_in(NORTH))).await.unwrap();
        let shared = recorded.pathway.unwrap();
        share_all(&nadia, shared).await;
        round().await;
        (Self { world, words, nadia, shared }, ines)
    }

    async fn working() -> (Self, Device) {
        let (scene, ines) = Self::at_work().await;
        scene.revoke(device(&ines).await);
        (scene, ines)
    }

    /// The administration revokes a device on the server.
    pub fn revoke(&self, device: DeviceId) {
        assert!(self.world.cite.revoke(device).unwrap() > 0);
    }
}

pub async fn device(of: &Device) -> DeviceId {
    me(of).await.unwrap().device.unwrap()
}
