//! How complete the figures are: *2 appareils à jour sur 3 à 17 h 40*, and who is late.

use crate::components::icon::{Icon, icon};
use crate::route::Route;
use crate::state::session::session;
use crate::text::{cohort as words, days, typography};
use domain::api::cohort::Completeness;
use domain::role::Role;
use leptos::prelude::*;

/// In a line.
pub fn said(it: &Completeness) -> String {
    words::complete(it.up_to_date, it.devices, &days::time(it.at_ms))
}

/// The band above figures.
pub fn band(it: &Completeness) -> impl IntoView + use<> {
    let whole = it.late.is_empty() && it.set_aside == 0;
    let class = if whole { "banner banner--done" } else { "banner banner--waiting" };
    let said = format!("{}.", said(it));
    let late = it.late.iter().map(|device| {
        let seen = device.last_seen_ms.map_or_else(
            || words::never_seen().to_owned(),
            |at| format!("{} {}", words::last_seen(), days::moment(at)),
        );
        let waiting = (device.announced > 0)
            .then(|| format!(" · {} {}", typography::number(device.announced), words::waiting()));
        view! { <li>{device.name.clone()} " · " {device.user.clone()} " · " {seen} {waiting}</li> }
    });
    let late = late.collect_view();
    let aside =
        (it.set_aside > 0).then(|| format!("{} {}", typography::number(it.set_aside), words::set_aside()));
    let may_see = session().me().is_some_and(|me| matches!(me.role, Role::Coordinator | Role::Administrator));
    let link = (!whole && may_see)
        .then(|| view! { <a class="banner__link" href=Route::Devices.href()>{words::devices_see()}</a> });
    view! {
        <div class=class role="note">
            {icon(if whole { Icon::CircleCheck } else { Icon::Clock })}
            <div><p class="strong">{said}</p><ul>{late}</ul>{aside.map(|aside| view! { <p>{aside}</p> })}</div>
            {link}
        </div>
    }
}
