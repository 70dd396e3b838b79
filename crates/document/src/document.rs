//! A document in memory: begins with its genesis, takes changes one by one, knows its objects.

use crate::actor::Actor;
use crate::change::{Hash, NewChange, RawChange, contain};
use crate::check;
use crate::edit::{Edit, Value};
use crate::error::DocumentError;
use crate::genesis;
use crate::key::DocumentKey;
use crate::schema::{List, Schema};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue};
use domain::ids::{CiteId, FactId};
use std::collections::HashMap;

/// What an object of the document is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    List(&'static List),
    Fact(&'static List, FactId),
}

/// An operation's counter and actor: Automerge's name of the object it made.
pub(crate) type ObjectName = (u64, Vec<u8>);

/// A document.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) key: DocumentKey,
    pub(crate) doc: Automerge,
    pub(crate) schema: &'static Schema,
    pub(crate) objects: HashMap<ObjectName, Place>,
    pub(crate) genesis: Vec<ChangeHash>,
}

impl Document {
    /// A new document: its genesis.
    ///
    /// # Errors
    /// [`DocumentError::NotInSchema`] for a kind that is no document of this version.
    pub fn begin(cite: CiteId, key: DocumentKey) -> Result<Self, DocumentError> {
        let schema = Schema::of(key.kind).ok_or(DocumentError::NotInSchema)?;
        let doc = genesis::begin(cite, &key, schema);
        let named = genesis::objects(cite, &key, schema).zip(schema.lists);
        let objects = named.map(|(name, list)| (name, Place::List(list))).collect();
        let genesis = doc.get_heads();
        Ok(Self { key, doc, schema, objects, genesis })
    }

    /// A document from changes of our own store, in an order in which each follows what it needs.
    ///
    /// # Errors
    /// What [`Document::apply`] refuses.
    pub fn from_changes<'a>(
        cite: CiteId,
        key: DocumentKey,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, DocumentError> {
        let mut document = Self::begin(cite, key)?;
        for bytes in changes {
            document.apply(&RawChange::read(bytes)?)?;
        }
        Ok(document)
    }

    /// Which document.
    pub fn key(&self) -> DocumentKey {
        self.key
    }

    /// Hashes of the newest changes; the genesis' own where there is no other.
    pub fn heads(&self) -> Vec<Hash> {
        self.doc.get_heads().iter().map(|hash| hash.0).collect()
    }

    /// Whether it holds nothing but its genesis.
    pub fn is_new(&self) -> bool {
        self.doc.get_heads() == self.genesis
    }

    /// Whether it holds a change.
    pub fn has(&self, hash: &Hash) -> bool {
        self.doc.get_change_meta_by_hash(&ChangeHash(*hash)).is_some()
    }

    /// Applies a change after checking every operation. A change already here is no change.
    ///
    /// # Errors
    /// Nothing is applied where one is returned, except [`DocumentError::Panicked`]: then the
    /// document must be loaded again.
    pub fn apply(&mut self, change: &RawChange) -> Result<bool, DocumentError> {
        if self.has(&change.hash()) {
            return Ok(false);
        }
        if !change.dependencies().all(|hash| self.has(&hash)) {
            return Err(DocumentError::MissingDependency);
        }
        let next = self.next_seq(&change.actor);
        if change.seq() < next {
            return Err(DocumentError::Clone);
        }
        if change.seq() > next {
            return Err(DocumentError::MissingDependency);
        }
        let made = check::operations(self, change)?;
        let raw = change.change.clone();
        contain(|| self.doc.apply_changes([raw]))?.map_err(|_| DocumentError::Malformed)?;
        self.objects.extend(made);
        Ok(true)
    }

    /// The number of an actor's next change.
    pub fn next_seq(&self, actor: &Actor) -> u64 {
        let actor = actor.automerge();
        let last = self
            .doc
            .get_changes_meta(&[])
            .iter()
            .filter(|change| *change.actor == actor)
            .map(|change| change.seq)
            .max();
        last.unwrap_or(0) + 1
    }

    /// Makes one change of several edits; `None` where they change nothing.
    ///
    /// # Errors
    /// [`DocumentError::NotInSchema`], [`DocumentError::BadValue`], [`DocumentError::NoSuchFact`]; nothing is changed then.
    pub fn edit(&mut self, actor: Actor, edits: &[Edit]) -> Result<Option<NewChange>, DocumentError> {
        edits.iter().try_for_each(|edit| check::edit(self.schema, edit))?;
        self.doc.set_actor(actor.automerge());
        let made = self.doc.transact_with::<_, _, DocumentError, _>(
            |()| CommitOptions::default().with_time(0),
            |tx| edits.iter().try_for_each(|edit| write(tx, edit)),
        );
        let made = made.map_err(|failure| failure.error)?;
        let Some(hash) = made.hash else { return Ok(None) };
        let change = self.doc.get_change_by_hash(&hash).expect("a change just made is here");
        let raw = RawChange { actor, change };
        self.objects.extend(check::operations(self, &raw)?);
        Ok(Some(NewChange { hash: hash.0, actor, seq: raw.seq(), bytes: raw.bytes().to_vec() }))
    }
}

fn write(tx: &mut automerge::transaction::Transaction<'_>, edit: &Edit) -> Result<(), DocumentError> {
    let failed = |_| DocumentError::BadValue;
    let object =
        |tx: &automerge::transaction::Transaction<'_>, parent: &ObjId, key: &str| match tx.get(parent, key) {
            Ok(Some((automerge::Value::Object(ObjType::Map), id))) => Ok(id),
            _ => Err(DocumentError::NoSuchFact),
        };
    match edit {
        Edit::Set { key, value } => put(tx, &ROOT, key, value),
        Edit::Add { list, id, values } => {
            let list = object(tx, &ROOT, list)?;
            if object(tx, &list, &id.to_string()).is_ok() {
                return Err(DocumentError::BadValue);
            }
            let fact = tx.put_object(&list, id.to_string(), ObjType::Map).map_err(failed)?;
            values
                .iter()
                .try_for_each(|(key, value)| tx.put(&fact, key.as_str(), scalar(value)).map_err(failed))
        }
        Edit::SetIn { list, id, key, value } => {
            let list = object(tx, &ROOT, list)?;
            let fact = object(tx, &list, &id.to_string())?;
            put(tx, &fact, key, value)
        }
    }
}

/// Writes a value unless it stands there alone already.
fn put(
    tx: &mut automerge::transaction::Transaction<'_>,
    object: &ObjId,
    key: &str,
    value: &Value,
) -> Result<(), DocumentError> {
    let new = scalar(value);
    let present = tx.get_all(object, key).map_err(|_| DocumentError::BadValue)?;
    if let [(automerge::Value::Scalar(one), _)] = present.as_slice()
        && one.as_ref() == &new
    {
        return Ok(());
    }
    if present.len() > 1 {
        // Writing the winning value again would only delete the others: two people settling
        // differently at the same time would then leave nothing. So all go and one is written.
        tx.delete(object, key).map_err(|_| DocumentError::BadValue)?;
    }
    tx.put(object, key, new).map_err(|_| DocumentError::BadValue)
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Bool(value) => ScalarValue::Boolean(*value),
        Value::Int(value) => ScalarValue::Int(*value),
        Value::Text(value) => ScalarValue::Str(value.as_str().into()),
    }
}
