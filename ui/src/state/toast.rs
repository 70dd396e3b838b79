//! Toasts: what just happened, with a way back where there is one.

use leptos::prelude::*;
use std::time::Duration;

/// One toast.
#[derive(Clone)]
pub struct Toast {
    /// Number, for removal.
    pub number: u32,
    /// What happened.
    pub words: String,
    /// More about it.
    pub more: Option<String>,
    /// A way back: its word and what it does.
    pub way: Option<(String, Callback<()>)>,
}

/// The toasts on the screen.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Toasts {
    /// Provides an empty list to the whole screen.
    pub fn provide() -> Self {
        let toasts = Self { list: RwSignal::new(Vec::new()), last: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// The list.
    pub fn list(&self) -> Vec<Toast> {
        self.list.get()
    }

    /// Says what happened for some seconds.
    pub fn say(&self, words: impl Into<String>) {
        self.show(words.into(), None, None, 5);
    }

    /// Says what happened, with more words and a way back.
    pub fn say_with(
        &self,
        words: impl Into<String>,
        more: Option<String>,
        way: Option<(String, Callback<()>)>,
    ) {
        let seconds = if more.is_some() { 15 } else { 9 };
        self.show(words.into(), more, way, seconds);
    }

    /// Takes one away.
    pub fn remove(&self, number: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.number != number));
    }

    /// Takes one away after a while; one that has the focus stays until it has it no more.
    fn end_in(self, number: u32, seconds: u64) {
        let end = move || if has_focus() { self.end_in(number, 2) } else { self.remove(number) };
        set_timeout(end, Duration::from_secs(seconds));
    }

    fn show(&self, words: String, more: Option<String>, way: Option<(String, Callback<()>)>, seconds: u64) {
        let number = self.last.get_value().wrapping_add(1);
        self.last.set_value(number);
        self.list.update(|list| {
            list.truncate(1);
            list.push(Toast { number, words, more, way });
        });
        self.end_in(number, seconds);
    }
}

/// Whether the focus is in a toast: somebody is about to press its button.
fn has_focus() -> bool {
    document().active_element().and_then(|it| it.closest(".toast").ok().flatten()).is_some()
}

/// The toasts of this screen.
pub fn toasts() -> Toasts {
    expect_context()
}
