//! Figures of the merged cohort: of a quarter as it ended, by organisation, closed for good.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::cohort::{CohortFilter, CohortView, Figure, Geography};
use domain::api::encounter::RecordEncounter;
use domain::api::person::{OpenPerson, SetBarrier};
use domain::api::session::Join;
use domain::error::ErrorCode;
use domain::ids::{OrganisationId, PathwayId};
use domain::indicators::Cell;
use domain::role::Role;
use domain::time::{Day, InstantMs, Quarter};
use domain::vocabulary::{BarrierState, LiftTime};
use engine::clock::Clock;
use engine::device::Device;
use engine::store::asset;
use journeys::{CHEAP, NORTH, PASSPHRASE, PIN, World, call, forms, me, place_in, settings, synchronise};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const SUMMER: Quarter = Quarter { year: 2026, quarter: 3 };
const AUTUMN: Quarter = Quarter { year: 2026, quarter: 4 };
const DAY_MS: InstantMs = 24 * 3_600_000;

/// A clock that is set to a day, at noon.
struct Noon(AtomicI64);

impl Noon {
    fn at(&self, year: i32, month: u32, day: u32) -> Day {
        let day = Day::from_ymd(year, month, day).unwrap();
        self.0.store(InstantMs::from(day.0) * DAY_MS + DAY_MS / 2, Ordering::Relaxed);
        day
    }
}

impl Clock for Noon {
    fn now_ms(&self) -> InstantMs {
        self.0.load(Ordering::Relaxed)
    }
}

struct Cite {
    world: World,
    clock: Arc<Noon>,
}

impl Cite {
    /// A cité that masks nothing, so that single people can be seen in its figures.
    async fn begin() -> Self {
        let world = World::begin().await;
        let mut settings = settings();
        settings.mask_below = 0;
        // A quarter passes between two lines of a story; nobody is to be shut out meanwhile.
        settings.silent_days = Some(365);
        world.cite.store(|store| store.publish_asset(asset::SETTINGS, &settings)).unwrap();
        Self { world, clock: Arc::new(Noon(AtomicI64::new(0))) }
    }

    async fn joined(&self, name: &str, organisation: &str) -> Device {
        let code = self.world.cite.invite(name, Role::Mediator, organisation, vec![NORTH]).unwrap();
        let device =
            Device::with_cost(self.world.folder.path().join(name), self.clock.clone(), CHEAP).unwrap();
        let join = Join {
            server: self.world.address.clone(),
            code: code.as_str().into(),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
            device_name: name.into(),
        };
        call(&device, join).await.unwrap();
        synchronise(&device).await;
        device
    }

    fn page(&self, quarter: Quarter, organisation: Option<OrganisationId>) -> CohortView {
        let filter = CohortFilter {
            period: quarter.period(),
            geography: Geography::Residence,
            location: None,
            public: None,
            organisation,
            programme: None,
        };
        let now_ms = self.clock.now_ms();
        self.world.cite.figures(|figures, store| figures.page(store, &filter, now_ms)).unwrap()
    }

    fn close(&self, quarter: Quarter) -> Result<(), ErrorCode> {
        let now_ms = self.clock.now_ms();
        let closed =
            self.world.cite.figures(|figures, store| figures.close(store, quarter, "Claire V.", now_ms));
        closed.map(drop).map_err(|refused| refused.code)
    }
}

async fn meet(device: &Device, request: RecordEncounter) -> PathwayId {
    call(device, request).await.unwrap().pathway.unwrap()
}

async fn set_state(device: &Device, pathway: PathwayId, state: BarrierState) {
    let page = call(device, OpenPerson { pathway }).await.unwrap();
    let barrier = page.barriers.first().unwrap();
    let request =
        SetBarrier { state: Some(state), ..SetBarrier::of(pathway, Some(barrier.id), barrier.domain) };
    call(device, request).await.unwrap();
    synchronise(device).await;
}

fn count(page: &CohortView, cell: Cell) -> u32 {
    match page.figures.of(cell) {
        Figure::Count(count) => count,
        Figure::Masked => panic!("{cell:?} is masked"),
    }
}

