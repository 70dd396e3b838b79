//! Values that several people wrote at the same time: shown to a référent, and settled by one.

use super::history::text;
use super::{Device, Open};
use crate::write::Action;
use document::{Actor, Differing, Document, DocumentKey, Edit, Value, Written};
use domain::api::caseload::SettleField;
use domain::api::person::{Author, DifferingField};
use domain::error::{ApiError, ErrorCode};
use domain::vocabulary::DocumentKind;

/// The day that goes with a state, and is settled with it.
const DAYS_OF_STATE: &[&str] = &["state_on", "settled_on"];

/// Fields that hold several values, with who wrote each. The day of a state is not asked apart.
pub(super) fn fields(open: &Open, document: &Document) -> Vec<DifferingField> {
    let fields = document.differing().into_iter().filter(|it| !DAYS_OF_STATE.contains(&it.key.as_str()));
    let mut fields = fields.peekable();
    let history = if fields.peek().is_some() { document.history() } else { Vec::new() };
    fields
        .map(|it| DifferingField {
            fact: it.fact.map(|(list, fact)| (list.to_owned(), fact)),
            values: it
                .values
                .iter()
                .map(|value| (text(&value.0), author(open, &history, &it, value)))
                .collect(),
            field: it.key,
        })
        .collect()
}

/// Who wrote one of the values, and for whom.
fn author(
    open: &Open,
    history: &[Written],
    of: &Differing,
    (value, actor): &(Value, Option<Actor>),
) -> Author {
    let fact = of.fact.map(|(_, fact)| fact);
    let wrote =
        |it: &&Written| it.fact == fact && it.key == of.key && it.value == *value && Some(it.actor) == *actor;
    match (history.iter().rev().find(wrote), actor) {
        (Some(written), _) => open.author_by(&written.by()),
        (None, Some(actor)) => open.author(&actor.signer),
        (None, None) => Author::UNKNOWN,
    }
}

impl Device {
    /// Writes one of the differing values again, over all of them.
    pub(super) fn settle_field(&self, request: &SettleField) -> Result<(), ApiError> {
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let differing = open.pathway_document(request.pathway)?.differing();
            let field = differing
                .iter()
                .find(|it| it.key == request.field && it.fact.map(|(_, fact)| fact) == request.fact)
                .ok_or(ErrorCode::NotFound)?;
            let kept = field.values.iter().find(|(value, _)| text(value) == request.value);
            let (value, author) = kept.ok_or(ApiError::about(ErrorCode::Invalid, "value"))?;
            let mut edits = vec![write(field, value.clone())];
            // The day of a state follows the state that is kept.
            let days = differing.iter().filter(|it| {
                field.key == "state" && it.fact == field.fact && DAYS_OF_STATE.contains(&it.key.as_str())
            });
            for day in days {
                let same_author = day.values.iter().find(|(_, actor)| actor == author);
                edits.extend(same_author.map(|(value, _)| write(day, value.clone())));
            }
            let key = DocumentKey::first(DocumentKind::Pathway, request.pathway);
            open.write(&*self.clock, &Action::edit(key, edits))?;
            Ok(())
        })
    }
}

fn write(field: &Differing, value: Value) -> Edit {
    match field.fact {
        Some((list, fact)) => Edit::set_in(list, fact, field.key.clone(), value),
        None => Edit::set(field.key.clone(), value),
    }
}
