//! Stories of copies, each from its seed.

use super::scene::*;
use domain::ids::DraftId;
use engine::device::Device;
use journeys::forms::*;
use journeys::line::Line;
use journeys::{NORTH, call, me, place_in, synchronise};
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Stories told; each has its own seed.
const STORIES: u64 = 16;
const STEPS: usize = 26;

struct Copy {
    name: String,
    device: Device,
    line: Line,
}

/// A tablet is copied while it works; all copies go on, over a line that is cut, and are switched off.
async fn story(seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (world, ines, tablet, pathway) = nadia().await;
    let user = me(&tablet).await.unwrap().user;
    let token = tablet.token().unwrap();
    let line = || Line::new(world.cite.clone(), token.clone());
    let mut copies = vec![Copy { name: "Nadia B.".into(), device: tablet, line: line() }];
    let mut written = vec![NOTE.to_owned()];
    let mut recorded = 1;
    for step in 0..STEPS {
        let who = random.random_range(0..copies.len());
        let id = [step as u8 + 50; 16];
        match random.random_range(0..12) {
            0 | 1 if copies.len() < 3 => {
                // Switched off, copied, both switched on again.
                let name = format!("copie {step}");
                let old = copies.remove(who);
                drop(old.device);
                let folder = world.folder.path();
                copy_files(&folder.join(&old.name), &folder.join(&name));
                for name in [old.name, name] {
                    let device = opened(&world, &name, user).await;
                    copies.push(Copy { name, device, line: line() });
                }
            }
            0..5 => {
                let copy = &copies[who];
                let known = people(&copy.device).await;
                let mut encounter = match random.random_ratio(1, 4) {
                    true => first_encounter(1, place_in(NORTH)),
                    false => later_encounter(1, *known.choose(&mut random).unwrap(), place_in(NORTH)),
                };
                encounter.draft = DraftId::from_bytes(id);
                call(&copy.device, encounter).await.unwrap();
                recorded += 1;
            }
            5..7 => {
                written.push(format!("note {step}"));
                note(&copies[who].device, pathway, &format!("note {step}")).await;
            }
            7 => drop(ines.sync_with(&Line::new(world.cite.clone(), ines.token().unwrap())).await),
            n => {
                let copy = &copies[who];
                if n == 8 {
                    *copy.line.cut.lock().unwrap() = Some(random.random_range(0..4_000));
                }
                copy.device.sync_with(&copy.line).await;
            }
        }
    }
    for _ in 0..3 {
        for copy in &copies {
            copy.device.sync_with(&copy.line).await;
        }
        synchronise(&ines).await;
    }
    written.sort();
    let hers = shown(&ines).await;
    assert_eq!(hers.iter().map(|it| it.1).sum::<u32>(), recorded, "seed {seed}: lost or doubled");
    assert_eq!(notes(&page(&ines, pathway).await), written, "seed {seed}");
    for copy in &copies {
        let (seen, state) = (shown(&copy.device).await, state(&copy.device).await);
        assert_eq!((state.to_send, state.set_aside), (0, 0), "seed {seed}: {}", copy.name);
        assert_eq!(state.last_failure, None, "seed {seed}: {}", copy.name);
        assert_eq!(notes(&page(&copy.device, pathway).await), written, "seed {seed}: {}", copy.name);
        for (theirs, its) in hers.iter().zip(&seen) {
            assert_eq!((theirs.0, theirs.1, theirs.2, theirs.3), (its.0, its.1, its.2, its.3), "seed {seed}");
        }
        assert_eq!(hers.len(), seen.len(), "seed {seed}: {}", copy.name);
        let all: Vec<String> = authors(&page(&copy.device, pathway).await);
        assert!(all.iter().all(|name| name == "Nadia B."), "seed {seed}");
    }
}

#[tokio::test]
async fn however_often_a_tablet_is_copied_all_copies_end_with_the_same_and_nothing_is_lost_or_doubled() {
    for seed in 0..STORIES {
        eprintln!("seed {seed}");
        story(seed).await;
    }
}
