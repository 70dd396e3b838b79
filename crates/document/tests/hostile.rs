//! Bytes from outside: refused or contained, never a panic, never in the document.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{Automerge, ObjType, ROOT};
use document::{Actor, Document, DocumentError, DocumentKey, Edit, RawChange, SignerId};
use domain::ids::{CiteId, PathwayId};
use domain::vocabulary::DocumentKind;
use proptest::prelude::*;
use std::path::Path;

const CITE: CiteId = CiteId::from_bytes([1; 16]);
const ACTOR: Actor = Actor { signer: SignerId([9; 16]), incarnation: 1 };

fn pathway() -> Document {
    Document::begin(CITE, DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]))).unwrap()
}

/// A change made with the library itself, past our own typed edits.
fn forged(write: impl Fn(&mut automerge::transaction::Transaction<'_>)) -> Vec<u8> {
    let mut doc = Automerge::new().with_actor(ACTOR.bytes().as_slice().into());
    let made = doc.transact_with::<_, _, automerge::AutomergeError, _>(
        |()| CommitOptions::default().with_time(0),
        |tx| {
            write(tx);
            Ok(())
        },
    );
    let hash = made.unwrap().hash.unwrap();
    doc.get_change_by_hash_raw(&hash)
}

trait RawBytes {
    fn get_change_by_hash_raw(&self, hash: &automerge::ChangeHash) -> Vec<u8>;
}
impl RawBytes for Automerge {
    fn get_change_by_hash_raw(&self, hash: &automerge::ChangeHash) -> Vec<u8> {
        use automerge::ReadDoc as _;
        self.get_change_by_hash(hash).unwrap().raw_bytes().to_vec()
    }
}

#[test]
fn a_name_fits_nowhere_in_a_coded_document() {
    let attempts: Vec<Vec<u8>> = vec![
        forged(|tx| tx.put(ROOT, "first_name", "Fatoumata").unwrap()),
        forged(|tx| tx.put(ROOT, "age", "Fatoumata").unwrap()),
        forged(|tx| tx.put(ROOT, "Fatoumata", true).unwrap()),
        forged(|tx| tx.put(ROOT, "strengths:Fatoumata", true).unwrap()),
        forged(|tx| drop(tx.put_object(ROOT, "barriers", ObjType::Map).unwrap())),
        forged(|tx| drop(tx.put_object(ROOT, "notes", ObjType::Text).unwrap())),
        forged(|tx| tx.put(ROOT, "first_contact_on", 9_999_999_i64).unwrap()),
        forged(|tx| tx.put(ROOT, "age", automerge::ScalarValue::counter(3)).unwrap()),
        forged(|tx| {
            tx.put(ROOT, "age", "18_25").unwrap();
            tx.delete(ROOT, "age").unwrap();
            tx.put(ROOT, "gender", "Fatoumata").unwrap();
        }),
    ];
    for (n, bytes) in attempts.iter().enumerate() {
        let mut doc = pathway();
        let before = doc.heads();
        let refused = RawChange::read(bytes).and_then(|change| doc.apply(&change));
        assert!(
            matches!(refused, Err(DocumentError::NotInSchema | DocumentError::BadValue)),
            "attempt {n}: {refused:?}"
        );
        assert_eq!(doc.heads(), before, "attempt {n} left something behind");
    }
}

#[test]
fn a_message_or_a_time_in_a_change_is_refused() {
    let mut doc = Automerge::new().with_actor(ACTOR.bytes().as_slice().into());
    let options = CommitOptions::default().with_time(1_700_000_000).with_message("Fatoumata");
    let hash = doc
        .transact_with::<_, _, automerge::AutomergeError, _>(|()| options, |tx| tx.put(ROOT, "age", "18_25"))
        .unwrap()
        .hash
        .unwrap();
    assert_eq!(RawChange::read(&doc.get_change_by_hash_raw(&hash)).unwrap_err(), DocumentError::Malformed);
}

#[test]
fn two_stores_that_write_under_one_actor_are_noticed() {
    let (mut a, mut b) = (pathway(), pathway());
    let one = a.edit(ACTOR, &[Edit::set("age", "18_25")]).unwrap().unwrap();
    let two = b.edit(ACTOR, &[Edit::set("age", "26_29")]).unwrap().unwrap();
    assert_ne!(one.hash, two.hash);
    assert_eq!(a.apply(&RawChange::read(&two.bytes).unwrap()), Err(DocumentError::Clone));
}

#[test]
fn inputs_that_crash_the_library_are_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/hostile");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no reference data here");
        return;
    };
    let mut seen = 0;
    for entry in entries {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let mut doc = pathway();
        assert!(RawChange::read(&bytes).and_then(|change| doc.apply(&change)).is_err());
        seen += 1;
    }
    assert!(seen > 10, "{seen} inputs");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = RawChange::read(&bytes);
        let _ = document::wire::restore(&bytes, Some(&[3; 32]));
    }

    #[test]
    fn a_damaged_change_is_refused_or_still_in_the_schema(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut doc = pathway();
        let change = doc.edit(ACTOR, &[Edit::set("age", "18_25"), Edit::set("strengths:22/43", true)]).unwrap().unwrap();
        let genesis = pathway().heads()[0];
        let mut stripped = document::wire::strip(&change.bytes, Some(&genesis)).unwrap();
        let at = at.index(stripped.len());
        stripped[at] = byte;
        // `restore` repairs the checksum, so that the damage reaches the parser.
        if let Ok(bytes) = document::wire::restore(&stripped, Some(&genesis))
            && let Ok(change) = RawChange::read(&bytes)
        {
            let mut other = pathway();
            let _ = other.apply(&change);
            let _: domain::pathway::PathwayDoc = other.read().unwrap();
        }
    }
}
