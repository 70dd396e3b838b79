//! A member's tablet with software of its own: it signs what it likes, and sends what it likes.

use crate::wire::{Item, SealedBatch, SealedItem, SentBatch, SentGroup, SentSealed, SentWrap};
use crate::{ASSOCIATION, World, forms};
use automerge::transaction::{CommitOptions, Transaction};
use automerge::{ActorId, Automerge, ReadDoc as _};
use document::control::{LedgerEntry, Record, RecordKind};
use document::sealed::{Envelope, PartKey, PartKeyId, Wrapped, seal};
use document::{Actor, Batch, Document, DocumentKey, Edit, Group, Hash, NewChange, SignerKey, wire};
use domain::api::ledger::LedgerAct;
use domain::error::ApiError;
use domain::ids::{CiteId, DeviceId, PathwayId, SectorId};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use engine::clock::{SystemClock, civil};
use engine::enrol::{InvitationCode, JoinRequest};
use hmac::{Hmac, KeyInit as _, Mac as _};
use minicbor::bytes::ByteVec;
use sha2::Sha256;

/// The tablet.
pub struct Foreign {
    /// Its key.
    pub signer: SignerKey,
    /// Its token.
    pub token: Vec<u8>,
    /// The cité.
    pub cite: CiteId,
    /// The device it says it is.
    pub device: DeviceId,
}

/// A pathway's key.
pub fn pathway(n: u8) -> DocumentKey {
    DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([n; 16]))
}

/// What a tablet sends to join, under the code of its invitation.
pub fn join_request(code: &str, signer: &SignerKey, device: [u8; 16]) -> JoinRequest {
    let code = InvitationCode::read(code).unwrap();
    let (id, name, sign, agree) = (code.id(), "Tablette à soi", signer.public(), [5; 32]);
    let mut mac = Hmac::<Sha256>::new_from_slice(&code.mac_key()).unwrap();
    for part in [b"join".as_slice(), &id, &device, name.as_bytes(), &sign, &agree] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    JoinRequest {
        id: id.into(),
        device: device.into(),
        device_name: name.into(),
        sign: sign.into(),
        agree: agree.into(),
        mac: <[u8; 32]>::from(mac.finalize().into_bytes()).into(),
    }
}

impl Foreign {
    /// Joins like anybody.
    pub fn join(world: &World, n: u8, sectors: Vec<SectorId>) -> Result<Self, ApiError> {
        let code = world.cite.invite("Personne M.", Role::Mediator, ASSOCIATION, sectors).unwrap();
        Self::join_with(world, n, &code)
    }

    /// The same, with a code.
    pub fn join_with(world: &World, n: u8, code: &str) -> Result<Self, ApiError> {
        let signer = SignerKey::from_secret(&[n; 32]);
        let reply = world.cite.host(|host| host.join(None, &join_request(code, &signer, [n; 16])))?;
        let cite = world.cite.store(|store| store.chain()).unwrap().cite();
        Ok(Self { signer, token: reply.token.to_vec(), cite, device: DeviceId::from_bytes([n; 16]) })
    }

    /// Its actor.
    pub fn actor(&self) -> Actor {
        Actor { signer: self.signer.id(), incarnation: 1 }
    }

    /// A good change of a new document.
    pub fn change(&self, key: DocumentKey) -> NewChange {
        self.change_as(self.actor(), key)
    }

    /// The same in the name of an actor.
    pub fn change_as(&self, actor: Actor, key: DocumentKey) -> NewChange {
        // What is sealed nobody on the way reads: a note does for every part.
        let key =
            if key.kind.is_named_part() { DocumentKey { kind: DocumentKind::Notes, ..key } } else { key };
        let edit = if key.kind.is_named_part() {
            let id = domain::ids::FactId::from_bytes([4; 16]);
            let values = vec![("on".to_owned(), 20_000_i64.into()), ("text".into(), "mot".into())];
            Edit::Add { list: "notes".into(), id, values }
        } else {
            Edit::set("age", "18_25")
        };
        let mut document = Document::begin(self.cite, key).unwrap();
        document.edit(actor, &[edit]).unwrap().unwrap()
    }

    /// A change of these edits, on an empty document.
    pub fn edited(&self, key: DocumentKey, edits: &[Edit]) -> NewChange {
        let mut document = Document::begin(self.cite, key).unwrap();
        document.edit(self.actor(), edits).unwrap().unwrap()
    }

