//! A founded cité of three devices, and what they do here.

use domain::api::ledger::LedgerActKind;
use domain::api::person::{OpenPerson, PersonView};
use domain::api::server::ErasureRow;
use domain::api::session::Unlock;
use domain::api::sync::ReadSyncState;
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::{Day, InstantMs};
use domain::vocabulary::*;
use engine::clock::{Clock as _, FixedClock, SystemClock, civil};
use engine::device::Device;
use journeys::consent::agree;
use journeys::forms::first_encounter;
use journeys::{CHEAP, NORTH, PASSPHRASE, World, call, me, place_in, synchronise};
#[allow(unused_imports, reason = "the same scene tells other stories elsewhere")]
pub use journeys::{consent::say, forms::agreement};
use std::sync::Arc;

pub const SHARED: [Purpose; 4] =
    [Purpose::Recognise, Purpose::ShareIdentity, Purpose::ShareContact, Purpose::ShareNotes];

/// Inès, référente, who has founded; Nadia and Samir, mediators of her sector.
pub struct Scene {
    pub world: World,
    pub ines: Device,
    pub nadia: Device,
    pub samir: Device,
}

impl Scene {
    pub async fn begin() -> Self {
        Self::founded_in(World::begin().await).await
    }

    /// In a world where others may have joined before.
    pub async fn founded_in(world: World) -> Self {
        let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
        let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
        synchronise(&ines).await;
        journeys::member::establish(&ines).await;
        let scene = Self { world, ines, nadia, samir };
        scene.all().await;
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
        let recorded = call(&self.nadia, first_encounter(n, place_in(NORTH))).await.unwrap();
        let pathway = recorded.pathway.unwrap();
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

pub fn today() -> Day {
    civil(&SystemClock).0
}

pub fn stop() -> LedgerActKind {
    LedgerActKind::Objection { act: ObjectionAct::Stop }
}

pub async fn page(device: &Device, pathway: PathwayId) -> Result<PersonView, ApiError> {
    call(device, OpenPerson { pathway }).await
}

pub async fn is_gone(device: &Device, pathway: PathwayId) -> bool {
    page(device, pathway).await.is_err_and(|error| error.code == ErrorCode::NotFound)
}
