//! Epochs of groups: who holds which, which are current, which are due.
//!
//! A group is an organisation in a sector; entitled are its mediators of the sector and all its
//! référents, who may invite others to it. An epoch is due where a group has none, or where somebody
//! can open the current one who is no longer entitled: then the next entitled device makes another. Two
//! devices that make one at the same time both hold; the greater number, then the smaller key, is current.

use super::wrap::{Secret, public_of, unwrap, wrap};
use crate::error::EngineError;
use crate::random;
use crate::store::control;
use document::control::{Chain, EpochBody, GroupId, MAX_RECIPIENTS, Member, Record, RecordKind};
use document::{SignerId, SignerKey};
use domain::ids::SectorId;
use domain::role::Role;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

const CONTEXT: &str = "allervers epoch 1";

/// An epoch as its records say.
#[derive(Debug, Clone)]
struct Epoch {
    number: u32,
    public: [u8; 32],
    /// Who made it.
    by: SignerId,
    recipients: BTreeSet<SignerId>,
    /// Length of the chain known to whoever sealed it first to a printed key, and to whoever did last: which
    /// ones those were.
    printed: Option<(u32, u32)>,
}

/// The epochs of a cité, and the secrets this member can open. Zeroized with the session.
#[derive(Default)]
pub struct Epochs {
    groups: BTreeMap<GroupId, Vec<Epoch>>,
    secrets: HashMap<[u8; 32], Secret>,
}

impl fmt::Debug for Epochs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Epochs(…)")
    }
}

/// Whether a member is entitled to the keys of a group.
pub(crate) fn is_entitled(member: &Member, group: GroupId) -> bool {
    !member.revoked
        && member.organisation == group.organisation
        && match member.role {
            Role::Mediator => member.sectors.contains(&group.sector),
            Role::Referent => true,
            Role::Coordinator | Role::Administrator => false,
        }
}

/// Everybody entitled to the keys of a group.
pub(crate) fn entitled(chain: &Chain, group: GroupId) -> impl Iterator<Item = (&SignerId, &Member)> {
    chain.members().filter(move |(_, member)| is_entitled(member, group))
}

fn about(chain: &Chain, group: GroupId, number: u32, public: &[u8; 32]) -> Vec<u8> {
    [
        chain.cite().as_bytes().as_slice(),
        group.organisation.as_bytes(),
        group.sector.as_bytes(),
        &number.to_be_bytes(),
        public,
    ]
    .concat()
}

impl Epochs {
    /// Reads the records that were kept; opens what is sealed to this member.
    pub(crate) fn load(
        connection: &Connection,
        chain: &Chain,
        signer: SignerId,
        agree: &[u8; 32],
    ) -> Result<Self, EngineError> {
        let mut epochs = Self::default();
        for record in control::list(connection, RecordKind::Epoch)? {
            let body: EpochBody = record.read()?;
            epochs.add(chain, signer, agree, &body, record.signer);
        }
        for group in epochs.groups.values_mut() {
            group.sort_by_key(|epoch| (epoch.number, std::cmp::Reverse(epoch.public)));
        }
        Ok(epochs)
    }

    fn add(&mut self, chain: &Chain, signer: SignerId, agree: &[u8; 32], body: &EpochBody, by: SignerId) {
        let (group, public) = (body.group(), body.public());
        let known = self.groups.entry(group).or_default();
        let at = known.iter().position(|it| it.public == public).unwrap_or_else(|| {
            known.push(Epoch { number: body.number, public, by, recipients: BTreeSet::new(), printed: None });
            known.len() - 1
        });
        known[at].recipients.extend(body.recipients());
        if body.sealed_for_recovery().is_some() {
            let (first, last) = known[at].printed.unwrap_or((body.chain, body.chain));
            known[at].printed = Some((first.min(body.chain), last.max(body.chain)));
        }
        let Some(sealed) = body.sealed_to(&signer) else { return };
        let opened = unwrap(agree, CONTEXT, &about(chain, group, body.number, &public), sealed);
        // A secret that is not that of the public key is no secret of this epoch.
        if let Some(secret) = opened.ok().filter(|it| public_of(it).is_ok_and(|it| it == public)) {
            self.secrets.insert(public, secret);
        }
    }

    /// The public key of a group's current epoch; none where there is none yet.
    pub(crate) fn current(&self, group: GroupId) -> Option<[u8; 32]> {
        self.groups.get(&group)?.last().map(|epoch| epoch.public)
    }

    /// Secrets that may open a wrap for a recipient (the first bytes of a public key).
    pub(crate) fn secret_for(&self, recipient: &[u8; 16]) -> impl Iterator<Item = &Secret> {
        self.secrets.iter().filter(move |(public, _)| public[..16] == recipient[..]).map(|(_, secret)| secret)
    }

