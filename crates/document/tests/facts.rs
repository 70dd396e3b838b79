//! A fact is whole from its beginning: one without what every such fact has would make the whole record
//! unreadable to everybody.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "shared with the test of merging")]
mod edits;

use document::schema::{List, Schema};
use document::{Actor, Document, DocumentError, DocumentKey, Edit, SignerId, Value};
use domain::ids::{CiteId, FactId, PathwayId};
use domain::outing::OutingDoc;
use domain::pathway::PathwayDoc;
use domain::vocabulary::DocumentKind;

const CITE: CiteId = CiteId::from_bytes([1; 16]);
const ACTOR: Actor = Actor { signer: SignerId([9; 16]), incarnation: 1 };
const KINDS: [DocumentKind; 2] = [DocumentKind::Pathway, DocumentKind::Outing];

fn begin(kind: DocumentKind) -> Document {
    Document::begin(CITE, DocumentKey::first(kind, PathwayId::from_bytes([7; 16]))).unwrap()
}

fn reads(document: &Document) -> bool {
    match document.key().kind {
        DocumentKind::Pathway => document.read::<PathwayDoc>().is_ok(),
        _ => document.read::<OutingDoc>().is_ok(),
    }
}

fn fact(list: &List, values: Vec<(String, Value)>) -> Edit {
    Edit::Add { list: list.name.into(), id: FactId::from_bytes([5; 16]), values }
}

fn least(list: &List) -> Vec<(String, Value)> {
    let required = list.fact.fields.iter().filter(|field| field.required);
    required.map(|field| (field.name.to_owned(), edits::value(field.holds, 0))).collect()
}

#[test]
fn a_fact_with_no_more_than_it_must_have_reads() {
    for kind in KINDS {
        for list in Schema::of(kind).unwrap().lists {
            let mut document = begin(kind);
            document.edit(ACTOR, &[fact(list, least(list))]).unwrap().unwrap();
            assert!(reads(&document), "{kind:?}: {} does not read", list.name);
        }
    }
}

#[test]
fn a_fact_with_every_register_it_may_have_reads_whatever_their_values() {
    for kind in KINDS {
        for list in Schema::of(kind).unwrap().lists {
            for n in 0..200 {
                let all = list.fact.fields.iter();
                let all = all.map(|field| (field.name.to_owned(), edits::value(field.holds, n))).collect();
                let mut document = begin(kind);
                document.edit(ACTOR, &[fact(list, all)]).unwrap().unwrap();
                assert!(reads(&document), "{kind:?}: {} does not read with values {n}", list.name);
            }
        }
    }
}

#[test]
fn a_fact_that_lacks_something_is_refused() {
    for kind in KINDS {
        for list in Schema::of(kind).unwrap().lists {
            for at in 0..least(list).len() {
                let mut values = least(list);
                values.remove(at);
                let made = begin(kind).edit(ACTOR, &[fact(list, values)]);
                assert_eq!(made.unwrap_err(), DocumentError::BadValue, "{kind:?}: {}", list.name);
            }
        }
    }
}
