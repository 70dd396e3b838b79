//! The coded profile in a dialog, with every value each field ever had.

use super::amend::earlier_of;
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::residence::Residence;
use crate::components::show::{refusal, show};
use crate::state::toast::toasts;
use crate::state::{act, load};
use crate::text::{common, encounter as form_words, lang, names, person as words};
use domain::api::person::{EarlierValue, EditProfile, PersonView, ProfileForm, ReadFieldHistory};
use domain::location::Location;
use domain::vocabulary::{AgeBand, Evidence, Gender, Household};
use leptos::prelude::*;

/// The button and its dialog.
pub fn edit(page: &PersonView) -> impl IntoView + use<> {
    let open = RwSignal::new(false);
    let pathway = page.hit.label.pathway;
    let present = ProfileForm {
        age: page.hit.age,
        gender: page.hit.gender,
        household: page.hit.household,
        residence: page.hit.residence,
        residence_evidence: page.residence_evidence,
    };
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{icon(Icon::Pencil)} {words::edit_profile()}</button>
        {move || open.get().then(|| view! { <Profile pathway=pathway present=present.clone() open=open/> })}
    }
}

#[component]
fn Profile(pathway: domain::ids::PathwayId, present: ProfileForm, open: RwSignal<bool>) -> impl IntoView {
    let form = RwSignal::new(present.clone());
    let write = act();
    let toasts = toasts();
    let save = move |_| {
        // Only what changed is written, so that nobody else's edit is overwritten.
        let new = form.get_untracked();
        let profile = ProfileForm {
            age: new.age.filter(|_| new.age != present.age),
            gender: new.gender.filter(|_| new.gender != present.gender),
            household: new.household.filter(|_| new.household != present.household),
            residence: new.residence.filter(|_| new.residence != present.residence),
            residence_evidence: new
                .residence_evidence
                .filter(|_| new.residence_evidence != present.residence_evidence),
        };
        write.run(EditProfile { pathway, profile }, move |()| {
            toasts.say(words::saved());
            open.set(false);
        });
    };
    let history = load(Vec::new, move || Some(ReadFieldHistory { pathway, fact: None, field: None }));
    let ages = AgeBand::ALL.iter().filter(|it| **it != AgeBand::NotRecorded);
    let genders = Gender::ALL.iter().filter(|it| **it != Gender::NotRecorded);
    let homes = Household::ALL.iter().filter(|it| **it != Household::NotRecorded);
    let foot = move || {
        view! {
            {refusal(write.error)}
            <button type="button" class="button button--main button--large button--wide" disabled=move || write.busy.get() on:click=save>{icon(Icon::Check)} {common::save()}</button>
        }
    };
    view! {
        <Dialog title=words::profile() on_close=move || open.set(false) foot=foot>
            <div class="stack">
                <h3>{form_words::age()}</h3>
                {one_of(form_words::age(), ages.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.age)), move |it| if it.is_some() { form.update(|form| form.age = it) })}
                <h3>{form_words::gender()}</h3>
                {one_of(form_words::gender(), genders.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.gender)), move |it| if it.is_some() { form.update(|form| form.gender = it) })}
                <h3>{form_words::household()}</h3>
                {one_of(form_words::household(), homes.map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.household)), move |it| if it.is_some() { form.update(|form| form.household = it) })}
                <h3>{form_words::residence()}</h3>
                <Residence value=Signal::derive(move || form.with(|it| it.residence)) on_choose=move |it| if it.is_some() { form.update(|form| form.residence = it) }/>
                <h3>{words::evidence()}</h3>
                {one_of(words::evidence(), Evidence::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || form.with(|it| it.residence_evidence)), move |it| if it.is_some() { form.update(|form| form.residence_evidence = it) })}
                <h3>{words::earlier_values()}</h3>
                {show(history, |values| earlier_of(values, said))}
            </div>
        </Dialog>
    }
}

/// A value of the profile in words; none for what the dialog does not show.
fn said(it: &EarlierValue) -> Option<String> {
    let code = it.value.as_str();
    let (name, word) = match it.field.as_str() {
        "age" => (form_words::age(), AgeBand::from_code(code)?.label(lang()).to_owned()),
        "gender" => (form_words::gender(), Gender::from_code(code)?.label(lang()).to_owned()),
        "household" => (form_words::household(), Household::from_code(code)?.label(lang()).to_owned()),
        "residence" => {
            let cite = crate::state::session::session().cite.value;
            let place: Location = code.parse().ok()?;
            (form_words::residence(), cite.with_untracked(|cite| names::location(place, cite.as_ref())))
        }
        "residence_evidence" => (words::evidence(), Evidence::from_code(code)?.label(lang()).to_owned()),
        _ => return None,
    };
    Some(format!("{name} · {word}"))
}
