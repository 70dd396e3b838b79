//! A day that can be changed: a button that unfolds the month, and folds it once a day is picked.

use super::calendar::Calendar;
use super::icon::{Icon, icon};
use super::keys::focus_soon;
use crate::text::{common, days};
use domain::time::Day;
use leptos::html;
use leptos::prelude::*;

/// How far back a day of someone's story may be picked, in days: sixty years.
const BACK: i32 = 60 * 366;

/// Picks a day of the past or of the months to come.
#[component]
pub fn DateChoice(
    /// What the day is.
    #[prop(into)]
    label: String,
    /// The day.
    value: RwSignal<Option<Day>>,
    /// It may be taken back.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let today = days::today();
    let unfolded = RwSignal::new(false);
    let button: NodeRef<html::Button> = NodeRef::new();
    let clear = move || {
        (optional && value.get().is_some()).then(|| {
            view! { <button type="button" class="button button--plain" on:click=move |_| value.set(None)>{icon(Icon::X)} {common::clear()}</button> }
        })
    };
    let calendar = move || {
        unfolded.get().then(|| {
            let pick = move |day| {
                value.set(Some(day));
                unfolded.set(false);
                focus_soon(move || button.try_get_untracked().flatten().map(Into::into));
            };
            view! { <Calendar today=today from=today.plus(-BACK) value=value on_pick=pick/> }
        })
    };
    view! {
        <div class="stack stack--tight">
            <h3>{label}</h3>
            <div class="row">
                <button type="button" class="button" node_ref=button aria-expanded=move || unfolded.get().to_string() on:click=move |_| unfolded.update(|it| *it = !*it)>
                    {icon(Icon::CalendarDays)} {move || value.get().map_or_else(|| common::choose_date().to_owned(), days::full)}
                </button>
                {clear}
            </div>
            {calendar}
        </div>
    }
}
