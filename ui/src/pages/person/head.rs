//! Name, profile, publics, risk, and the button of a new rencontre.

use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::route::Route;
use crate::state::session::session;
use crate::text::{names, person as words, typography};
use domain::api::person::PersonView;
use leptos::prelude::*;

pub fn head(page: &PersonView) -> impl IntoView + use<> {
    let hit = &page.hit;
    let pathway = hit.label.pathway;
    // Nameless, the person is called by the code already.
    let named = hit.label.name.is_some() || hit.label.initials.is_some();
    let code = hit.label.code.as_deref().filter(|_| named).map(|code| {
        view! { <p class="second">{words::code()} " " <span class="code">{typography::code(code)}</span></p> }
    });
    let lives = hit.residence.map(|place| {
        let name = session().cite.value.with_untracked(|cite| names::location(place, cite.as_ref()));
        view! { <span class="badge badge--place">{icon(Icon::MapPin)} {typography::about(words::lives(), &name)}</span> }
    });
    let publics = page
        .publics
        .iter()
        .map(|code| view! { <span class="badge badge--soft">{names::public(code)}</span> });
    let risk = page.risk.iter().map(|(_, weight)| weight).sum::<u32>() >= domain::dropout::AT_RISK;
    let reasons: Vec<&str> = page.risk.iter().map(|(code, _)| words::reason(code)).collect();
    let reasons = reasons.join(" · ");
    view! {
        <header class="person-head">
            {avatar(Some(&hit.label))}
            <div class="page-head__words">
                <h1>{names::person(&hit.label, false)}</h1>
                <p class="second">{names::profile(hit)}</p>
                {code}
            </div>
            <a class="button button--main button--large" href=Route::EncounterWith(pathway).href()>{icon(Icon::Plus)} {words::new_encounter()}</a>
        </header>
        <div class="row">{lives} {publics.collect_view()} {super::profile::edit(page)}</div>
        {risk.then(|| view! {
            <div class="banner banner--waiting" role="note">{icon(Icon::TriangleAlert)} <div><p class="strong">{words::risk()}</p><p>{reasons}</p></div></div>
        })}
    }
}
