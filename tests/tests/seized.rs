//! A server that somebody seizes while it runs, having listened to its line all along: its disk, its backups, its
//! memory, everything it logged, every byte that went by. Codes about a person are there to be read; who it is, is
//! not.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::Call;
use domain::api::person::OpenPerson;
use domain::api::session::SignIn;
use domain::ids::PathwayId;
use domain::role::Role;
use engine::device::Device;
use journeys::bytes::Search;
use journeys::consent::share_all;
use journeys::forms::{FIRST_NAME, PHONE, first_encounter};
use journeys::process::Process;
use journeys::tap::Tap;
use journeys::{NORTH, World, call, memory, place_in, synchronise};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Most that the server may have logged, bytes; more is a fault by itself.
const MOST_LOGGED: u64 = 32 * 1024 * 1024;

/// A cité whose server runs as a program of its own, with the logs as talkative as they can be.
struct Seized {
    world: World,
    server: Process,
    line: Tap,
    logs: PathBuf,
    ines: Device,
    nadia: Device,
}

impl Seized {
    async fn begin() -> Self {
        let (mut world, ines) = World::established().await;
        let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
        world.stop();
        let logs = world.folder.path().join("server.log");
        let mut program = tokio::process::Command::new(env!("CARGO_BIN_EXE_serving"));
        program.arg(world.folder.path().join("server")).env("RUST_LOG", "trace");
        program.stderr(Stdio::from(File::create(&logs).unwrap()));
        let mut server = Process::spawn(&mut program);
        let line = Tap::before(&server.address().await).await;
        for device in [&ines, &nadia] {
            world.readdress(device, &line.address).await;
        }
        Self { world, server, line, logs, ines, nadia }
    }

    /// A person whom Nadia met and shared with the team by name, telephone and notes; Inès reads them.
    async fn share_a_person(&self) -> PathwayId {
        let met = call(&self.nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
        let pathway = met.pathway.unwrap();
        share_all(&self.nadia, pathway).await;
        for device in [&self.nadia, &self.ines, &self.nadia, &self.ines] {
            synchronise(device).await;
        }
        let page = call(&self.ines, OpenPerson { pathway }).await.unwrap();
        assert_eq!(page.named.phone.as_deref(), Some(PHONE), "it did go by");
        pathway
    }

    fn disk(&self) -> Vec<Vec<u8>> {
        files(&self.world.folder.path().join("server"))
    }

    fn backup(&self) -> Vec<u8> {
        let file = self.world.folder.path().join("backup.db");
        self.world.cite.store(|store| store.back_up(&file)).unwrap();
        std::fs::read(file).unwrap()
    }

    fn logged(&self) -> Vec<u8> {
        let mut logged = Vec::new();
        File::open(&self.logs).unwrap().take(MOST_LOGGED + 1).read_to_end(&mut logged).unwrap();
        assert!(logged.len() as u64 <= MOST_LOGGED, "the server logs without end");
        logged
    }
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap()).collect()
}

/// The words that say who a person is.
fn names() -> Search {
    Search::of(&[FIRST_NAME, "bulonne", PHONE, "639980001", "mode de garde", "mercredi"])
}

/// What is kept under a heading stands there as codes, and nowhere as words that say who it is.
#[allow(clippy::print_stderr, reason = "a test says what it looked at")]
fn only_codes(what: &str, pieces: &[Vec<u8>], codes: &Search) {
    let length: usize = pieces.iter().map(Vec::len).sum();
    eprintln!("{what}: {} pieces, {length} bytes", pieces.len());
    assert!(
        pieces.iter().any(|it| codes.found_inside(it).is_some()),
        "{what}: the search finds what is there"
    );
    // A situation that is sensitive is a code, and sealed like a word.
    let secret = names().and("the sensitive situation", b"24/14");
    for piece in pieces {
        assert_eq!(secret.found_inside(piece), None, "{what}");
    }
}

#[tokio::test]
async fn whoever_seizes_a_running_server_and_heard_its_line_reads_no_name_phone_or_note() {
    let seized = Seized::begin().await;
    let pathway = seized.share_a_person().await;
    // An identifier that was drawn for this person, and that only their records hold.
    let code = Search::of(&[]).and("the person's identifier", pathway.as_bytes());

    match memory::of(seized.server.id()) {
        None => eprintln!("memory: skipped, this system shows no program's memory to another"),
        Some(pieces) => {
            let length: usize = pieces.iter().map(Vec::len).sum();
            eprintln!("memory: {} pieces, {length} bytes", pieces.len());
            assert!(
                pieces.iter().any(|it| code.found_inside(it).is_some()),
                "memory: the search finds what is there"
            );
            for piece in &pieces {
                assert_eq!(names().found_inside(piece), None, "memory");
            }
        }
    }
    only_codes("disk", &seized.disk(), &code);
    only_codes("backup", &[seized.backup()], &code);
    only_codes("line", &seized.line.heard(), &code);

    // What a stranger types or a broken device sends, names included, is not repeated to whoever reads the logs.
    let stranger = reqwest::Client::new();
    let sign_in: Call = SignIn { login: FIRST_NAME.into(), password: PHONE.into() }.into();
    let refused =
        stranger.post(format!("{}/api/call", seized.line.address)).json(&sign_in).send().await.unwrap();
    assert_eq!(refused.status().as_u16(), 401);
    let broken = stranger.post(format!("{}/v1/sync", seized.line.address)).bearer_auth("00".repeat(32));
    assert!(!broken.body(FIRST_NAME.repeat(99)).send().await.unwrap().status().is_success());
    let logged = seized.logged();
    eprintln!("logs: {} bytes", logged.len());
    for line in ["\"TRACE\"", "\"serving\"", "a call was refused"] {
        assert!(Search::of(&[line]).found(&logged).is_some(), "{line}: the logs say all they can");
    }
    assert_eq!(names().and("the sensitive situation", b"24/14").found(&logged), None, "logs");

    // And once it was stopped: what it wrote as it ended.
    seized.server.ask_to_stop();
    let Seized { world, server, .. } = seized;
    assert_eq!(server.ended().await, Some(0));
    only_codes("disk of a server that was stopped", &files(&world.folder.path().join("server")), &code);
}
