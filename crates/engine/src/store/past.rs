//! What a pathway's document says of its own past: earlier states with their days, and who wrote what.
//!
//! Made from the changes at every projection, so that figures of a period that is over can be told by
//! the states of its last day.

use super::{change, link};
use crate::error::EngineError;
use document::control::Chain;
use document::{Actor, Document, SignerId, Value, Written};
use domain::ids::{FactId, PathwayId};
use domain::pathway::{Past, PathwayDoc, StateOn};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// As it is kept: signers by their hexadecimal digits, organisations are the chain's to say.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    states: BTreeMap<FactId, Vec<StateOn>>,
    first: BTreeMap<FactId, Day>,
    authors: BTreeMap<String, Vec<FactId>>,
}

/// The past of a pathway, as JSON; none for another kind of document.
pub(crate) fn of(connection: &Connection, document: &Document) -> Result<Option<String>, EngineError> {
    if document.key().kind != DocumentKind::Pathway {
        return Ok(None);
    }
    let days = change::days(connection, document.key())?;
    let kept = read(document.history(), &days);
    serde_json::to_string(&kept).map(Some).map_err(|_| EngineError::Damaged)
}

fn read(history: Vec<Written>, days: &HashMap<document::Hash, Day>) -> Kept {
    let mut kept = Kept::default();
    let mut authors: BTreeMap<FactId, (SignerId, Day)> = BTreeMap::new();
    let mut states: BTreeMap<FactId, Vec<(u64, Actor, StateOn)>> = BTreeMap::new();
    for written in &history {
        let (Some(fact), Some(day)) = (written.fact, days.get(&written.hash)) else { continue };
        authors.entry(fact).or_insert((written.actor.signer, *day));
        if let (true, Value::Text(state)) = (written.key == "state", &written.value) {
            let state = StateOn { on: *day, state: state.clone() };
            states.entry(fact).or_default().push((written.order, written.actor, state));
        }
    }
    for (fact, mut of_fact) in states {
        // The order in which writes win, so that the last is the state the document shows.
        of_fact.sort_by_key(|(order, actor, _)| (*order, *actor));
        if of_fact.len() > 1 {
            kept.states.insert(fact, of_fact.into_iter().map(|(_, _, state)| state).collect());
        }
    }
    for (fact, (signer, day)) in authors {
        kept.first.insert(fact, day);
        kept.authors.entry(format!("{signer:?}")).or_default().push(fact);
    }
    kept
}

/// Reads every person's pathway with its past, one at a time; records linked as one person are read as
/// one, under the smallest identifier. Returns how many records could not be read.
pub(crate) fn each_pathway(
    connection: &Connection,
    chain: &Chain,
    mut take: impl FnMut(PathwayId, PathwayDoc, Past),
) -> Result<u32, EngineError> {
    let organisations: HashMap<String, _> =
        chain.members().map(|(signer, member)| (format!("{signer:?}"), member.organisation)).collect();
    let mut statement = connection
        .prepare_cached("SELECT doc, content, past FROM projection WHERE kind = ?1 ORDER BY doc")?;
    let mut rows = statement.query([DocumentKind::Pathway.code()])?;
    let groups = link::groups(connection)?;
    let mut sets: BTreeMap<PathwayId, (PathwayDoc, Past)> = BTreeMap::new();
    let mut unread = 0;
    while let Some(row) = rows.next()? {
        let content = serde_json::from_str::<PathwayDoc>(row.get_ref(1)?.as_str().unwrap_or_default());
        let past =
            serde_json::from_str::<Kept>(row.get_ref(2)?.as_str_or_null().ok().flatten().unwrap_or("{}"));
        let (Ok(content), Ok(kept)) = (content, past) else {
            unread += 1;
            continue;
        };
        let authors = kept.authors.into_iter().filter_map(|(signer, facts)| {
            let organisation = *organisations.get(&signer)?;
            Some(facts.into_iter().map(move |fact| (fact, organisation)))
        });
        let past = Past { states: kept.states, first: kept.first, authors: authors.flatten().collect() };
        let id = PathwayId::from_bytes(row.get(0)?);
        let Some(head) = groups.get(&id) else {
            take(id, content, past);
            continue;
        };
        // In the order of identifiers: the head comes first.
        let whole = match sets.remove(head) {
            Some((pathway, before)) => (pathway.with(content), before.with(past)),
            None => (content, past),
        };
        sets.insert(*head, whole);
    }
    sets.into_iter().for_each(|(head, (pathway, past))| take(head, pathway, past));
    Ok(unread)
}