    /// Records that are due from this member: new epochs of their groups, and secrets they hold handed
    /// to members who lack them.
    pub(crate) fn due(
        &self,
        chain: &Chain,
        sectors: impl IntoIterator<Item = SectorId>,
        signer: &SignerKey,
    ) -> Result<Vec<Record>, EngineError> {
        let (Some(recovery), Some(me)) = (chain.recovery(), chain.member(&signer.id())) else {
            return Ok(Vec::new());
        };
        let mut records = Vec::new();
        for sector in sectors {
            let group = GroupId { organisation: me.organisation, sector };
            if !is_entitled(me, group) {
                continue;
            }
            let members: Vec<(&SignerId, &Member)> = entitled(chain, group).collect();
            let known = self.groups.get(&group).map(Vec::as_slice).unwrap_or_default();
            // Somebody who may no longer, and might know its secret: who can open it, and who drew it; or
            // whoever finds a sheet that was replaced.
            let stale = |epoch: &Epoch| {
                let mut knowing = epoch.recipients.iter().chain([&epoch.by]);
                knowing.any(|it| chain.member(it).is_none_or(|it| !is_entitled(it, group)))
                    || !epoch.printed.is_some_and(|(first, _)| chain.knows_printed(first))
            };
            if known.last().is_none_or(stale) {
                let number = known.last().map_or(0, |epoch| epoch.number) + 1;
                let secret = Secret::new(random::bytes()?);
                for part in members.chunks(MAX_RECIPIENTS) {
                    records.push(deliver(chain, group, number, &secret, part, Some(&recovery), signer)?);
                }
            }
            for epoch in known {
                let Some(secret) = self.secrets.get(&epoch.public) else { continue };
                // A sheet that was printed without the one before opens what is sealed to it anew.
                let told = epoch.printed.is_some_and(|(_, last)| chain.knows_printed(last));
                if !told && me.role == Role::Referent && !chain.hands_on() {
                    let mine = [(&signer.id(), me)];
                    let (number, to) = (epoch.number, Some(&recovery));
                    records.push(deliver(chain, group, number, secret, &mine, to, signer)?);
                }
                let lack: Vec<_> =
                    members.iter().filter(|(id, _)| !epoch.recipients.contains(id)).copied().collect();
                for part in lack.chunks(MAX_RECIPIENTS) {
                    records.push(deliver(chain, group, epoch.number, secret, part, None, signer)?);
                }
            }
        }
        Ok(records)
    }
}

/// The epochs of a member's organisation that the secrets of printed keys open, sealed to that member. Records that no
/// member signed are passed over. (The printed key that counts now opens them through the one before.)
pub(crate) fn deliver_printed(
    chain: &Chain,
    records: &[Record],
    printed: &[Secret],
    signer: &SignerKey,
) -> Result<Vec<Record>, EngineError> {
    let Some(me) = chain.member(&signer.id()) else { return Ok(Vec::new()) };
    let (id, mut known, mut delivered) = (signer.id(), BTreeSet::new(), Vec::new());
    for record in records.iter().filter(|it| may_keep(chain, it)) {
        let body: EpochBody = record.read()?;
        let (group, public) = (body.group(), body.public());
        if !is_entitled(me, group) || known.contains(&public) {
            continue;
        }
        let Some(sealed) = body.sealed_for_recovery() else { continue };
        let about = about(chain, group, body.number, &public);
        let mut opened = printed.iter().filter_map(|key| unwrap(key, CONTEXT, &about, sealed).ok());
        if let Some(secret) = opened.find(|it| public_of(it).is_ok_and(|it| it == public)) {
            delivered.push(deliver(chain, group, body.number, &secret, &[(&id, me)], None, signer)?);
            known.insert(public);
        }
    }
    Ok(delivered)
}

/// A record that seals an epoch's secret to members.
fn deliver(
    chain: &Chain,
    group: GroupId,
    number: u32,
    secret: &Secret,
    members: &[(&SignerId, &Member)],
    recovery: Option<&[u8; 32]>,
    signer: &SignerKey,
) -> Result<Record, EngineError> {
    let public = public_of(secret)?;
    let about = about(chain, group, number, &public);
    let mut sealed = Vec::with_capacity(members.len());
    for (id, member) in members {
        sealed.push((**id, wrap(&member.agree, CONTEXT, &about, secret)?));
    }
    let recovery = recovery.map(|key| wrap(key, CONTEXT, &about, secret)).transpose()?;
    let body = EpochBody::new(group, number, chain.length(), public, sealed, recovery);
    Ok(Record::sign(RecordKind::Epoch, &body, signer))
}

/// Whether a record of an epoch may be taken: signed by a member of its organisation and sealed to such
/// members only. Here the signer may have been revoked since: the epoch still opens what is old, and
/// [`Epochs::due`] replaces it.
pub(crate) fn may_keep(chain: &Chain, record: &Record) -> bool {
    let Ok(body) = record.read::<EpochBody>() else { return false };
    let organisation = body.group().organisation;
    let signed = chain
        .member(&record.signer)
        .is_some_and(|it| it.organisation == organisation && record.verify(&it.sign).is_ok());
    let to_members =
        body.recipients().all(|id| chain.member(&id).is_some_and(|it| it.organisation == organisation));
    signed && to_members && chain.established() && body.check().is_ok()
}

/// Whether a record of an epoch, signed by a member, knows a longer chain than this one: something of the past
/// is left out.
pub(crate) fn knows_more(chain: &Chain, record: &Record) -> bool {
    let signed = chain.member(&record.signer).is_some_and(|it| record.verify(&it.sign).is_ok());
    signed && record.read::<EpochBody>().is_ok_and(|body| body.chain > chain.length())
}

/// Whether the server takes it now: its signer and everybody it is sealed to are entitled.
pub(crate) fn may_accept(chain: &Chain, record: &Record) -> bool {
    let Ok(body) = record.read::<EpochBody>() else { return false };
    let entitled = |id: &SignerId| chain.member(id).is_some_and(|it| is_entitled(it, body.group()));
    may_keep(chain, record) && entitled(&record.signer) && body.recipients().all(|id| entitled(&id))
}
