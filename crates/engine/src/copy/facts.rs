//! A document's whole history, fact by fact: nothing that was written is left out.

use super::Source;
use super::names::plain;
use crate::error::EngineError;
use document::{Document, Hash, Value, Written};
use domain::copy::{Fact, FieldValue, Section, words};
use domain::ids::FactId;
use domain::time::Day;
use std::collections::BTreeMap;

type Where = (Option<&'static str>, Option<FactId>);

impl Source<'_> {
    /// Every value ever written into a document, in sections.
    pub(super) fn sections(
        &self,
        document: &Document,
        day: &dyn Fn(&Hash) -> Option<Day>,
    ) -> Result<Vec<Section>, EngineError> {
        let mut order: Vec<Where> = Vec::new();
        let mut facts: BTreeMap<Where, BTreeMap<String, Vec<Written>>> = BTreeMap::new();
        for written in document.history() {
            let place = (written.list, written.fact);
            if !facts.contains_key(&place) {
                order.push(place);
            }
            facts.entry(place).or_default().entry(written.key.clone()).or_default().push(written);
        }
        // The profile first, then lists in the order in which they began.
        order.sort_by_key(|(list, _)| list.is_some());
        let mut sections: Vec<Section> = Vec::new();
        for place in order {
            let list = place.0.unwrap_or_default();
            let fact = self.fact(place, facts.remove(&place).unwrap_or_default(), day)?;
            match sections.iter_mut().find(|it| it.list == list) {
                Some(section) => section.facts.push(fact),
                None => {
                    let title = words::section(place.0).to_owned();
                    sections.push(Section { list: list.to_owned(), title, facts: vec![fact] });
                }
            }
        }
        Ok(sections)
    }

    fn fact(
        &self,
        (list, id): Where,
        fields: BTreeMap<String, Vec<Written>>,
        day: &dyn Fn(&Hash) -> Option<Day>,
    ) -> Result<Fact, EngineError> {
        let mut fact = Fact { id: id.map(|id| id.to_string()), ..Fact::default() };
        for (key, written) in fields.into_iter().filter(|(key, _)| !Document::is_note_of_recovery(key)) {
            let latest = written.iter().map(|it| (it.order, it.actor)).max();
            for it in &written {
                let current = latest == Some((it.order, it.actor));
                fact.void |= key == "void" && current && it.value == Value::Bool(true);
                fact.values.push(FieldValue {
                    field: key.clone(),
                    name: words::field(&key),
                    value: plain(&it.value),
                    words: self.words(list, &key, &it.value)?,
                    current,
                    by: self.signature(&it.behalf.unwrap_or(it.actor.signer), day(&it.hash)),
                });
            }
        }
        Ok(fact)
    }
}
