//! Arrow keys: in a group of radios they choose, in a list of buttons they only go along.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

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
