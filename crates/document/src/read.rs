//! Reading a document: the winning values as a struct of `domain`, and the values that differ.

use crate::actor::Actor;
use crate::document::Document;
use crate::edit::Value;
use crate::error::DocumentError;
use automerge::{ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue, ValueRef};
use domain::ids::FactId;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

/// A register that holds several values written at the same time.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    /// List and fact; none for the root.
    pub fact: Option<(&'static str, FactId)>,
    /// Key.
    pub key: String,
    /// Values with who wrote them; the winning one first.
    pub values: Vec<(Value, Option<Actor>)>,
}

impl Document {
    /// The winning values, as a struct. A fact that this version cannot read is left out and counted.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] where even the root cannot be read.
    pub fn read<T: DeserializeOwned + Default>(&self) -> Result<T, DocumentError> {
        serde_json::from_value(self.values()).map_err(|_| DocumentError::BadValue)
    }

    /// The winning values, as JSON: what a projection keeps.
    pub fn values(&self) -> Json {
        self.walk().0
    }

    /// The winning values, and how many registers hold several: what a projection keeps. The registers are
    /// looked at one by one only where any holds several.
    pub fn projected(&self) -> (Json, usize) {
        let (values, conflict) = self.walk();
        (values, if conflict { self.differing().len() } else { 0 })
    }

    /// The winning values, and whether any register holds several.
    fn walk(&self) -> (Json, bool) {
        let mut conflict = false;
        let sets = self.schema.root.sets.iter().map(|set| set.name);
        let mut root = self.map(&ROOT, sets, &mut conflict);
        root.remove("_");
        for list in self.schema.lists {
            let Ok(Some((automerge::Value::Object(ObjType::Map), list_id))) = self.doc.get(ROOT, list.name)
            else {
                continue;
            };
            let mut facts = Map::new();
            for item in self.doc.map_range(&list_id, ..) {
                if let ValueRef::Object(ObjType::Map) = item.value {
                    let sets = list.fact.sets.iter().map(|set| set.name);
                    let fact = self.map(&item.id(), sets, &mut conflict);
                    facts.insert(item.key.to_string(), Json::Object(fact));
                }
            }
            root.insert(list.name.to_owned(), Json::Object(facts));
        }
        (Json::Object(root), conflict)
    }

    fn map<'a>(
        &self,
        object: &ObjId,
        sets: impl Iterator<Item = &'a str>,
        conflict: &mut bool,
    ) -> Map<String, Json> {
        let mut out: Map<String, Json> = sets.map(|set| (set.to_owned(), Json::Object(Map::new()))).collect();
        for item in self.doc.map_range(object, ..) {
            *conflict |= item.conflict;
            let ValueRef::Scalar(scalar) = item.value else { continue };
            let Some(value) = json(&ScalarValue::from(scalar)) else { continue };
            match item.key.split_once(':') {
                Some((set, code)) => {
                    if let Some(Json::Object(members)) = out.get_mut(set) {
                        members.insert(code.to_owned(), value);
                    }
                }
                None => drop(out.insert(item.key.to_string(), value)),
            }
        }
        out
    }

    /// Whether a list holds a fact.
    pub(crate) fn has_fact(&self, list: &str, fact: FactId) -> bool {
        let Ok(Some((_, list))) = self.doc.get(ROOT, list) else { return false };
        matches!(self.doc.get(list, fact.to_string()), Ok(Some(_)))
    }

    /// Registers (members of sets aside) whose concurrent values differ.
    pub fn differing(&self) -> Vec<Differing> {
        let mut found = self.differing_in(&ROOT, None);
        for list in self.schema.lists {
            let Ok(Some((_, list_id))) = self.doc.get(ROOT, list.name) else { continue };
            for item in self.doc.map_range(&list_id, ..) {
                if let Ok(fact) = item.key.parse() {
                    found.extend(self.differing_in(&item.id(), Some((list.name, fact))));
                }
            }
        }
        found
    }

    fn differing_in(&self, object: &ObjId, fact: Option<(&'static str, FactId)>) -> Vec<Differing> {
        let conflicts =
            self.doc.map_range(object, ..).filter(|item| item.conflict && !item.key.contains(':'));
        let mut found = Vec::new();
        for item in conflicts {
            let all = self.doc.get_all(object, item.key.as_ref()).unwrap_or_default();
            let mut values: Vec<(Value, Option<Actor>)> = Vec::new();
            for (value, id) in all.iter().rev() {
                let automerge::Value::Scalar(scalar) = value else { continue };
                let Some(value) = plain(scalar) else { continue };
                let actor = match id {
                    ObjId::Id(_, actor, _) => Actor::read(actor.to_bytes()),
                    ObjId::Root => None,
                };
                if !values.iter().any(|(known, _)| *known == value) {
                    values.push((value, actor));
                }
            }
            if values.len() > 1 {
                found.push(Differing { fact, key: item.key.to_string(), values });
            }
        }
        found
    }
}

pub(crate) fn plain(scalar: &ScalarValue) -> Option<Value> {
    match scalar {
        ScalarValue::Str(text) => Some(Value::Text(text.to_string())),
        ScalarValue::Int(number) => Some(Value::Int(*number)),
        ScalarValue::Boolean(value) => Some(Value::Bool(*value)),
        _ => None,
    }
}

fn json(scalar: &ScalarValue) -> Option<Json> {
    plain(scalar).and_then(|value| serde_json::to_value(value).ok())
}
