//! *Personnes*: search as one types; before anything is typed, those followed in order of urgency, or
//! those met last.

mod caseload;
mod check;

use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::components::show::{empty, show};
use crate::components::{Search, Segments};
use crate::route::Route;
use crate::state::load;
use crate::text::{caseload as orders, days, names, person as words, typography};
use domain::api::person::{Found, PersonHit, SearchPeople};
use domain::changes::Topic;
use leptos::prelude::*;

/// People listed at once.
const LISTED: u32 = 40;

/// What of the people is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Urgency,
    Contact,
    Check,
    Search,
}

/// People this user may open.
#[component]
pub fn People() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let found =
        load(|| vec![Topic::People], move || Some(SearchPeople { query: query.get(), limit: LISTED }));
    let count = move || {
        found.value.with(|found| {
            found.as_ref().map_or_else(String::new, |it| {
                typography::count(it.total, ("personne", "personnes"), ("person", "people"))
            })
        })
    };
    let follows = super::person::follows();
    let order = RwSignal::new(if follows { Order::Urgency } else { Order::Contact });
    let shown = Memo::new(move |_| if query.with(String::is_empty) { order.get() } else { Order::Search });
    let mut orders = vec![
        (Order::Urgency, orders::by_urgency().to_owned()),
        (Order::Contact, orders::by_contact().to_owned()),
    ];
    orders.extend(follows.then(|| (Order::Check, orders::to_check().to_owned())));
    let people = move |head: &'static str| {
        view! {
            <section class="card" aria-label=head>
                <div class="card__head"><h2>{head}</h2></div>
                {show(found, move |found| list(found, query))}
            </section>
        }
    };
    view! {
        <header class="page-head"><div class="page-head__words"><h1>{words::title()}</h1><p>{count}</p></div></header>
        <Search label=words::search() value=query/>
        <div class="row" hidden=move || shown.get() == Order::Search>
            <Segments label=orders::order() choices=orders value=Signal::derive(move || Some(order.get())) on_choose=move |it| if let Some(it) = it { order.set(it) }/>
        </div>
        {move || match shown.get() {
            Order::Urgency => caseload::caseload().into_any(),
            Order::Check => check::check().into_any(),
            Order::Contact => people(words::last_met()).into_any(),
            Order::Search => people(words::found()).into_any(),
        }}
    }
}

fn list(found: Found, query: RwSignal<String>) -> impl IntoView {
    if found.hits.is_empty() {
        let (title, why) = if query.with_untracked(String::is_empty) {
            (words::nobody(), words::nobody_why())
        } else {
            (crate::text::encounter::no_result(), crate::text::encounter::no_result_why())
        };
        return empty(Icon::UsersRound, title, why).into_any();
    }
    let more = found.more.then(|| view! { <p class="card__foot second">{words::more()}</p> });
    let asked = found.asked;
    let hits = found.hits.into_iter().map(|hit| {
        let asked = asked.contains(&hit.label.pathway);
        one(hit, asked)
    });
    let hits = hits.collect_view();
    view! { <ul class="list">{hits}</ul> {more} }.into_any()
}

fn one(hit: PersonHit, asked: bool) -> impl IntoView {
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
                {asked.then(|| view! { <span class="badge badge--trouble">{icon(Icon::FileText)} {crate::text::receipt::has_asked()}</span> })}
                {barriers.map(|words| view! { <span class="badge badge--soft">{words}</span> })}
                {icon(Icon::ChevronRight)}
            </a>
        </li>
    }
}