    /// A change that no edit of ours makes.
    pub fn written(&self, write: impl Fn(&mut Transaction<'_>)) -> Vec<u8> {
        let mut doc = Automerge::new().with_actor(ActorId::from(self.actor().bytes()));
        let made = doc.transact_with::<_, _, automerge::AutomergeError, _>(
            |()| CommitOptions::default().with_time(0),
            |tx| {
                write(tx);
                Ok(())
            },
        );
        doc.get_change_by_hash(&made.unwrap().hash.unwrap()).unwrap().raw_bytes().to_vec()
    }

    /// Changes as signed groups, each of one document.
    pub fn batch(&self, groups: &[(DocumentKey, Hash, Vec<u8>)]) -> SentBatch {
        self.batch_at((0, 0), groups)
    }

    /// The same, signed at one cursor and said to be of another.
    pub fn batch_at(&self, (signed, said): (u64, u64), groups: &[(DocumentKey, Hash, Vec<u8>)]) -> SentBatch {
        let (on, level) = (civil(&SystemClock).0.0, document::schema::LEVEL);
        let mut digests = Vec::new();
        let mut items = Vec::new();
        for (key, hash, bytes) in groups {
            let group = Group { key: *key, hashes: vec![(*hash).into()], cursor: signed, on, level };
            digests.push(group.digest(self.cite));
            let stripped = wire::strip(bytes, None).unwrap_or_else(|_| [&[0], bytes.as_slice()].concat());
            items.push(Item::Group(SentGroup {
                key: *key,
                cursor: said,
                on,
                level,
                changes: vec![stripped.into()],
            }));
        }
        let signature = Batch::sign(&self.signer, digests).signature.into();
        SentBatch { signer: self.signer.id(), signature, items }
    }

    /// One change as a signed batch.
    pub fn one(&self, key: DocumentKey, change: &NewChange) -> SentBatch {
        self.batch(&[(key, change.hash, change.bytes.clone())])
    }

    /// Bytes that are a change, or are not, as a signed batch.
    pub fn bytes(&self, key: DocumentKey, bytes: Vec<u8>) -> SentBatch {
        let hash = document::RawChange::read(&bytes).map(|it| it.hash()).unwrap_or_default();
        self.batch(&[(key, hash, bytes)])
    }

    /// A named part's change, sealed, under an agreement of its own invention.
    pub fn sealed(&self, key: DocumentKey, actor: Actor) -> SealedBatch {
        self.sealed_under(key, actor, [4; 32])
    }

    /// The same, under an agreement.
    pub fn sealed_under(&self, key: DocumentKey, actor: Actor, relied_on: Hash) -> SealedBatch {
        self.sealed_at(0, key, actor, relied_on)
    }

    /// The same, by a device that says that it had seen so much of the log.
    pub fn sealed_at(&self, cursor: u64, key: DocumentKey, actor: Actor, relied_on: Hash) -> SealedBatch {
        let part_key = PartKey::from_secret([7; 32]);
        let envelope = seal(self.cite, key, &self.change_as(actor, key), &part_key, [1; 24]).unwrap();
        let (on, level) = (civil(&SystemClock).0.0, document::schema::LEVEL);
        let group = Group { key, hashes: vec![Envelope::hash(&envelope).into()], cursor, on, level };
        let signature = Batch::sign(&self.signer, vec![group.digest(self.cite)]).signature.into();
        let sent = SentSealed { cursor, on, level, relied_on: relied_on.into(), envelope: envelope.into() };
        SealedBatch { signer: self.signer.id(), signature, items: vec![SealedItem::Group(sent)] }
    }

    /// A wrap that opens to nothing, signed like any.
    pub fn wrap(&self, key: DocumentKey, part_key: [u8; 16], recipient: [u8; 16]) -> SentWrap {
        self.wrap_at(0, key, part_key, recipient)
    }

    /// The same, by a device that says that it had seen so much of the log.
    pub fn wrap_at(
        &self,
        cursor: u64,
        key: DocumentKey,
        part_key: [u8; 16],
        recipient: [u8; 16],
    ) -> SentWrap {
        let sealed = vec![5; 80];
        let it = Wrapped { key, part_key: PartKeyId(part_key), recipient, cursor, sealed: &sealed };
        let signature = it.sign(self.cite, &self.signer).into();
        let (part_key, recipient, by) = (part_key.into(), recipient.into(), self.signer.id());
        SentWrap { key, part_key, recipient, sealed: sealed.into(), by, cursor, signature }
    }

    /// An act of somebody's ledger, signed.
    pub fn act(&self, key: DocumentKey, act: &LedgerAct) -> ByteVec {
        self.act_again(7, key, act)
    }

    /// The same act, once more for each number.
    pub fn act_again(&self, n: u8, key: DocumentKey, act: &LedgerAct) -> ByteVec {
        let entry = LedgerEntry::new(PathwayId::from(key.id), Day(20_000), act, [], [n; 8]);
        minicbor::to_vec(Record::sign(RecordKind::Ledger, &entry, &self.signer)).unwrap().into()
    }

    /// The notice, signed.
    pub fn notice(&self, key: DocumentKey) -> ByteVec {
        self.act(key, &forms::notice())
    }
}
