//! Measures, with a fixed seed and named sizes. `cargo xtask bench [SMALL LARGE]`; figures go to
//! `docs/PERFORMANCE.md`. Times are medians on the machine that runs it; bytes and turns are exact.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a program that measures and says so")]

use domain::api::cohort::{CohortFilter, Geography};
use domain::api::encounter::Whom;
use domain::api::person::SearchPeople;
use domain::api::session::{Lock, UnlockWithPin};
use domain::api::today::ReadToday;
use domain::role::Role;
use domain::secret::SecretText;
use domain::territory::{QpvIndex, polygon};
use domain::time::Day;
use engine::clock::{Clock as _, SystemClock, civil_day};
use engine::device::Device;
use engine::keys::Keyring;
use engine::store::Store;
use journeys::line::Line;
use journeys::{NORTH, PASSPHRASE, PIN, World, call, me};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::time::{Duration, Instant};
use sync_server::demo::street;

const SEED: u64 = 2026;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn say(what: &str, value: impl std::fmt::Display) {
    println!("{what:<58} {value}");
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let start = Instant::now();
    let done = work.await;
    (done, start.elapsed())
}

/// Records until a tablet holds so many people, two encounters each; returns times of recording.
async fn fill(tablet: &Device, people: usize, random: &mut ChaCha8Rng) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..people {
        let mut first = street::first_encounter(random, 0);
        first.form.referrals.clear();
        let (recorded, time) = timed(call(tablet, first)).await;
        times.push(time);
        let pathway = recorded.unwrap().pathway.unwrap();
        let later = street::later_encounter(random, pathway, Day(20_780));
        assert!(matches!(later.form.whom, Whom::Known(_)));
        let (recorded, time) = timed(call(tablet, later)).await;
        recorded.unwrap();
        times.push(time);
    }
    times
}

/// Opening a store of so many people: all of it by PIN, and the check of every page alone.
async fn unlock(tablet: &Device, folder: &Path, people: usize) {
    let user = me(tablet).await.unwrap().user;
    call(tablet, Lock {}).await.unwrap();
    let passphrase = SecretText::from(PASSPHRASE);
    let secrets = Keyring::read(&folder.join("keys.json")).unwrap().unlock(user, &passphrase).unwrap();
    let path = folder.join("store.db");
    let start = Instant::now();
    drop(Store::open_whole(&path, &secrets.store_key()).unwrap());
    let size = std::fs::metadata(&path).unwrap().len() / (1024 * 1024);
    say(&format!("check of every page of the store, {size} MB"), ms(start.elapsed()));
    let (opened, time) = timed(call(tablet, UnlockWithPin { user, pin: PIN.into() })).await;
    opened.unwrap();
    say(&format!("unlock by PIN with {people} people, {} encounters, that check in", 2 * people), ms(time));
}

async fn search(tablet: &Device, people: usize) {
    let mut times = Vec::new();
    for query in ["zep", "séra", "nobody of that name", "06 39 98 12", "ald k", ""] {
        for _ in 0..5 {
            let request = SearchPeople { query: query.into(), limit: 20 };
            let (found, time) = timed(call(tablet, request)).await;
            found.unwrap();
            times.push(time);
        }
    }
    say(&format!("search among {people} people, slowest of six queries"), ms(*times.iter().max().unwrap()));
}

/// A page of the merged cohort: counted and masked anew, then opened again with nothing new on the log.
fn figures(world: &World, people: usize) {
    let now_ms = SystemClock.now_ms();
    let filter = CohortFilter {
        period: civil_day(now_ms).quarter().period(),
        geography: Geography::Residence,
        location: None,
        public: None,
        organisation: None,
        programme: None,
    };
    for what in ["anew", "again"] {
        let start = Instant::now();
        world.cite.figures(|figures, store| figures.page(store, &filter, now_ms)).unwrap();
        say(&format!("page of figures, two quarters of {people} people, {what}"), ms(start.elapsed()));
    }
}

#[tokio::main]
async fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let (small, large) = (sizes.first().copied().unwrap_or(1_000), sizes.get(1).copied().unwrap_or(10_000));
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    say("seed", SEED);
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let claire = world.joined("Claire V.", Role::Coordinator, vec![]).await;

    let times = fill(&nadia, small, &mut random).await;
    say(&format!("record an encounter, call to commit, up to {small} people"), ms(median(times)));

    let line = Line::new(world.cite.clone(), nadia.token().unwrap());
    let (_, time) = timed(nadia.sync_with(&line)).await;
    let (up, down, turns) = *line.carried.lock().unwrap();
    say(
        &format!("push {small} people, {} encounters", 2 * small),
        format!("{} · {up} + {down} B · {turns} turns", ms(time)),
    );
    say(
        "  bytes on the wire per encounter, ledger and signatures in",
        format!("{} B", (up + down) / (2 * small)),
    );
    say(
        "  server: groups checked, merged, projected per second",
        format!("{:.0}", 2.0 * small as f64 / time.as_secs_f64()),
    );

    let line = Line::new(world.cite.clone(), claire.token().unwrap());
    let (_, time) = timed(claire.sync_with(&line)).await;
    let (up, down, turns) = *line.carried.lock().unwrap();
    say(
        &format!("pull {small} people on another device"),
        format!("{} · {up} + {down} B · {turns} turns", ms(time)),
    );

    let line = Line::new(world.cite.clone(), claire.token().unwrap());
    let (_, time) = timed(claire.sync_with(&line)).await;
    let (up, down, turns) = *line.carried.lock().unwrap();
    say("idle exchange", format!("{} · {up} + {down} B · {turns} turn", ms(time)));

    let shapes = (0..1_584_usize).map(|n| {
        let (x, y) = ((n % 40) as f64 * 0.1, 42.0 + (n / 40) as f64 * 0.1);
        domain::territory::QpvShape {
            code: format!("QN{:03}{:02}M", 100 + n / 100, n % 100).parse().unwrap(),
            name: "Inventé".into(),
            communes: Vec::new(),
            polygons: polygon(&[(x, y), (x + 0.05, y), (x + 0.05, y + 0.05), (x, y + 0.05)]),
        }
    });
    let index = QpvIndex::build(shapes.collect());
    let start = Instant::now();
    let mut found = 0;
    for _ in 0..100_000 {
        let (lon, lat) = (random.random_range(0.0..4.0), random.random_range(42.0..46.0));
        found += usize::from(index.locate(lon, lat).is_some());
    }
    assert!(found > 0);
    say("QPV of a position among 1,584", format!("{:.2} µs", start.elapsed().as_secs_f64() * 10.0));

    fill(&nadia, large - small, &mut random).await;
    unlock(&nadia, &world.folder.path().join("Nadia B."), large).await;
    search(&nadia, large).await;
    let (today, time) = timed(call(&nadia, ReadToday {})).await;
    say(&format!("first screen with {large} people, {} of them due", today.unwrap().due_count), ms(time));
    let times = fill(&nadia, 100, &mut random).await;
    say(&format!("record an encounter with {large} people"), ms(median(times)));
    let line = Line::new(world.cite.clone(), nadia.token().unwrap());
    let (_, time) = timed(nadia.sync_with(&line)).await;
    say(&format!("push of the other {} people", large - small), ms(time));
    let line = Line::new(world.cite.clone(), nadia.token().unwrap());
    nadia.sync_with(&line).await;
    let (up, down, turns) = *line.carried.lock().unwrap();
    say(&format!("idle exchange with {large} people"), format!("{up} + {down} B · {turns} turn"));
    figures(&world, large);
}
