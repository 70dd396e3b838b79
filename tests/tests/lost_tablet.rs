//! A mediator loses her tablet, with what she had not sent. The story of `docs/guide/tablette-perdue.md`.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::draft::{Draft, DraftForm, SaveDraft};
use domain::api::encounter::{EncounterForm, NewPerson, Whom};
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::member::{InviteMember, Invitee, Leaving, RevokeMember};
use domain::api::person::{NamedParts, OpenPerson, SearchPeople, WritePart};
use domain::api::rescue::{ListRescues, OpenWithRescueKey, RecoverDevice, ShowRescueKey};
use domain::api::session::*;
use domain::api::sync::SyncNow;
use domain::api::today::ReadToday;
use domain::error::ErrorCode;
use domain::hold::{Guesses, Hold};
use domain::ids::{DraftId, PathwayId};
use domain::role::Role;
use domain::vocabulary::Purpose;
use engine::clock::Clock;
use engine::device::Device;
use journeys::forms::*;
use journeys::{CHEAP, NORTH, PASSPHRASE, PIN, World, call, me, place_in, synchronise};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const DAY_MS: i64 = 24 * 60 * 60_000;

/// A clock that a test sets.
#[derive(Debug)]
struct Hand(AtomicI64);

impl Hand {
    fn at(now_ms: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now_ms)))
    }
    fn move_by(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Noon of 25 November 2026.
const NOON: i64 = 1_795_600_800_000;

fn with_clock(folder: &Path, clock: &Arc<Hand>) -> Device {
    Device::with_cost(folder.to_path_buf(), clock.clone(), CHEAP).unwrap()
}

/// A cité that Inès, référente, founded; Nadia and Samir are mediators of the same association.
async fn founded() -> (World, [Device; 3]) {
    founded_in(World::begin().await).await
}

async fn founded_in(world: World) -> (World, [Device; 3]) {
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    synchronise(&ines).await;
    journeys::member::establish(&ines).await;
    for _ in 0..3 {
        for device in [&ines, &nadia, &samir] {
            synchronise(device).await;
        }
    }
    (world, [ines, nadia, samir])
}

async fn share_all(tablet: &Device, pathway: PathwayId) {
    for purpose in [Purpose::Recognise, Purpose::ShareIdentity, Purpose::ShareContact, Purpose::ShareNotes] {
        let kind = LedgerActKind::Agreement {
            purpose,
            organisations: vec![],
            excluded: vec![],
            channel: None,
            until: None,
            partner: None,
        };
        call(tablet, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
    }
}

async fn record(tablet: &Device, n: u8) -> PathwayId {
    call(tablet, first_encounter(n, place_in(NORTH))).await.unwrap().pathway.unwrap()
}

/// A copy of a folder, as somebody who found the tablet would make it.
fn image(world: &World, of: &str, name: &str) -> PathBuf {
    let (from, to) = (world.folder.path().join(of), world.folder.path().join(name));
    std::fs::create_dir(&to).unwrap();
    for file in std::fs::read_dir(from).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file()) {
        std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
    to
}

/// Every way in which words may stand in bytes.
fn faces(words: &str) -> Vec<Vec<u8>> {
    let mut faces = Vec::new();
    for text in [words.to_owned(), words.to_lowercase(), words.to_uppercase(), words.replace(' ', "")] {
        faces.push(text.bytes().collect());
        faces.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        faces.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    faces
}

/// Files of a folder in which words stand in any way.
fn found_in(folder: &Path, words: &str) -> Vec<PathBuf> {
    let faces = faces(words);
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file());
    files
        .filter(|file| {
            let bytes = std::fs::read(file).unwrap();
            faces.iter().any(|face| bytes.windows(face.len()).any(|it| it == face))
        })
        .collect()
}

#[tokio::test]
async fn a_lost_tablet_with_unsent_entries_told_to_the_end() {
    let (world, [ines, nadia, samir]) = founded().await;
    // Nadia meets three people without a network. One lets her share with the team, one does not; she leaves
    // a form half filled, and loses the tablet.
    let before = record(&nadia, 1).await;
    share_all(&nadia, before).await;
    synchronise(&nadia).await;
    let shared = record(&nadia, 2).await;
    share_all(&nadia, shared).await;
    let alone = record(&nadia, 3).await;
    let later = call(&nadia, later_encounter(4, before, place_in(NORTH))).await.unwrap();
    let mut person = NewPerson::default();
    person.named.first_name = Some("Théodulphe".into());
    let form = EncounterForm { whom: Whom::New(Box::new(person)), ..EncounterForm::default() };
    let draft =
        Draft { id: DraftId::from_bytes([8; 16]), revision: 1, form: DraftForm::Encounter(Box::new(form)) };
    call(&nadia, SaveDraft { draft }).await.unwrap();
    let (user, device) = me(&nadia).await.map(|it| (it.user, it.device.unwrap())).unwrap();
    drop(nadia);

    // Inès has it revoked.
    synchronise(&ines).await;
    call(&ines, RevokeMember { leaving: Leaving::Device(device) }).await.unwrap();

    // Whoever copies the disk reads nothing: no name, no phone, no code, no identifier of a person, no PIN.
    let copy = image(&world, "Nadia B.", "image");
    let ids = [before, shared, alone].map(|it| it.to_string());
    let words = [FIRST_NAME, PHONE, NOTE, "Théodulphe", PIN, PASSPHRASE, "24/13", "qpv:QN09997M"];
    for words in words.into_iter().chain(ids.iter().map(String::as_str)) {
        assert_eq!(found_in(&copy, words), Vec::<PathBuf>::new(), "{words}");
    }
    // Nor with the PIN: it never stands beside the file and opens nothing after a cold start.
    let thief = journeys::device(&copy);
    let refused = call(&thief, UnlockWithPin { user, pin: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseNeeded);
    let refused = call(&thief, Unlock { user, passphrase: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongSecret);
    drop(thief);

    // The tablet is found again. Whoever tries it is told what to do with it, and reads nothing.
    let found = world.tablet("Nadia B.");
    call(&found, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    let refused = call(&found, SyncNow {}).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Revoked);
    let SessionState::Locked { users } = call(&found, Status {}).await.unwrap().state else { panic!() };
    assert_eq!((users[0].hold, users[0].pin_is_enough), (Some(Hold::Revoked), false));
    call(&found, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    let SessionState::Held { hold, to_send, .. } = call(&found, Status {}).await.unwrap().state else {
        panic!()
    };
    assert_eq!((hold, to_send), (Hold::Revoked, 3), "nothing was destroyed");
    for refused in [
        call(&found, SearchPeople { query: "zeb".into(), limit: 5 }).await.unwrap_err(),
        call(&found, OpenPerson { pathway: alone }).await.unwrap_err(),
        call(&found, later_encounter(9, alone, place_in(NORTH))).await.unwrap_err(),
    ] {
        assert_eq!(refused.code, ErrorCode::Revoked);
    }
    drop(found);

    // Samir is no référent; Inès recovers what the tablet had not sent, from its folder.
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request = RecoverDevice { folder, recovery: None };
    assert_eq!(call(&samir, request.clone()).await.unwrap_err().code, ErrorCode::NotAllowed);
    let rescues = call(&ines, ListRescues {}).await.unwrap();
    let listed = rescues.devices.iter().find(|it| it.device == device).unwrap();
    assert!(listed.revoked && listed.has_key);
    let recovered = call(&ines, request.clone()).await.unwrap();
    assert_eq!(recovered.changes.len(), 1);
    assert_eq!(recovered.changes[0].0, "Nadia B.", "each under her own name");
    assert_eq!((recovered.people, recovered.refused), (3, 0));
    // Of the person who agreed to nothing the name, the phone and the note are lost with the passphrase.
    assert_eq!((recovered.unreadable_parts, recovered.unreadable_drafts), (3, 1));
    assert!(recovered.parts > 0 && recovered.records > 0);
    let again = call(&ines, request.clone()).await.unwrap();
    assert_eq!((again.people, again.changes.len()), (0, 0), "twice is once");
    assert_eq!(std::fs::read_dir(world.folder.path().join("Inès R.")).unwrap().count(), file_count(&world));

    // Sent with her signatures; then everybody who may has it.
    synchronise(&ines).await;
    assert_eq!(call(&ines, ListRescues {}).await.unwrap().waiting, 0);
    synchronise(&ines).await;
    synchronise(&samir).await;
    for colleague in [&ines, &samir] {
        let page = call(colleague, OpenPerson { pathway: shared }).await.unwrap();
        assert_eq!(page.hit.label.name.as_deref(), Some("Zébulonne T."));
        assert_eq!(page.named.phone.as_deref(), Some(PHONE));
        let page = call(colleague, OpenPerson { pathway: alone }).await.unwrap();
        assert_eq!((page.hit.label.name, page.named.phone), (None, None));
        let page = call(colleague, OpenPerson { pathway: before }).await.unwrap();
        assert!(page.timeline.iter().any(|it| format!("{it:?}").contains(&later.encounter.to_string())));
        assert!(page.timeline.iter().all(|it| format!("{it:?}").contains("Nadia B.")), "attributed to her");
    }

    // A new tablet for Nadia: two exchanges, and she has her sector.
    let new = world.tablet("Nouvelle tablette");
    let again = InviteMember { who: Invitee::Known { user } };
    journeys::member::let_in(&ines, again, &new).await;
    synchronise(&ines).await;
    synchronise(&new).await;
    for pathway in [before, shared, alone] {
        call(&new, OpenPerson { pathway }).await.unwrap();
    }
    let page = call(&new, OpenPerson { pathway: shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE), "what is shared opens");
}

/// Files of a device that has joined and is at rest: nothing of a recovery is left.
fn file_count(world: &World) -> usize {
    std::fs::read_dir(world.folder.path().join("Samir D.")).unwrap().count()
}

#[tokio::test]
async fn on_a_shared_tablet_a_revoked_colleagues_entries_wait_for_a_referent_and_nobody_else_sends_them() {
    let (world, [ines, nadia, _]) = founded().await;
    let nadia_is = me(&nadia).await.unwrap();
    let shared = nadia;
    let lea = journeys::member::newcomer("Léa M.", Role::Mediator, vec![NORTH]);
    journeys::member::let_in(&ines, lea, &shared).await;
    call(&shared, UnlockWithPin { user: nadia_is.user, pin: PIN.into() }).await.unwrap();
    let person = record(&shared, 1).await;
    // Only Nadia is revoked; the tablet stays Léa's.
    synchronise(&ines).await;
    call(&ines, RevokeMember { leaving: Leaving::Person(nadia_is.user) }).await.unwrap();
    let lea = match call(&shared, Lock {}).await.unwrap().state {
        SessionState::Locked { users } => users.into_iter().find(|it| it.name == "Léa M.").unwrap().user,
        other => panic!("{other:?}"),
    };
    call(&shared, Unlock { user: lea, passphrase: PASSPHRASE.into() }).await.unwrap();
    for _ in 0..2 {
        assert_eq!(synchronise(&shared).await.to_send, 1, "kept, and not sent under another's hand");
    }
    let held = call(&shared, UnlockWithPin { user: nadia_is.user, pin: PIN.into() }).await.unwrap();
    assert!(matches!(held.state, SessionState::Held { hold: Hold::Revoked, to_send: 1, .. }));
    synchronise(&ines).await;
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    call(&ines, RecoverDevice { folder, recovery: None }).await.unwrap();
    synchronise(&ines).await;
    synchronise(&ines).await;
    assert!(call(&ines, OpenPerson { pathway: person }).await.is_ok());
}

#[tokio::test]
async fn a_referent_of_another_organisation_and_a_folder_that_is_no_tablet_recover_nothing() {
    let world = World::begin().await;
    let other = world.joined_of("Autre Association", "Omar R.", Role::Referent, vec![NORTH]).await;
    let (world, [ines, nadia, _]) = founded_in(world).await;
    for _ in 0..2 {
        synchronise(&other).await;
        synchronise(&nadia).await;
    }
    record(&nadia, 1).await;
    let folder = |name: &str| world.folder.path().join(name).to_str().unwrap().to_owned();
    let refused =
        call(&other, RecoverDevice { folder: folder("Nadia B."), recovery: None }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoKeyForDevice);
    for wrong in [folder("server"), folder("Inès R."), folder("nowhere"), String::new()] {
        let refused = call(&ines, RecoverDevice { folder: wrong, recovery: None }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
    // A damaged store is refused, not half read.
    let copy = image(&world, "Nadia B.", "damaged");
    std::fs::write(copy.join("store.db"), [7_u8; 8192]).unwrap();
    let refused = call(&ines, RecoverDevice { folder: folder("damaged"), recovery: None }).await.unwrap_err();
    assert!(matches!(refused.code, ErrorCode::NoKeyForDevice | ErrorCode::StoreDamaged));
}

#[tokio::test]
async fn wrong_passphrases_wait_and_end_in_a_lock_out_that_a_restart_does_not_lift() {
    let (world, [_, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    drop(nadia);
    let folder = world.folder.path().join("Nadia B.");
    let clock = Hand::at(NOON);
    let wrong = || Unlock { user, passphrase: "six cinq quatre trois deux un".into() };
    let mut tried = 0;
    loop {
        // A restart before each guess.
        let tablet = with_clock(&folder, &clock);
        match call(&tablet, wrong()).await.unwrap_err() {
            error if error.code == ErrorCode::WrongSecret => tried += 1,
            error if error.code == ErrorCode::TooManyAttempts => {
                let seconds: i64 = error.detail[0].parse().unwrap();
                clock.move_by(seconds * 1_000);
            }
            error => {
                assert_eq!(error.code, ErrorCode::GuessedOut);
                break;
            }
        }
    }
    assert_eq!(tried, Guesses::MOST);
    assert!(clock.now_ms() - NOON > 10 * 60 * 60_000, "hours of waiting");
    let tablet = with_clock(&folder, &clock);
    clock.move_by(400 * DAY_MS);
    let right = Unlock { user, passphrase: PASSPHRASE.into() };
    assert_eq!(call(&tablet, right).await.unwrap_err().code, ErrorCode::GuessedOut);
    let SessionState::Locked { users } = call(&tablet, Status {}).await.unwrap().state else { panic!() };
    assert!(users[0].guessed_out);
}

#[tokio::test]
async fn a_right_passphrase_forgives_the_wrong_ones_before_it() {
    let (world, [_, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    drop(nadia);
    let tablet = world.tablet("Nadia B.");
    for _ in 0..3 {
        for _ in 0..Guesses::FREE {
            let wrong = Unlock { user, passphrase: "six cinq quatre trois deux un".into() };
            assert_eq!(call(&tablet, wrong).await.unwrap_err().code, ErrorCode::WrongSecret);
        }
        call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    }
}

#[tokio::test]
async fn a_tablet_that_was_silent_for_two_weeks_closes_until_an_exchange() {
    let (world, [ines, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    let person = record(&nadia, 1).await;
    drop(nadia);
    let folder = world.folder.path().join("Nadia B.");
    // The last exchange was by this machine's clock.
    let clock = Hand::at(engine::clock::SystemClock.now_ms());
    let closes = |tablet: Device| async move {
        call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
        let today = call(&tablet, ReadToday {}).await;
        (tablet, today.map(|it| it.closes_in_days).map_err(|error| error.code))
    };
    clock.move_by(9 * DAY_MS + DAY_MS / 2);
    let (tablet, today) = closes(with_clock(&folder, &clock)).await;
    assert_eq!(today, Ok(None));
    clock.move_by(DAY_MS);
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().closes_in_days, Some(4), "from the tenth day on");
    drop(tablet);
    // Back and forth: nothing is gained.
    clock.move_by(-8 * DAY_MS);
    let (tablet, today) = closes(with_clock(&folder, &clock)).await;
    assert_eq!(today, Ok(Some(4)));
    drop(tablet);
    clock.move_by(12 * DAY_MS);
    let (tablet, today) = closes(with_clock(&folder, &clock)).await;
    assert_eq!(today, Err(ErrorCode::Silent));
    let SessionState::Held { hold, to_send, silent_days, .. } = call(&tablet, Status {}).await.unwrap().state
    else {
        panic!()
    };
    assert_eq!((hold, to_send, silent_days), (Hold::Silent, 1, 14));
    // Locked and unlocked it stays closed, and asks the passphrase.
    call(&tablet, Lock {}).await.unwrap();
    let refused = call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseNeeded);
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    // One exchange, and what waited has arrived; she works again.
    synchronise(&tablet).await;
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().closes_in_days, None);
    assert!(call(&tablet, OpenPerson { pathway: person }).await.is_ok());
    synchronise(&ines).await;
    assert!(call(&ines, OpenPerson { pathway: person }).await.is_ok());
    // A clock that jumps ten years ahead closes it, destroys nothing, and the next exchange opens it.
    record(&tablet, 2).await;
    clock.move_by(3_650 * DAY_MS);
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap_err().code, ErrorCode::Silent);
    clock.move_by(-3_650 * DAY_MS);
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap_err().code, ErrorCode::Silent);
    assert_eq!(synchronise(&tablet).await.to_send, 0);
    assert!(call(&tablet, ReadToday {}).await.is_ok());
}

#[tokio::test]
async fn who_forgot_the_passphrase_joins_again_on_the_same_tablet_and_loses_no_entry() {
    let (world, [ines, nadia, samir]) = founded().await;
    let shared = record(&nadia, 1).await;
    share_all(&nadia, shared).await;
    synchronise(&nadia).await;
    let unsent = record(&nadia, 2).await;
    let (user, device) = me(&nadia).await.map(|it| (it.user, it.device.unwrap())).unwrap();
    drop(nadia);
    synchronise(&ines).await;

    let tablet = world.tablet("Nadia B.");
    assert_eq!(call(&samir, ShowRescueKey { device }).await.unwrap_err().code, ErrorCode::NotAllowed);
    let key = call(&ines, ShowRescueKey { device }).await.unwrap().key;
    let wrong = key.expose().replacen(|c: char| c.is_ascii_digit(), "Z", 1);
    let refused = call(&tablet, OpenWithRescueKey { key: wrong.as_str().into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongSecret);
    let opened = call(&tablet, OpenWithRescueKey { key }).await.unwrap();
    assert_eq!((opened.to_send, opened.losses.len()), (1, 1));
    assert_eq!((opened.losses[0].parts, opened.losses[0].drafts), (3, 0), "said before, not after");
    // The key alone shows nothing: nobody is at work, no call is served.
    assert_eq!(call(&tablet, OpenPerson { pathway: shared }).await.unwrap_err().code, ErrorCode::Locked);

    let again = InviteMember { who: Invitee::Known { user } };
    journeys::member::let_in(&ines, again, &tablet).await;
    assert_eq!(me(&tablet).await.map(|it| (it.user, it.device)), Some((user, Some(device))));
    assert_eq!(synchronise(&tablet).await.to_send, 0);
    for device in [&ines, &samir, &tablet] {
        synchronise(device).await;
    }
    // What was not sent has arrived under her name; what is shared opens with her new keys.
    let page = call(&samir, OpenPerson { pathway: unsent }).await.unwrap();
    assert!(page.timeline.iter().all(|it| format!("{it:?}").contains("Nadia B.")));
    let page = call(&tablet, OpenPerson { pathway: shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE));
    // What she had shared with nobody is lost with the passphrase; she can write it again.
    let page = call(&tablet, OpenPerson { pathway: unsent }).await.unwrap();
    assert_eq!(page.named.phone, None);
    let named = NamedParts { phone: Some(PHONE.into()), ..NamedParts::default() };
    call(&tablet, WritePart { pathway: unsent, named }).await.unwrap();
    let page = call(&tablet, OpenPerson { pathway: unsent }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE));
    drop(tablet);
    let tablet = world.tablet("Nadia B.");
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}

#[tokio::test]
async fn the_printed_recovery_key_opens_what_is_in_no_referents_hands() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    synchronise(&ines).await;
    let words = journeys::member::establish(&ines).await;
    synchronise(&nadia).await;
    synchronise(&nadia).await;
    let person = record(&nadia, 1).await;
    drop(nadia);
    // Paul came later: nothing was sealed to him. The key on paper opens it, another one does not.
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![NORTH]).await;
    synchronise(&paul).await;
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request =
        |recovery: Option<&str>| RecoverDevice { folder: folder.clone(), recovery: recovery.map(Into::into) };
    assert_eq!(call(&paul, request(None)).await.unwrap_err().code, ErrorCode::NoKeyForDevice);
    let refused = call(&paul, request(Some(&words.replacen(' ', " x", 1)))).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongSecret);
    assert_eq!(call(&paul, request(Some(&words))).await.unwrap().people, 1);
    synchronise(&paul).await;
    synchronise(&paul).await;
    assert!(call(&paul, OpenPerson { pathway: person }).await.is_ok());
}
