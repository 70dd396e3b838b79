//! For whom the key of a part must be wrapped now: what the ledger grants, in the person's sectors.
//!
//! Where a group holds an excluded agent, the key is not wrapped for the group but for each other member
//! of it; who sees a person without being of a sector of theirs (assigned, or met them) is wrapped for
//! alone too.

use super::epoch::{Epochs, entitled, is_entitled};
use super::receive::Eyes;
use super::wrap::wrap;
use crate::error::EngineError;
use crate::store::control;
use crate::store::sealed::{due, key, wrap as wraps};
use crate::sync::visible::{Belongs, sees};
use crate::write::Writer;
use document::control::{Chain, GroupId, Member};
use document::sealed::PartKeyId;
use document::{DocumentKey, SignerId};
use domain::cite::CiteSettings;
use domain::ids::{OrganisationId, PathwayId, SectorId};
use domain::ledger::Grant;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::collections::BTreeSet;

const CONTEXT: &str = "allervers part 1";
/// People looked at in one go.
const AT_ONCE: u32 = 256;

/// What sharing needs to know beside the store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) chain: &'a Chain,
    pub(crate) settings: &'a CiteSettings,
    pub(crate) epochs: &'a Epochs,
}

/// What a wrap of a part key is about.
pub(super) fn about(writer_cite: &[u8; 16], of: DocumentKey, part_key: PartKeyId) -> Vec<u8> {
    let key = minicbor::to_vec(of).expect("encoding into memory does not fail");
    [writer_cite.as_slice(), &key, &part_key.0].concat()
}

/// The context of wraps of part keys.
pub(super) const fn context() -> &'static str {
    CONTEXT
}

/// Writes the wraps that are due, for some people; returns whether more are left.
pub(crate) fn prepare(
    connection: &Connection,
    writer: &Writer<'_>,
    around: Around<'_>,
) -> Result<bool, EngineError> {
    if !around.chain.established() {
        return Ok(false);
    }
    let people = due::next(connection, AT_ONCE)?;
    for pathway in &people {
        of_person(connection, writer, around, *pathway)?;
        due::done(connection, *pathway)?;
    }
    Ok(people.len() == AT_ONCE as usize)
}

/// Writes the wraps of one person's parts that are due.
pub(crate) fn of_person(
    connection: &Connection,
    writer: &Writer<'_>,
    around: Around<'_>,
    pathway: PathwayId,
) -> Result<(), EngineError> {
    let documents = key::documents(connection, writer.user, Some(pathway))?;
    documents.into_iter().try_for_each(|of| share(connection, writer, around, pathway, of))
}

fn share(
    connection: &Connection,
    writer: &Writer<'_>,
    around: Around<'_>,
    pathway: PathwayId,
    of: DocumentKey,
) -> Result<(), EngineError> {
    let Some(grant) = granted(connection, writer, of)? else { return Ok(()) };
    let belongs = Belongs::of_pathway(connection, around.chain, pathway)?;
    let publics = recipients(around, &grant, &belongs);
    let eyes = Eyes::of(writer, around.epochs)?;
    for held in key::of(connection, writer.user, writer.own_key, of)? {
        let id = held.key.id();
        for public in &publics {
            let mut recipient = [0; 16];
            recipient.copy_from_slice(&public[..16]);
            if is_wrapped(connection, writer, &eyes, of, id, recipient)? {
                continue;
            }
            let about = about(writer.cite.as_bytes(), of, id);
            let sealed = wrap(public, CONTEXT, &about, held.key.expose())?;
            let (by, cursor) = (writer.signer.id(), writer.cursor);
            let mut made =
                wraps::Wrap { key: of, part_key: id, recipient, sealed, by, cursor, signature: [0; 64] };
            made.signature = made.signed().sign(writer.cite, writer.signer);
            wraps::keep(connection, &made, true)?;
        }
    }
    Ok(())
}

/// Whether a part key is wrapped for a recipient well enough: by this user, by a wrap that was seen to open,
/// or, where nobody here can look, by two others. One wrong wrap never stands in the way of a good one.
fn is_wrapped(
    connection: &Connection,
    writer: &Writer<'_>,
    eyes: &Eyes<'_>,
    of: DocumentKey,
    part_key: PartKeyId,
    recipient: wraps::Recipient,
) -> Result<bool, EngineError> {
    let mut others = BTreeSet::new();
    for it in wraps::candidates(connection, of, part_key, recipient)? {
        let opens = match it.opens {
            None => eyes.open(connection, it.row, &it.wrap)?.is_some(),
            Some(opens) => opens,
        };
        if opens || it.wrap.by == writer.signer.id() {
            return Ok(true);
        }
        if it.opens.is_none() && !eyes.are_for(recipient) {
            others.insert(it.wrap.by);
        }
    }
    Ok(others.len() > 1)
}

/// What the ledger grants of a part now, for the generation it is in.
pub(crate) fn granted(
    connection: &Connection,
    writer: &Writer<'_>,
    of: DocumentKey,
) -> Result<Option<Grant>, EngineError> {
    let Some(purpose) = of.kind.shared_for() else { return Ok(None) };
    let ledger = control::ledger(connection, PathwayId::from(of.id))?;
    let grant = ledger.grant(purpose, writer.on);
    Ok(grant.filter(|_| ledger.generation(purpose) == of.generation))
}

/// Public keys for which a part is to be wrapped.
fn recipients(around: Around<'_>, grant: &Grant, belongs: &Belongs) -> BTreeSet<[u8; 32]> {
    let chain = around.chain;
    let sectors: Vec<SectorId> = around
        .settings
        .sectors
        .iter()
        .filter(|(_, sector)| belongs.locations.iter().any(|place| sector.covers(place)))
        .map(|(id, _)| *id)
        .collect();
    let reached = |member: &Member| {
        !member.revoked
            && grant.reaches(member.organisation, member.user)
            && sees(member, around.settings, DocumentKind::Pathway, belongs)
    };
    let organisations: BTreeSet<OrganisationId> =
        chain.members().filter(|(_, it)| reached(it)).map(|(_, it)| it.organisation).collect();
    let mut publics = BTreeSet::new();
    let mut by_group: BTreeSet<SignerId> = BTreeSet::new();
    for organisation in organisations {
        for sector in &sectors {
            let group = GroupId { organisation, sector: *sector };
            let excluded = entitled(chain, group).any(|(_, it)| grant.excluded.contains(&it.user));
            if let (false, Some(public)) = (excluded, around.epochs.current(group)) {
                publics.insert(public);
                by_group.extend(chain.members().filter(|(_, it)| is_entitled(it, group)).map(|(id, _)| *id));
            }
        }
    }
    let alone = chain.members().filter(|(id, member)| reached(member) && !by_group.contains(id));
    publics.extend(alone.filter(|(_, it)| it.role.holds_keys()).map(|(_, member)| member.agree));
    publics
}
