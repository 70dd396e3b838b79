//! What happens in the simulated world, and what must be true in the end.

use crate::player::Player;
use domain::api::encounter::RecordEncounter;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::member::ChangeMember;
use domain::api::person::{NamedParts, OrderErasure, PersonView, SetBarrier, WritePart};
use domain::api::referent::{AnswerReferent, OfferReferent};
use domain::ids::{DraftId, PathwayId};
use domain::role::Role;
use domain::vocabulary::*;
use journeys::forms::{act, agreement, first_encounter, later_encounter, notice};
use journeys::line::Line;
use journeys::{NORTH, SOUTH, World, member, place_in};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use sync_server::Cite;

/// Places of the players: two mediators and a référente of the north, a référente of the south.
const NADIA: usize = 0;
const SAMIR: usize = 1;
const INES: usize = 2;
const MAUD: usize = 3;
/// Who sees everybody in the end.
const NORTHERN: [usize; 3] = [NADIA, SAMIR, INES];

pub struct Story {
    seed: u64,
    random: ChaCha8Rng,
    world: World,
    players: Vec<Player>,
    drafts: u8,
    /// Encounters of each person.
    recorded: BTreeMap<PathwayId, u32>,
    erased: BTreeSet<PathwayId>,
}

impl Story {
    pub async fn begin(seed: u64) -> Self {
        let world = World::begin().await;
        let mut players = Vec::new();
        for (name, role, sectors) in [
            ("Nadia B.", Role::Mediator, vec![NORTH]),
            ("Samir D.", Role::Mediator, vec![NORTH]),
            ("Inès R.", Role::Referent, vec![NORTH, SOUTH]),
            ("Maud K.", Role::Referent, vec![SOUTH]),
        ] {
            players.push(Player::join(&world, name, role, sectors).await);
        }
        players[INES].exchange().await;
        member::establish(&players[INES].device).await;
        for player in &mut players {
            player.restart(&world).await;
            player.exchange().await;
        }
        let random = ChaCha8Rng::seed_from_u64(seed);
        Self { seed, random, world, players, drafts: 0, recorded: BTreeMap::new(), erased: BTreeSet::new() }
    }

