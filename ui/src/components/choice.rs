//! What is chosen: tick, border and `aria-pressed`, never colour alone.

use super::icon::{Icon, icon};
use super::keys;
use leptos::prelude::*;

/// A chip that can be pressed and pressed again.
#[component]
pub fn Chip(
    /// Its word.
    #[prop(into)]
    label: String,
    /// Whether it is chosen.
    #[prop(into)]
    pressed: Signal<bool>,
    /// What a touch does.
    on_press: impl Fn() + 'static,
    /// Sealed: the cité cannot read it.
    #[prop(optional)]
    sealed: bool,
) -> impl IntoView {
    view! {
        <button type="button" class="chip" class:chip--sealed=sealed aria-pressed=move || pressed.get().to_string() on:click=move |_| on_press()>
            <span class="chip__tick">{icon(Icon::Check)}</span>
            {sealed.then(|| icon(Icon::Lock))}
            <span>{label}</span>
        </button>
    }
}

/// A large tile with an icon. It never moves.
#[component]
pub fn Tile(
    /// Its word.
    #[prop(into)]
    label: String,
    /// Its icon.
    sign: Icon,
    /// Whether it is chosen.
    #[prop(into)]
    pressed: Signal<bool>,
    /// What a touch does.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="tile" aria-pressed=move || pressed.get().to_string() on:click=move |_| on_press()>
            {icon(sign)}
            <span class="tile__word">{label}</span>
            <span class="tile__tick">{icon(Icon::CircleCheck)}</span>
        </button>
    }
}

/// One of a few, side by side. A second touch on the chosen one takes it back where `optional`.
#[component]
pub fn Segments<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is asked, for screen readers.
    #[prop(into)]
    label: String,
    /// The choices and their words.
    choices: Vec<(T, String)>,
    /// The one chosen.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// What a touch does.
    on_choose: impl Fn(Option<T>) + Copy + 'static,
    /// May be taken back.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    // One of the group takes the focus of the Tab key; arrows go from one to the next.
    let all = StoredValue::new(choices.iter().map(|(choice, _)| *choice).collect::<Vec<_>>());
    let none = move || all.with_value(|all| value.with(|it| !it.is_some_and(|it| all.contains(&it))));
    let buttons = choices
        .into_iter()
        .enumerate()
        .map(|(index, (choice, word))| {
            let chosen = move || value.get() == Some(choice);
            let press = move |_| on_choose(if optional && chosen() { None } else { Some(choice) });
            let stop = move || if chosen() || (index == 0 && none()) { "0" } else { "-1" };
            view! {
                <button type="button" role="radio" class="segment" tabindex=stop aria-checked=move || chosen().to_string() on:click=press>
                    {icon(Icon::Check)} <span>{word}</span>
                </button>
            }
        })
        .collect_view();
    view! { <div class="segments" role="radiogroup" aria-label=label on:keydown=keys::choose>{buttons}</div> }
}

/// One of several, as chips that wrap. A second touch takes it back.
pub fn one_of<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &str,
    choices: impl IntoIterator<Item = (T, String)>,
    value: Signal<Option<T>>,
    on_choose: impl Fn(Option<T>) + Copy + 'static,
) -> impl IntoView {
    let chips = choices
        .into_iter()
        .map(|(choice, word)| {
            let pressed = Signal::derive(move || value.get() == Some(choice));
            let press =
                move || on_choose(if value.get_untracked() == Some(choice) { None } else { Some(choice) });
            view! { <Chip label=word pressed=pressed on_press=press/> }
        })
        .collect_view();
    view! { <div class="chips" role="group" aria-label=label.to_owned()>{chips}</div> }
}
