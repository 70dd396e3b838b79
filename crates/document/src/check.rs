//! Every operation of a change against the schema.
//!
//! The merged result alone would hide text in lost values, keys or messages: so each operation is
//! looked at. Allowed are: a value in a register, a member of a set, a new fact; a deletion only where
//! the same change writes the register again. Other objects, counters, marks and lists are not.

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
                Some(
                    *made
                        .get(&name)
                        .or_else(|| document.objects.get(&name))
                        .ok_or(DocumentError::NotInSchema)?,
                )
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
            }
            (None | Some(Place::Fact(..)), OpType::Delete) => deleted = Some(register),
            _ => return Err(DocumentError::NotInSchema),
        }
    }
    if deleted.is_some() {
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
            values.iter().try_for_each(|(key, value)| register(&shape, key, value))
        }
    }
}
