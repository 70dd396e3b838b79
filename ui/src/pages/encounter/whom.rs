//! Whom: someone known, found as one types; someone new; or nobody (a passage).

use super::Form;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::components::residence::Residence;
use crate::components::show::{empty, show};
use crate::components::{Field, Search, Segments};
use crate::route::{self, Route};
use crate::state::load;
use crate::text::{encounter as words, lang, names, person};
use domain::api::encounter::{EncounterForm, NewPerson, Whom};
use domain::api::person::{Found, OpenPerson, PersonHit, SearchPeople};
use domain::changes::Topic;
use domain::ids::PathwayId;
use domain::vocabulary::{AgeBand, Gender, Household, YesNo};
use leptos::prelude::*;

/// The question.
pub fn question(keeper: Form, informed: RwSignal<bool>) -> impl IntoView {
    let kind = Memo::new(move |_| {
        keeper.form.with(|form| match &form.whom {
            Whom::NotChosen => (0, None),
            Whom::Known(pathway) => (1, Some(*pathway)),
            Whom::New(_) => (2, None),
        })
    });
    move || match kind.get() {
        (1, Some(pathway)) => known(keeper, pathway, informed).into_any(),
        (2, _) => new(keeper, informed).into_any(),
        _ => choose(keeper).into_any(),
    }
}

fn set(keeper: Form, whom: Whom) {
    keeper.change(|form| form.whom = whom);
}

fn choose(keeper: Form) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let found = load(|| vec![Topic::People], move || Some(SearchPeople { query: query.get(), limit: 6 }));
    let list = move |found: Found| {
        if found.hits.is_empty() {
            return (!query.with_untracked(String::is_empty))
                .then(|| empty(Icon::Search, words::no_result(), words::no_result_why()))
                .into_any();
        }
        let hits = found.hits.into_iter().map(|hit| one(keeper, hit));
        view! { <ul class="list">{hits.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card card--pad question" aria-label=words::who()>
            <h2>{words::who()}</h2>
            <div class="pair">
                <button type="button" class="button button--large" on:click=move |_| set(keeper, Whom::New(Box::default()))>{icon(Icon::Plus)} {words::someone_new()}</button>
                <button type="button" class="button button--large button--plain" on:click=move |_| route::go(Route::Passage)>{icon(Icon::UsersRound)} {words::nobody()}</button>
            </div>
            <Search label=words::search() value=query/>
            {show(found, list)}
        </section>
    }
}

fn one(keeper: Form, hit: PersonHit) -> impl IntoView {
    let pathway = hit.label.pathway;
    view! {
        <li>
            <button type="button" class="item" on:click=move |_| set(keeper, Whom::Known(pathway))>
                {avatar(Some(&hit.label))}
                <span class="item__words"><span class="item__name">{names::person(&hit.label, false)}</span><span class="item__more">{names::profile(&hit)}</span></span>
                {icon(Icon::ChevronRight)}
            </button>
        </li>
    }
}

fn known(keeper: Form, pathway: PathwayId, informed: RwSignal<bool>) -> impl IntoView {
    let page = load(Vec::new, move || Some(OpenPerson { pathway }));
    show(page, move |page| {
        let hit = page.hit;
        view! {
            <section class="card who" aria-label=words::who()>
                {avatar(Some(&hit.label))}
                <div class="who__words"><p class="who__name">{names::person(&hit.label, false)}</p><p class="second">{names::profile(&hit)}</p></div>
                {change(keeper, informed)}
            </section>
        }
    })
}

fn change(keeper: Form, informed: RwSignal<bool>) -> impl IntoView {
    view! {
        <button type="button" class="button" on:click=move |_| {
            informed.set(false);
            keeper.change(|form| { form.whom = Whom::NotChosen; form.ledger.clear(); });
        }>{words::change()}</button>
    }
}

/// Reads of the new person; nothing where the form names another.
fn of<T: Default>(form: &EncounterForm, read: impl Fn(&NewPerson) -> T) -> T {
    match &form.whom {
        Whom::New(person) => read(person),
        _ => T::default(),
    }
}

fn edit(keeper: Form, change: impl FnOnce(&mut NewPerson)) {
    keeper.change(|form| {
        if let Whom::New(person) = &mut form.whom {
            change(person);
        }
    });
}

fn new(keeper: Form, informed: RwSignal<bool>) -> impl IntoView {
    let text = |text: String| (!text.trim().is_empty()).then_some(text);
    view! {
        <section class="card card--pad question" aria-label=words::someone_new()>
            <div class="question__head"><h2>{words::someone_new()}</h2><span class="question__count">{words::all_optional()}</span>{change(keeper, informed)}</div>
            <div class="pair">
                <Field label=words::first_name() hint=words::stays_here() value=keeper.part(|form| of(form, |it| it.named.first_name.clone()).unwrap_or_default())
                    on_input=move |value| edit(keeper, |it| it.named.first_name = text(value))/>
                <Field label=words::initial() hint=words::stays_here() value=keeper.part(|form| of(form, |it| it.named.initial.clone()).unwrap_or_default())
                    on_input=move |value| edit(keeper, |it| it.named.initial = text(value.chars().take(1).collect()))/>
            </div>
            <h3>{words::met_before()}</h3>
            <Segments label=words::met_before() choices=vec![(YesNo::Yes, words::yes().to_owned()), (YesNo::No, words::no().to_owned())] optional=true
                value=keeper.part(|form| form.met_before) on_choose=move |value| keeper.change(|form| form.met_before = value)/>
        </section>
    }
}

/// The profile of someone new, in bands; every answer is optional.
pub fn profile(keeper: Form) -> impl IntoView {
    let ages = AgeBand::ALL.iter().filter(|it| !matches!(it, AgeBand::NotRecorded));
    let genders = Gender::ALL.iter().filter(|it| !matches!(it, Gender::NotRecorded));
    let homes = Household::ALL.iter().filter(|it| !matches!(it, Household::NotRecorded));
    view! {
        <section class="card card--pad question" aria-label=person::profile()>
            <div class="question__head"><h2>{person::profile()}</h2><span class="question__count">{words::all_optional()}</span></div>
            <h3>{words::age()}</h3>
            {one_of(words::age(), ages.map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| of(form, |it| it.profile.age)), move |age| edit(keeper, |it| it.profile.age = age))}
            <h3>{words::gender()}</h3>
            {one_of(words::gender(), genders.map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| of(form, |it| it.profile.gender)), move |gender| edit(keeper, |it| it.profile.gender = gender))}
            <h3>{words::household()}</h3>
            {one_of(words::household(), homes.map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| of(form, |it| it.profile.household)), move |home| edit(keeper, |it| it.profile.household = home))}
            <h3>{words::residence()}</h3>
            <Residence value=keeper.part(|form| of(form, |it| it.profile.residence)) on_choose=move |place| edit(keeper, |it| it.profile.residence = place)/>
        </section>
    }
}
