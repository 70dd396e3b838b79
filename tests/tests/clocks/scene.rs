//! A founded cité, and a tablet whose clock the test sets.

use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::person::{NamedParts, OpenPerson, PersonView, WritePart};
use domain::api::session::Unlock;
use domain::error::ApiError;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::Purpose;
use engine::clock::{Clock as _, FixedClock, SystemClock, civil};
use engine::device::Device;
use journeys::clock::{DAY_MS, Hand};
use journeys::forms::{act, first_encounter};
use journeys::{CHEAP, NORTH, PASSPHRASE, World, call, me, place_in, synchronise};
use std::sync::Arc;

pub const YEAR_MS: i64 = 365 * DAY_MS;
pub fn today() -> Day {
    civil(&SystemClock).0
}

/// A founded cité; Nadia's tablet with a clock that the test sets, and Samir's.
pub struct Scene {
    pub world: World,
    pub ines: Device,
    pub nadia: Device,
    pub samir: Device,
    pub clock: Arc<Hand>,
}

impl Scene {
    pub async fn begin() -> Self {
        let (world, ines) = World::established().await;
        let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
        let samir = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
        let clock = Hand::at(SystemClock.now_ms());
        let user = me(&nadia).await.unwrap().user;
        drop(nadia);
        let folder = world.folder.path().join("Nadia B.");
        let nadia = Device::with_cost(folder, clock.clone(), CHEAP).unwrap();
        let unlock = Unlock { user, passphrase: PASSPHRASE.into() };
        call(&nadia, unlock).await.unwrap();
        let scene = Self { world, ines, nadia, samir, clock };
        scene.all().await;
        scene
    }

    pub async fn all(&self) {
        for _ in 0..3 {
            for device in [&self.nadia, &self.ines, &self.samir] {
                synchronise(device).await;
            }
        }
    }

    /// Somebody whom Nadia met, and who agreed that the team may have the phone number.
    pub async fn person(&self, until: Option<Day>) -> PathwayId {
        let met = call(&self.nadia, first_encounter(1, place_in(NORTH))).await.unwrap();
        let pathway = met.pathway.unwrap();
        self.agree(pathway, until).await;
        pathway
    }

    pub async fn agree(&self, pathway: PathwayId, until: Option<Day>) {
        let kind = LedgerActKind::Agreement {
            purpose: Purpose::ShareContact,
            organisations: vec![],
            excluded: vec![],
            channel: None,
            until,
            partner: None,
        };
        call(&self.nadia, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
    }

    pub async fn write(&self, pathway: PathwayId, phone: &str) {
        let named = NamedParts { phone: Some(phone.into()), ..NamedParts::default() };
        call(&self.nadia, WritePart { pathway, named }).await.unwrap();
    }
}

pub async fn page(device: &Device, pathway: PathwayId) -> Result<PersonView, ApiError> {
    call(device, OpenPerson { pathway }).await
}

/// A tablet at another time; the cité's day is the same.
pub async fn at(world: &World, device: &mut Device, name: &str, day: Day) {
    let user = me(device).await.unwrap().user;
    let noon = i64::from(day.0) * DAY_MS + DAY_MS / 2;
    *device = Device::with_cost(world.folder.path().join(name), Arc::new(FixedClock(noon)), CHEAP).unwrap();
    call(device, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    world.clock.to(day);
    synchronise(device).await;
}
