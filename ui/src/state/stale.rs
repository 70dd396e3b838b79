//! Topics: a write announces what it made stale, and whoever tracks a topic fetches again.

use domain::changes::{Changes, Topic};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    static TOPICS: RefCell<HashMap<Topic, ArcTrigger>> = RefCell::default();
}

fn trigger(topic: Topic) -> ArcTrigger {
    TOPICS.with_borrow_mut(|topics| topics.entry(topic).or_default().clone())
}

/// Runs the present effect again when this topic becomes stale.
pub fn track(topic: Topic) {
    trigger(topic).track();
}

/// One topic became stale.
pub fn touch(topic: Topic) {
    trigger(topic).notify();
}

/// These topics became stale.
pub fn announce(changes: &Changes) {
    changes.0.iter().copied().for_each(touch);
}
