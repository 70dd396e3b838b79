//! Who receives what: looked at whenever a document, a member or a sector changes; a grant or a revoke
//! goes on the log where it differs from before.

pub(crate) use super::belongs::{Belongs, sees};
use crate::error::EngineError;
use crate::store::{change, control, log, projection, sealed};
use document::control::{Chain, Member};
use document::{DocumentKey, SignerId};
use domain::cite::CiteSettings;
use domain::ids::{DeviceId, PathwayId};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of documents that devices receive.
const KINDS: [DocumentKind; 2] = [DocumentKind::Pathway, DocumentKind::Outing];

/// Sets who sees a document. The device that just began it already holds it and is granted in silence.
pub(super) fn update(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    key: DocumentKey,
    begun_by: Option<(DeviceId, u64)>,
) -> Result<(), EngineError> {
    let belongs = Belongs::of(connection, chain, key)?;
    show(connection, chain, key, begun_by, |member| sees(member, settings, key.kind, &belongs))
}

/// Sets who sees a named part: who sees the pathway, holds keys, and is reached by what the ledger
/// grants. One that was granted to nobody, or is over, is seen by nobody.
pub(crate) fn update_part(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    key: DocumentKey,
    today: Day,
    begun_by: Option<(DeviceId, u64)>,
) -> Result<(), EngineError> {
    let Some(purpose) = key.kind.shared_for() else { return Ok(()) };
    let pathway = PathwayId::from(key.id);
    let ledger = control::ledger(connection, pathway)?;
    let grant = ledger.grant(purpose, today).filter(|_| ledger.generation(purpose) == key.generation);
    let belongs = Belongs::of_pathway(connection, chain, pathway)?;
    show(connection, chain, key, begun_by, |member| {
        member.role.holds_keys()
            && grant.as_ref().is_some_and(|grant| grant.reaches(member.organisation, member.user))
            && sees(member, settings, DocumentKind::Pathway, &belongs)
    })
}

/// Sets who sees a person's named parts again.
pub(crate) fn update_parts(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    pathway: PathwayId,
    today: Day,
) -> Result<(), EngineError> {
    for (kind, generation) in sealed::change::parts_of(connection, pathway)? {
        let key = DocumentKey { kind, id: pathway.into(), generation };
        update_part(connection, chain, settings, key, today, None)?;
    }
    Ok(())
}

fn show(
    connection: &Connection,
    chain: &Chain,
    key: DocumentKey,
    begun_by: Option<(DeviceId, u64)>,
    sees: impl Fn(&Member) -> bool,
) -> Result<(), EngineError> {
    let mut devices: BTreeMap<DeviceId, bool> = BTreeMap::new();
    for (_, member) in chain.members() {
        *devices.entry(member.device).or_default() |= !member.revoked && sees(member);
    }
    for (device, sees) in devices {
        match (log::visible_since(connection, device, key)?, sees, begun_by) {
            (None, true, Some((author, seq))) if device == author => {
                log::set_visible(connection, device, key, seq.saturating_sub(1))?;
            }
            (None, true, _) => {
                let granted = log::append(connection, log::What::Grant, None, Some(key), Some(device))?;
                log::set_visible(connection, device, key, granted)?;
            }
            (Some(_), false, _) => {
                log::set_hidden(connection, device, key)?;
                log::append(connection, log::What::Revoke, None, Some(key), Some(device))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a signer's group may be added to a document: one it begins or has written in, one its device
/// sees, or saw when the group was made. What a device was never shown it has no work in.
pub(super) fn may_write(
    connection: &Connection,
    chain: &Chain,
    signer: &SignerId,
    key: DocumentKey,
    made_at: u64,
) -> Result<bool, EngineError> {
    let authors = change::authors(connection, key)?;
    if authors.is_empty() || authors.contains(signer) {
        return Ok(true);
    }
    let Some(device) = chain.member(signer).map(|it| it.device) else { return Ok(false) };
    Ok(log::visible_since(connection, device, key)?.is_some()
        || log::hidden_since(connection, device, key, made_at)?)
}

/// What is said of something about a person that does not stand in their pathway: a part, its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Its author sees the person, or did when it was made, or wrote in it.
    Seen,
    /// Its author was never shown them.
    Unseen,
    /// Nobody wrote anything about them here yet.
    Unknown,
}

/// Whether a signer's device sees the person, or saw them when it was made, or wrote in their pathway or in
/// this part.
pub(super) fn sight(
    connection: &Connection,
    chain: &Chain,
    signer: &SignerId,
    key: DocumentKey,
    made_at: u64,
) -> Result<Sight, EngineError> {
    let pathway = DocumentKey::first(DocumentKind::Pathway, PathwayId::from(key.id));
    if key.kind.is_named_part() && sealed::change::authors(connection, key)?.contains(signer) {
        return Ok(Sight::Seen);
    }
    if change::authors(connection, pathway)?.is_empty() {
        return Ok(Sight::Unknown);
    }
    let may = may_write(connection, chain, signer, pathway, made_at)?;
    Ok(if may { Sight::Seen } else { Sight::Unseen })
}

/// Looks at every document again: a member joined or left, a sector changed.
pub(crate) fn update_all(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    today: Day,
) -> Result<(), EngineError> {
    for kind in KINDS {
        for (id, generation) in projection::keys(connection, kind)? {
            update(connection, chain, settings, DocumentKey { kind, id, generation }, None)?;
        }
    }
    for key in sealed::change::keys(connection)? {
        update_part(connection, chain, settings, key, today, None)?;
    }
    Ok(())
}

/// Looks again at who sees the named parts of people whose agreement has an end that has passed: no exchange
/// about them may ever come.
pub(crate) fn update_lapsed(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    today: Day,
) -> Result<(), EngineError> {
    let people: BTreeSet<PathwayId> =
        sealed::change::keys(connection)?.into_iter().map(|key| PathwayId::from(key.id)).collect();
    for pathway in people {
        if control::ledger(connection, pathway)?.has_lapsed(today) {
            update_parts(connection, chain, settings, pathway, today)?;
        }
    }
    Ok(())
}
