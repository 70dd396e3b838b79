//! Reading the audit: lines with names, and which chains do not hold.

use super::SERVER;
use crate::error::EngineError;
use crate::store::{Store, audit};
use document::audit::AuditEntry;
use document::control::Chain;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;

/// An entry as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    /// When, by the clock of where it was done.
    pub at_ms: InstantMs,
    /// Name of the user; none for the administrator's commands and refused sign-ins.
    pub who: Option<String>,
    /// Name of the device; none for the server.
    pub device: Option<String>,
    /// What; none for an act of a later version.
    pub act: Option<AuditAct>,
    /// Pseudonym of the person it is about, in hexadecimal digits.
    pub about: Option<String>,
}

/// The audit of this store.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditReport {
    /// Entries, newest first.
    pub lines: Vec<AuditLine>,
    /// Chains that hold.
    pub whole: usize,
    /// Chains that do not: the device (none: the server's own), and the place from which on.
    pub broken: Vec<(Option<String>, u64)>,
}

/// Reads and verifies every chain of the server.
///
/// # Errors
/// What SQLite refuses, or a membership chain that does not hold.
pub fn read(store: &Store) -> Result<AuditReport, EngineError> {
    let chain = store.chain()?;
    let mut report = AuditReport::default();
    for source in audit::sources(store.connection())? {
        let device = device_name(&chain, source);
        match walk(store, &chain, source, &mut report.lines)? {
            None => report.whole += 1,
            Some(place) => report.broken.push((device, place)),
        }
    }
    report.lines.sort_by_key(|line| std::cmp::Reverse(line.at_ms));
    Ok(report)
}

/// Walks a chain from its beginning; returns the place at which it does not hold.
fn walk(
    store: &Store,
    chain: &Chain,
    source: [u8; 16],
    lines: &mut Vec<AuditLine>,
) -> Result<Option<u64>, EngineError> {
    let connection = store.connection();
    let mut broken = audit::gap(connection, source)?;
    let (mut last, mut hash) = audit::anchor(connection, source)?;
    for bytes in audit::from(connection, source, 0, u32::MAX)? {
        let read = minicbor::decode::<AuditEntry>(&bytes).ok().and_then(|it| Some((it.body().ok()?, it)));
        let Some((body, entry)) = read else {
            broken = broken.or(Some(last + 1));
            continue;
        };
        let member = entry.signer().and_then(|signer| chain.member(&signer));
        let signed = match source {
            SERVER => entry.signer().is_none(),
            _ => member.is_some_and(|it| it.device.as_bytes() == &source && entry.verify(&it.sign).is_ok()),
        };
        if body.seq != last + 1 || *body.previous != hash || *body.source != source || !signed {
            broken = Some(broken.map_or(last + 1, |it| it.min(last + 1)));
        }
        (last, hash) = (body.seq, entry.hash());
        let user = body.user();
        lines.push(AuditLine {
            at_ms: body.at_ms,
            who: user.and_then(|user| name_of(store, chain, user).ok().flatten()),
            device: device_name(chain, source),
            act: body.act(),
            about: body.about.map(|it| it.iter().map(|byte| format!("{byte:02x}")).collect()),
        });
    }
    // The last entry here must be the one its row says it is: a row taken off the end shows in the next upload.
    if audit::end(connection, source)? != (last, hash) {
        broken = broken.or(Some(last));
    }
    Ok(broken)
}

fn device_name(chain: &Chain, source: [u8; 16]) -> Option<String> {
    let found = chain.members().find(|(_, it)| it.device.as_bytes() == &source);
    found.map(|(_, it)| it.device_name.clone()).or_else(|| (source != SERVER).then(|| "?".to_owned()))
}

fn name_of(store: &Store, chain: &Chain, user: domain::ids::UserId) -> Result<Option<String>, EngineError> {
    let member = chain.members().find(|(_, it)| it.user == user).map(|(_, it)| it.user_name.clone());
    member.map_or_else(|| store.account_name(user), |name| Ok(Some(name)))
}
