//! A counter with a button on each side.

use super::icon::{Icon, icon};
use crate::text::{common, typography};
use leptos::prelude::*;

/// Counts up and down between two limits.
#[component]
pub fn Stepper(
    /// What is counted.
    #[prop(into)]
    label: String,
    /// The number.
    #[prop(into)]
    value: Signal<u32>,
    /// Least.
    least: u32,
    /// Most.
    #[prop(into)]
    most: Signal<u32>,
    /// What a touch does.
    on_change: impl Fn(u32) + Copy + Send + Sync + 'static,
    /// The main counter of the screen.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let (less, more) =
        (typography::about(common::less(), &label), typography::about(common::more_of(), &label));
    view! {
        <div class="stepper" class:stepper--large=large role="group" aria-label=label>
            <button type="button" class="button" aria-label=less disabled=move || { value.get() <= least } on:click=move |_| on_change(value.get_untracked().saturating_sub(1).max(least))>{icon(Icon::Minus)}</button>
            <output class="stepper__value" aria-live="polite">{move || typography::number(value.get())}</output>
            <button type="button" class="button" aria-label=more disabled=move || { value.get() >= most.get() } on:click=move |_| on_change((value.get_untracked() + 1).min(most.get_untracked()))>{icon(Icon::Plus)}</button>
        </div>
    }
}
