//! The server's half, inwards: envelopes it cannot open, taken only as the ledger allows.

use super::super::answer::Outcome;
use super::super::carriage;
use super::super::receive::Receiver;
use super::super::visible::{self, Sight};
use super::message::{SealedBatch, SealedItem, SentSealed, SentWrap};
use crate::error::EngineError;
use crate::store::sealed::{change, wrap};
use crate::store::{batch, control, erased, log};
use document::sealed::Envelope;
use document::{Batch, DocumentKey, Group, SignerId};
use domain::ids::{DeviceId, PathwayId};
use domain::time::Day;

/// Most sealed changes of one document by one signer: nobody fills a part for others.
const MOST_CHANGES: u32 = 4_096;
/// Most wraps of one document by one signer.
const MOST_WRAPS: u32 = 512;

/// Takes what an upload offers of named parts.
pub(crate) struct SealedReceiver<'a, 'b> {
    pub(crate) receiver: &'a Receiver<'b>,
    /// The server's day: consent is judged now.
    pub(crate) today: Day,
}

impl SealedReceiver<'_, '_> {
    /// Takes a batch: one outcome for each of its groups.
    pub(crate) fn batch(&self, sent: &SealedBatch) -> Result<Vec<Outcome>, EngineError> {
        let all = |outcome| Ok(vec![outcome; sent.groups()]);
        let (mut digests, mut groups) = (Vec::new(), Vec::new());
        for (place, item) in (0_u32..).zip(&sent.items) {
            let group = match item {
                SealedItem::Group(group) => group,
                SealedItem::Digest(digest) => {
                    digests.push(**digest);
                    continue;
                }
            };
            let Ok(envelope) = Envelope::read(&group.envelope) else { return all(Outcome::Invalid) };
            digests.push(signed(group, &envelope).digest(self.receiver.cite));
            groups.push((place, group, envelope));
        }
        let Some(member) = self.receiver.chain.member(&sent.signer) else { return all(Outcome::NotEntitled) };
        // A restored server takes back what another's device had received, whoever left since.
        let regained = self.receiver.regains(member)?;
        if !regained && !member.role.holds_keys() {
            return all(Outcome::NotEntitled);
        }
        let (connection, chain) = (self.receiver.connection, &self.receiver.chain);
        let limit = match regained {
            true => Some(u64::MAX),
            false => carriage::limit(connection, chain, self.receiver.device, member)?,
        };
        let Some(limit) = limit else { return all(Outcome::SignerRevoked) };
        let batch = Batch { digests, signature: *sent.signature };
        if batch.verify(&member.sign).is_err() {
            return all(Outcome::Invalid);
        }
        let mut row = None;
        let mut outcomes = Vec::with_capacity(groups.len());
        for (place, group, envelope) in groups {
            if envelope.header().actor().signer != sent.signer {
                outcomes.push(Outcome::Invalid);
                continue;
            }
            let made_at = self.receiver.settled_at(&sent.signer, group.cursor)?;
            // Made by a device that knew its signer was revoked.
            if made_at >= limit {
                outcomes.push(Outcome::NotEntitled);
                continue;
            }
            let outcome = match self.judge(group, &envelope)? {
                Outcome::Accepted if regained => Outcome::Accepted,
                Outcome::Accepted => self.sight(&sent.signer, envelope.header().key, made_at)?,
                refused => refused,
            };
            if outcome == Outcome::Accepted {
                let batch = match row {
                    Some(row) => row,
                    None => *row.insert(batch::keep(self.receiver.connection, sent.signer, &batch)?),
                };
                outcomes.push(self.keep(group, &envelope, (batch, place))?);
            } else {
                outcomes.push(outcome);
            }
        }
        Ok(outcomes)
    }

    /// Whether the author of something of a part sees the person, or did when it was made.
    fn sight(&self, signer: &SignerId, key: DocumentKey, made_at: u64) -> Result<Outcome, EngineError> {
        let sight = visible::sight(self.receiver.connection, &self.receiver.chain, signer, key, made_at)?;
        Ok(match sight {
            Sight::Seen => Outcome::Accepted,
            Sight::Unseen => Outcome::NotEntitled,
            // What is readable comes first.
            Sight::Unknown => Outcome::MissingDependency,
        })
    }

    /// What the ledger says now of a part.
    fn consent(&self, key: DocumentKey) -> Result<Outcome, EngineError> {
        let Some(purpose) = key.kind.shared_for() else { return Ok(Outcome::Invalid) };
        if erased::covers(self.receiver.connection, key.id)? {
            return Ok(Outcome::Erased);
        }
        let ledger = control::ledger(self.receiver.connection, PathwayId::from(key.id))?;
        let current = ledger.generation(purpose);
        Ok(if key.generation < current {
            Outcome::Erased
        } else if key.generation > current {
            // A *no* that is not here yet.
            Outcome::ConsentPending
        } else if ledger.grant(purpose, self.today).is_some() {
            Outcome::Accepted
        } else if current > 1 {
            Outcome::ConsentWithdrawn
        } else {
            Outcome::ConsentPending
        })
    }

