//! Where a person's named parts are, and with whom they are shared.

use super::Open;
use crate::error::EngineError;
use crate::store::sealed::outbox;
use crate::write::current;
use document::DocumentKey;
use domain::api::person::PartState;
use domain::ids::PathwayId;
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
        let mut with: Vec<String> = Vec::new();
        if let Some(grant) = &grant {
            let reached =
                |it: &domain::ids::OrganisationId| grant.whole_team || grant.organisations.contains(it);
            with.extend(open.team().into_iter().filter(|(id, _)| reached(id)).map(|(_, name)| name));
        }
        states.push(PartState {
            part: *part,
            written,
            only_here: written && !outbox::was_shared(connection, key)?,
            with,
        });
    }
    Ok(states)
}
