//! The store key of a device in other hands: see `document::control::EscrowBody`.

use super::wrap::{Secret, unwrap, wrap};
use crate::error::EngineError;
use crate::store::{StoreKey, control};
use document::control::{Chain, EscrowBody, MAX_HOLDERS, Member, Record, RecordKind};
use document::{SignerId, SignerKey};
use domain::ids::{DeviceId, OrganisationId};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

const CONTEXT: &str = "allervers escrow 1";

fn about(chain: &Chain, device: DeviceId, signer: &SignerId) -> Vec<u8> {
    [chain.cite().as_bytes().as_slice(), device.as_bytes(), &signer.0].concat()
}

/// Who may hold the keys of an organisation's devices: its active référents.
fn holders(chain: &Chain, organisation: OrganisationId) -> impl Iterator<Item = (&SignerId, &Member)> {
    chain
        .members()
        .filter(move |(_, it)| it.is_active_referent() && it.organisation == organisation)
        .take(MAX_HOLDERS)
}

/// The record that is due from this member: none before a référent's device has founded, nor where the
/// last one is sealed to exactly who may hold it now, to the printed key that counts, and no revocation came
/// after it.
pub(crate) fn due(
    connection: &Connection,
    chain: &Chain,
    signer: &SignerKey,
    store_key: &StoreKey,
) -> Result<Option<Record>, EngineError> {
    let (Some(recovery), Some(me)) = (chain.recovery(), chain.member(&signer.id())) else { return Ok(None) };
    if me.revoked || !me.role.holds_keys() {
        return Ok(None);
    }
    let now: BTreeMap<&SignerId, &Member> = holders(chain, me.organisation).collect();
    if let Some((last, _)) = latest(connection)?.get(&signer.id()) {
        let same = last.holders().iter().eq(now.keys().copied());
        if same && chain.knows_printed(last.chain) && chain.last_revocation().is_none_or(|at| at < last.chain)
        {
            return Ok(None);
        }
    }
    let about = about(chain, me.device, &signer.id());
    let mut sealed = Vec::with_capacity(now.len());
    for (id, member) in now {
        sealed.push((*id, wrap(&member.agree, CONTEXT, &about, store_key.expose())?));
    }
    let recovery = wrap(&recovery, CONTEXT, &about, store_key.expose())?;
    let body = EscrowBody::new(me.device, chain.length(), sealed, recovery);
    Ok(Some(Record::sign(RecordKind::Escrow, &body, signer)))
}

/// The last escrow of each signer that is kept here, with the signer.
pub(crate) fn latest(
    connection: &Connection,
) -> Result<BTreeMap<SignerId, (EscrowBody, SignerId)>, EngineError> {
    let mut latest = BTreeMap::new();
    for record in control::list(connection, RecordKind::Escrow)? {
        latest.insert(record.signer, (record.read()?, record.signer));
    }
    Ok(latest)
}

/// Whether a record may be kept: signed by the member whose device it names, well formed.
pub(crate) fn may_keep(chain: &Chain, record: &Record) -> bool {
    let Ok(body) = record.read::<EscrowBody>() else { return false };
    let Some(member) = chain.member(&record.signer) else { return false };
    chain.established()
        && body.check().is_ok()
        && body.device() == member.device
        && record.verify(&member.sign).is_ok()
}

/// Whether the server takes it now: sealed to active référents of the signer's organisation only.
pub(crate) fn may_accept(chain: &Chain, record: &Record) -> bool {
    let (Ok(body), Some(member)) = (record.read::<EscrowBody>(), chain.member(&record.signer)) else {
        return false;
    };
    let entitled: BTreeSet<SignerId> = holders(chain, member.organisation).map(|(id, _)| *id).collect();
    !member.revoked && body.holders().is_subset(&entitled) && may_keep(chain, record)
}

/// Whose eyes an escrow is opened with.
pub(crate) enum Holder<'a> {
    /// A référent's.
    Referent(SignerId, &'a [u8; 32]),
    /// Whoever holds the printed recovery key: its X25519 secret, and those of the keys before it.
    Recovery(&'a [Secret]),
}

/// Every store key that a holder can open, with who sealed it and on which device.
pub(crate) fn open(
    connection: &Connection,
    chain: &Chain,
    holder: &Holder<'_>,
) -> Result<Vec<(SignerId, DeviceId, StoreKey)>, EngineError> {
    let mut keys = Vec::new();
    for record in control::list(connection, RecordKind::Escrow)? {
        let body: EscrowBody = record.read()?;
        let about = about(chain, body.device(), &record.signer);
        let opened: Option<Secret> = match holder {
            Holder::Referent(id, agree) => {
                body.sealed_to(id).and_then(|sealed| unwrap(agree, CONTEXT, &about, sealed).ok())
            }
            Holder::Recovery(printed) => printed
                .iter()
                .find_map(|secret| unwrap(secret, CONTEXT, &about, body.sealed_for_recovery()).ok()),
        };
        if let Some(key) = opened {
            keys.push((record.signer, body.device(), StoreKey::from_bytes(*key)));
        }
    }
    Ok(keys)
}
