//! *Personnes*: search as one types; those met last before anything is typed.

use crate::components::Search;
use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::components::show::{empty, show};
use crate::route::Route;
use crate::state::load;
use crate::text::{days, names, person as words, typography};
use domain::api::person::{Found, PersonHit, SearchPeople};
use domain::changes::Topic;
use leptos::prelude::*;

/// People listed at once.
const LISTED: u32 = 40;

/// People this user may open.
#[component]
pub fn People() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let found =
        load(|| vec![Topic::People], move || Some(SearchPeople { query: query.get(), limit: LISTED }));
    let count = move || {
        found.value.with(|found| found.as_ref().map_or_else(String::new, |it| typography::number(it.total)))
    };
    let head = move || if query.with(String::is_empty) { words::last_met() } else { words::found() };
    view! {
        <header class="page-head"><div class="page-head__words"><h1>{words::title()}</h1><p>{count}</p></div></header>
        <Search label=words::search() value=query/>
        <section class="card" aria-label=head>
            <div class="card__head"><h2>{head}</h2></div>
            {show(found, move |found| list(found, query))}
        </section>
    }
}

fn list(found: Found, query: RwSignal<String>) -> impl IntoView {
    if found.hits.is_empty() {
        let (title, why) = if query.with_untracked(String::is_empty) {
            (words::nobody(), words::nobody_why())
        } else {
            (crate::text::encounter::no_result(), "")
        };
        return empty(Icon::UsersRound, title, why).into_any();
    }
    let more = found.more.then(|| view! { <p class="card__foot second">{words::more()}</p> });
    view! { <ul class="list">{found.hits.into_iter().map(one).collect_view()}</ul> {more} }.into_any()
}

fn one(hit: PersonHit) -> impl IntoView {
    let today = days::today();
    let last = hit.last_on.map(|day| format!("{} {}", words::last_on(), days::near(day, today)));
    let barriers = (hit.open_barriers > 0)
        .then(|| typography::count(hit.open_barriers, ("frein", "freins"), ("barrier", "barriers")));
    let more: Vec<String> =
        [Some(names::profile(&hit)).filter(|it| !it.is_empty()), last].into_iter().flatten().collect();
    view! {
        <li>
            <a class="item" href=Route::Person(hit.label.pathway).href()>
                {avatar(Some(&hit.label))}
                <span class="item__words"><span class="item__name">{names::person(&hit.label, false)}</span><span class="item__more">{more.join(" · ")}</span></span>
                {barriers.map(|words| view! { <span class="badge badge--soft">{words}</span> })}
                {icon(Icon::ChevronRight)}
            </a>
        </li>
    }
}
