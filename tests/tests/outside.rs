//! Every door that bytes from outside come through, with thousands of damaged inputs by seed.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use journeys::outside::{DOORS, Door, Ground, is_contained, mutate};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

const SEED: u64 = 20_261_125;
/// Inputs of a door.
const INPUTS: usize = 2_000;

/// Panics so far, those apart that `document` contains by contract.
static PANICS: AtomicUsize = AtomicUsize::new(0);
/// One door at a time, so that a panic has one cause.
static ONE: Mutex<()> = Mutex::new(());
static HOOK: Once = Once::new();

fn listen() {
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !is_contained(panic) {
                PANICS.fetch_add(1, Ordering::SeqCst);
                before(panic);
            }
        }));
    });
}

/// Takes the bytes; whatever they are, it returns, and nothing panicked behind the door either.
fn knock(door: &Door, ground: &Ground, bytes: &[u8], what: &str) {
    let before = PANICS.load(Ordering::SeqCst);
    let returned = catch_unwind(AssertUnwindSafe(|| (door.take)(ground, bytes)));
    let hex: String = bytes.iter().take(2_000).map(|byte| format!("{byte:02x}")).collect();
    assert!(returned.is_ok(), "{}: a panic got out, {what}: {hex}", door.name);
    assert_eq!(PANICS.load(Ordering::SeqCst), before, "{}: a panic inside, {what}: {hex}", door.name);
}

fn knock_by_seed(name: &str) {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    listen();
    let door = Door::named(name).unwrap();
    let ground = Ground::prepare();
    let seeds = (door.seeds)(&ground);
    assert!(!seeds.is_empty());
    for (n, seed) in seeds.iter().enumerate() {
        knock(door, &ground, seed, &format!("sample {n}"));
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    for n in 0..INPUTS {
        knock(door, &ground, &mutate(&mut random, &seeds), &format!("seed {SEED}, input {n}"));
    }
    assert!(ground.still_works(), "{name}: what came in left the tablet or the server broken");
}

macro_rules! doors {
    ($($name:ident)*) => {
        $(#[test] fn $name() { knock_by_seed(stringify!($name)); })*

        #[test]
        fn every_door_is_knocked_at() {
            let names: Vec<&str> = DOORS.iter().map(|door| door.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

doors! {
    upload_frame upload download_frame download change control_record enrolment invitation_code settings
    geojson solutions device_call browser_call
}

#[test]
fn inputs_that_crashed_the_document_library_are_refused_at_every_door() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/hostile");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: the collection of hostile inputs is not here");
        return;
    };
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    listen();
    let ground = Ground::prepare();
    let mut seen = 0;
    for entry in entries {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for door in DOORS {
            knock(door, &ground, &bytes, &name);
        }
        // The door of changes takes a byte in front: stripped or whole.
        for how in [0, 1] {
            knock(Door::named("change").unwrap(), &ground, &[&[how], bytes.as_slice()].concat(), &name);
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen} inputs");
    assert!(ground.still_works());
}
