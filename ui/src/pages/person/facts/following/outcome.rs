//! An outcome in a dialog: a contract, a training, rights opened, with its dates.

use super::super::{save_foot, saved_and_close};
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::date::DateChoice;
use crate::state::act;
use crate::text::{days, following as words, lang};
use domain::api::person::{AddFact, NewFact};
use domain::ids::{FactId, PathwayId};
use domain::pathway::Outcome;
use domain::vocabulary::{OutcomeKind, YesNo};
use leptos::prelude::*;

/// An outcome that begins today.
pub fn blank() -> Outcome {
    Outcome {
        kind: OutcomeKind::Training,
        from: days::today(),
        to: None,
        at_3_months: None,
        at_6_months: None,
    }
}

/// The dialog.
#[component]
pub fn EditOutcome(
    /// Person.
    pathway: PathwayId,
    /// The outcome; none adds one.
    id: Option<FactId>,
    /// What it says now.
    present: Outcome,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    // A new one is chosen, not proposed.
    let kind = RwSignal::new(id.map(|_| present.kind));
    let from = RwSignal::new(Some(present.from));
    let to = RwSignal::new(present.to);
    let at_3_months = RwSignal::new(present.at_3_months);
    let at_6_months = RwSignal::new(present.at_6_months);
    let write = act();
    let ready =
        move || kind.get().is_some() && to.get().is_none_or(|to| from.get().is_some_and(|from| from <= to));
    let save = move || {
        let Some(kind) = kind.get_untracked() else { return };
        let outcome = Outcome {
            kind,
            from: from.get_untracked().unwrap_or_else(days::today),
            to: to.get_untracked(),
            at_3_months: at_3_months.get_untracked(),
            at_6_months: at_6_months.get_untracked(),
        };
        write.run(AddFact { pathway, id, fact: NewFact::Outcome(outcome) }, saved_and_close(open));
    };
    let title = if id.is_some() { words::edit_outcome() } else { words::add_outcome() };
    let answers = || [YesNo::Yes, YesNo::No].into_iter().map(|it| (it, it.label(lang()).to_owned()));
    view! {
        <Dialog title=title on_close=move || open.set(false) foot=move || save_foot(write, ready, save)>
            <div class="stack">
                {one_of(words::outcome(), OutcomeKind::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), kind.into(), move |it| kind.set(it))}
                <DateChoice label=words::from() value=from/>
                <DateChoice label=words::to() value=to optional=true/>
                <h3>{words::still_3()}</h3>
                {one_of(words::still_3(), answers(), at_3_months.into(), move |it| at_3_months.set(it))}
                <h3>{words::still_6()}</h3>
                {one_of(words::still_6(), answers(), at_6_months.into(), move |it| at_6_months.set(it))}
            </div>
        </Dialog>
    }
}
