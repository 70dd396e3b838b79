//! Merging is commutative, associative and idempotent, whatever is edited where.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::{Actor, Document, DocumentKey, Edit, RawChange, SignerId};
use domain::ids::{CiteId, FactId, PathwayId};
use domain::pathway::PathwayDoc;
use domain::vocabulary::{AgeBand, DocumentKind};
use proptest::prelude::*;

const CITE: CiteId = CiteId::from_bytes([1; 16]);

fn key() -> DocumentKey {
    DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]))
}

fn actor(replica: usize) -> Actor {
    Actor { signer: SignerId([replica as u8 + 1; 16]), incarnation: 1 }
}

fn edit() -> impl Strategy<Value = Edit> {
    let fact = (0_u8..4).prop_map(|n| FactId::from_bytes([n; 16]));
    prop_oneof![
        (0..AgeBand::CODES.len()).prop_map(|n| Edit::set("age", AgeBand::CODES[n])),
        any::<bool>().prop_map(|on| Edit::set("strengths:22/43", on)),
        (0_u8..255).prop_map(|n| Edit::Add {
            list: "barriers".into(),
            id: FactId::from_bytes([n; 16]),
            values: vec![
                ("domain".into(), "24".into()),
                ("state".into(), "spotted".into()),
                ("on".into(), 20_000_i64.into())
            ],
        }),
        (fact, 0..4_usize).prop_map(|(id, n)| Edit::set_in(
            "barriers",
            id,
            "state",
            domain::vocabulary::BarrierState::CODES[n]
        )),
    ]
}

/// Replicas edit; a replica may take another's changes in between.
fn story() -> impl Strategy<Value = Vec<(usize, Option<usize>, Edit)>> {
    prop::collection::vec((0..3_usize, prop::option::of(0..3_usize), edit()), 1..40)
}

fn take(into: &mut Document, changes: &[Vec<u8>]) {
    let mut waiting: Vec<RawChange> = changes.iter().map(|bytes| RawChange::read(bytes).unwrap()).collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|change| into.apply(change).is_err());
        assert!(waiting.len() < before, "changes that never apply");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn replicas_that_have_the_same_changes_hold_the_same(story in story(), seed in any::<u64>()) {
        let mut replicas: Vec<Document> = (0..3).map(|_| Document::begin(CITE, key()).unwrap()).collect();
        let mut logs: Vec<Vec<Vec<u8>>> = vec![Vec::new(); 3];
        for (replica, from, edit) in story {
            if let Some(from) = from.filter(|from| *from != replica) {
                let known: Vec<Vec<u8>> = logs[from].clone();
                take(&mut replicas[replica], &known);
                for bytes in known { if !logs[replica].contains(&bytes) { logs[replica].push(bytes); } }
            }
            // An edit of a fact that is not here is refused and changes nothing.
            if let Ok(Some(change)) = replicas[replica].edit(actor(replica), &[edit]) {
                logs[replica].push(change.bytes);
            }
        }
        let mut all: Vec<Vec<u8>> = logs.concat();
        for (n, replica) in replicas.iter_mut().enumerate() {
            // A different order for each, some changes twice.
            let len = all.len().max(1);
            all.rotate_left((seed as usize + n * 7) % len);
            if n == 1 { all.reverse(); }
            take(replica, &all);
        }
        let views: Vec<PathwayDoc> = replicas.iter().map(|it| it.read().unwrap()).collect();
        prop_assert_eq!(&views[0], &views[1]);
        prop_assert_eq!(&views[1], &views[2]);
        prop_assert_eq!(replicas[0].heads(), replicas[2].heads());
    }
}

#[test]
fn two_values_written_at_the_same_time_are_both_kept_with_their_authors() {
    let (mut a, mut b) = (Document::begin(CITE, key()).unwrap(), Document::begin(CITE, key()).unwrap());
    let one = a.edit(actor(0), &[Edit::set("age", "18_25")]).unwrap().unwrap();
    let two = b.edit(actor(1), &[Edit::set("age", "26_29")]).unwrap().unwrap();
    a.apply(&RawChange::read(&two.bytes).unwrap()).unwrap();
    b.apply(&RawChange::read(&one.bytes).unwrap()).unwrap();
    let differing = a.differing();
    assert_eq!(differing, b.differing());
    assert_eq!(differing[0].key, "age");
    assert_eq!(differing[0].values.len(), 2);
    // A référent settles it: one value stays, both remain in the history.
    let settled = a.edit(actor(2), &[Edit::set("age", "26_29")]).unwrap().unwrap();
    b.apply(&RawChange::read(&settled.bytes).unwrap()).unwrap();
    assert!(b.differing().is_empty());
    assert_eq!(b.history().iter().filter(|it| it.key == "age").count(), 3);
}

#[test]
fn a_change_travels_stripped_and_comes_back_the_same() {
    let mut doc = Document::begin(CITE, key()).unwrap();
    let mut previous = doc.heads()[0];
    for code in ["18_25", "26_29", "30_39"] {
        let change = doc.edit(actor(0), &[Edit::set("age", code)]).unwrap().unwrap();
        let stripped = document::wire::strip(&change.bytes, Some(&previous)).unwrap();
        assert!(stripped.len() + 40 < change.bytes.len());
        assert_eq!(document::wire::restore(&stripped, Some(&previous)).unwrap(), change.bytes);
        previous = change.hash;
    }
}
