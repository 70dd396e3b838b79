//! Membership steps a user decided on this device and the cité has not received yet.
//!
//! A step is kept unsigned and signed anew on the chain's head in each exchange: somebody else's record
//! may have come first. It is forgotten once the chain says it, or once its user may no longer sign it.

use crate::error::EngineError;
use crate::store::{control, meta};
use crate::write::Writer;
use document::SignerId;
use document::control::{Chain, Record, RecordKind, Step};
use domain::ids::UserId;
use rusqlite::Connection;

fn name(user: UserId) -> String {
    format!("membership_wanted/{user}")
}

/// Name under which a user's store keeps that the sheet they noted never counted.
pub(crate) fn void_sheet(user: UserId) -> String {
    format!("void_sheet/{user}")
}

/// Steps that wait, oldest first.
pub(crate) fn list(connection: &Connection, user: UserId) -> Result<Vec<Step>, EngineError> {
    let kept: Vec<Vec<u8>> = meta::get(connection, &name(user))?.unwrap_or_default();
    kept.iter().map(|bytes| minicbor::decode(bytes).map_err(|_| EngineError::Damaged)).collect()
}

fn put(connection: &Connection, user: UserId, steps: &[Step]) -> Result<(), EngineError> {
    let bytes: Vec<Vec<u8>> = steps
        .iter()
        .map(|step| minicbor::to_vec(step).expect("encoding into memory does not fail"))
        .collect();
    meta::put(connection, &name(user), &bytes)
}

/// Keeps steps to be sent; one that waits already is not kept twice.
pub(crate) fn add(connection: &Connection, user: UserId, new: Vec<Step>) -> Result<(), EngineError> {
    let mut steps = list(connection, user)?;
    for step in new {
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    put(connection, user, &steps)
}

/// Keeps only the steps that `keep` says.
pub(crate) fn retain(
    connection: &Connection,
    user: UserId,
    keep: impl Fn(&Step) -> bool,
) -> Result<(), EngineError> {
    let mut steps = list(connection, user)?;
    let before = steps.len();
    steps.retain(keep);
    if steps.len() == before { Ok(()) } else { put(connection, user, &steps) }
}

/// The steps of the user at work, signed on the head of the chain as this device knows it.
pub(super) fn sign(connection: &Connection, writer: &Writer<'_>) -> Result<Vec<(Step, Record)>, EngineError> {
    let steps = list(connection, writer.user)?;
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let mut chain = control::chain(connection)?;
    let mut signed = Vec::new();
    for step in steps {
        let record = Record::sign(RecordKind::Membership, &chain.next(step.clone()), writer.signer);
        if chain.add(&record).is_ok() {
            signed.push((step, record));
        }
    }
    Ok(signed)
}

/// Forgets what the chain says by now, and what its signer may no longer sign.
pub(super) fn settle(connection: &Connection, writer: &Writer<'_>, chain: &Chain) -> Result<(), EngineError> {
    let signer = writer.signer.id();
    let steps = list(connection, writer.user)?;
    let void =
        |step: &Step| matches!(step, Step::Reprint(_)) && !is_said(chain, step) && !chain.may(&signer, step);
    if steps.iter().any(void) {
        // A colleague printed another key first: whoever noted this one is told that it is void.
        meta::put(connection, &void_sheet(writer.user), &true)?;
    }
    retain(connection, writer.user, |step| !is_said(chain, step) && chain.may(&signer, step))
}

/// Whether the chain says what a step would.
pub(crate) fn is_said(chain: &Chain, step: &Step) -> bool {
    match step {
        Step::Found(_) => true,
        Step::Enrol(enrolment) => chain.member(&SignerId::of(&enrolment.sign)).is_some(),
        Step::Revoke(signer) => chain.member(signer).is_none_or(|member| member.revoked),
        Step::Establish { .. } => chain.established(),
        Step::Reprint(it) => chain.printed().iter().any(|printed| printed.keys == it.next),
        Step::Recover(recovery) => chain.member(&SignerId::of(&recovery.enrolment.sign)).is_some(),
        Step::Change(change) => {
            let (role, sectors) = (change.role().ok().flatten(), change.sectors());
            let mut devices = chain.members().filter(|(_, it)| it.user == change.user() && !it.revoked);
            devices.all(|(_, it)| {
                role.is_none_or(|role| it.role == role)
                    && sectors.as_ref().is_none_or(|sectors| it.sectors == *sectors)
            })
        }
    }
}
