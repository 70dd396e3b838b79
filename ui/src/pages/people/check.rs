//! What waits for a référent's eye: probable duplicates, and people with differing values.

use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::components::same::pair;
use crate::components::show::{empty, show};
use crate::components::tell;
use crate::route::Route;
use crate::state::load;
use crate::text::{caseload as words, erasure, names, receipt};
use domain::api::caseload::{ReadToSettle, ToSettleView};
use domain::api::person::PersonHit;
use domain::changes::Topic;
use leptos::prelude::*;

/// Both lists.
pub fn check() -> impl IntoView {
    let loaded = load(|| vec![Topic::People], || Some(ReadToSettle {}));
    show(loaded, lists)
}

fn lists(view: ToSettleView) -> impl IntoView {
    if view.duplicates.is_empty()
        && view.differing.is_empty()
        && view.left.is_empty()
        && view.to_tell.is_empty()
    {
        let words = empty(Icon::CircleCheck, words::nothing(), words::nothing_why());
        return view! { <section class="card">{words}</section> }.into_any();
    }
    let differing = (!view.differing.is_empty()).then(|| {
        let people = view.differing.iter().map(one).collect_view();
        view! {
            <section class="card" aria-label=words::differing()>
                <div class="card__head"><h2>{words::differing()}</h2></div>
                <p class="card__note second">{words::differing_why()}</p>
                <ul class="list">{people}</ul>
            </section>
        }
    });
    let left = (!view.left.is_empty()).then(|| {
        let people = view.left.iter().map(one).collect_view();
        view! {
            <section class="card" aria-label=erasure::left()>
                <div class="card__head"><h2>{erasure::left()}</h2></div>
                <p class="card__note second">{erasure::left_why()}</p>
                <ul class="list">{people}</ul>
            </section>
        }
    });
    let duplicates = (!view.duplicates.is_empty()).then(|| {
        let pairs = view.duplicates.iter().map(|it| pair(it, None)).collect_view();
        view! {
            <section class="card" aria-label=words::duplicates()>
                <div class="card__head"><h2>{words::duplicates()}</h2></div>
                <p class="card__note second">{words::duplicates_why()}</p>
                <div class="list">{pairs}</div>
            </section>
        }
    });
    let to_tell = tell::card(view.to_tell, receipt::tell_erased_why(), Signal::stored(false));
    view! { {left} {to_tell} {differing} {duplicates} }.into_any()
}

fn one(hit: &PersonHit) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="item" href=Route::Person(hit.label.pathway).href()>
                {avatar(Some(&hit.label))}
                <span class="item__words"><span class="item__name">{names::person(&hit.label, false)}</span><span class="item__more">{names::profile(hit)}</span></span>
                {icon(Icon::ChevronRight)}
            </a>
        </li>
    }
}
