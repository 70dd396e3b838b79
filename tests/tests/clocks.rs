//! Tablets whose clock is wrong, and agreements with a last day: the cité's day says when one ends. A wrong
//! clock neither ends an agreement nor prolongs it, and loses nothing of what was entered.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::ledger::{AddLedgerEntry, LedgerActKind, PurposeStateView};
use domain::api::person::{NamedParts, OpenPerson, WritePart};
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::Purpose;
use engine::clock::{Clock as _, SystemClock, civil};
use engine::device::Device;
use journeys::clock::{DAY_MS, Hand};
use journeys::forms::{PHONE, act, first_encounter, later_encounter};
use journeys::{CHEAP, NORTH, PASSPHRASE, World, call, me, place_in, synchronise};
use std::sync::Arc;

const YEAR_MS: i64 = 365 * DAY_MS;
const OTHER: &str = "06 39 98 00 02";

fn today() -> Day {
    civil(&SystemClock).0
}

/// A founded cité; Nadia's tablet with a clock that the test sets, and Samir's.
struct Scene {
    world: World,
    ines: Device,
    nadia: Device,
    samir: Device,
    clock: Arc<Hand>,
}

impl Scene {
    async fn begin() -> Self {
        let (world, ines) = World::established().await;
        let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
        let samir = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
        let clock = Hand::at(SystemClock.now_ms());
        let user = me(&nadia).await.unwrap().user;
        drop(nadia);
        let folder = world.folder.path().join("Nadia B.");
        let nadia = Device::with_cost(folder, clock.clone(), CHEAP).unwrap();
        let unlock = domain::api::session::Unlock { user, passphrase: PASSPHRASE.into() };
        call(&nadia, unlock).await.unwrap();
        let scene = Self { world, ines, nadia, samir, clock };
        scene.all().await;
        scene
    }

    async fn all(&self) {
        for _ in 0..3 {
            for device in [&self.nadia, &self.ines, &self.samir] {
                synchronise(device).await;
            }
        }
    }

    /// Somebody whom Nadia met, and who agreed that the team may have the phone number.
    async fn person(&self, until: Option<Day>) -> PathwayId {
        let met = call(&self.nadia, first_encounter(1, place_in(NORTH))).await.unwrap();
        let pathway = met.pathway.unwrap();
        self.agree(pathway, until).await;
        pathway
    }

    async fn agree(&self, pathway: PathwayId, until: Option<Day>) {
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

    async fn write(&self, pathway: PathwayId, phone: &str) {
        let named = NamedParts { phone: Some(phone.into()), ..NamedParts::default() };
        call(&self.nadia, WritePart { pathway, named }).await.unwrap();
    }
}

async fn phone(device: &Device, pathway: PathwayId) -> Option<String> {
    call(device, OpenPerson { pathway }).await.unwrap().named.phone
}

async fn state(device: &Device, pathway: PathwayId) -> PurposeStateView {
    let ledger = call(device, OpenPerson { pathway }).await.unwrap().ledger;
    ledger.purposes.iter().find(|it| it.purpose == Purpose::ShareContact).unwrap().state
}

async fn waiting(device: &Device) -> u32 {
    call(device, ReadSyncState {}).await.unwrap().to_send
}

#[tokio::test]
async fn a_tablet_whose_clock_is_a_year_ahead_ends_no_agreement_and_sends_once_it_is_right() {
    let scene = Scene::begin().await;
    let pathway = scene.person(Some(today().plus(30))).await;
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(PHONE));
    scene.clock.set_by(YEAR_MS);
    // It takes itself for silent, and works again once it has heard the cité.
    let named = NamedParts::default();
    let refused = call(&scene.nadia, WritePart { pathway, named }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Silent);
    synchronise(&scene.nadia).await;
    scene.write(pathway, OTHER).await;
    call(&scene.nadia, later_encounter(2, pathway, place_in(NORTH))).await.unwrap();
    scene.all().await;
    // For her it is over; nobody else is told so, and nothing is taken from anybody.
    assert_eq!(state(&scene.nadia, pathway).await, PurposeStateView::AskAgain);
    assert_eq!(phone(&scene.nadia, pathway).await.as_deref(), Some(OTHER), "kept here");
    for device in [&scene.samir, &scene.ines] {
        assert_eq!(state(device, pathway).await, PurposeStateView::Granted);
        assert_eq!(phone(device, pathway).await.as_deref(), Some(PHONE));
        let seen = call(device, OpenPerson { pathway }).await.unwrap();
        assert_eq!(seen.hit.encounters, 2, "what is coded is received");
    }
    scene.clock.set_by(-YEAR_MS);
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(OTHER), "sent once her day is right");
    assert_eq!(waiting(&scene.nadia).await, 0);
}

#[tokio::test]
async fn a_tablet_whose_clock_is_a_year_behind_prolongs_no_agreement() {
    let scene = Scene::begin().await;
    scene.clock.set_by(-YEAR_MS);
    // On her screen a month away; in the cité long past.
    let pathway = scene.person(Some(today().plus(-335))).await;
    scene.all().await;
    assert_eq!(state(&scene.nadia, pathway).await, PurposeStateView::Granted);
    assert_eq!(state(&scene.samir, pathway).await, PurposeStateView::AskAgain);
    assert_eq!(phone(&scene.samir, pathway).await, None, "the cité did not take it");
    assert_eq!(phone(&scene.nadia, pathway).await.as_deref(), Some(PHONE), "and it is not lost");
    // Agreed to again, it goes.
    scene.agree(pathway, None).await;
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn after_the_last_day_of_an_agreement_nobody_is_shown_the_part_and_who_wrote_it_keeps_it() {
    let scene = Scene::begin().await;
    let pathway = scene.person(Some(today())).await;
    scene.all().await;
    scene.world.cite.daily(today()).unwrap();
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(PHONE), "the last day counts");
    scene.world.cite.daily(today().plus(1)).unwrap();
    for device in [&scene.samir, &scene.ines] {
        synchronise(device).await;
        assert_eq!(phone(device, pathway).await, None, "dropped although nobody did anything");
    }
    synchronise(&scene.nadia).await;
    assert_eq!(phone(&scene.nadia, pathway).await.as_deref(), Some(PHONE), "hers");
    scene.agree(pathway, None).await;
    scene.all().await;
    for device in [&scene.samir, &scene.ines, &scene.nadia] {
        assert_eq!(phone(device, pathway).await.as_deref(), Some(PHONE), "agreed to again");
    }
}
