//! A tablet that is killed while it records: whatever it said was recorded is there again.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::{PassageForm, RecordPassage};
use domain::api::session::Unlock;
use domain::api::today::ReadToday;
use domain::ids::DraftId;
use domain::role::Role;
use journeys::process::Process;
use journeys::{NORTH, PASSPHRASE, World, call, device, me, synchronise};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

fn passage(n: u32) -> RecordPassage {
    let mut bytes = [7; 16];
    bytes[..4].copy_from_slice(&n.to_be_bytes());
    RecordPassage {
        draft: DraftId::from_bytes(bytes),
        form: PassageForm { headcount: 2, ..PassageForm::default() },
    }
}

#[tokio::test]
async fn every_entry_said_to_be_recorded_is_there_after_kill_9() {
    let seed: u64 = 20_261_124;
    eprintln!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let world = World::begin().await;
    let folder = world.folder.path().join("tablet");
    let tablet = device(&folder);
    call(&tablet, world.join(&world.invite_as("Nadia B.", Role::Mediator, vec![NORTH]))).await.unwrap();
    let user = me(&tablet).await.unwrap().user;
    drop(tablet);
    let (mut next, mut said) = (0, 0);
    for _ in 0..6 {
        let mut process = Process::start(env!("CARGO_BIN_EXE_device"), &[&folder]);
        process.send(Unlock { user, passphrase: PASSPHRASE.into() }).await;
        assert!(process.answer().await.unwrap().get("answer").is_some(), "the store opens after a kill");
        // Several are on their way when the process dies; those without an answer may or may not be there.
        let (sent, heard) = (random.random_range(8..20_u32), random.random_range(3..8_u32));
        for n in 0..sent {
            process.send(passage(next + n)).await;
        }
        for _ in 0..heard {
            assert!(process.answer().await.unwrap().get("answer").is_some());
        }
        process.kill().await;
        said += heard;
        let tablet = device(&folder);
        call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
        let today = call(&tablet, ReadToday {}).await.unwrap();
        let outing = today.outing.unwrap();
        assert!(outing.passages >= said, "{} of {said} entries", outing.passages);
        // Whatever was sent twice is recorded once.
        for n in 0..heard {
            call(&tablet, passage(next + n)).await.unwrap();
        }
        assert_eq!(call(&tablet, ReadToday {}).await.unwrap().outing.unwrap().passages, outing.passages);
        said = outing.passages;
        next += sent;
    }
    let tablet = device(&folder);
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(synchronise(&tablet).await.to_send, 0, "and the cité takes all of it");
}
