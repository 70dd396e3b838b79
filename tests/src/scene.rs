//! A founded cité of three devices, and what they do here.

use crate::consent::agree;
pub use crate::consent::say;
pub use crate::forms::agreement;
use crate::person::met;
pub use crate::person::{is_gone, page};
use crate::{CHEAP, PASSPHRASE, World, call, me, synchronise};
use domain::api::ledger::LedgerActKind;
use domain::api::server::ErasureRow;
use domain::api::session::Unlock;
use domain::api::sync::ReadSyncState;
use domain::ids::PathwayId;
use domain::time::{Day, InstantMs};
use domain::vocabulary::{ObjectionAct, Purpose};
use engine::clock::{Clock as _, FixedClock, SystemClock, civil};
use engine::device::Device;
use std::sync::Arc;

/// What a person lets the whole team know, all of it.
pub const SHARED: [Purpose; 4] =
    [Purpose::Recognise, Purpose::ShareIdentity, Purpose::ShareContact, Purpose::ShareNotes];

/// Inès, référente, who has founded; Nadia and Samir, mediators of her sector.
pub struct Scene {
    /// Their cité.
    pub world: World,
    /// Inès’s laptop.
    pub ines: Device,
    /// Nadia’s tablet.
    pub nadia: Device,
    /// Samir’s tablet.
    pub samir: Device,
}

impl Scene {
    /// In a world of their own.
    pub async fn begin() -> Self {
        Self::founded_in(World::begin().await).await
    }

    /// In a world where others may have joined before.
    pub async fn founded_in(world: World) -> Self {
        let (world, [ines, nadia, samir]) = world.founded_by_three().await;
        let scene = Self { world, ines, nadia, samir };
        scene.agree().await;
        scene
    }

    /// Everybody synchronises, until nothing moves; the cité and every device then hold the same.
    pub async fn all(&self) {
        for _ in 0..3 {
            for device in [&self.ines, &self.nadia, &self.samir] {
                synchronise(device).await;
            }
        }
        self.agree().await;
    }

    /// No device found that the cité holds something else than it does.
    pub async fn agree(&self) {
        for device in [&self.ines, &self.nadia, &self.samir] {
            assert_eq!(call(device, ReadSyncState {}).await.unwrap().last_failure, None);
        }
    }

    /// A person whom Nadia met, shared with the whole team.
    pub async fn shared_person(&self, n: u8) -> PathwayId {
        let pathway = met(&self.nadia, n).await;
        agree(&self.nadia, pathway, &SHARED).await;
        self.all().await;
        assert!(page(&self.samir, pathway).await.is_ok(), "everybody knows her");
        pathway
    }

    /// What the coordinator reads.
    pub fn erasures(&self) -> Vec<ErasureRow> {
        self.world.cite.store(|store| engine::erasure::list(store, SystemClock.now_ms())).unwrap().erasures
    }

    /// Inès's laptop at another time.
    pub async fn at(&mut self, name: &str, day: Day) {
        let user = me(&self.ines).await.unwrap().user;
        let noon = InstantMs::from(day.0) * 86_400_000 + 43_200_000;
        let folder = self.world.folder.path().join(name);
        self.ines = Device::with_cost(folder, Arc::new(FixedClock(noon)), CHEAP).unwrap();
        call(&self.ines, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    }
}

/// Today, by this machine’s clock.
pub fn today() -> Day {
    civil(&SystemClock).0
}

/// « Tout arrêter ».
pub fn stop() -> LedgerActKind {
    LedgerActKind::Objection { act: ObjectionAct::Stop }
}
