//! Arrow keys: in a group of radios they choose, in a list of buttons they only go along.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses and chooses the next or the previous radio of the group, around its ends.
pub fn choose(event: KeyboardEvent) {
    if let Some(next) = next(&event, &["ArrowRight", "ArrowDown"], &["ArrowLeft", "ArrowUp"])
        && next.get_attribute("aria-checked").as_deref() != Some("true")
    {
        next.click();
    }
}

/// Focuses the next or the previous control of a list, around its ends.
pub fn along(event: KeyboardEvent) {
    next(&event, &["ArrowDown"], &["ArrowUp"]);
}

/// Focuses the neighbour of the control that has the focus, and returns it.
fn next(event: &KeyboardEvent, onward: &[&str], back: &[&str]) -> Option<HtmlElement> {
    let key = event.key();
    let onward = if onward.contains(&key.as_str()) {
        true
    } else if back.contains(&key.as_str()) {
        false
    } else {
        return None;
    };
    let group = event.current_target()?.dyn_into::<Element>().ok()?;
    let focused = document().active_element().filter(|it| group.contains(Some(it)))?;
    let next = if onward {
        focused.next_element_sibling().or_else(|| group.first_element_child())
    } else {
        focused.previous_element_sibling().or_else(|| group.last_element_child())
    };
    let next = next?.dyn_into::<HtmlElement>().ok()?;
    event.prevent_default();
    let _ = next.focus();
    Some(next)
}

/// Once the next frame is drawn, the focus goes to the element, if it is there.
pub fn focus_soon(find: impl FnOnce() -> Option<HtmlElement> + 'static) {
    request_animation_frame(move || {
        if let Some(element) = find() {
            let _ = element.focus();
        }
    });
}

/// What the keys bring the focus to never stays behind the bars that stick to the edges.
pub fn keep_in_sight() {
    window_event_listener_untyped("focusin", |event| {
        let Some(element) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
        request_animation_frame(move || {
            if element.matches(":focus-visible").unwrap_or(false) {
                let how = ScrollIntoViewOptions::new();
                // A toast hides more of the foot for a moment.
                let toast = document().query_selector(".toast").is_ok_and(|it| it.is_some());
                how.set_block(if toast {
                    ScrollLogicalPosition::Center
                } else {
                    ScrollLogicalPosition::Nearest
                });
                element.scroll_into_view_with_scroll_into_view_options(&how);
            }
        });
    });
}

/// What has the focus on the page, by its kind and its words.
pub struct Held {
    kind: String,
    words: String,
    /// How many of the same kind and words stand before it.
    before: usize,
}

/// What has the focus now, to find it again once the page is drawn anew.
pub fn hold() -> Option<Held> {
    let focused = document().active_element().filter(|it| it.closest("#main").ok().flatten().is_some())?;
    let (kind, words) = (focused.tag_name(), words_of(&focused));
    if words.is_empty() || focused.id() == "main" {
        return None;
    }
    let before = alike(&kind, &words).iter().position(|it| AsRef::<Element>::as_ref(it) == &focused)?;
    Some(Held { kind, words, before })
}

/// Gives the focus back to what is drawn in its place, unless something else has it by then.
pub fn give_back(held: Option<Held>) {
    let Some(Held { kind, words, before }) = held else { return };
    focus_soon(move || {
        let lost =
            document().active_element().is_none_or(|it| matches!(it.tag_name().as_str(), "BODY" | "MAIN"));
        let mut alike = if lost { alike(&kind, &words) } else { Vec::new() };
        (before < alike.len()).then(|| alike.swap_remove(before))
    });
}

fn words_of(element: &Element) -> String {
    let words = element.get_attribute("aria-label").or_else(|| element.text_content());
    words.unwrap_or_default().trim().to_owned()
}

/// Everything on the page of this kind and these words.
fn alike(kind: &str, words: &str) -> Vec<HtmlElement> {
    let Ok(all) = document().query_selector_all(&format!("#main {kind}")) else { return Vec::new() };
    let all = (0..all.length()).filter_map(|n| all.item(n)?.dyn_into::<HtmlElement>().ok());
    all.filter(|it| words_of(it) == words).collect()
}
