//! A month to pick a day from, by touch or keyboard; the platform's own picker is missing in the app's window.

use super::icon::{Icon, icon};
use crate::text::{common, days};
use domain::time::{Day, Month};
use leptos::prelude::*;

/// Picks a day, none before `from`.
#[component]
pub fn Calendar(
    /// The present day.
    today: Day,
    /// First day that may be picked.
    from: Day,
    /// The day picked.
    #[prop(into)]
    value: Signal<Option<Day>>,
    /// What picking does.
    on_pick: impl Fn(Day) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shown = RwSignal::new(value.get_untracked().unwrap_or(today).month());
    let turn = move |by: i32| {
        shown.update(|month| {
            let index = month.year * 12 + month.month as i32 - 1 + by;
            *month = Month { year: index.div_euclid(12), month: index.rem_euclid(12) as u32 + 1 };
        });
    };
    let cells = move || {
        let month = shown.get();
        let Some(first) = Day::from_ymd(month.year, month.month, 1) else { return Vec::new() };
        let blanks = (0..first.weekday()).map(|_| view! { <span></span> }.into_any());
        let days = (0..31).map(|n| first.plus(n)).filter(|day| day.month() == month).map(|day| {
            view! {
                <button type="button" class="calendar__day" class:calendar__day--today=day == today disabled=day < from
                    aria-pressed=move || (value.get() == Some(day)).to_string() aria-label=days::within(day) on:click=move |_| on_pick(day)>
                    {day.ymd().2}
                </button>
            }
            .into_any()
        });
        blanks.chain(days).collect()
    };
    view! {
        <div class="calendar">
            <div class="calendar__head">
                <button type="button" class="button button--plain button--icon" aria-label=common::earlier() disabled=move || { shown.get() <= from.month() } on:click=move |_| turn(-1)>{icon(Icon::ChevronLeft)}</button>
                <span aria-live="polite">{move || days::month(shown.get())}</span>
                <button type="button" class="button button--plain button--icon" aria-label=common::later() on:click=move |_| turn(1)>{icon(Icon::ChevronRight)}</button>
            </div>
            <div class="calendar__grid">
                {days::weekday_heads().map(|name| view! { <span class="calendar__name" aria-hidden="true">{name}</span> }).collect_view()}
                {cells}
            </div>
        </div>
    }
}
