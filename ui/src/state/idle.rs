//! Auto-lock: after some minutes without a touch the device asks to be locked.

use super::session::Session;
use crate::backend;
use domain::api::session::Lock;
use domain::role::Face;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Watches touches and keys from now on.
pub fn watch(session: Session) {
    let last_ms = StoredValue::new(js_sys::Date::now());
    for event in ["pointerdown", "keydown"] {
        window_event_listener_untyped(event, move |_| last_ms.set_value(js_sys::Date::now()));
    }
    set_interval(
        move || {
            let allowed_ms =
                f64::from(untrack(|| session.preferences()).lock_after_minutes.max(1)) * 60_000.0;
            let open = untrack(|| session.me().is_some() && session.face() == Face::Device);
            if open && js_sys::Date::now() - last_ms.get_value() > allowed_ms {
                last_ms.set_value(js_sys::Date::now());
                spawn_local(async move {
                    if let Ok(status) = backend::call(Lock {}).await {
                        session.now(status);
                    }
                });
            }
        },
        Duration::from_secs(5),
    );
}
