//! `exchange [PEOPLE] [DELAY_MS] [KBIT_S] [SERVER]`: the same sync work as the comparison with other
//! engines measures: push all, pull all, idle, ten changed documents on each of two devices. Over real
//! HTTP through a proxy that counts payload bytes and changes of direction, and can delay and throttle.
//! CPU is the time on the processor of this process: of the server too, where it is in it.
//! With the path of the `sync-server` program the server is a process of its own and its memory is told.
//!
//! A person is a coded record with five encounters, each a separate signed edit, and a ledger entry;
//! with `sealed` as fifth argument also a name, a phone number and notes, shared with the team.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a program that measures and says so")]

use domain::api::encounter::Whom;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::forms::{act, agreement};
use journeys::processor::spent;
use journeys::proxy::{Proxy, Way};
use journeys::{NORTH, World, call, place_in, synchronise};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use std::time::Instant;
use sync_server::demo::street;

const SEED: u64 = 2026;
/// Encounters of a person.
const ENCOUNTERS: usize = 5;

struct Measure<'a> {
    proxy: &'a Proxy,
}

impl Measure<'_> {
    async fn phase(&self, name: &str, work: impl Future<Output = ()>) {
        self.proxy.reset();
        let (start, before) = (Instant::now(), spent());
        work.await;
        let (took, cpu, it) = (start.elapsed(), spent() - before, self.proxy.counted());
        println!(
            "{name:<44} {:>8.0} ms  CPU {:>6} ms  up {:>8} B  down {:>8} B  turns {:>4}",
            took.as_secs_f64() * 1000.0,
            cpu.as_millis(),
            it.up,
            it.down,
            it.turns
        );
    }
}

/// Records one person with all their encounters.
async fn person(tablet: &Device, random: &mut ChaCha8Rng, sealed: bool) -> PathwayId {
    let mut first = street::first_encounter(random, 0);
    first.form.referrals.clear();
    first.form.contact_place = Some(place_in(NORTH));
    if sealed {
        let shared = [Purpose::Recognise, Purpose::ShareContact, Purpose::ShareNotes];
        first.form.ledger.extend(shared.map(|it| act(agreement(it))));
        first.form.note = Some("cherche un mode de garde le mercredi, préfère un appel le matin".into());
    } else if let Whom::New(person) = &mut first.form.whom {
        person.named = Default::default();
        first.form.note = None;
        first.form.ledger.truncate(1);
    }
    let pathway = call(tablet, first).await.unwrap().pathway.unwrap();
    for _ in 1..ENCOUNTERS {
        later(tablet, random, pathway).await;
    }
    pathway
}

async fn later(tablet: &Device, random: &mut ChaCha8Rng, pathway: PathwayId) {
    let mut later = street::later_encounter(random, pathway, Day(20_780));
    later.form.note = None;
    later.form.contact_place = Some(place_in(NORTH));
    call(tablet, later).await.unwrap();
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, or: u64| arguments.get(at).and_then(|it| it.parse().ok()).unwrap_or(or);
    let (people, delay_ms, kbit_s) = (number(0, 1_000) as usize, number(1, 0), number(2, 0));
    let sealed = arguments.get(4).is_some_and(|it| it == "sealed");
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut world = World::begin().await;
    let a = world.joined("Nadia B.", Role::Referent, vec![NORTH]).await;
    let b = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    synchronise(&a).await;
    if sealed {
        journeys::member::establish(&a).await;
        for device in [&a, &b, &a, &b] {
            synchronise(device).await;
        }
    }
    let server = match arguments.get(3).filter(|it| !it.is_empty()) {
        Some(program) => Some(world.hand_over_to(program).await),
        None => None,
    };
    let address = server.as_ref().map_or_else(|| world.address.clone(), |it| it.address.clone());
    let proxy = Proxy::begin(&address, Way { delay_ms, kbit_s }).await;
    for device in [&a, &b] {
        world.readdress(device, proxy.address()).await;
    }
    println!(
        "{people} people, {ENCOUNTERS} encounters each, sealed parts {sealed}, seed {SEED}, {delay_ms} ms one way, {kbit_s} kbit/s"
    );
    let measure = Measure { proxy: &proxy };
    let mut known = Vec::with_capacity(people);
    let (start, before) = (Instant::now(), spent());
    for _ in 0..people {
        known.push(person(&a, &mut random, sealed).await);
    }
    let (took, cpu) = (start.elapsed().as_secs_f64() * 1000.0, (spent() - before).as_millis());
    println!("{:<44} {took:>8.0} ms  CPU {cpu:>6} ms", "0 local create (A)");
    measure.phase("1 push all (A)", async { drop(synchronise(&a).await) }).await;
    measure.phase("2 pull all (B)", async { drop(synchronise(&b).await) }).await;
    synchronise(&a).await;
    measure.phase("3 idle (A, nothing new)", async { drop(synchronise(&a).await) }).await;
    for n in 0..10.min(people.saturating_sub(5)) {
        later(&a, &mut random, known[n]).await;
        later(&b, &mut random, known[n + 5]).await;
    }
    measure
        .phase("4 ten changed on each side: A, B, A again", async {
            for device in [&a, &b, &a] {
                synchronise(device).await;
            }
        })
        .await;
    if let Some(server) = server {
        println!("{:<44} {:>8.1} MB", "server memory (resident)", server.resident_mb());
    }
}
