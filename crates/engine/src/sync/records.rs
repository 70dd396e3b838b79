//! The server's half, inwards: control records, each checked before it is appended.

use super::answer::Outcome;
use super::carriage;
use super::membership;
use super::receive::Receiver;
use super::visible::{self, Sight};
use crate::erasure::{parts, server};
use crate::error::EngineError;
use crate::seal::{escrow, may_accept, may_keep};
use crate::store::{asset, control, erased, erasure, log};
use document::control::{
    ErasureBody, LedgerEntry, Member, ReceiptBody, Record, RecordKind, RequestBody, TellBody,
};
use document::{DocumentKey, SignerId};
use domain::api::ledger::{LedgerActKind, PartnerId};
use domain::ids::PathwayId;
use domain::retention::Contact;
use domain::role::Role;
use domain::solution::Solution;
use domain::vocabulary::DocumentKind;
use minicbor::bytes::ByteVec;
use rusqlite::Connection;

impl Receiver<'_> {
    /// Takes the control records, in order. Who sees what is looked at again where membership changed.
    pub(super) fn controls(&mut self, sent: &[ByteVec]) -> Result<Vec<Outcome>, EngineError> {
        let length = self.chain.length();
        let outcomes = sent.iter().map(|bytes| self.control(bytes)).collect::<Result<_, _>>()?;
        if self.chain.length() > length {
            visible::update_all(self.connection, &self.chain, self.settings, self.today)?;
        }
        Ok(outcomes)
    }

    /// Takes a control record.
    fn control(&mut self, bytes: &[u8]) -> Result<Outcome, EngineError> {
        let Ok(record) = minicbor::decode::<Record>(bytes) else { return Ok(Outcome::Invalid) };
        if record.kind == RecordKind::Membership {
            return membership::take(self.connection, &mut self.chain, &record, self.now_ms);
        }
        if record.kind == RecordKind::Erasure {
            return self.erase(&record);
        }
        let Some(member) = self.chain.member(&record.signer) else { return Ok(Outcome::NotEntitled) };
        let of = |entry: LedgerEntry| erased::is(self.connection, entry.pathway());
        if record.kind == RecordKind::Ledger && record.read().map_or(Ok(false), of)? {
            return Ok(Outcome::Erased);
        }
        if control::has(self.connection, &record.id())? {
            // Two copies that erased the same on the same day say so in the same bytes.
            if record.kind == RecordKind::Receipt {
                confirm(self.connection, &record.read()?, self.store_of(member.device))?;
            }
            return Ok(Outcome::Accepted);
        }
        let barred = carriage::limit(self.connection, &self.chain, self.device, member)?.is_none();
        if barred && !self.regains(member)? {
            return Ok(Outcome::SignerRevoked);
        }
        if record.verify(&member.sign).is_err() {
            return Ok(Outcome::Invalid);
        }
        let about = match record.kind {
            RecordKind::Ledger => {
                let read = record.read::<LedgerEntry>().and_then(|it| Ok((it.pathway(), it.act()?)));
                let Ok((pathway, act)) = read else { return Ok(Outcome::Invalid) };
                if !self.may_say(&record.signer, member, pathway, &act.kind)? {
                    return Ok(Outcome::NotEntitled);
                }
                if self.names_protected(&act.kind)? && !self.regains(member)? {
                    return Ok(Outcome::Invalid);
                }
                Some(pathway)
            }
            RecordKind::Epoch if may_accept(&self.chain, &record) => None,
            // One that a revoked signer made before: it opens what was sealed with it, and is replaced.
            RecordKind::Epoch if member.revoked && may_keep(&self.chain, &record) => None,
            RecordKind::Escrow if escrow::may_accept(&self.chain, &record) => None,
            RecordKind::Receipt => {
                let receipt = record.read::<ReceiptBody>().and_then(|it| it.check().map(|()| it));
                let Some(receipt) = receipt.ok().filter(|it| it.device() == member.device) else {
                    return Ok(Outcome::Invalid);
                };
                confirm(self.connection, &receipt, self.store_of(member.device))?;
                None
            }
            RecordKind::Tell if self.may_tell(member, &record)? => None,
            RecordKind::Request
                if (member.role.holds_keys() || self.regains(member)?) && request_reads(&record) =>
            {
                None
            }
            RecordKind::Epoch
            | RecordKind::Escrow
            | RecordKind::Membership
            | RecordKind::Erasure
            | RecordKind::Tell
            | RecordKind::Request => {
                return Ok(Outcome::NotEntitled);
            }
        };
        if let Some(position) = control::keep(self.connection, &record)? {
            // A receipt is for the cité to read; devices have no use for it.
            if record.kind != RecordKind::Receipt {
                let by = Some(self.by(self.device));
                log::brought(self.connection, log::What::Control, position, None, by)?;
            }
            if let Some(pathway) = about {
                if let Ok(entry) = record.read::<LedgerEntry>() {
                    self.note_day(pathway, Contact::Act(record.id()), entry.on(), entry.on())?;
                }
                parts::note(self.connection, &record, self.today)?;
                parts::settle(self.connection, &self.chain, self.settings, pathway, self.today)?;
            }
        }
        Ok(Outcome::Accepted)
    }

    /// Whether a signer may have it stand in a person's ledger. A *no* is taken from whoever was told it. What was
    /// asked with a code is noted by whoever meets people, for the code may be shown anywhere. What lets more be
    /// shared, and what gives a code, is said by who meets people and sees this one, or did when their device last
    /// sent with nothing waiting, or begins their record; that a request was seen to, by a référent who does.
    fn may_say(
        &self,
        signer: &SignerId,
        member: &Member,
        pathway: PathwayId,
        kind: &LedgerActKind,
    ) -> Result<bool, EngineError> {
        let meets = member.role.holds_keys();
        let of_the_role = match kind {
            LedgerActKind::Refusal { .. }
            | LedgerActKind::Withdrawal { .. }
            | LedgerActKind::Objection { .. } => return Ok(true),
            LedgerActKind::Request { .. } => return Ok(meets || self.regains(member)?),
            LedgerActKind::Notice { .. }
            | LedgerActKind::Agreement { .. }
            | LedgerActKind::Receipt { .. } => meets,
            LedgerActKind::Answered { .. } => member.role == Role::Referent,
        };
        if !of_the_role {
            return self.regains(member);
        }
        let key = DocumentKey::first(DocumentKind::Pathway, pathway);
        let made_at = self.settled_at(signer, 0)?;
        let sight = visible::sight(self.connection, &self.chain, signer, key, made_at)?;
        Ok(sight != Sight::Unseen || self.regains(member)?)
    }

    /// Whether an agreement names a protected service in clear, where a mark belongs: nothing of it is kept. What
    /// a colleague's device gives back to a restored server was taken before.
    fn names_protected(&self, kind: &LedgerActKind) -> Result<bool, EngineError> {
        let LedgerActKind::Agreement { partner: Some(share), .. } = kind else { return Ok(false) };
        let PartnerId::Open(solution) = share.partner else { return Ok(false) };
        if let Some(protected) = self.protected.get() {
            return Ok(protected.contains(&solution));
        }
        let directory: Vec<Solution> = asset::read(self.connection, asset::SOLUTIONS)?.unwrap_or_default();
        let protected = directory.into_iter().filter(|it| it.protected).map(|it| it.id).collect();
        Ok(self.protected.get_or_init(|| protected).contains(&solution))
    }

    /// Whether a signer may say that a partner was told: a référent, or of a protected partner whoever may know
    /// which it is, which the server cannot see.
    fn may_tell(&self, member: &Member, record: &Record) -> Result<bool, EngineError> {
        let Ok(partner) = record.read::<TellBody>().and_then(|body| body.partner()) else { return Ok(false) };
        let may_know = matches!(partner, PartnerId::Protected(_)) && member.role.holds_keys();
        Ok(member.is_active_referent() || may_know || self.regains(member)?)
    }

    /// Takes an erasure: a référent's order about somebody they see, or one that this server signed
    /// itself and a device brings back.
    fn erase(&mut self, record: &Record) -> Result<Outcome, EngineError> {
        let Ok(body) = ErasureBody::read(record, &self.chain) else { return Ok(Outcome::NotEntitled) };
        if let Some(member) = self.chain.member(&record.signer) {
            let (chain, pathway) = (&self.chain, body.pathway());
            let may = member.is_active_referent()
                && server::may_order(self.connection, chain, self.settings, member, pathway)?;
            if !may && !self.regains(member)? {
                return Ok(Outcome::NotEntitled);
            }
        }
        server::carry_out(self.connection, &self.chain, record, &body)?;
        let key = DocumentKey::first(DocumentKind::Pathway, body.pathway());
        self.documents.remove(&key);
        Ok(Outcome::Accepted)
    }
}

/// Whether a request is one: no text that is in no list.
pub(super) fn request_reads(record: &Record) -> bool {
    record.read::<RequestBody>().is_ok_and(|it| it.kind().is_ok() && it.given_by().is_ok())
}

/// A device confirmed that it erased; which store of it, where that is known.
pub(crate) fn confirm(
    connection: &Connection,
    receipt: &ReceiptBody,
    store: Option<u32>,
) -> Result<(), EngineError> {
    let (device, on) = (receipt.device(), receipt.on());
    receipt.causes().try_for_each(|cause| erasure::confirm(connection, cause, device, on, store))
}
