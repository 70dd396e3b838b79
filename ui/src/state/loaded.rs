//! A reply that stays fresh: fetched again when what it was asked with, or a topic, changes.

use super::stale;
use crate::backend;
use crate::components::keys;
use domain::api::Request;
use domain::changes::Topic;
use domain::error::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Between two looks whether a dialog is still open.
const HELD: Duration = Duration::from_millis(200);

/// What is known of a reply. The last good value stays while a newer one is fetched.
pub struct Loaded<T: Send + Sync + 'static> {
    /// The last good reply.
    pub value: RwSignal<Option<T>>,
    /// Why the last try failed.
    pub error: RwSignal<Option<ApiError>>,
    /// A try is under way.
    pub busy: RwSignal<bool>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T: Send + Sync + 'static> Loaded<T> {
    /// Tries again.
    pub fn retry(&self) {
        self.again.notify();
    }
}

impl<T: PartialEq + Send + Sync + 'static> Loaded<T> {
    /// Takes a reply. What is the same is not drawn again: a screen keeps its place and its focus.
    fn take(&self, result: Result<T, ApiError>) {
        match result {
            Ok(reply) => {
                if self.value.with_untracked(|old| old.as_ref() != Some(&reply)) {
                    let held = keys::hold();
                    self.value.set(Some(reply));
                    keys::give_back(held);
                }
                if self.error.with_untracked(Option::is_some) {
                    self.error.set(None);
                }
            }
            Err(error) => self.error.set(Some(error)),
        }
        self.busy.set(false);
    }
}

impl<T: Clone + Send + Sync + 'static> Loaded<T> {
    /// The last good reply, tracked.
    pub fn get(&self) -> Option<T> {
        self.value.get()
    }
}

/// Loads `request()` now, and again whenever a signal read in it or one of `topics` changes. No
/// request, no call.
pub fn load<R>(
    topics: impl Fn() -> Vec<Topic> + 'static,
    request: impl Fn() -> Option<R> + 'static,
) -> Loaded<R::Reply>
where
    R: Request + 'static,
    R::Reply: PartialEq + Clone + Send + Sync + 'static,
{
    let loaded = Loaded {
        value: RwSignal::new(None),
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
        again: Trigger::new(),
    };
    let newest = StoredValue::new(0_u64);
    Effect::new(move |_| {
        let topics = topics();
        let held = holds(&topics) && loaded.value.with_untracked(Option::is_some);
        topics.into_iter().for_each(stale::track);
        loaded.again.track();
        let Some(request) = request() else { return };
        newest.update_value(|number| *number += 1);
        let mine = newest.get_value();
        loaded.busy.set(true);
        spawn_local(async move {
            let result = backend::call(request).await;
            let apply = move || {
                // A newer question was asked, or the screen is gone.
                if newest.try_get_value() == Some(mine) {
                    loaded.take(result);
                }
            };
            if held { when_no_dialog_is_open(apply) } else { apply() }
        });
    });
    loaded
}

/// What a record shows is drawn anew only once no dialog stands over it: what is typed there would be
/// lost. Lists that are searched inside a dialog go on.
fn holds(topics: &[Topic]) -> bool {
    topics.iter().any(|topic| matches!(topic, Topic::Person(_) | Topic::Today | Topic::Drafts))
}

fn when_no_dialog_is_open(apply: impl FnOnce() + 'static) {
    if document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some()) {
        set_timeout(move || when_no_dialog_is_open(apply), HELD);
    } else {
        apply();
    }
}
