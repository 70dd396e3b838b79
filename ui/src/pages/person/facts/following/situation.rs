//! A dated situation in a dialog: every answer is optional, and *non communiqué* is an answer.

use super::super::{save_foot, saved_and_close};
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::date::DateChoice;
use crate::state::act;
use crate::text::{days, following as words, lang};
use domain::api::person::{AddFact, NewFact};
use domain::ids::{FactId, PathwayId};
use domain::pathway::Situation;
use domain::vocabulary::{Activity, Education, Registration, SituationMoment, TimeWithoutWork, YesNo};
use leptos::prelude::*;

/// A situation of today, at entry.
pub fn blank() -> Situation {
    Situation {
        on: days::today(),
        moment: SituationMoment::Entry,
        activity: None,
        registration: None,
        education: None,
        time_without_work: None,
        rsa: None,
        followed: None,
    }
}

/// The dialog.
#[component]
pub fn EditSituation(
    /// Person.
    pathway: PathwayId,
    /// The situation; none adds one.
    id: Option<FactId>,
    /// What it says now.
    present: Situation,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let on = RwSignal::new(Some(present.on));
    let form = RwSignal::new(present);
    let write = act();
    let save = move || {
        let on = on.get_untracked().unwrap_or_else(days::today);
        let fact = NewFact::Situation(Situation { on, ..form.get_untracked() });
        write.run(AddFact { pathway, id, fact }, saved_and_close(open));
    };
    let title = if id.is_some() { words::edit_situation() } else { words::add_situation() };
    let read = move |read: fn(&Situation) -> Option<YesNo>| Signal::derive(move || form.with(read));
    let answers =
        || [YesNo::Yes, YesNo::No, YesNo::NotTold].into_iter().map(|it| (it, it.label(lang()).to_owned()));
    // A band that nobody asked about is not offered: leaving it open says the same.
    let activities = Activity::ALL.iter().filter(|it| **it != Activity::NotRecorded);
    let registrations = Registration::ALL.iter().filter(|it| **it != Registration::NotRecorded);
    let levels = Education::ALL.iter().filter(|it| **it != Education::NotRecorded);
    let times = TimeWithoutWork::ALL.iter().filter(|it| **it != TimeWithoutWork::NotRecorded);
    view! {
        <Dialog title=title on_close=move || open.set(false) foot=move || save_foot(write, || true, save)>
            <div class="stack">
                {one_of(words::moment(), SituationMoment::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| Some(it.moment))), move |it| if let Some(it) = it { form.update(|form| form.moment = it) })}
                <DateChoice label=words::situation_on() value=on/>
                <h3>{words::activity()}</h3>
                {one_of(words::activity(), activities.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.activity)), move |it| form.update(|form| form.activity = it))}
                <h3>{words::registration()}</h3>
                {one_of(words::registration(), registrations.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.registration)), move |it| form.update(|form| form.registration = it))}
                <h3>{words::education()}</h3>
                {one_of(words::education(), levels.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.education)), move |it| form.update(|form| form.education = it))}
                <h3>{words::time_without_work()}</h3>
                {one_of(words::time_without_work(), times.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.time_without_work)), move |it| form.update(|form| form.time_without_work = it))}
                <h3>{words::rsa()}</h3>
                {one_of(words::rsa(), answers(), read(|it| it.rsa), move |it| form.update(|form| form.rsa = it))}
                <h3>{words::followed()}</h3>
                {one_of(words::followed(), answers(), read(|it| it.followed), move |it| form.update(|form| form.followed = it))}
            </div>
        </Dialog>
    }
}
