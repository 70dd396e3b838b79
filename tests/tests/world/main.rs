//! The simulated world: devices that record, exchange over a line that is cut at any byte, repeat,
//! restart, whose clocks somebody sets to another year, over the same server half as HTTP serves, which
//! restarts too, but with no network. By seed.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::person::{OpenPerson, SearchPeople, SetBarrier};
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::ids::{DraftId, PathwayId, UserId};
use domain::role::Role;
use domain::vocabulary::*;
use engine::clock::{Clock as _, SystemClock};
use engine::device::Device;
use journeys::clock::{DAY_MS, Hand};
use journeys::forms::{first_encounter, later_encounter};
use journeys::line::Line;
use journeys::{CHEAP, NORTH, PASSPHRASE, SOUTH, World, call, me, place_in};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;
use sync_server::Cite;

/// Stories told; each has its own seed.
const STORIES: u64 = 32;
const STEPS: usize = 34;
const YEAR_MS: i64 = 365 * DAY_MS;

struct Player {
    name: &'static str,
    user: UserId,
    device: Device,
    clock: Arc<Hand>,
    line: Line,
    sector: domain::ids::SectorId,
}

impl Player {
    async fn restart(&mut self, world: &World) {
        let folder = world.folder.path().join(self.name);
        self.device = Device::with_cost(folder, self.clock.clone(), CHEAP).unwrap();
        let unlock = domain::api::session::Unlock { user: self.user, passphrase: PASSPHRASE.into() };
        call(&self.device, unlock).await.unwrap();
    }

    /// Whom this user knows. By their clock they may not have heard the cité for too long: they do first.
    async fn known(&self) -> Vec<PathwayId> {
        let all = SearchPeople { query: String::new(), limit: 50 };
        let mut found = call(&self.device, all.clone()).await;
        if found.as_ref().is_err_and(|error| error.code == ErrorCode::Silent) {
            self.device.sync_with(&self.line).await;
            found = call(&self.device, all).await;
        }
        found.unwrap().hits.iter().map(|hit| hit.label.pathway).collect()
    }

    async fn waiting(&self) -> u32 {
        call(&self.device, ReadSyncState {}).await.unwrap().to_send
    }
}

async fn story(seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::begin().await;
    let mut players = Vec::new();
    for (name, role, sectors) in [
        ("Nadia B.", Role::Mediator, vec![NORTH]),
        ("Samir D.", Role::Mediator, vec![NORTH]),
        ("Inès R.", Role::Referent, vec![NORTH, SOUTH]),
    ] {
        let device = world.joined(name, role, sectors.clone()).await;
        let line = Line::new(world.cite.clone(), device.token().unwrap());
        let clock = Hand::at(SystemClock.now_ms());
        let user = me(&device).await.unwrap().user;
        let mut player = Player { name, user, device, clock, line, sector: sectors[0] };
        player.restart(&world).await;
        players.push(player);
    }
    let mut drafts = 0_u8;
    let mut recorded = 0;
    for _ in 0..STEPS {
        let who = random.random_range(0..players.len());
        let player = &mut players[who];
        drafts += 1;
        let mut id = [drafts; 16];
        id[0] = who as u8;
        match random.random_range(0..13) {
            0..4 => {
                let known = player.known().await;
                let mut encounter = if known.is_empty() || random.random_ratio(1, 3) {
                    first_encounter(drafts, place_in(player.sector))
                } else {
                    later_encounter(
                        drafts,
                        known[random.random_range(0..known.len())],
                        place_in(player.sector),
                    )
                };
                encounter.draft = DraftId::from_bytes(id);
                call(&player.device, encounter.clone()).await.unwrap();
                // The reply may be lost and the call repeated.
                if random.random_ratio(1, 4) {
                    call(&player.device, encounter).await.unwrap();
                }
                recorded += 1;
            }
            4..6 => {
                let known = player.known().await;
                if known.is_empty() {
                    continue;
                }
                let pathway = known[random.random_range(0..known.len())];
                let page = call(&player.device, OpenPerson { pathway }).await.unwrap();
                let Some(barrier) = page.barriers.first() else { continue };
                let states = BarrierState::ALL;
                let request = SetBarrier {
                    state: Some(states[random.random_range(0..states.len())]),
                    ..SetBarrier::of(pathway, Some(barrier.id), barrier.domain)
                };
                call(&player.device, request).await.unwrap();
            }
            6 => player.restart(&world).await,
            // Somebody sets the clock: a year ahead, a year behind, right.
            7 => {
                let to = SystemClock.now_ms() + YEAR_MS * random.random_range(-1..2);
                player.clock.set_by(to - player.clock.now_ms());
            }
            // The server is stopped and started: what it had not committed is gone, and was promised to nobody.
            8 => {
                world.stop();
                world.cite = Arc::new(Cite::open(&world.folder.path().join("server")).unwrap());
                for player in &mut players {
                    player.line = Line::new(world.cite.clone(), player.device.token().unwrap());
                }
            }
            n => {
                if n == 9 {
                    *player.line.cut.lock().unwrap() = Some(random.random_range(0..6_000));
                }
                player.device.sync_with(&player.line).await;
                let alarms = call(&player.device, ReadSyncState {}).await.unwrap().alarms;
                assert_eq!(alarms, [], "seed {seed}: {} accuses an honest server", player.name);
            }
        }
    }
    // Quiet: everybody exchanges until nothing moves.
    for _ in 0..3 {
        for player in &players {
            player.device.sync_with(&player.line).await;
        }
    }
    let mut pages = Vec::new();
    for player in &players {
        assert_eq!(player.waiting().await, 0, "seed {seed}: {} still waits", player.name);
        let state = call(&player.device, ReadSyncState {}).await.unwrap();
        assert_eq!(state.last_failure, None, "seed {seed}: {} and the cité differ", player.name);
        let mut known = player.known().await;
        known.sort();
        let mut all = Vec::new();
        for pathway in known {
            let page = call(&player.device, OpenPerson { pathway }).await.unwrap();
            let barriers: Vec<_> = page.barriers.iter().map(|it| (it.id, it.state)).collect();
            all.push((pathway, page.hit.encounters, barriers, page.needs.len(), page.ledger.lines.len()));
        }
        pages.push(all);
    }
    assert_eq!(pages[0], pages[1], "seed {seed}: two mediators of one sector differ");
    assert_eq!(pages[0], pages[2], "seed {seed}: the référente differs");
    let encounters: u32 = pages[0].iter().map(|page| page.1).sum();
    assert_eq!(encounters, recorded, "seed {seed}: an encounter is lost or doubled");
}

#[tokio::test]
async fn whatever_is_cut_repeated_or_restarted_everybody_ends_with_the_same_and_nothing_is_lost() {
    for seed in 0..STORIES {
        eprintln!("seed {seed}");
        story(seed).await;
    }
}
