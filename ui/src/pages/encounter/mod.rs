//! *Rencontre*: one screen, nothing to type. Whom, the notice, what the person wants, what blocks, what
//! was done, what comes next.

mod acts;
mod agreements;
mod barriers;
mod next;
mod notice;
mod open;
mod record;
mod referrals;
mod sensitive;
mod whom;

pub use open::{FromDraft, With};

use crate::components::field::{LongField, note_trouble};
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::route::Route;
use crate::state::draft::Keeper;
use crate::state::{act, load};
use crate::text::{encounter as words, names};
use domain::api::draft::DraftForm;
use domain::api::encounter::{EncounterForm, Whom};
use domain::api::today::ReadToday;
use domain::changes::Topic;
use domain::ids::DraftId;
use leptos::prelude::*;

/// The form as it is filled.
type Form = Keeper<EncounterForm>;

/// A rencontre; a draft taken up again where one is given.
#[component]
pub fn Encounter(
    /// The form to begin with.
    form: EncounterForm,
    /// The draft it comes from, and its revision.
    draft: Option<(DraftId, u64)>,
) -> impl IntoView {
    let keeper: Form = Keeper::new(form, draft, |form| DraftForm::Encounter(Box::new(form)));
    let record = act();
    let chosen = Memo::new(move |_| keeper.form.with(|form| form.whom != Whom::NotChosen));
    let new = Memo::new(move |_| keeper.form.with(|form| matches!(form.whom, Whom::New(_))));
    let informed = RwSignal::new(false);
    let ready = move || chosen.get() && informed.get();
    view! {
        <header class="form-head">
            <a class="button button--plain" href=Route::Home.href()>{icon(Icon::ArrowLeft)} {words::later()}</a>
            <div class="form-head__words"><h1>{words::title()} {place()}</h1><p role="status">{move || keeper.words()}</p></div>
            <span></span>
        </header>
        <div class="form form--two">
            <div class="form__column">
                {whom::question(keeper, informed)}
                {move || chosen.get().then(|| notice::question(keeper, informed))}
                {needs(keeper)}
                {barriers::question(keeper)}
                {move || ready().then(|| sensitive::question(keeper))}
                {move || new.get().then(|| whom::profile(keeper))}
            </div>
            <div class="form__column">
                {acts::question(keeper)}
                {referrals::question(keeper)}
                {next::question(keeper)}
                {note(keeper)}
                {move || ready().then(|| agreements::question(keeper))}
                {acts::circumstances(keeper)}
            </div>
        </div>
        <div class="save-bar">
            {refusal(record.error)}
            <button type="button" class="button button--main button--huge button--wide" disabled=move || record.busy.get() || !ready() on:click=move |_| record::record(keeper, record)>
                {icon(Icon::Check)}
                {move || match (chosen.get(), informed.get(), record.busy.get()) {
                    (false, ..) => words::choose_someone(),
                    (_, false, _) => words::give_notice_first(),
                    (_, _, true) => words::saving(),
                    _ => words::save(),
                }}
            </button>
        </div>
    }
}

/// Place of the running outing, after the title.
fn place() -> impl IntoView {
    let today = load(|| vec![Topic::Today], || Some(ReadToday {}));
    let session = crate::state::session::session();
    move || {
        let outing = today.get()?.outing?;
        let known = outing.place_name.or(outing.qpv_name);
        let place = known.unwrap_or_else(|| {
            session.cite.value.with(|cite| names::location(outing.contact_place, cite.as_ref()))
        });
        Some(view! { <span class="second">" · " {place}</span> })
    }
}

fn needs(keeper: Form) -> impl IntoView {
    use crate::components::Chip;
    use domain::vocabulary::NeedKind;
    let chips = NeedKind::ALL.iter().map(|need| {
        let need = *need;
        view! {
            <Chip label=need.label(crate::text::lang()) pressed=keeper.part(move |form| form.needs.contains(&need))
                on_press=move || keeper.change(|form| if !form.needs.remove(&need) { form.needs.insert(need); })/>
        }
    });
    view! { <section class="question"><h2>{words::need()}</h2><div class="chips" role="group" aria-label=words::need()>{chips.collect_view()}</div></section> }
}

/// A note, folded until wanted. It stays on this device.
fn note(keeper: Form) -> impl IntoView {
    let open = RwSignal::new(keeper.form.with_untracked(|form| form.note.is_some()));
    view! {
        <section class="question">
            {move || if open.get() {
                view! {
                    <LongField label=words::note() hint=words::stays_here() caution=words::note_not() wrong=Signal::derive(move || keeper.form.with(|form| form.note.as_deref().and_then(note_trouble))) value=keeper.part(|form| form.note.clone().unwrap_or_default())
                        on_input=move |text| keeper.change(|form| form.note = (!text.is_empty()).then_some(text))/>
                }.into_any()
            } else {
                view! { <button type="button" class="button button--plain" on:click=move |_| open.set(true)>{icon(Icon::Pencil)} {words::add_note()}</button> }.into_any()
            }}
        </section>
    }
}
