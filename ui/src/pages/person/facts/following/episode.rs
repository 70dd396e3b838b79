//! An episode in a dialog: entry, stage, exit.

use super::super::{save_foot, saved_and_close};
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::date::DateChoice;
use crate::state::act;
use crate::text::{days, following as words, lang};
use domain::api::person::{AddFact, NewFact};
use domain::ids::{FactId, PathwayId};
use domain::pathway::Episode;
use domain::vocabulary::{EntryReason, ExitReason, Stage};
use leptos::prelude::*;

/// An episode that begins today.
pub fn blank() -> Episode {
    Episode {
        entered_on: days::today(),
        entry_reason: EntryReason::Outreach,
        stage: Some(Stage::Welcome),
        exited_on: None,
        exit_reason: None,
    }
}

/// The dialog.
#[component]
pub fn EditEpisode(
    /// Person.
    pathway: PathwayId,
    /// The episode; none adds one.
    id: Option<FactId>,
    /// What it says now.
    present: Episode,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let entered_on = RwSignal::new(Some(present.entered_on));
    let entry_reason = RwSignal::new(present.entry_reason);
    let stage = RwSignal::new(present.stage);
    let exited_on = RwSignal::new(present.exited_on);
    let exit_reason = RwSignal::new(present.exit_reason);
    let write = act();
    // An exit has its day and its reason, and never comes before the entry.
    let ready = move || {
        let exit = exited_on.get();
        exit.is_some() == exit_reason.get().is_some()
            && exit.is_none_or(|exit| entered_on.get().is_some_and(|entry| entry <= exit))
    };
    let save = move || {
        let episode = Episode {
            entered_on: entered_on.get_untracked().unwrap_or_else(days::today),
            entry_reason: entry_reason.get_untracked(),
            stage: stage.get_untracked(),
            exited_on: exited_on.get_untracked(),
            exit_reason: exit_reason.get_untracked(),
        };
        write.run(AddFact { pathway, id, fact: NewFact::Episode(episode) }, saved_and_close(open));
    };
    let title = if id.is_some() { words::edit_episode() } else { words::add_episode() };
    let leaving = move |reason: Option<ExitReason>| {
        exit_reason.set(reason);
        match reason {
            Some(_) if exited_on.get_untracked().is_none() => exited_on.set(Some(days::today())),
            None => exited_on.set(None),
            Some(_) => {}
        }
    };
    view! {
        <Dialog title=title on_close=move || open.set(false) foot=move || save_foot(write, ready, save)>
            <div class="stack">
                <DateChoice label=words::entered_on() value=entered_on/>
                <h3>{words::entry_reason()}</h3>
                {one_of(words::entry_reason(), EntryReason::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || Some(entry_reason.get())), move |it| if let Some(it) = it { entry_reason.set(it) })}
                <h3>{words::stage()}</h3>
                {one_of(words::stage(), Stage::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), stage.into(), move |it| if it.is_some() { stage.set(it) })}
                <h3>{words::exit_reason()}</h3>
                {one_of(words::exit_reason(), ExitReason::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), exit_reason.into(), leaving)}
                {move || exit_reason.get().map(|_| view! { <DateChoice label=words::exited_on() value=exited_on/> })}
            </div>
        </Dialog>
    }
}
