//! Every operation of a change against the schema.
//!
//! The merged result alone would hide text in lost values, keys or messages: so each operation is
//! looked at. Allowed are: a value in a register, a member of a set, a new fact with all that every such
//! fact has; a deletion only where the same change writes the register again. Other objects, counters,
//! marks and lists are not. So whatever was let in reads, and needs no reading to find out.

use crate::change::RawChange;
use crate::document::{Document, ObjectName, Place};
use crate::edit::{Edit, Value};
use crate::error::DocumentError;
use crate::schema::{Schema, Shape};
use automerge::legacy::{Key, ObjectId, OpType};
use automerge::{ObjType, ScalarValue};
use domain::ids::FactId;
use std::collections::HashMap;

/// Checks a change against the document it is for; returns the objects it makes.
pub(crate) fn operations(
    document: &Document,
    change: &RawChange,
) -> Result<HashMap<ObjectName, Place>, DocumentError> {
    let expanded = crate::change::contain(|| change.change.decode())?;
    let mut made: HashMap<ObjectName, Place> = HashMap::new();
    let mut incomplete: HashMap<ObjectName, Vec<&'static str>> = HashMap::new();
    let actor = expanded.actor_id.to_bytes().to_vec();
    let mut deleted = None;
    for (counter, op) in (expanded.start_op.get()..).zip(&expanded.operations) {
        let Key::Map(key) = &op.key else { return Err(DocumentError::NotInSchema) };
        if op.insert {
            return Err(DocumentError::NotInSchema);
        }
        let place = match &op.obj {
            ObjectId::Root => None,
            ObjectId::Id(id) => {
                let name = (id.counter(), id.actor().to_bytes().to_vec());
                if let (Some(lacking), OpType::Put(_)) = (incomplete.get_mut(&name), &op.action) {
                    lacking.retain(|it| *it != key.as_str());
                }
                let known = made.get(&name).or_else(|| document.objects.get(&name));
                Some(*known.ok_or(DocumentError::NotInSchema)?)
            }
        };
        let register = (&op.obj, &op.key);
        if deleted.take().is_some_and(|it| it != register || !matches!(op.action, OpType::Put(_))) {
            return Err(DocumentError::NotInSchema);
        }
        match (place, &op.action) {
            (None, OpType::Put(value)) => scalar(&document.schema.root, key, value)?,
            (Some(Place::Fact(list, _)), OpType::Put(value)) => scalar(&list.fact, key, value)?,
            (Some(Place::List(list)), OpType::Make(ObjType::Map)) if op.pred.is_empty() => {
                let fact: FactId = key.parse().map_err(|_| DocumentError::NotInSchema)?;
                made.insert((counter, actor.clone()), Place::Fact(list, fact));
                incomplete.insert((counter, actor.clone()), list.fact.required().collect());
            }
            (None | Some(Place::Fact(..)), OpType::Delete) => deleted = Some(register),
            _ => return Err(DocumentError::NotInSchema),
        }
    }
    if deleted.is_some() || incomplete.values().any(|lacking| !lacking.is_empty()) {
        return Err(DocumentError::NotInSchema);
    }
    Ok(made)
}

fn scalar(shape: &Shape, key: &str, value: &ScalarValue) -> Result<(), DocumentError> {
    let value = match value {
        ScalarValue::Str(text) => Value::Text(text.to_string()),
        ScalarValue::Int(number) => Value::Int(*number),
        ScalarValue::Boolean(value) => Value::Bool(*value),
        _ => return Err(DocumentError::BadValue),
    };
    register(shape, key, &value)
}

fn register(shape: &Shape, key: &str, value: &Value) -> Result<(), DocumentError> {
    let holds = shape.at(key).ok_or(DocumentError::NotInSchema)?;
    if holds.accepts(value) { Ok(()) } else { Err(DocumentError::BadValue) }
}

/// Checks an edit of our own before it is made.
pub(crate) fn edit(schema: &Schema, edit: &Edit) -> Result<(), DocumentError> {
    let list = |name: &str| schema.list(name).ok_or(DocumentError::NotInSchema);
    match edit {
        Edit::Set { key, value } => register(&schema.root, key, value),
        Edit::SetIn { list: name, key, value, .. } => register(&list(name)?.fact, key, value),
        Edit::Add { list: name, values, .. } => {
            let shape = list(name)?.fact;
            if !shape.required().all(|it| values.iter().any(|(key, _)| key == it)) {
                return Err(DocumentError::BadValue);
            }
            values.iter().try_for_each(|(key, value)| register(&shape, key, value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, DocumentKey, SignerId};
    use automerge::transaction::{CommitOptions, Transactable as _};
    use automerge::{ROOT, ReadDoc as _};
    use domain::ids::{CiteId, PathwayId};
    use domain::vocabulary::DocumentKind;

    const CITE: CiteId = CiteId::from_bytes([1; 16]);

    /// A change that adds a need with these registers, made past our own typed edits.
    fn forged(registers: &[(&str, ScalarValue)]) -> RawChange {
        let actor = Actor { signer: SignerId([9; 16]), incarnation: 1 };
        let mut other = begin();
        other.doc.set_actor(actor.automerge());
        let made = other.doc.transact_with::<_, _, automerge::AutomergeError, _>(
            |()| CommitOptions::default().with_time(0),
            |tx| {
                let (_, needs) = tx.get(ROOT, "needs")?.expect("a list of needs");
                let fact = tx.put_object(&needs, "ab".repeat(16), ObjType::Map)?;
                registers.iter().try_for_each(|(key, value)| tx.put(&fact, *key, value.clone()))
            },
        );
        let hash = made.ok().and_then(|it| it.hash).expect("a change");
        let change = other.doc.get_change_by_hash(&hash).expect("the change just made");
        RawChange::read(change.raw_bytes()).expect("a change that is well formed")
    }

    fn begin() -> Document {
        let key = DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]));
        Document::begin(CITE, key).expect("a pathway")
    }

    #[test]
    fn somebody_elses_need_without_its_kind_or_day_is_refused() {
        let (kind, state, on) = (("kind", "job".into()), ("state", "open".into()), ("on", 20_000.into()));
        let whole = [kind.clone(), state.clone(), on.clone()];
        assert_eq!(begin().apply(&forged(&whole)), Ok(true));
        for lacking in [vec![state.clone(), on], vec![kind, state], vec![]] {
            assert_eq!(begin().apply(&forged(&lacking)), Err(DocumentError::NotInSchema));
        }
    }
}
