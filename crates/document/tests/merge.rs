//! Merging is commutative, associative and idempotent, whatever is edited where.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod edits;

use document::schema::Schema;
use document::{Actor, Differing, Document, DocumentKey, Edit, RawChange, SignerId, Written};
use domain::ids::{CiteId, PathwayId};
use domain::outing::OutingDoc;
use domain::pathway::PathwayDoc;
use domain::vocabulary::DocumentKind;
use edits::{Drawn, drawn, kinds};
use proptest::prelude::*;

const CITE: CiteId = CiteId::from_bytes([1; 16]);
/// Most replicas of a story.
const MOST: usize = 5;

fn key() -> DocumentKey {
    key_of(DocumentKind::Pathway)
}

fn key_of(kind: DocumentKind) -> DocumentKey {
    DocumentKey::first(kind, PathwayId::from_bytes([7; 16]))
}

fn actor(replica: usize) -> Actor {
    Actor { signer: SignerId([replica as u8 + 1; 16]), incarnation: 1 }
}

/// What replicas do: one edits; it may have taken another's changes first.
type Story = Vec<(usize, Option<usize>, Drawn)>;

fn story() -> impl Strategy<Value = Story> {
    prop::collection::vec((0..MOST, prop::option::of(0..MOST), drawn()), 1..40)
}

/// A replica and every change it has, in the order in which it got them.
#[derive(Clone)]
struct Replica {
    document: Document,
    log: Vec<Vec<u8>>,
}

impl Replica {
    fn begin(kind: DocumentKind) -> Self {
        Self { document: Document::begin(CITE, key_of(kind)).unwrap(), log: Vec::new() }
    }

    /// Takes changes that come in any order, some twice, with others missing until later.
    fn take(&mut self, changes: &[Vec<u8>]) {
        let mut waiting: Vec<RawChange> =
            changes.iter().map(|bytes| RawChange::read(bytes).unwrap()).collect();
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|change| match self.document.apply(change) {
                Ok(new) => {
                    if new {
                        self.log.push(change.bytes().to_vec());
                    }
                    false
                }
                Err(_) => true,
            });
            assert!(waiting.len() < before, "changes that never apply");
        }
    }

    fn merged(mut self, other: &Replica) -> Self {
        self.take(&other.log);
        self
    }

    /// Everything a reader can see of it.
    fn seen(&self) -> Seen {
        let mut heads = self.document.heads();
        heads.sort();
        let mut history = self.document.history();
        history.sort_by_key(|it| format!("{it:?}"));
        Seen { heads, values: self.document.values(), differing: self.document.differing(), history }
    }

    /// The coded kinds also read as what the rules work on.
    fn reads(&self) -> bool {
        match self.document.key().kind {
            DocumentKind::Pathway => self.document.read::<PathwayDoc>().is_ok(),
            DocumentKind::Outing => self.document.read::<OutingDoc>().is_ok(),
            _ => true,
        }
    }
}

#[derive(Debug, PartialEq)]
struct Seen {
    heads: Vec<document::Hash>,
    values: serde_json::Value,
    differing: Vec<Differing>,
    history: Vec<Written>,
}

/// Replicas after a story, before the last exchange.
fn told(kind: DocumentKind, replicas: usize, story: &Story) -> Vec<Replica> {
    let schema = Schema::of(kind).unwrap();
    let mut all: Vec<Replica> = (0..replicas).map(|_| Replica::begin(kind)).collect();
    for (who, from, drawn) in story {
        let who = who % replicas;
        if let Some(from) = from.map(|from| from % replicas).filter(|from| *from != who) {
            let known = all[from].log.clone();
            all[who].take(&known);
        }
        // An edit of a fact that is not here, or an addition of one that is, changes nothing.
        let before = all[who].document.heads();
        match all[who].document.edit(actor(who), &[drawn.edit(schema)]) {
            Ok(Some(change)) => all[who].log.push(change.bytes),
            Ok(None) | Err(_) => assert_eq!(all[who].document.heads(), before),
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn replicas_that_have_the_same_changes_hold_the_same(
        kind in prop::sample::select(kinds()),
        replicas in 2..=MOST,
        story in story(),
        orders in prop::collection::vec(any::<prop::sample::Index>(), 64),
    ) {
        let mut all = told(kind, replicas, &story);
        let mut everything: Vec<Vec<u8>> = all.iter().flat_map(|it| it.log.clone()).collect();
        for (n, replica) in all.iter_mut().enumerate() {
            // Another order for each; the changes of several replicas come twice.
            for at in 1..everything.len() {
                let other = orders[(at + n * 13) % orders.len()].index(at + 1);
                everything.swap(at, other);
            }
            replica.take(&everything);
        }
        let first = all[0].seen();
        for replica in &all {
            prop_assert_eq!(&first, &replica.seen());
            prop_assert!(replica.reads());
        }
        // And so does one that is loaded from the changes kept.
        let kept = all[0].log.iter().map(Vec::as_slice);
        let loaded = Document::from_changes(CITE, key_of(kind), kept).unwrap();
        prop_assert_eq!(first, Replica { document: loaded, log: Vec::new() }.seen());
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        kind in prop::sample::select(kinds()),
        story in story(),
    ) {
        let [a, b, c] = told(kind, 3, &story).try_into().unwrap_or_else(|_| unreachable!());
        let ab = a.clone().merged(&b);
        prop_assert_eq!(ab.seen(), b.clone().merged(&a).seen(), "a with b is b with a");
        let left = ab.clone().merged(&c);
        let right = a.clone().merged(&b.clone().merged(&c));
        prop_assert_eq!(left.seen(), right.seen(), "(a with b) with c is a with (b with c)");
        let known = ab.log.len();
        let again = ab.clone().merged(&ab).merged(&a).merged(&b);
        prop_assert_eq!(again.log.len(), known, "nothing is new the second time");
        prop_assert_eq!(again.seen(), ab.seen());
    }
}

#[test]
fn the_edits_drawn_reach_every_register_and_set_of_every_kind() {
    use proptest::strategy::ValueTree as _;
    use std::collections::BTreeSet;
    for kind in kinds() {
        let schema = Schema::of(kind).unwrap();
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let mut reached = BTreeSet::new();
        let mut document = Document::begin(CITE, key_of(kind)).unwrap();
        for _ in 0..6_000 {
            let edit = drawn().new_tree(&mut runner).unwrap().current().edit(schema);
            let done = document.clone().edit(actor(0), std::slice::from_ref(&edit));
            match edit {
                Edit::Set { key, .. } => {
                    done.unwrap();
                    reached.insert(("", key.split(':').next().unwrap().to_owned()));
                }
                Edit::SetIn { list, key, .. } if done.is_ok() => {
                    let list = schema.list(&list).unwrap().name;
                    reached.insert((list, key.split(':').next().unwrap().to_owned()));
                }
                Edit::Add { .. } if done.is_ok() => {
                    document.edit(actor(0), &[edit]).unwrap();
                }
                _ => {}
            }
        }
        let shapes = schema.lists.iter().map(|list| (list.name, list.fact)).chain([("", schema.root)]);
        for (place, shape) in shapes {
            let names = shape.fields.iter().map(|it| it.name).chain(shape.sets.iter().map(|it| it.name));
            for name in names {
                assert!(reached.contains(&(place, name.to_owned())), "{kind:?}: {place} {name}");
            }
        }
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
