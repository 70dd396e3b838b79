//! The store: encrypted, refused by name, whole or not at all.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::{Batch, DocumentKey, Edit, Group, SignerKey};
use domain::ids::{CiteId, DeviceId, DraftId, FactId, PathwayId, UserId};
use domain::pathway::{Encounter, PathwayDoc};
use domain::time::Day;
use domain::vocabulary::{Act, DocumentKind, Medium};
use engine::EngineError;
use engine::seal::Epochs;
use engine::store::{KeptEntry, SealedDraft, Store, StoreKey, asset};
use engine::write::{Action, DocumentEdits, Writer};
use std::path::Path;

const CITE: CiteId = CiteId::from_bytes([1; 16]);
const USER: UserId = UserId::from_bytes([5; 16]);
const DRAFT: DraftId = DraftId::from_bytes([8; 16]);

fn key() -> StoreKey {
    StoreKey::from_bytes([0xAB; 32])
}

fn pathway() -> DocumentKey {
    DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]))
}

fn signer() -> SignerKey {
    SignerKey::from_secret(&[3; 32])
}

/// Nobody shares anything in these tests.
fn epochs() -> &'static Epochs {
    static NONE: std::sync::LazyLock<Epochs> = std::sync::LazyLock::new(Epochs::default);
    &NONE
}

fn writer(signer: &SignerKey) -> Writer<'_> {
    Writer {
        holds_keys: true,
        cite: CITE,
        user: USER,
        signer,
        own_key: &[4; 32],
        agree: &[5; 32],
        epochs: epochs(),
        device: DeviceId::from_bytes([6; 16]),
        chain: 1,
        revoked_at: None,
        incarnation: 1,
        cursor: 0,
        level: 1,
        on: Day(20_780),
    }
}

fn encounter(id: u8) -> DocumentEdits {
    let fact = Encounter {
        on: Day(20_780),
        medium: Medium::Street,
        direction: None,
        counterpart: None,
        duration: None,
        contact_place: "out:93066".parse().unwrap(),
        place: None,
        outing: None,
        acts: [(Act::Listen.code().to_owned(), true)].into(),
        void: false,
        met_before: None,
    };
    DocumentEdits {
        key: pathway(),
        edits: vec![Edit::add("encounters", FactId::from_bytes([id; 16]), &fact).unwrap()],
    }
}

/// One user action: an entry, its draft, its documents.
fn action(entry: u8, documents: impl Into<Vec<DocumentEdits>>) -> Action {
    let id = FactId::from_bytes([entry; 16]);
    Action {
        draft: Some(DRAFT),
        entry: Some(KeptEntry { id, key: pathway(), recorded_at_ms: 1 }),
        documents: documents.into(),
        ..Action::default()
    }
}

fn draft(revision: u64) -> SealedDraft {
    SealedDraft {
        id: DRAFT,
        user: USER,
        revision,
        saved_at_ms: 1,
        pathway: None,
        sealed: vec![revision as u8; 40],
    }
}

fn files_contain(folder: &Path, words: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(words.len()).any(|window| window == words)
    })
}

#[test]
fn a_recorded_encounter_is_there_after_the_store_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let signer = signer();
    let mut store = Store::open(&path, &key()).unwrap();
    assert_eq!(writer(&signer).write(&mut store, &action(1, [encounter(1)])).unwrap(), 1);
    drop(store);
    let store = Store::open(&path, &key()).unwrap();
    let read: PathwayDoc = store.document(CITE, pathway()).unwrap().read().unwrap();
    assert_eq!(read.encounters.len(), 1);
    assert!(!files_contain(folder.path(), b"SQLite format 3"), "the file is encrypted");
    assert!(!files_contain(folder.path(), b"encounters"), "the file is encrypted");
}

#[test]
fn the_outbox_holds_the_edit_and_a_group_whose_signature_holds() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    writer(&signer).write(&mut store, &action(1, [encounter(1)])).unwrap();
    let waiting = store.outbox().unwrap().remove(0);
    assert_eq!(waiting.edits, encounter(1).edits);
    let group: Group = minicbor_read(&waiting.group);
    assert_eq!(*group.hashes[0], waiting.hash);
    let batch = Batch { digests: vec![group.digest(CITE)], signature: waiting.signature };
    batch.verify(&signer.public()).unwrap();
    let elsewhere =
        Batch { digests: vec![group.digest(CiteId::from_bytes([2; 16]))], signature: waiting.signature };
    assert!(elsewhere.verify(&signer.public()).is_err(), "a group of one cité passed in another");
}

