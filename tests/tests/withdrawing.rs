//! Withdrawals, objections, agreements and edits on three devices in any order, over lines that are cut:
//! in the end the part is nowhere but on a device that was named, and agreeing again shares anew.
//! By seed.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::ledger::LedgerActKind;
use domain::api::person::{NamedParts, WritePart};
use domain::api::sync::ReadSyncState;
use domain::ids::{DeviceId, PathwayId};
use domain::ledger::Fate;
use domain::vocabulary::{ObjectionAct, Purpose};
use engine::device::Device;
use journeys::disk::Disk;
use journeys::forms::notice;
use journeys::line::Line;
use journeys::scene::*;
use journeys::{call, me};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Stories told; each has its own seed.
const STORIES: u64 = 12;
const STEPS: usize = 24;

struct Story {
    seed: u64,
    random: ChaCha8Rng,
    scene: Scene,
    lines: Vec<Line>,
    ids: Vec<DeviceId>,
    pathway: PathwayId,
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let scene = Scene::begin().await;
        let pathway = scene.shared_person(9).await;
        let (mut lines, mut ids) = (Vec::new(), Vec::new());
        for device in [&scene.ines, &scene.nadia, &scene.samir] {
            lines.push(Line::new(scene.world.cite.clone(), device.token().unwrap()));
            ids.push(me(device).await.unwrap().device.unwrap());
        }
        Self { seed, random: ChaCha8Rng::seed_from_u64(seed), scene, lines, ids, pathway }
    }

    fn device(&self, n: usize) -> &Device {
        [&self.scene.ines, &self.scene.nadia, &self.scene.samir][n]
    }

    async fn exchange(&mut self, n: usize, may_cut: bool) {
        if may_cut && self.random.random_ratio(1, 3) {
            *self.lines[n].cut.lock().unwrap() = Some(self.random.random_range(0..4_000));
        }
        self.device(n).sync_with(&self.lines[n]).await;
    }

    /// Everybody exchanges, in a drawn order, until nothing moves.
    async fn quiet(&mut self) {
        for _ in 0..4 {
            let first = self.random.random_range(0..3);
            for n in 0..3 {
                self.exchange((first + n) % 3, false).await;
            }
        }
    }

    fn named(&mut self) -> Option<DeviceId> {
        self.random.random_ratio(1, 2).then(|| self.ids[self.random.random_range(0..3)])
    }

    async fn write(&mut self, n: usize, phone: &str) {
        let named = NamedParts { phone: Some(phone.into()), ..NamedParts::default() };
        call(self.device(n), WritePart { pathway: self.pathway, named }).await.unwrap();
    }

    async fn step(&mut self, at: usize) {
        let n = self.random.random_range(0..3);
        match self.random.random_range(0..12) {
            0..3 => {
                let frozen = !page(self.device(n), self.pathway).await.unwrap().ledger.objections.is_empty();
                if !frozen {
                    self.write(n, &format!("06 39 98 {:02} {at:02}", self.seed % 100)).await;
                }
            }
            3 => {
                let kind = LedgerActKind::Withdrawal {
                    purpose: Purpose::ShareContact,
                    keep_on: self.named(),
                    partner: None,
                };
                say(self.device(n), self.pathway, kind).await;
            }
            4 => say(self.device(n), self.pathway, objection(ObjectionAct::NoSharing)).await,
            5 => {
                // What an objection ended only a notice begins again.
                say(self.device(n), self.pathway, notice().kind).await;
                say(self.device(n), self.pathway, agreement(Purpose::ShareContact)).await;
            }
            6 => say(self.device(n), self.pathway, agreement(Purpose::ShareContact)).await,
            _ => self.exchange(n, true).await,
        }
    }

    async fn phone(&self, n: usize) -> Option<String> {
        page(self.device(n), self.pathway).await.unwrap().named.phone
    }

    fn server(&self) -> Disk {
        Disk::of_server(&self.scene.world.folder.path().join("server"))
    }

    /// The last word is a withdrawal; the others write meanwhile, and do not know.
    async fn ends_withdrawn(&mut self) {
        let (who, keep_on) = (self.random.random_range(0..3), self.named());
        let kind = LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on, partner: None };
        say(self.device(who), self.pathway, kind).await;
        for n in (0..3).filter(|n| *n != who) {
            let objections = page(self.device(n), self.pathway).await.unwrap().ledger.objections;
            if objections.is_empty() {
                self.write(n, &format!("06 39 98 99 {n:02}")).await;
            }
        }
        self.quiet().await;
        let ledger = self.scene.world.cite.store(|store| store.ledger(self.pathway)).unwrap();
        for n in 0..3 {
            let may_keep = ledger.fate(Purpose::ShareContact, self.ids[n]) == Fate::Keep;
            assert!(!may_keep || keep_on == Some(self.ids[n]), "only who is named");
            let phone = self.phone(n).await;
            assert!(phone.is_none() || may_keep, "seed {}: device {n} still shows {phone:?}", self.seed);
        }
        assert!(
            self.server().pieces_about(self.pathway, Some("contact")).is_empty(),
            "seed {}: the server still holds something of the part",
            self.seed
        );
    }

    async fn agrees_again(&mut self) {
        let n = self.random.random_range(0..3);
        say(self.device(n), self.pathway, notice().kind).await;
        say(self.device(n), self.pathway, agreement(Purpose::ShareContact)).await;
        self.write(n, "06 39 98 77 77").await;
        self.quiet().await;
        // Where somebody had kept the value for themselves alone, theirs was written at the same time.
        let shown = self.phone(0).await;
        assert!(shown.is_some(), "seed {}", self.seed);
        for n in 1..3 {
            assert_eq!(self.phone(n).await, shown, "seed {}: device {n}", self.seed);
        }
        assert!(!self.server().pieces_about(self.pathway, Some("contact")).is_empty(), "it is shared");
    }

    /// In the end the person asks for everything to be erased; one device hears of it last.
    async fn ends_erased(&mut self) {
        let (who, last) = (self.random.random_range(0..3), self.random.random_range(0..3));
        if last != who {
            self.write(last, "06 39 98 88 88").await;
        }
        say(self.device(who), self.pathway, stop()).await;
        for n in (0..3).filter(|n| *n != last || *n == who) {
            self.exchange(n, false).await;
        }
        assert_eq!(self.scene.world.cite.daily(today().plus(7)).unwrap(), 1, "seed {}", self.seed);
        self.quiet().await;
        for n in 0..3 {
            assert!(is_gone(self.device(n), self.pathway).await, "seed {}: device {n}", self.seed);
            let state = call(self.device(n), ReadSyncState {}).await.unwrap();
            assert_eq!((state.to_send, state.alarms.len()), (0, 0), "seed {}: device {n}", self.seed);
        }
        assert!(self.server().pieces_about(self.pathway, None).is_empty(), "seed {}", self.seed);
        let row = self.scene.erasures().remove(0);
        assert!(row.devices.iter().all(|it| it.confirmed_on.is_some()), "seed {}: {row:?}", self.seed);
    }
}

fn objection(act: ObjectionAct) -> LedgerActKind {
    LedgerActKind::Objection { act }
}

#[tokio::test]
async fn whatever_the_order_a_withdrawn_part_is_nowhere_but_where_it_was_named_and_agreeing_again_shares_it()
{
    for seed in 0..STORIES {
        eprintln!("seed {seed}");
        let mut story = Story::begin(seed).await;
        for at in 0..STEPS {
            story.step(at).await;
        }
        story.ends_withdrawn().await;
        story.agrees_again().await;
        story.ends_erased().await;
    }
}
