//! The server's half: a record whose signature holds is carried out, put on the log, and refused for
//! ever what it erased.

use crate::error::EngineError;
use crate::store::{control, ending, erased, erasure, log, person, projection};
use document::DocumentKey;
use document::control::{Chain, ErasureBody, ErasureCause, Member, Record};
use domain::cite::CiteSettings;
use domain::ids::PathwayId;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;

/// Carries an erasure out; false where it was before. Its signature must have been checked.
pub(crate) fn carry_out(
    connection: &Connection,
    chain: &Chain,
    record: &Record,
    body: &ErasureBody,
) -> Result<bool, EngineError> {
    let pathway = body.pathway();
    if erased::is(connection, pathway)? {
        return Ok(false);
    }
    let (mut devices, signers) = person::holders(connection, pathway)?;
    devices.extend(signers.iter().filter_map(|signer| chain.member(signer)).map(|member| member.device));
    let position = match control::keep(connection, record)? {
        Some(position) => position,
        None => control::position(connection, &record.id())?.ok_or(EngineError::Damaged)?,
    };
    // First, so that the sequence never runs over what devices have passed.
    let key = DocumentKey { kind: DocumentKind::Pathway, id: pathway.into(), generation: body.generation() };
    log::append(connection, log::What::Erase, Some(position), Some(key), None)?;
    erased::keep(connection, pathway, body.generation(), record.id())?;
    for gone in person::delete(connection, pathway, kept(body)?)? {
        erasure::forget(connection, gone)?;
    }
    ending::forget(connection, pathway)?;
    for device in devices {
        erasure::expect(connection, record.id(), device)?;
    }
    Ok(true)
}

/// The record of the ledger that stays: the objection that is the cause.
pub(crate) fn kept(body: &ErasureBody) -> Result<Option<document::Hash>, EngineError> {
    Ok(match body.cause()? {
        ErasureCause::Stop(objection) => Some(objection),
        ErasureCause::Retention | ErasureCause::Order(_) => None,
    })
}

/// Whether a référent may order this: somebody whom they see, or of whom nothing is here.
pub(crate) fn may_order(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    member: &Member,
    pathway: PathwayId,
) -> Result<bool, EngineError> {
    let known: Option<serde_json::Value> =
        projection::get(connection, DocumentKind::Pathway, pathway.into())?;
    if known.is_none() {
        return Ok(true);
    }
    let belongs = crate::sync::visible::Belongs::of_pathway(connection, chain, pathway)?;
    Ok(crate::sync::visible::sees(member, settings, DocumentKind::Pathway, &belongs))
}