    fn draw<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.random.random_range(0..all.len())])
    }

    pub async fn step(&mut self) {
        let who = self.random.random_range(0..self.players.len());
        match self.random.random_range(0..20) {
            0..4 => self.meet(who).await,
            4..6 => self.settle_a_barrier(who).await,
            6 => self.players[who].restart(&self.world).await,
            7 => self.players[who].set_clock(&mut self.random),
            8 => self.restart_the_server(),
            9 => self.share(who).await,
            10 => self.withdraw(who).await,
            11 => self.hand_over().await,
            12 => self.move_samir().await,
            13 => self.erase().await,
            n => {
                if n == 14 {
                    *self.players[who].line.cut.lock().unwrap() = Some(self.random.random_range(0..6_000));
                }
                let player = &self.players[who];
                player.exchange().await;
                let alarms = player.state().await.alarms;
                assert_eq!(alarms, [], "seed {}: {} accuses an honest server", self.seed, player.name);
            }
        }
    }

    async fn meet(&mut self, who: usize) {
        let known = self.players[who].known().await;
        self.drafts += 1;
        let whom = self.draw(&known).filter(|_| !self.random.random_ratio(1, 3));
        let mut encounter: RecordEncounter = match whom {
            None => first_encounter(self.drafts, place_in(NORTH)),
            Some(pathway) => later_encounter(self.drafts, pathway, place_in(NORTH)),
        };
        let mut id = [self.drafts; 16];
        id[0] = who as u8;
        encounter.draft = DraftId::from_bytes(id);
        let recorded = self.players[who].call(encounter.clone()).await.unwrap();
        // The reply may be lost and the call repeated.
        if self.random.random_ratio(1, 4) {
            self.players[who].call(encounter).await.unwrap();
        }
        *self.recorded.entry(recorded.pathway.unwrap()).or_default() += 1;
    }

    async fn settle_a_barrier(&mut self, who: usize) {
        let known = self.players[who].known().await;
        let Some(pathway) = self.draw(&known) else { return };
        let page = self.players[who].page(pathway).await;
        let Some(barrier) = page.barriers.first() else { return };
        let state = self.draw(BarrierState::ALL);
        let request = SetBarrier { state, ..SetBarrier::of(pathway, Some(barrier.id), barrier.domain) };
        self.players[who].call(request).await.unwrap();
    }

    /// The server is stopped and started: what it had not committed is gone, and was promised to nobody.
    fn restart_the_server(&mut self) {
        self.world.stop();
        self.world.cite = Arc::new(Cite::open(&self.world.folder.path().join("server")).unwrap());
        for player in &mut self.players {
            player.line = Line::new(self.world.cite.clone(), player.device.token().unwrap());
        }
    }

    async fn say(&self, who: usize, pathway: PathwayId, kind: LedgerActKind) {
        self.players[who].call(AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
    }

    async fn write(&self, who: usize, pathway: PathwayId, phone: &str) {
        let named = NamedParts { phone: Some(phone.into()), ..NamedParts::default() };
        self.players[who].call(WritePart { pathway, named }).await.unwrap();
    }

    /// The person agrees that their telephone number be shared, and gives it.
    async fn share(&mut self, who: usize) {
        let known = self.players[who].known().await;
        let Some(pathway) = self.draw(&known) else { return };
        self.say(who, pathway, agreement(Purpose::ShareContact)).await;
        self.write(who, pathway, &format!("06 39 98 {:02} {:02}", self.drafts, who)).await;
    }

    async fn withdraw(&mut self, who: usize) {
        let known = self.players[who].known().await;
        let Some(pathway) = self.draw(&known) else { return };
        self.say(who, pathway, withdrawal()).await;
    }

    /// Inès proposes somebody to Maud, who sees them from then on; or Maud answers what was proposed to her.
    async fn hand_over(&mut self) {
        let maud = self.players[MAUD].user;
        for pathway in self.players[MAUD].known().await {
            let page = self.players[MAUD].page(pathway).await;
            let offered = page.referents.iter().find(|it| it.to.is_none() && !it.accepted && it.referent.me);
            if let Some(link) = offered.map(|it| it.id) {
                let accept = self.random.random_ratio(1, 2);
                self.players[MAUD].call(AnswerReferent { pathway, link, accept }).await.unwrap();
                return;
            }
        }
        let known = self.players[INES].known().await;
        let Some(pathway) = self.draw(&known) else { return };
        if !follows(&self.players[INES].page(pathway).await, self.players[MAUD].name) {
            let offer = OfferReferent { pathway, user: maud, lead: self.random.random_ratio(1, 2) };
            self.players[INES].call(offer).await.unwrap();
        }
    }

    /// Samir goes to work in another sector, or comes back: he is shown what is met there, and nobody else but whom
    /// he met himself.
    async fn move_samir(&mut self) {
        let sector = if self.random.random_ratio(1, 2) { SOUTH } else { NORTH };
        self.place_samir(sector).await;
    }

    async fn place_samir(&self, sector: domain::ids::SectorId) {
        let change =
            ChangeMember { user: self.players[SAMIR].user, role: Role::Mediator, sectors: vec![sector] };
        self.players[INES].call(change).await.unwrap();
    }

    async fn erase(&mut self) {
        if self.random.random_ratio(1, 2) {
            return;
        }
        let known = self.players[INES].known().await;
        let Some(pathway) = self.draw(&known) else { return };
        let order = OrderErasure { pathway, with: vec![], reason: OrderReason::WrongPerson };
        self.players[INES].call(order).await.unwrap();
        self.erased.insert(pathway);
    }

    /// Everybody exchanges until nothing moves.
    async fn quiet(&self) {
        for _ in 0..4 {
            for player in &self.players {
                player.exchange().await;
            }
        }
    }

    pub async fn end(&self) {
        let seed = self.seed;
        self.players[INES].exchange().await;
        self.place_samir(NORTH).await;
        self.quiet().await;
        for player in &self.players {
            let state = player.state().await;
            assert_eq!(state.to_send, 0, "seed {seed}: {} still waits", player.name);
            assert_eq!(state.last_failure, None, "seed {seed}: {} and the cité differ", player.name);
            assert_eq!(state.alarms, [], "seed {seed}: {} is alarmed", player.name);
        }
        self.all_see_the_same().await;
        self.maud_sees_whom_she_follows().await;
        self.a_number_is_shared_and_withdrawn().await;
    }

    async fn all_see_the_same(&self) {
        let seed = self.seed;
        let mut pages = Vec::new();
        for n in NORTHERN {
            let mut known = self.players[n].known().await;
            known.sort();
            let mut all = Vec::new();
            for pathway in known {
                all.push(summary(&self.players[n].page(pathway).await));
            }
            pages.push(all);
        }
        assert_eq!(pages[0], pages[1], "seed {seed}: two mediators of one sector differ");
        assert_eq!(pages[0], pages[2], "seed {seed}: the référente differs");
        let shown: BTreeMap<PathwayId, u32> = pages[0].iter().map(|page| (page.0, page.1)).collect();
        let mut expected = self.recorded.clone();
        expected.retain(|pathway, _| !self.erased.contains(pathway));
        assert_eq!(
            shown, expected,
            "seed {seed}: an encounter is lost or doubled, or somebody erased is back"
        );
    }

    async fn maud_sees_whom_she_follows(&self) {
        let (seed, maud) = (self.seed, &self.players[MAUD]);
        let known = maud.known().await;
        for pathway in self.players[INES].known().await {
            let page = self.players[INES].page(pathway).await;
            assert!(
                !follows(&page, maud.name) || known.contains(&pathway),
                "seed {seed}: Maud was not shown somebody"
            );
            if known.contains(&pathway) {
                assert_eq!(summary(&maud.page(pathway).await), summary(&page), "seed {seed}: Maud differs");
            }
        }
        assert!(known.iter().all(|it| !self.erased.contains(it)), "seed {seed}: somebody erased is back");
    }

    /// In the end somebody agrees anew, and then withdraws.
    async fn a_number_is_shared_and_withdrawn(&self) {
        let known = self.players[NADIA].known().await;
        let Some(pathway) = known.first().copied() else { return };
        self.say(NADIA, pathway, notice().kind).await;
        self.say(NADIA, pathway, agreement(Purpose::ShareContact)).await;
        self.write(NADIA, pathway, "06 39 98 77 77").await;
        self.quiet().await;
        for n in NORTHERN {
            let phone = self.players[n].page(pathway).await.named.phone;
            assert!(phone.is_some(), "seed {}: {} was not given it", self.seed, self.players[n].name);
        }
        self.say(INES, pathway, withdrawal()).await;
        self.quiet().await;
        for n in NORTHERN {
            let phone = self.players[n].page(pathway).await.named.phone;
            assert_eq!(phone, None, "seed {}: {} still shows it", self.seed, self.players[n].name);
        }
    }
}

fn withdrawal() -> LedgerActKind {
    LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on: None, partner: None }
}

/// Whether somebody follows a person, or was proposed to.
fn follows(page: &PersonView, name: &str) -> bool {
    page.referents.iter().any(|it| it.to.is_none() && it.referent.name.as_deref() == Some(name))
}

/// What must be the same everywhere.
fn summary(page: &PersonView) -> (PathwayId, u32, Vec<(domain::ids::FactId, BarrierState)>, usize, usize) {
    let barriers = page.barriers.iter().map(|it| (it.id, it.state)).collect();
    (page.hit.label.pathway, page.hit.encounters, barriers, page.needs.len(), page.ledger.lines.len())
}
