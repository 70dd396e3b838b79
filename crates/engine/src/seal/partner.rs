//! Which service a protected partner of a person is: one fact of the notes part for each mark of the ledger.

use super::part::Reader;
use crate::error::EngineError;
use crate::random;
use crate::store::sealed::partner;
use document::{Document, Edit, Value};
use domain::ids::{FactId, PartnerMark, SolutionId};
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The list of the notes part.
const LIST: &str = "sealed_partners";
const MARK: &str = "mark";
const SOLUTION: &str = "solution";

/// What the notes part says of partners, apart from everything else in it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    sealed_partners: BTreeMap<FactId, SealedPartner>,
}

#[derive(Deserialize)]
struct SealedPartner {
    mark: PartnerMark,
    solution: SolutionId,
}

/// The edit of the notes part that says which service a mark stands for.
pub(crate) fn edit(mark: PartnerMark, solution: SolutionId) -> Result<Edit, EngineError> {
    let id = FactId::from_bytes(random::bytes()?);
    let values = vec![(MARK.into(), mark.to_string().into()), (SOLUTION.into(), solution.to_string().into())];
    Ok(Edit::Add { list: LIST.into(), id, values })
}

/// The mark that an edit says something about.
pub(super) fn named(edit: &Edit) -> Option<PartnerMark> {
    let Edit::Add { list, values, .. } = edit else { return None };
    values.iter().filter(|(key, _)| list == LIST && key == MARK).find_map(|(_, value)| match value {
        Value::Text(text) => text.parse().ok(),
        _ => None,
    })
}

/// What a notes part says; nothing of one that does not read.
pub(crate) fn said(document: &Document) -> BTreeMap<PartnerMark, SolutionId> {
    let said: Said = serde_json::from_value(document.values()).unwrap_or_default();
    // Of two that claim one mark the first stands, on every device.
    said.sealed_partners.into_values().rev().map(|it| (it.mark, it.solution)).collect()
}

/// Keeps for a user what a part says, where it is a notes part; `written` are the marks they write with it.
pub(super) fn note(
    connection: &Connection,
    reader: Reader<'_>,
    part: &Document,
    written: &BTreeSet<PartnerMark>,
) -> Result<(), EngineError> {
    if part.key().kind != DocumentKind::Notes {
        return Ok(());
    }
    partner::note(connection, reader.user, reader.own_key, part.key(), &said(part), written)
}
