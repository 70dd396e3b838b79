//! A tablet that is killed while it records: whatever it said was recorded is there again.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::Call;
use domain::api::encounter::{PassageForm, RecordPassage};
use domain::api::session::Unlock;
use domain::api::today::ReadToday;
use domain::ids::DraftId;
use domain::role::Role;
use journeys::{NORTH, PASSPHRASE, World, call, device, me, synchronise};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A headless device in a process of its own.
struct Process {
    child: Child,
    calls: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_device"))
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (calls, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, calls, answers: BufReader::new(answers).lines() }
    }

    async fn send(&mut self, call: impl Into<Call>) {
        let mut line = serde_json::to_string(&call.into()).unwrap();
        line.push('\n');
        self.calls.write_all(line.as_bytes()).await.unwrap();
    }

    /// The next answer; none once the process is gone.
    async fn answer(&mut self) -> Option<Value> {
        let line = self.answers.next_line().await.ok()??;
        serde_json::from_str(&line).ok()
    }
}

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
        let mut process = Process::start(&folder);
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
        process.child.start_kill().unwrap();
        process.child.wait().await.unwrap();
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
