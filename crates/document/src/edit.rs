//! Typed edits: what a user action does to a document. Kept in the outbox with the change they
//! made, so that they can be replayed when a change is refused or a clone is found.

use crate::error::DocumentError;
use domain::ids::FactId;
use serde::{Deserialize, Serialize};

/// A value of a register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A code, an identifier, or (in sealed kinds) text.
    Text(String),
}

/// One edit.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Sets a register, or a member of a set (`set:code`), of the root.
    Set {
        /// Key.
        key: String,
        /// New value.
        value: Value,
    },
    /// Adds a fact to a list.
    Add {
        /// List.
        list: String,
        /// Random identifier.
        id: FactId,
        /// Keys and values.
        values: Vec<(String, Value)>,
    },
    /// Sets a register, or a member of a set, of a fact.
    SetIn {
        /// List.
        list: String,
        /// Fact.
        id: FactId,
        /// Key.
        key: String,
        /// New value.
        value: Value,
    },
}

impl std::fmt::Debug for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Edit(…)")
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}
impl From<domain::time::Day> for Value {
    fn from(day: domain::time::Day) -> Self {
        Value::Int(day.0.into())
    }
}

impl Edit {
    /// Sets a register of the root.
    pub fn set(key: impl Into<String>, value: impl Into<Value>) -> Self {
        Edit::Set { key: key.into(), value: value.into() }
    }

    /// Sets a register of a fact.
    pub fn set_in(list: &str, id: FactId, key: impl Into<String>, value: impl Into<Value>) -> Self {
        Edit::SetIn { list: list.into(), id, key: key.into(), value: value.into() }
    }

    /// Adds a fact written as a struct of `domain`: absent values and `false` are left out, maps of
    /// codes become members of sets.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] where the struct holds something that is no value.
    pub fn add(list: &str, id: FactId, fact: &impl Serialize) -> Result<Self, DocumentError> {
        let json = serde_json::to_value(fact).map_err(|_| DocumentError::BadValue)?;
        Ok(Edit::Add { list: list.into(), id, values: flatten(json)? })
    }

    /// Sets of the root for what a struct holds (see [`Edit::add`]).
    ///
    /// # Errors
    /// [`DocumentError::BadValue`].
    pub fn set_all(values: &impl Serialize) -> Result<Vec<Self>, DocumentError> {
        let json = serde_json::to_value(values).map_err(|_| DocumentError::BadValue)?;
        Ok(flatten(json)?.into_iter().map(|(key, value)| Edit::Set { key, value }).collect())
    }
}

fn flatten(json: serde_json::Value) -> Result<Vec<(String, Value)>, DocumentError> {
    let serde_json::Value::Object(object) = json else { return Err(DocumentError::BadValue) };
    let mut values = Vec::new();
    for (key, value) in object {
        match value {
            serde_json::Value::Null | serde_json::Value::Bool(false) => {}
            serde_json::Value::Object(set) => {
                let chosen = set.into_iter().filter(|(_, value)| value.as_bool() == Some(true));
                values.extend(chosen.map(|(code, _)| (format!("{key}:{code}"), Value::Bool(true))));
            }
            other => values.push((key, scalar(&other)?)),
        }
    }
    Ok(values)
}

fn scalar(value: &serde_json::Value) -> Result<Value, DocumentError> {
    match value {
        serde_json::Value::Bool(value) => Ok(Value::Bool(*value)),
        serde_json::Value::Number(number) => number.as_i64().map(Value::Int).ok_or(DocumentError::BadValue),
        serde_json::Value::String(text) => Ok(Value::Text(text.clone())),
        _ => Err(DocumentError::BadValue),
    }
}
