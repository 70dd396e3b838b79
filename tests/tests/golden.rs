//! A tablet's store and a server's store as they were written once, kept in `tests/fixtures`: what they hold is
//! known, and this version reads it. Everybody in them is invented. Where a schema or a format changes on
//! purpose: `cargo xtask freeze` writes them anew.
//!
//! The tablet's key stands in `keys-1.json`, wrapped under the passphrase of every test
//! ([`journeys::PASSPHRASE`]).
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::draft::{Draft, DraftForm, ListDrafts, SaveDraft};
use domain::api::encounter::{EncounterForm, PassageForm, RecordPassage};
use domain::api::outing::{EndOuting, StartOuting};
use domain::api::person::{NamedParts, OpenPerson, SearchPeople, SetBarrier, WritePart};
use domain::api::session::Unlock;
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::ids::{DraftId, PathwayId, UserId};
use domain::role::Role;
use domain::vocabulary::*;
use engine::EngineError;
use engine::clock::Clock;
use engine::device::Device;
use engine::keys::Keyring;
use engine::store::{Store, StoreKey};
use journeys::consent::agree;
use journeys::forms::*;
use journeys::{CHEAP, NORTH, PASSPHRASE, World, call, me, place_in, synchronise};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::OnceCell;

const AGAIN: &str = "if a schema or a format changed on purpose: cargo xtask freeze";
/// Noon of 25 November 2026: the tablet's clock, then and now.
const NOON: i64 = 1_795_600_800_000;

#[derive(Debug)]
struct Noon;

