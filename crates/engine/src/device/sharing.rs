//! Where a person's named parts are, and with whom they are shared.

use super::Open;
use crate::error::EngineError;
use crate::store::sealed::outbox;
use crate::write::current;
use document::DocumentKey;
use domain::api::person::PartState;
use domain::ids::{OrganisationId, PathwayId};
use domain::ledger::Grant;
use domain::time::Day;
use domain::vocabulary::{DocumentKind, Part};
use std::collections::BTreeMap;

/// The kind of document of a part.
pub(super) fn kind_of(part: Part) -> DocumentKind {
    match part {
        Part::Recognition => DocumentKind::Recognition,
        Part::Identity => DocumentKind::Identity,
        Part::Contact => DocumentKind::Contact,
        Part::Notes => DocumentKind::Notes,
    }
}

impl Open {
    /// Names of the organisations of the team that a grant reaches.
    pub(super) fn reached(&self, grant: &Grant) -> Vec<String> {
        let reached = |it: &OrganisationId| grant.whole_team || grant.organisations.contains(it);
        self.team().into_iter().filter(|(id, _)| reached(id)).map(|(_, name)| name).collect()
    }
}

/// Where each part of a person is.
pub(super) fn states(
    open: &Open,
    pathway: PathwayId,
    parts: &BTreeMap<DocumentKind, serde_json::Value>,
    today: Day,
) -> Result<Vec<PartState>, EngineError> {
    let ledger = open.store.ledger(pathway)?;
    let connection = open.store.connection();
    let mut states = Vec::new();
    for part in Part::ALL {
        let kind = kind_of(*part);
        let written = parts.contains_key(&kind);
        let key = current(connection, DocumentKey::first(kind, pathway))?;
        let grant = kind.shared_for().and_then(|purpose| ledger.grant(purpose, today));
        let with = grant.map(|grant| open.reached(&grant)).unwrap_or_default();
        states.push(PartState {
            part: *part,
            written,
            only_here: written && !outbox::was_shared(connection, key)?,
            with,
        });
    }
    Ok(states)
}
