//! The directory of solutions.

use crate::components::Search;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::{empty, show};
use crate::state::load;
use crate::text::{common, days, lang, sync as words};
use domain::api::solution::{SearchSolutions, SolutionView};
use domain::changes::Topic;
use domain::vocabulary::BarrierDomain;
use leptos::prelude::*;

/// The directory.
#[component]
pub fn Solutions() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let domain = RwSignal::new(None::<BarrierDomain>);
    let found = load(
        || vec![Topic::Solutions],
        move || Some(SearchSolutions { query: query.get(), domain: domain.get() }),
    );
    let domains = BarrierDomain::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    let list = move |solutions: Vec<SolutionView>| {
        if !solutions.is_empty() {
            return view! { <ul class="list card">{solutions.into_iter().map(one).collect_view()}</ul> }
                .into_any();
        }
        let nothing = query.with_untracked(String::is_empty) && domain.get_untracked().is_none();
        if nothing {
            empty(Icon::BookOpenText, words::none_yet(), words::none_yet_why()).into_any()
        } else {
            empty(Icon::Search, words::none_found(), words::none_found_why()).into_any()
        }
    };
    view! {
        <header class="page-head"><div class="page-head__words"><h1>{common::solutions()}</h1></div></header>
        <Search label=words::directory_search() value=query/>
        {one_of(common::solutions(), domains, domain.into(), move |it| domain.set(it))}
        {show(found, list)}
    }
}

fn one(it: SolutionView) -> impl IntoView {
    let domains: Vec<&str> = it.domains.iter().map(|domain| domain.label(lang())).collect();
    let until = it.until.map(|day| format!("{} {}", words::until(), days::plain(day)));
    let more: Vec<String> =
        [Some(domains.join(", ")), it.phone, it.address, it.fees, until].into_iter().flatten().collect();
    view! {
        <li class="item">
            {icon(if it.protected { Icon::Lock } else { Icon::BookOpenText })}
            <span class="item__words"><span class="item__name">{it.name} " · " {it.structure}</span><span class="item__more">{it.description}</span><span class="item__more">{more.join(" · ")}</span></span>
        </li>
    }
}