impl Clock for Noon {
    fn now_ms(&self) -> i64 {
        NOON
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn tablet(folder: &Path) -> Device {
    Device::with_cost(folder.to_path_buf(), Arc::new(Noon), CHEAP).unwrap()
}

/// Writes the stores anew: what Nadia did in a founded cité, some of it sent.
async fn make() {
    let (world, ines) = World::established().await;
    let folder = world.folder.path().join("Nadia");
    let nadia = tablet(&folder);
    let newcomer = journeys::member::newcomer("Nadia B.", Role::Mediator, vec![NORTH]);
    journeys::member::let_in(&ines, newcomer, &nadia).await;
    let known = call(&nadia, first_encounter(1, place_in(NORTH))).await.unwrap().pathway.unwrap();
    agree(&nadia, known, &[Purpose::ShareContact]).await;
    call(&nadia, StartOuting { place: None, contact_place: place_in(NORTH) }).await.unwrap();
    for (n, headcount) in [(2, 4), (3, 3)] {
        let form = PassageForm { headcount, ..PassageForm::default() };
        call(&nadia, RecordPassage { draft: draft(n), form }).await.unwrap();
    }
    call(&nadia, EndOuting {}).await.unwrap();
    for device in [&nadia, &ines] {
        synchronise(device).await;
    }
    // Inès writes on the same person.
    call(&ines, later_encounter(4, known, place_in(NORTH))).await.unwrap();
    let barrier = call(&ines, OpenPerson { pathway: known }).await.unwrap().barriers[0].id;
    let lift = SetBarrier {
        state: Some(BarrierState::Lifted),
        ..SetBarrier::of(known, Some(barrier), BarrierDomain::Family)
    };
    call(&ines, lift).await.unwrap();
    for device in [&ines, &nadia] {
        synchronise(device).await;
    }
    // What Nadia has not sent: an encounter, a part, a new person, a draft.
    call(&nadia, later_encounter(5, known, place_in(NORTH))).await.unwrap();
    let named = NamedParts { phone: Some("06 39 98 00 07".into()), ..NamedParts::default() };
    call(&nadia, WritePart { pathway: known, named }).await.unwrap();
    call(&nadia, first_encounter(6, place_in(NORTH))).await.unwrap();
    let form = DraftForm::Encounter(Box::new(EncounterForm {
        note: Some("une note commencée".into()),
        ..EncounterForm::default()
    }));
    let draft = Draft { id: DraftId::from_bytes([7; 16]), revision: 1, form };
    call(&nadia, SaveDraft { draft }).await.unwrap();
    drop((nadia, ines));
    let to = fixtures();
    fs::create_dir_all(&to).unwrap();
    let keys = Keyring::read(&folder.join("keys.json")).unwrap();
    let secrets = keys.unlock(keys.users[0].user, &PASSPHRASE.into()).unwrap();
    // Closing the store empties its write-ahead log.
    drop(Store::open(&folder.join("store.db"), &secrets.store_key()).unwrap());
    fs::copy(folder.join("store.db"), to.join("store-1.db")).unwrap();
    world.cite.store(|store| store.copy_into(&world.folder.path().join("plain.db"))).unwrap();
    let plain = fs::read(world.folder.path().join("plain.db")).unwrap();
    fs::write(to.join("server-1.db.zst"), zstd::bulk::compress(&plain, 19).unwrap()).unwrap();
    fs::copy(folder.join("keys.json"), to.join("keys-1.json")).unwrap();
}

/// Copies of the kept stores in a folder of their own, as a tablet and a server have them.
struct Kept {
    folder: TempDir,
    user: UserId,
    key: StoreKey,
}

impl Kept {
    async fn open() -> Self {
        static MADE: OnceCell<()> = OnceCell::const_new();
        #[allow(clippy::disallowed_methods, reason = "how `cargo xtask freeze` says that a change is meant")]
        let meant = std::env::var_os("ALLERVERS_FREEZE").is_some();
        if meant {
            MADE.get_or_init(make).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let copy = |from: &str, to: &str| drop(fs::copy(fixtures().join(from), folder.path().join(to)));
        copy("store-1.db", "store.db");
        copy("keys-1.json", "keys.json");
        let packed = fs::read(fixtures().join("server-1.db.zst")).unwrap();
        let plain = zstd::bulk::decompress(&packed, 16 * 1024 * 1024).unwrap();
        fs::write(folder.path().join("server.db"), plain).unwrap();
        let keys = Keyring::read(&folder.path().join("keys.json")).unwrap();
        let user = keys.users[0].user;
        let key = keys.unlock(user, &PASSPHRASE.into()).unwrap().store_key();
        Self { folder, user, key }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    fn server(&self) -> PathBuf {
        self.folder.path().join("server.db")
    }

    /// Nadia at work on it.
    async fn nadia(&self) -> Result<Device, ErrorCode> {
        let nadia = tablet(self.folder.path());
        let unlock = Unlock { user: self.user, passphrase: PASSPHRASE.into() };
        call(&nadia, unlock).await.map(|_| nadia).map_err(|error| error.code)
    }

    /// With SQL, past the engine.
    fn by_hand(&self) -> Connection {
        let connection = plain(&self.store());
        let hex: String = self.key.expose().iter().map(|byte| format!("{byte:02x}")).collect();
        connection.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"")).unwrap();
        connection
    }
}

#[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
fn plain(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

/// What makes up a schema: every table and index with its words.
fn schema(connection: &Connection) -> Vec<(String, Option<String>)> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

async fn people(device: &Device) -> Vec<PathwayId> {
    let all = SearchPeople { query: String::new(), limit: 50 };
    call(device, all).await.unwrap().hits.iter().map(|hit| hit.label.pathway).collect()
}

#[tokio::test]
async fn a_kept_store_has_after_opening_the_schema_of_a_new_one() {
    let kept = Kept::open().await;
    let new = tempfile::tempdir().unwrap();
    drop(Store::open_plain(&new.path().join("new.db")).unwrap());
    let new = schema(&plain(&new.path().join("new.db")));
    drop(Store::open(&kept.store(), &kept.key).unwrap());
    assert_eq!(schema(&kept.by_hand()), new, "{AGAIN}");
    drop(Store::open_plain(&kept.server()).unwrap());
    assert_eq!(schema(&plain(&kept.server())), new, "{AGAIN}");
}

#[tokio::test]
async fn a_kept_tablet_unlocks_and_shows_what_is_known_of_it() {
    let kept = Kept::open().await;
    let nadia = kept.nadia().await.expect(AGAIN);
    let who = me(&nadia).await.expect(AGAIN);
    assert_eq!((who.name.as_str(), who.role), ("Nadia B.", Role::Mediator));
    let state = call(&nadia, ReadSyncState {}).await.unwrap();
    assert_eq!((state.to_send, state.set_aside, state.established), (2, 0, true), "{AGAIN}");
    let mut pages = Vec::new();
    for pathway in people(&nadia).await {
        pages.push(call(&nadia, OpenPerson { pathway }).await.unwrap());
    }
    assert_eq!(pages.len(), 2, "{AGAIN}");
    pages.sort_by_key(|page| page.hit.encounters);
    let [unsent, known] = pages.try_into().expect("two people");
    assert_eq!((known.hit.encounters, unsent.hit.encounters), (3, 1));
    assert_eq!(known.hit.label.name.as_deref(), Some("Zébulonne T."));
    assert_eq!(known.barriers[0].state, BarrierState::Lifted, "by Inès");
    assert_eq!(known.barriers[0].situations, ["24/13", "24/14"]);
    assert_eq!(known.named.phone.as_deref(), Some("06 39 98 00 07"));
    assert_eq!(known.named.notes[0].text, NOTE);
    let mut authors: Vec<_> =
        known.timeline.iter().filter(|it| it.id.is_some()).filter_map(|it| it.author.name.clone()).collect();
    authors.sort();
    assert_eq!(authors, ["Inès R.", "Nadia B.", "Nadia B."]);
    assert_eq!(known.ledger.lines.len(), 3, "notice, sensitive, contact");
    assert_eq!(unsent.ledger.lines.len(), 2);
    assert_eq!(call(&nadia, ListDrafts {}).await.unwrap().len(), 1);
    // And work goes on.
    let pathway = unsent.hit.label.pathway;
    call(&nadia, later_encounter(8, pathway, place_in(NORTH))).await.unwrap();
    assert_eq!(call(&nadia, OpenPerson { pathway }).await.unwrap().hit.encounters, 2);
}

#[tokio::test]
async fn what_both_stores_show_is_what_their_changes_say() {
    let kept = Kept::open().await;
    let device = Store::open(&kept.store(), &kept.key).unwrap();
    let server = Store::open_plain(&kept.server()).unwrap();
    assert_eq!(device.outbox().unwrap().len(), 2);
    assert_eq!(server.chain().unwrap().members().count(), 2, "Inès and Nadia");
    assert_eq!(device.chain().unwrap().head(), server.chain().unwrap().head());
    for (mut store, documents) in [(device, 3), (server, 2)] {
        let cite = store.chain().unwrap().cite();
        let kept = store.projections().unwrap();
        assert_eq!(kept.len(), documents, "{AGAIN}");
        assert_eq!(store.rebuild(cite).unwrap(), 0, "every document loads: {AGAIN}");
        assert_eq!(store.projections().unwrap(), kept, "{AGAIN}");
    }
}

/// Damages a copy of the tablet's store: it is refused by this code, and stands afterwards as it stood before.
async fn refused(damage: impl FnOnce(&Kept), code: ErrorCode, what: &str) {
    let kept = Kept::open().await;
    damage(&kept);
    let before = fs::read(kept.store()).ok();
    assert_eq!(kept.nadia().await.expect_err(what), code, "{what}");
    assert!(fs::read(kept.store()).ok() == before, "{what}: the file was touched");
}

fn cut(kept: &Kept, length: usize) {
    let bytes = fs::read(kept.store()).unwrap();
    fs::write(kept.store(), &bytes[..length]).unwrap();
}

#[tokio::test]
async fn a_damaged_store_is_refused_by_name_and_left_as_it_is() {
    let damaged = ErrorCode::StoreDamaged;
    let length = fs::read(Kept::open().await.store()).unwrap().len();
    refused(|kept| fs::remove_file(kept.store()).unwrap(), damaged, "gone").await;
    for (to, what) in [(0, "empty"), (100, "its first bytes"), (length / 2 / 4096 * 4096, "half its pages")] {
        refused(|kept| cut(kept, to), damaged, what).await;
    }
    refused(|kept| cut(kept, length - 1_000), damaged, "a torn last page").await;
    for page in [0, 1, length / 4096 / 2, length / 4096 - 1] {
        let flip = |kept: &Kept| {
            let mut bytes = fs::read(kept.store()).unwrap();
            bytes[page * 4096 + 2_000] ^= 1;
            fs::write(kept.store(), bytes).unwrap();
        };
        refused(flip, damaged, &format!("a bit of page {page}")).await;
    }
    // Every page, also those that nobody would read today.
    let kept = Kept::open().await;
    let whole = fs::read(kept.store()).unwrap();
    for page in 0..length / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 3_000] ^= 1;
        fs::write(kept.store(), bytes).unwrap();
        let refused = Store::open_whole(&kept.store(), &kept.key).unwrap_err();
        assert_eq!(refused.code(), damaged, "a bit of page {page}");
    }
    let noise = |kept: &Kept| fs::write(kept.store(), [0x5A; 40_960]).unwrap();
    refused(noise, damaged, "another file").await;
}

#[tokio::test]
async fn a_store_of_a_later_version_or_under_another_key_is_refused_and_left_as_it_is() {
    let later = |kept: &Kept| {
        let by_hand = kept.by_hand();
        by_hand.pragma_update(None, "user_version", engine::store::VERSION + 1).unwrap();
        by_hand.execute_batch("CREATE TABLE later (id INTEGER) STRICT").unwrap();
    };
    refused(later, ErrorCode::StoreTooNew, "of a later version").await;
    let kept = Kept::open().await;
    let before = fs::read(kept.store()).unwrap();
    let other = StoreKey::from_bytes([0x5A; 32]);
    assert!(matches!(Store::open(&kept.store(), &other), Err(EngineError::WrongKey)));
    assert!(fs::read(kept.store()).unwrap() == before);
}

#[tokio::test]
async fn a_servers_store_that_is_cut_off_or_of_a_later_version_is_refused_and_left_as_it_is() {
    let kept = Kept::open().await;
    let whole = fs::read(kept.server()).unwrap();
    fs::write(kept.server(), &whole[..whole.len() / 2]).unwrap();
    let error = Store::open_plain(&kept.server()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::StoreDamaged);
    assert!(fs::read(kept.server()).unwrap() == whole[..whole.len() / 2]);
    fs::write(kept.server(), &whole).unwrap();
    let by_hand = plain(&kept.server());
    by_hand.pragma_update(None, "user_version", engine::store::VERSION + 1).unwrap();
    drop(by_hand);
    let before = fs::read(kept.server()).unwrap();
    let error = Store::open_plain(&kept.server()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::StoreTooNew);
    assert!(fs::read(kept.server()).unwrap() == before);
}
