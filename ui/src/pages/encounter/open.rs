//! Opening the form: with someone known, or from a draft.

use super::Encounter;
use crate::components::show::show;
use crate::pages::passage::Passage;
use crate::state::load;
use domain::api::draft::{DraftForm, OpenDraft};
use domain::api::encounter::{EncounterForm, Whom};
use domain::ids::{DraftId, PathwayId};
use leptos::prelude::*;

/// A rencontre with someone known.
#[component]
pub fn With(
    /// Person.
    pathway: PathwayId,
) -> impl IntoView {
    let form = EncounterForm { whom: Whom::Known(pathway), ..EncounterForm::default() };
    view! { <Encounter form=form draft=None/> }
}

/// A draft taken up again.
#[component]
pub fn FromDraft(
    /// Draft.
    id: DraftId,
) -> impl IntoView {
    // Read once: the form itself is what changes from here on.
    let draft = load(Vec::new, move || Some(OpenDraft { id }));
    show(draft, |draft| {
        let from = Some((draft.id, draft.revision));
        match draft.form {
            DraftForm::Encounter(form) => view! { <Encounter form=*form draft=from/> }.into_any(),
            DraftForm::Passage(form) => view! { <Passage form=form draft=from/> }.into_any(),
        }
    })
}
