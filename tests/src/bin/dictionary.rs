//! `dictionary FILE`: trains the compression dictionary of synchronisation on synthetic records only:
//! what an invented colleague receives, encounter by encounter. Seed fixed.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::{RecordEncounter, Whom};
use domain::role::Role;
use domain::time::Day;
use journeys::line::Line;
use journeys::{NORTH, World, call};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::sync::Mutex;
use sync_server::demo::street;

const SEED: u64 = 1;
const ENCOUNTERS: usize = 900;
const SIZE: usize = 32 * 1024;

#[tokio::main]
async fn main() {
    let file = std::env::args_os().nth(1).expect("the file to write");
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Coordinator, vec![NORTH]).await;
    let up = Line::new(world.cite.clone(), nadia.token().unwrap());
    let mut down = Line::new(world.cite.clone(), samir.token().unwrap());
    down.frames = Some(Mutex::default());
    let mut known = Vec::new();
    for n in 0..ENCOUNTERS {
        let encounter: RecordEncounter = if known.len() < 20 || n % 3 == 0 {
            street::first_encounter(&mut random, 0)
        } else {
            street::later_encounter(&mut random, known[n % known.len()], Day(20_780))
        };
        let new = matches!(encounter.form.whom, Whom::New(_));
        let mut encounter = encounter;
        encounter.form.referrals.clear();
        let recorded = call(&nadia, encounter).await.unwrap();
        known.extend(recorded.pathway.filter(|_| new));
        if random.random_ratio(1, 8) {
            call(&nadia, street::passage(&mut random)).await.unwrap();
        }
        nadia.sync_with(&up).await;
        samir.sync_with(&down).await;
    }
    let samples = down.frames.unwrap().into_inner().unwrap();
    let trained = zstd::dict::from_samples(&samples, SIZE).unwrap();
    std::fs::write(file, trained).unwrap();
}