    fn judge(&self, group: &SentSealed, envelope: &Envelope) -> Result<Outcome, EngineError> {
        let key = envelope.header().key;
        if group.level > document::schema::LEVEL {
            return Ok(Outcome::ServerTooOld);
        }
        let consent = self.consent(key)?;
        if consent != Outcome::Accepted {
            return Ok(consent);
        }
        let Some(purpose) = key.kind.shared_for() else { return Ok(Outcome::Invalid) };
        let ledger = control::ledger(self.receiver.connection, PathwayId::from(key.id))?;
        // It names an agreement that holds here too.
        if !ledger.grants(purpose, self.today).any(|id| id == *group.relied_on) {
            return Ok(Outcome::ConsentPending);
        }
        let by = envelope.header().actor().signer;
        if change::count(self.receiver.connection, key, by)? >= MOST_CHANGES {
            return Ok(Outcome::Invalid);
        }
        Ok(Outcome::Accepted)
    }

    fn keep(
        &self,
        group: &SentSealed,
        envelope: &Envelope,
        place: (i64, u32),
    ) -> Result<Outcome, EngineError> {
        let Receiver { connection, device, .. } = *self.receiver;
        let maker = carriage::maker(&self.receiver.chain, device, &envelope.header().actor().signer);
        match change::known(connection, envelope)? {
            change::Known::Here => return Ok(Outcome::Accepted),
            change::Known::NumberTaken => return Ok(Outcome::Clone),
            change::Known::New => {}
        }
        let key = envelope.header().key;
        let kept = change::Kept {
            envelope,
            bytes: &group.envelope,
            on: group.on,
            cursor: group.cursor,
            level: group.level,
            relied_on: Some(*group.relied_on),
            batch: Some(place),
        };
        let position = change::append(connection, &kept)?;
        let by = maker.map(|it| self.receiver.by(it));
        let seq = log::brought(connection, log::What::Sealed, position, Some(key), by)?;
        self.see(key, maker.map(|it| (it, seq)))?;
        Ok(Outcome::Accepted)
    }

    fn see(&self, key: DocumentKey, begun_by: Option<(DeviceId, u64)>) -> Result<(), EngineError> {
        let Receiver { connection, chain, settings, .. } = self.receiver;
        visible::update_part(connection, chain, settings, key, self.today, begun_by)
    }

    /// Takes a wrap: of a part that may be shared now, signed by a member who may write in it.
    pub(crate) fn wrap(&self, sent: &SentWrap) -> Result<Outcome, EngineError> {
        let Receiver { connection, device, ref chain, .. } = *self.receiver;
        let Some(wrap) = sent.read() else { return Ok(Outcome::Invalid) };
        let Some(member) = chain.member(&wrap.by) else { return Ok(Outcome::NotEntitled) };
        let regained = self.receiver.regains(member)?;
        if !regained && !member.role.holds_keys() {
            return Ok(Outcome::NotEntitled);
        }
        let limit = match regained {
            true => Some(u64::MAX),
            false => carriage::limit(connection, chain, device, member)?,
        };
        let Some(limit) = limit else { return Ok(Outcome::SignerRevoked) };
        if wrap.signed().verify(self.receiver.cite, &member.sign, &wrap.signature).is_err() {
            return Ok(Outcome::Invalid);
        }
        let made_at = self.receiver.settled_at(&wrap.by, wrap.cursor)?;
        if made_at >= limit {
            return Ok(Outcome::NotEntitled);
        }
        let consent = self.consent(wrap.key)?;
        if consent != Outcome::Accepted {
            return Ok(consent);
        }
        let sight = if regained { Outcome::Accepted } else { self.sight(&wrap.by, wrap.key, made_at)? };
        if sight != Outcome::Accepted {
            return Ok(sight);
        }
        if wrap::count(connection, wrap.key, wrap.by)? >= MOST_WRAPS {
            return Ok(Outcome::Invalid);
        }
        if let Some(row) = wrap::keep(connection, &wrap, false)? {
            let by = Some(self.receiver.by(device));
            let seq = log::brought(connection, log::What::Wrap, row, Some(wrap.key), by)?;
            self.see(wrap.key, Some((device, seq)))?;
        }
        Ok(Outcome::Accepted)
    }
}

/// The group whose digest is signed.
pub(super) fn signed(group: &SentSealed, envelope: &Envelope) -> Group {
    Group {
        key: envelope.header().key,
        hashes: vec![Envelope::hash(&group.envelope).into()],
        cursor: group.cursor,
        on: group.on,
        level: group.level,
    }
}
