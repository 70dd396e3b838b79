//! Charts: stacked bars, columns, a map. Every value is written; a table stands behind each on its page.

use super::icon::{Icon, icon};
use crate::text::{cohort as words, common, typography};
use domain::api::cohort::Figure;
use leptos::prelude::*;

/// A figure in words: its number, or the sign of a masked cell.
pub fn figure(figure: Figure) -> String {
    match figure {
        Figure::Count(count) => typography::number(count),
        Figure::Masked => "•".into(),
    }
}

/// The number to draw; a masked cell draws nothing.
pub fn drawn(figure: Figure) -> f64 {
    match figure {
        Figure::Count(count) => f64::from(count),
        Figure::Masked => 0.0,
    }
}

/// A row of stacked bars: segments by rank of `fill-1` to `fill-3`.
#[derive(Clone)]
pub struct BarRow {
    /// Icon.
    pub sign: Icon,
    /// Name.
    pub name: String,
    /// Segments, the strongest first.
    pub parts: Vec<f64>,
    /// The values as written at the end, and the same read aloud.
    pub written: (String, String),
}

/// Key of a chart: word and rank of its fill.
pub fn legend(keys: Vec<(usize, String)>) -> impl IntoView {
    let items = keys.into_iter().map(|(rank, word)| {
        view! { <li><svg class="legend__key" viewBox="0 0 12 12" aria-hidden="true"><rect class=format!("fill-{rank}") width="12" height="12" rx="3"></rect></svg>{word}</li> }
    });
    view! { <ul class="legend">{items.collect_view()}</ul> }
}

/// Stacked bars, one a row, all on one scale.
pub fn stacked_bars(rows: Vec<BarRow>) -> impl IntoView {
    let most = rows.iter().map(|row| row.parts.iter().sum::<f64>()).fold(1.0, f64::max);
    let rows = rows.into_iter().map(move |row| {
        let mut from = 0.0;
        let parts = row.parts.iter().enumerate().filter(|(_, part)| **part > 0.0).map(|(rank, part)| {
            let (x, width) = (from / most * 100.0, part / most * 100.0);
            from += part;
            view! { <rect class=format!("fill-{}", rank + 1) x=format!("{x:.2}%") y="1" width=format!("{:.2}%", (width - 0.4).max(0.4)) height="16" rx="3"></rect> }
        });
        let parts = parts.collect_view();
        view! {
            <li class="bar">
                {icon(row.sign)} <span class="bar__name">{row.name}</span>
                <svg class="bar__track" aria-hidden="true">{parts}</svg>
                <span class="bar__value">{row.written.0} " " {words::of_which()} " " <b>{row.written.1}</b></span>
            </li>
        }
    });
    view! { <ul class="bars">{rows.collect_view()}</ul> }
}

/// Columns by month: each group holds its values by rank (`fill-2` first, then `fill-1`).
pub fn columns(title: String, groups: Vec<(String, Vec<Figure>)>) -> impl IntoView {
    const WIDTH: f64 = 640.0;
    const HEIGHT: f64 = 230.0;
    const BASE: f64 = 196.0;
    const TOP: f64 = 24.0;
    let most = groups.iter().flat_map(|(_, values)| values).map(|value| drawn(*value)).fold(1.0, f64::max);
    let step = WIDTH / groups.len().max(1) as f64;
    let drawn_groups = groups.into_iter().enumerate().map(move |(index, (name, values))| {
        let width = (step * 0.78 / values.len().max(1) as f64).min(44.0);
        let centre = step * (index as f64 + 0.5);
        let left = centre - width * values.len() as f64 / 2.0;
        let bars = values.into_iter().enumerate().map(move |(rank, value)| {
            let height = drawn(value) / most * (BASE - TOP);
            let x = left + rank as f64 * width;
            view! {
                <rect class=format!("fill-{}", 2 - rank.min(1)) x=format!("{:.1}", x + 1.5) y=format!("{:.1}", BASE - height) width=format!("{:.1}", width - 3.0) height=format!("{height:.1}") rx="4"></rect>
                <text x=format!("{:.1}", x + width / 2.0) y=format!("{:.1}", BASE - height - 7.0)>{figure(value)}</text>
            }
        });
        view! { {bars.collect_view()} <text class="columns__month" x=format!("{centre:.1}") y="218">{name}</text> }
    });
    view! {
        <svg class="columns" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=title>
            <line x1="0" x2=WIDTH.to_string() y1=BASE.to_string() y2=BASE.to_string()></line>
            {drawn_groups.collect_view()}
        </svg>
    }
}

/// One outline of a map.
#[derive(Clone)]
pub struct MapOutline {
    /// SVG path data.
    pub path: String,
    /// Name.
    pub name: String,
    /// Where to write it.
    pub label_at: (f64, f64),
    /// Value.
    pub value: Figure,
}

/// A map of outlines, darker where there is more; the rank is by quarter of the greatest value.
pub fn map(title: String, view_box: (f64, f64), outlines: Vec<MapOutline>) -> impl IntoView {
    let most = outlines.iter().map(|outline| drawn(outline.value)).fold(1.0, f64::max);
    let size = view_box.0.max(view_box.1) / 30.0;
    let shapes = outlines.into_iter().map(move |outline| {
        let share = drawn(outline.value) / most;
        let rank = if share > 0.75 {
            1
        } else if share > 0.5 {
            2
        } else if share > 0.25 {
            3
        } else {
            4
        };
        let (x, y) = (format!("{:.1}", outline.label_at.0), outline.label_at.1);
        view! {
            <path class=format!("rank-{rank}") d=outline.path></path>
            <text class=format!("on-rank-{rank}") font-size=format!("{size:.1}")>
                <tspan x=x.clone() y=format!("{y:.1}")>{outline.name}</tspan>
                <tspan x=x y=format!("{:.1}", y + size * 1.2)>{figure(outline.value)}</tspan>
            </text>
        }
    });
    view! { <svg class="map" viewBox=format!("0 0 {} {}", view_box.0, view_box.1) role="img" aria-label=title>{shapes.collect_view()}</svg> }
}

/// A figure on a card: name, number, more about it.
pub fn figure_card(name: &str, value: Figure, more: Option<String>) -> impl IntoView + use<> {
    let masked = value == Figure::Masked;
    view! {
        <div class="card figure-card">
            <span class="figure-card__name">{name.to_owned()}</span>
            <span class="figure-card__value" class:masked=masked title=masked.then(common::masked)>{figure(value)}</span>
            {more.map(|more| view! { <span class="figure-card__more">{more}</span> })}
        </div>
    }
}
