//! One thing a user asked for: busy while it is under way, its refusal kept beside the button.

use crate::backend;
use domain::api::Request;
use domain::error::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// State of what was asked for.
#[derive(Clone, Copy)]
pub struct Act {
    /// Under way.
    pub busy: RwSignal<bool>,
    /// Why it was refused.
    pub error: RwSignal<Option<ApiError>>,
}

/// Nothing asked for yet.
pub fn act() -> Act {
    Act { busy: RwSignal::new(false), error: RwSignal::new(None) }
}

impl Act {
    /// Makes the call, then hands on the reply. A second touch meanwhile does nothing.
    pub fn run<R>(self, request: R, then: impl FnOnce(R::Reply) + 'static)
    where
        R: Request + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let result = backend::call(request).await;
            if self.busy.try_set(false).is_some() {
                // The screen is gone; the reply still counts where it went well.
                if let Ok(reply) = result {
                    then(reply);
                }
                return;
            }
            match result {
                Ok(reply) => then(reply),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}
