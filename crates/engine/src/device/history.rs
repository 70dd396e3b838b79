//! Every value a field ever had, with its author.

use super::{Device, Open};
use crate::error::EngineError;
use crate::store::change;
use document::{By, Document, DocumentKey, Value, Written};
use domain::api::person::{EarlierValue, ReadFieldHistory};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use std::collections::{BTreeMap, BTreeSet};

impl Device {
    /// Every value a field ever had, newest first.
    pub(super) fn field_history(&self, request: &ReadFieldHistory) -> Result<Vec<EarlierValue>, ApiError> {
        self.with_open(|open| {
            if open.people.get(request.pathway).is_none() {
                return Err(ErrorCode::NotFound.into());
            }
            let document = open.pathway_document(request.pathway)?;
            let asked = |it: &Written| {
                it.fact == request.fact && request.field.as_ref().is_none_or(|field| of_field(&it.key, field))
            };
            let mut seen = BTreeSet::new();
            let mut values = Vec::new();
            for written in document.history().into_iter().rev().filter(asked) {
                let current = seen.insert(written.key.clone());
                values.push(EarlierValue {
                    value: text(&written.value),
                    author: open.author_by(&written.by()),
                    on: day_of(open, request.pathway, &written)?,
                    at_ms: None,
                    current,
                    field: written.key,
                });
            }
            Ok(values)
        })
    }
}

/// A key is the field itself, or a member of the set of that name.
fn of_field(key: &str, field: &str) -> bool {
    key == field || key.split_once(':').is_some_and(|(set, _)| set == field)
}

/// A value as its code.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => value.clone(),
    }
}

fn day_of(open: &Open, pathway: PathwayId, written: &Written) -> Result<Option<Day>, EngineError> {
    let key = DocumentKey::first(DocumentKind::Pathway, pathway);
    change::day(open.store.connection(), key, &written.hash)
}

/// Who first wrote each fact, and which facts were written in more than one change.
pub(super) fn authorship(document: &Document) -> (BTreeMap<FactId, By>, BTreeSet<FactId>) {
    let mut first: BTreeMap<FactId, (By, [u8; 32])> = BTreeMap::new();
    let mut amended = BTreeSet::new();
    for written in document.history() {
        let Some(fact) = written.fact else { continue };
        let (_, hash) = first.entry(fact).or_insert((written.by(), written.hash));
        if *hash != written.hash && written.key != "void" {
            amended.insert(fact);
        }
    }
    (first.into_iter().map(|(fact, (by, _))| (fact, by)).collect(), amended)
}
