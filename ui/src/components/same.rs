//! Two records that may be of one person: why, and what a référent says of it.

use super::icon::{Icon, icon};
use super::person::avatar;
use super::show::refusal;
use crate::route::Route;
use crate::state::toast::toasts;
use crate::state::{Act, act};
use crate::text::{caseload as words, names, typography};
use domain::api::caseload::{LinkPeople, ProbableDuplicate};
use domain::api::person::PersonHit;
use domain::ids::PathwayId;
use leptos::prelude::*;

/// Links two records as one person, or keeps them apart.
pub fn say(link: Act, one: PathwayId, other: PathwayId, same: bool) {
    let toasts = toasts();
    link.run(LinkPeople { one, other, same }, move |()| {
        toasts.say(if same { words::link_saved() } else { words::apart_saved() });
    });
}

/// A pair with its reasons and the two answers. On the page of one of them only the other is shown.
pub fn pair(pair: &ProbableDuplicate, on_page_of: Option<PathwayId>) -> impl IntoView + use<> {
    let link = act();
    let (one, other) = (pair.one.label.pathway, pair.other.label.pathway);
    let shown = [&pair.one, &pair.other].into_iter().filter(|hit| Some(hit.label.pathway) != on_page_of);
    let people = shown.map(person).collect_view();
    let about =
        format!("{} / {}", names::person(&pair.one.label, false), names::person(&pair.other.label, false));
    let (same, different) =
        (typography::about(words::same(), &about), typography::about(words::different(), &about));
    // Two pairs may have the same names: what else is known tells them apart.
    let who = [&pair.one, &pair.other].map(names::profile).join(" / ");
    view! {
        <div class="same" role="group" aria-label=format!("{about} – {who}")>
            <div class="same__pair">{people}</div>
            <p class="second">{words::reasons(&pair.reasons)}</p>
            {refusal(link.error)}
            <div class="row">
                <button type="button" class="button" aria-label=same disabled=move || link.busy.get() on:click=move |_| say(link, one, other, true)>{icon(Icon::Check)} {words::same()}</button>
                <button type="button" class="button button--plain" aria-label=different disabled=move || link.busy.get() on:click=move |_| say(link, one, other, false)>{words::different()}</button>
            </div>
        </div>
    }
}

fn person(hit: &PersonHit) -> impl IntoView + use<> {
    view! {
        <a class="same__person" href=Route::Person(hit.label.pathway).href()>
            {avatar(Some(&hit.label))}
            <span class="item__words"><span class="item__name">{names::person(&hit.label, false)}</span><span class="item__more">{names::profile(hit)}</span></span>
        </a>
    }
}