fn minicbor_read(bytes: &[u8]) -> Group {
    minicbor::decode(bytes).unwrap()
}

#[test]
fn a_call_repeated_after_a_lost_reply_records_once() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    store.keep_draft(&draft(1)).unwrap();
    assert_eq!(writer(&signer).write(&mut store, &action(1, [encounter(1)])).unwrap(), 1);
    assert_eq!(writer(&signer).write(&mut store, &action(1, [encounter(2)])).unwrap(), 0);
    let read: PathwayDoc = store.document(CITE, pathway()).unwrap().read().unwrap();
    assert_eq!(read.encounters.len(), 1);
    assert!(store.drafts(USER).unwrap().is_empty());
}

#[test]
fn an_action_that_fails_half_way_leaves_nothing_and_keeps_its_draft() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    store.keep_draft(&draft(1)).unwrap();
    let other = DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([9; 16]));
    let bad = DocumentEdits { key: other, edits: vec![Edit::set("first_name", "Fatou")] };
    assert!(writer(&signer).write(&mut store, &action(1, [encounter(1), bad])).is_err());
    let read: PathwayDoc = store.document(CITE, pathway()).unwrap().read().unwrap();
    assert!(read.encounters.is_empty());
    assert!(store.outbox().unwrap().is_empty());
    assert_eq!(store.drafts(USER).unwrap().len(), 1);
}

#[test]
fn an_older_save_of_a_draft_arriving_late_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    assert_eq!(store.keep_draft(&draft(2)).unwrap(), 2);
    assert_eq!(store.keep_draft(&draft(1)).unwrap(), 2);
    assert_eq!(store.drafts(USER).unwrap()[0], draft(2));
    let stolen = SealedDraft { user: UserId::from_bytes([6; 16]), ..draft(3) };
    assert!(matches!(store.keep_draft(&stolen), Err(EngineError::NoSuchUser)));
}

#[test]
fn a_wrong_key_opens_nothing_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(Store::open(&path, &key()).unwrap());
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Store::open(&path, &StoreKey::from_bytes([0xEE; 32])), Err(EngineError::WrongKey)));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    Store::open(&path, &key()).unwrap();
}

#[test]
fn a_file_that_is_no_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    std::fs::write(&path, vec![7; 8_192]).unwrap();
    assert!(matches!(Store::open(&path, &key()), Err(EngineError::WrongKey)));
    assert_eq!(std::fs::read(&path).unwrap(), vec![7; 8_192]);
}

#[test]
fn a_store_of_a_newer_version_is_refused_by_name_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.db");
    drop(Store::open_plain(&path).unwrap());
    // The version stands in bytes 60 to 63 of SQLite's header.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(Store::open_plain(&path), Err(EngineError::StoreTooNew(99, _))));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn every_encounter_is_a_change_of_its_own_under_one_incarnation() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    writer(&signer).write(&mut store, &action(1, [encounter(1)])).unwrap();
    writer(&signer).write(&mut store, &action(2, [encounter(2)])).unwrap();
    assert_eq!(store.highest_incarnation().unwrap(), 1);
    assert_eq!(store.outbox().unwrap().len(), 2);
}

#[test]
fn projections_made_again_from_the_changes_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    for n in 1..20 {
        writer(&signer).write(&mut store, &action(n, [encounter(n)])).unwrap();
    }
    let before = store.projections().unwrap();
    assert_eq!(before.len(), 1);
    assert_eq!(store.rebuild(CITE).unwrap(), 0);
    assert_eq!(store.projections().unwrap(), before);
}

#[test]
fn a_directory_that_does_not_read_stands_in_nobodys_way_and_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("store.db"), &key()).unwrap();
    store.publish_asset(asset::SOLUTIONS, &"not a directory").unwrap();
    let read: Vec<domain::solution::Solution> = store.asset_or_default(asset::SOLUTIONS).unwrap();
    assert!(read.is_empty());
    assert_eq!(store.unread_assets().unwrap(), 1);
}
