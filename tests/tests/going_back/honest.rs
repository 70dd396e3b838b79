//! The simulated world with a server that keeps what it acknowledged: lines are cut at any byte, devices and
//! server restart, a tablet's files are copied and put back, people agree and withdraw. By seed. Nobody is
//! ever told that the server went back.

use super::told;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::person::{NamedParts, NoteView, SearchPeople, WritePart};
use domain::api::session::Unlock;
use domain::ids::{DraftId, PathwayId, UserId};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::consent::agree;
use journeys::forms::{act, first_encounter, later_encounter};
use journeys::line::Line;
use journeys::places::failure;
use journeys::{NORTH, PASSPHRASE, World, call, device, me, place_in, synchronise};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use sync_server::Cite;

/// Stories told; each has its own seed.
const STORIES: u64 = 12;
const STEPS: usize = 36;

struct Player {
    folder: PathBuf,
    user: UserId,
    device: Option<Device>,
    token: Vec<u8>,
    line: Line,
}

impl Player {
    async fn of(world: &World, name: &str, device: Device) -> Self {
        let token = device.token().unwrap();
        let line = Line::new(world.cite.clone(), token.clone());
        let user = me(&device).await.unwrap().user;
        Self { folder: world.folder.path().join(name), user, device: Some(device), token, line }
    }

    fn at_work(&self) -> &Device {
        self.device.as_ref().unwrap()
    }

    /// Switched off, something is done to its files, and on again.
    async fn around(&mut self, what: impl FnOnce(&Path)) {
        drop(self.device.take());
        what(&self.folder);
        let tablet = device(&self.folder);
        call(&tablet, Unlock { user: self.user, passphrase: PASSPHRASE.into() }).await.unwrap();
        self.device = Some(tablet);
    }

    async fn exchange(&self, seed: u64) {
        self.at_work().sync_with(&self.line).await;
        assert_eq!(told(self.at_work()).await, [], "seed {seed}: {}", self.folder.display());
    }

    async fn known(&self) -> Vec<PathwayId> {
        let all = SearchPeople { query: String::new(), limit: 50 };
        let hits = call(self.at_work(), all).await.unwrap().hits;
        hits.iter().map(|hit| hit.label.pathway).collect()
    }
}

fn copy_files(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Something is entered about somebody known, or not known yet.
async fn work(player: &Player, random: &mut ChaCha8Rng, n: u8) {
    let (tablet, known) = (player.at_work(), player.known().await);
    if known.is_empty() || random.random_ratio(1, 4) {
        let mut first = first_encounter(n, place_in(NORTH));
        first.draft = DraftId::from_bytes(random.random());
        call(tablet, first).await.unwrap();
        return;
    }
    let pathway = known[random.random_range(0..known.len())];
    // What a ledger no longer allows is refused, and no surprise here.
    match random.random_range(0..5) {
        0 | 1 => {
            let mut later = later_encounter(n, pathway, place_in(NORTH));
            later.draft = DraftId::from_bytes(random.random());
            drop(call(tablet, later).await);
        }
        2 => agree(tablet, pathway, &[Purpose::ShareNotes, Purpose::ShareContact]).await,
        3 => {
            let no = LedgerActKind::Withdrawal { purpose: Purpose::ShareNotes, keep_on: None, partner: None };
            drop(call(tablet, AddLedgerEntry { pathway, act: act(no) }).await);
        }
        _ => {
            let notes = vec![NoteView { id: None, text: format!("note {n}"), on: Day(20_780) }];
            drop(
                call(tablet, WritePart { pathway, named: NamedParts { notes, ..NamedParts::default() } })
                    .await,
            );
        }
    }
}

async fn story(seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut world, ines) = World::established().await;
    let mut players = Vec::new();
    for name in ["Nadia B.", "Samir D."] {
        let tablet = world.let_in(&ines, name, Role::Mediator, vec![NORTH]).await;
        synchronise(&tablet).await;
        players.push(Player::of(&world, name, tablet).await);
    }
    synchronise(&ines).await;
    let image = world.folder.path().join("image");
    let twin = world.folder.path().join("copie");
    let mut imaged = false;
    for step in 0..STEPS {
        let who = random.random_range(0..players.len());
        match random.random_range(0..16) {
            0..6 => work(&players[who], &mut random, step as u8).await,
            6 => players[who].around(|_| ()).await,
            7 if who == 0 => {
                players[0].around(|files| copy_files(files, &image)).await;
                imaged = true;
            }
            8 if imaged => players[0].around(|files| copy_files(&image, files)).await,
            9 if players.len() == 2 => {
                players[0].around(|files| copy_files(files, &twin)).await;
                let tablet = device(&twin);
                call(&tablet, Unlock { user: players[0].user, passphrase: PASSPHRASE.into() }).await.unwrap();
                players.push(Player::of(&world, "copie", tablet).await);
            }
            10 => {
                world.stop();
                world.cite = Arc::new(Cite::open(&world.folder.path().join("server")).unwrap());
                for player in &mut players {
                    player.line = Line::new(world.cite.clone(), player.token.clone());
                }
            }
            n => {
                let player = &players[who];
                if n < 14 {
                    *player.line.cut.lock().unwrap() = Some(random.random_range(0..4_000));
                }
                player.exchange(seed).await;
                ines.sync_with(&Line::new(world.cite.clone(), ines.token().unwrap())).await;
                assert_eq!(told(&ines).await, [], "seed {seed}: Inès");
            }
        }
    }
    for _ in 0..3 {
        for player in &players {
            player.exchange(seed).await;
        }
    }
    for player in &players {
        assert_eq!(failure(player.at_work()).await, None, "seed {seed}");
    }
}

#[tokio::test]
async fn cuts_restarts_copies_and_images_of_devices_accuse_no_server() {
    for seed in 0..STORIES {
        eprintln!("seed {seed}");
        story(seed).await;
    }
}