#[tokio::test]
async fn a_barrier_lifted_in_autumn_was_only_noted_at_the_end_of_summer() {
    let cite = Cite::begin().await;
    cite.clock.at(2026, 9, 20);
    let nadia = cite.joined("Nadia", "Association Inventée").await;
    let pathway = meet(&nadia, forms::first_encounter(1, place_in(NORTH))).await;
    synchronise(&nadia).await;
    cite.clock.at(2026, 10, 5);
    set_state(&nadia, pathway, BarrierState::InProgress).await;
    cite.clock.at(2026, 11, 9);
    set_state(&nadia, pathway, BarrierState::Lifted).await;

    let (summer, autumn) = (cite.page(SUMMER, None), cite.page(AUTUMN, None));
    assert_eq!(count(&summer, Cell::BarrierState(BarrierState::Spotted)), 1);
    assert_eq!(count(&summer, Cell::BarrierState(BarrierState::Lifted)), 0);
    assert_eq!(count(&autumn, Cell::BarrierState(BarrierState::Lifted)), 1);
    assert_eq!(count(&autumn, Cell::LiftedWithin(LiftTime::Quarter)), 1, "from 20 September to 9 November");
    assert_eq!(count(&summer, Cell::Lifted), 0);
    let contacts: Vec<Figure> = autumn.months.iter().map(|it| it.contacts).collect();
    let expected = [0, 0, 1, 0, 0].map(Figure::Count);
    assert_eq!(contacts, expected, "July to November; December says nothing yet");
}

#[tokio::test]
async fn an_organisation_s_figures_are_those_its_own_members_signed() {
    let cite = Cite::begin().await;
    cite.clock.at(2026, 9, 20);
    let nadia = cite.joined("Nadia", "Association Inventée").await;
    let samir = cite.joined("Samir", "Commune inventée").await;
    let pathway = meet(&nadia, forms::first_encounter(1, place_in(NORTH))).await;
    synchronise(&nadia).await;
    meet(&nadia, forms::first_encounter(2, place_in(NORTH))).await;
    synchronise(&nadia).await;
    synchronise(&samir).await;
    meet(&samir, forms::later_encounter(3, pathway, place_in(NORTH))).await;
    synchronise(&samir).await;

    let (association, commune) = (me(&nadia).await.unwrap(), me(&samir).await.unwrap());
    let of = |organisation, cell| count(&cite.page(SUMMER, organisation), cell);
    assert_eq!([Cell::Encounters, Cell::Spotted].map(|cell| of(None, cell)), [3, 2]);
    let association = Some(association.organisation);
    assert_eq!([Cell::Encounters, Cell::Spotted].map(|cell| of(association, cell)), [2, 2]);
    let commune = Some(commune.organisation);
    assert_eq!([Cell::Encounters, Cell::Spotted].map(|cell| of(commune, cell)), [1, 1]);
}

#[tokio::test]
async fn the_figures_of_a_closed_quarter_never_change_again() {
    let cite = Cite::begin().await;
    cite.clock.at(2026, 9, 20);
    let nadia = cite.joined("Nadia", "Association Inventée").await;
    meet(&nadia, forms::first_encounter(1, place_in(NORTH))).await;
    synchronise(&nadia).await;
    assert_eq!(cite.close(SUMMER), Err(ErrorCode::Invalid), "summer is not over");
    // Recorded in summer, synchronised after the quarter was closed.
    meet(&nadia, forms::first_encounter(2, place_in(NORTH))).await;
    cite.clock.at(2026, 10, 12);
    let before = cite.page(SUMMER, None);
    assert!(before.may_close && before.closed.is_none());
    cite.close(SUMMER).unwrap();
    synchronise(&nadia).await;

    let after = cite.page(SUMMER, None);
    assert_eq!(after.figures, before.figures, "a late entry changes nothing");
    assert_eq!(after.closed.as_ref().map(|it| it.by.as_str()), Some("Claire V."));
    assert_eq!(cite.close(SUMMER), Err(ErrorCode::Invalid), "it is closed once");
    let autumn: Vec<Figure> = cite.page(AUTUMN, None).months.iter().map(|it| it.contacts).take(3).collect();
    let summer: Vec<Figure> = after.months.iter().map(|it| it.contacts).skip(3).collect();
    assert_eq!(autumn, summer, "the page of autumn shows the months of summer as they were closed");
}
