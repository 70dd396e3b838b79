//! *Passage*: people met, nobody named. Counts, coded needs, half a day.

use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::components::{Chip, Stepper};
use crate::route::{self, Route};
use crate::state::act;
use crate::state::draft::Keeper;
use crate::state::toast::toasts;
use crate::text::{common, encounter as words, lang, today};
use domain::api::draft::DraftForm;
use domain::api::encounter::{PassageForm, RecordPassage, UndoLast};
use domain::ids::DraftId;
use domain::vocabulary::{BarrierDomain, Medium, NeedKind};
use leptos::prelude::*;

/// Most people met at once.
const MOST: u32 = 500;

/// A passage; a draft taken up again where one is given.
#[component]
pub fn Passage(
    /// The form to begin with.
    form: PassageForm,
    /// The draft it comes from, and its revision.
    draft: Option<(DraftId, u64)>,
) -> impl IntoView {
    let keeper = Keeper::new(form, draft, DraftForm::Passage);
    let record = act();
    let toasts = toasts();
    let profiled = move || !keeper.form.with(|form| form.refused);
    let save = move |_| {
        let request = RecordPassage { draft: keeper.id, form: keeper.form.get_untracked() };
        record.run(request, move |_| {
            keeper.end();
            let undo = Callback::new(move |()| act().run(UndoLast {}, move |_| toasts.say(today::undone())));
            toasts.say_with(common::saved(), None, Some((common::undo().to_owned(), undo)));
            route::go(Route::Home);
        });
    };
    view! {
        <header class="form-head">
            <a class="button button--plain" href=Route::Home.href()>{icon(Icon::ArrowLeft)} {words::later()}</a>
            <div class="form-head__words"><h1>{words::passage_title()}</h1><p role="status">{move || keeper.words()}</p></div>
            <span></span>
        </header>
        <div class="form narrow">
            {move || profiled().then(|| view! {
            <section class="card headcount">
                <h2>{words::headcount()}</h2>
                <Stepper label=words::headcount() value=keeper.part(|form| form.headcount) least=1 most=Signal::derive(|| MOST) large=true
                    on_change=move |count| keeper.change(|form| { form.headcount = count; form.women = form.women.min(count); form.young = form.young.min(count); })/>
            </section>
            })}
            <button type="button" class="switch" role="switch" aria-checked=move || (!profiled()).to_string()
                on:click=move |_| keeper.change(|form| form.refused = !form.refused)>
                <span class="switch__track" aria-hidden="true"></span>
                <span class="item__words"><span class="item__name">{words::refused()}</span><span class="item__more">{words::refused_why()}</span></span>
            </button>
            {move || profiled().then(|| profile(keeper))}
            <section class="question">
                <h2>{words::medium()}</h2>
                {one_of(words::medium(), Medium::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| Some(form.medium)),
                    move |medium| keeper.change(|form| form.medium = medium.unwrap_or(Medium::Street)))}
            </section>
        </div>
        <div class="save-bar">
            {refusal(record.error)}
            <button type="button" class="button button--main button--huge button--wide" disabled=move || record.busy.get() on:click=save>
                {icon(Icon::Check)} {move || if record.busy.get() { words::saving() } else { words::save() }}
            </button>
        </div>
    }
}

/// What is counted and heard; hidden after a refusal.
fn profile(keeper: Keeper<PassageForm>) -> impl IntoView {
    let met = keeper.part(|form| form.headcount);
    let needs = NeedKind::ALL.iter().map(|need| {
        let need = *need;
        view! {
            <Chip label=need.label(lang()) pressed=keeper.part(move |form| form.needs.contains(&need))
                on_press=move || keeper.change(|form| if !form.needs.remove(&need) { form.needs.insert(need); })/>
        }
    });
    let domains = BarrierDomain::ALL.iter().map(|domain| {
        let domain = *domain;
        view! {
            <Chip label=domain.label(lang()) pressed=keeper.part(move |form| form.domains.contains(&domain))
                on_press=move || keeper.change(|form| if !form.domains.remove(&domain) { form.domains.insert(domain); })/>
        }
    });
    view! {
        <div class="counters">
            <div class="card counter"><span>{words::women()}</span>
                <Stepper label=words::women() value=keeper.part(|form| form.women) least=0 most=met on_change=move |count| keeper.change(|form| form.women = count)/></div>
            <div class="card counter"><span>{words::young()}</span>
                <Stepper label=words::young() value=keeper.part(|form| form.young) least=0 most=met on_change=move |count| keeper.change(|form| form.young = count)/></div>
            <div class="card counter"><span>{words::leaflets()}</span>
                <Stepper label=words::leaflets() value=keeper.part(|form| form.leaflets) least=0 most=Signal::derive(|| MOST) on_change=move |count| keeper.change(|form| form.leaflets = count)/></div>
        </div>
        <section class="question"><h2>{words::heard_needs()}</h2><div class="chips" role="group" aria-label=words::heard_needs()>{needs.collect_view()}</div></section>
        <section class="question"><h2>{words::heard_barriers()}</h2><div class="chips" role="group" aria-label=words::heard_barriers()>{domains.collect_view()}</div></section>
    }
}
