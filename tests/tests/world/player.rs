//! One user of the simulated world, on a device of their own.

use domain::api::Request;
use domain::api::person::{OpenPerson, PersonView, SearchPeople};
use domain::api::sync::{ReadSyncState, SyncStateView};
use domain::error::{ApiError, ErrorCode};
use domain::ids::SectorId;
use domain::ids::{PathwayId, UserId};
use domain::role::Role;
use engine::clock::{Clock as _, SystemClock};
use engine::device::Device;
use journeys::clock::{DAY_MS, Hand};
use journeys::line::Line;
use journeys::{CHEAP, PASSPHRASE, World, call, me};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

const YEAR_MS: i64 = 365 * DAY_MS;

pub struct Player {
    pub name: &'static str,
    pub user: UserId,
    pub device: Device,
    pub line: Line,
    clock: Arc<Hand>,
}

impl Player {
    pub async fn join(world: &World, name: &'static str, role: Role, sectors: Vec<SectorId>) -> Self {
        let device = world.joined(name, role, sectors).await;
        let line = Line::new(world.cite.clone(), device.token().unwrap());
        let user = me(&device).await.unwrap().user;
        Self { name, user, device, line, clock: Hand::at(SystemClock.now_ms()) }
    }

    pub async fn restart(&mut self, world: &World) {
        let folder = world.folder.path().join(self.name);
        self.device = Device::with_cost(folder, self.clock.clone(), CHEAP).unwrap();
        let unlock = domain::api::session::Unlock { user: self.user, passphrase: PASSPHRASE.into() };
        call(&self.device, unlock).await.unwrap();
    }

    /// Somebody sets the clock: a year ahead, a year behind, right.
    pub fn set_clock(&self, random: &mut ChaCha8Rng) {
        let to = SystemClock.now_ms() + YEAR_MS * random.random_range(-1..2);
        self.clock.set_by(to - self.clock.now_ms());
    }

    /// Makes a call. By their clock they may not have heard the cité for too long: they do first.
    pub async fn call<R: Request + Clone>(&self, request: R) -> Result<R::Reply, ApiError> {
        let done = call(&self.device, request.clone()).await;
        if done.as_ref().is_err_and(|error| error.code == ErrorCode::Silent) {
            self.exchange().await;
            return call(&self.device, request).await;
        }
        done
    }

    pub async fn exchange(&self) {
        self.device.sync_with(&self.line).await;
    }

    /// Whom this user knows.
    pub async fn known(&self) -> Vec<PathwayId> {
        let all = SearchPeople { query: String::new(), limit: 100 };
        self.call(all).await.unwrap().hits.iter().map(|hit| hit.label.pathway).collect()
    }

    pub async fn page(&self, pathway: PathwayId) -> PersonView {
        self.call(OpenPerson { pathway }).await.unwrap()
    }

    pub async fn state(&self) -> SyncStateView {
        call(&self.device, ReadSyncState {}).await.unwrap()
    }
}
