//! A month to pick a day from, by touch or keyboard; the platform's own picker is missing in the app's window.
//!
//! The Tab key stops once in the grid. Arrows go from day to day and from week to week, Page Up and Page
//! Down from month to month, Home and End to the ends of the week.

use super::icon::{Icon, icon};
use super::keys::focus_soon;
use crate::text::{common, days};
use domain::time::{Day, Month};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

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
    let first = value.get_untracked().unwrap_or(today).max(from);
    let shown = RwSignal::new(first.month());
    // The day that the Tab key stops at.
    let stop = RwSignal::new(first);
    let grid: NodeRef<html::Div> = NodeRef::new();
    let go = move |day: Day| {
        let day = day.max(from);
        stop.set(day);
        if shown.get_untracked() != day.month() {
            shown.set(day.month());
        }
        focus_soon(move || {
            let grid = grid.try_get_untracked().flatten()?;
            grid.query_selector("[tabindex='0']").ok().flatten()?.dyn_into().ok()
        });
    };
    go(first);
    let turn = move |by: i32| {
        let month = onward(shown.get_untracked(), by);
        shown.set(month);
        stop.set(within(month, stop.get_untracked().ymd().2).max(from));
    };
    let on_key = move |event: KeyboardEvent| {
        let day = stop.get_untracked();
        let (_, _, number) = day.ymd();
        let to = match event.key().as_str() {
            "ArrowLeft" => day.plus(-1),
            "ArrowRight" => day.plus(1),
            "ArrowUp" => day.plus(-7),
            "ArrowDown" => day.plus(7),
            "Home" => day.plus(-(day.weekday() as i32)),
            "End" => day.plus(6 - day.weekday() as i32),
            "PageUp" => within(onward(day.month(), -1), number),
            "PageDown" => within(onward(day.month(), 1), number),
            _ => return,
        };
        event.prevent_default();
        go(to);
    };
    let cells = move || {
        let month = shown.get();
        let Some(first) = Day::from_ymd(month.year, month.month, 1) else { return Vec::new() };
        let blanks = (0..first.weekday()).map(|_| view! { <span></span> }.into_any());
        let days = (0..31).map(|n| first.plus(n)).filter(|day| day.month() == month).map(|day| {
            view! {
                <button type="button" class="calendar__day" class:calendar__day--today=day == today disabled=day < from
                    tabindex=move || if stop.get() == day { "0" } else { "-1" }
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
            <div class="calendar__grid" node_ref=grid role="group" aria-label=move || days::month(shown.get()) on:keydown=on_key>
                {days::weekday_heads().map(|name| view! { <span class="calendar__name" aria-hidden="true">{name}</span> }).collect_view()}
                {cells}
            </div>
        </div>
    }
}

/// So many months on, or back.
fn onward(month: Month, by: i32) -> Month {
    let index = month.year * 12 + month.month as i32 - 1 + by;
    Month { year: index.div_euclid(12), month: index.rem_euclid(12) as u32 + 1 }
}

/// The day of this number in a month, or its last one.
fn within(month: Month, number: u32) -> Day {
    let day = (1..=number.max(1)).rev().find_map(|number| Day::from_ymd(month.year, month.month, number));
    day.unwrap_or(Day(0))
}
