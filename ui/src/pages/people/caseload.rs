//! The people followed, most urgent first, each with its reasons.

use crate::components::Chip;
use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::components::show::{empty, show};
use crate::route::Route;
use crate::state::load;
use crate::text::{caseload as words, days, lang, names, person, today, typography};
use domain::api::caseload::{CaseloadItem, CaseloadView, ReadCaseload};
use domain::changes::Topic;
use domain::time::Day;
use leptos::prelude::*;

/// People listed at once.
const LISTED: u32 = 60;

/// The list.
pub fn caseload() -> impl IntoView {
    let mine = RwSignal::new(false);
    let loaded = load(|| vec![Topic::People], move || Some(ReadCaseload { mine: mine.get(), limit: LISTED }));
    // Asked only once somebody has pathways of their own.
    let own = Memo::new(move |_| loaded.value.with(|it| it.as_ref().is_some_and(|it| it.mine > 0)));
    view! {
        {move || (own.get() || mine.get()).then(|| view! {
            <div class="chips"><Chip label=words::mine() pressed=mine on_press=move || mine.update(|it| *it = !*it)/></div>
        })}
        {show(loaded, list)}
    }
}

fn list(view: CaseloadView) -> impl IntoView {
    if view.people.is_empty() {
        let words = empty(Icon::UsersRound, words::nobody(), words::nobody_why());
        return view! { <section class="card">{words}</section> }.into_any();
    }
    let counts = [(view.due, words::due()), (view.at_risk, words::at_risk())];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{}\u{a0}{word}", typography::number(count)))
        .collect();
    let more = (view.total as usize > view.people.len())
        .then(|| view! { <p class="card__foot second">{words::first_of()}</p> });
    let day = view.today;
    view! {
        <section class="card" aria-label=words::followed()>
            <div class="card__head"><h2>{words::followed()} " · " {typography::number(view.total)}</h2><span class="card__aside">{counts.join(" · ")}</span></div>
            <ul class="list">{view.people.into_iter().map(|item| one(item, day)).collect_view()}</ul>
            {more}
        </section>
    }
    .into_any()
}

fn one(item: CaseloadItem, day: Day) -> impl IntoView {
    let hit = item.hit;
    let last = hit.last_on.map(|on| format!("{} {}", person::last_on(), days::near(on, day)));
    let about: Vec<String> =
        [Some(names::profile(&hit)).filter(|it| !it.is_empty()), last].into_iter().flatten().collect();
    let reasons: Vec<&str> = item.reasons.iter().map(|(code, _)| person::reason(code)).collect();
    let asked = item.asked.map(|(kind, _)| {
        view! { <span class="badge badge--trouble">{icon(Icon::FileText)} {kind.label(lang())}</span> }
    });
    let due = item.due.map(|(kind, on)| {
        let late = on < day;
        let class = if late { "badge badge--trouble" } else { "badge badge--place" };
        let word = if late { today::late() } else { today::due_today() };
        let when = late.then(|| format!(" · {}", days::near(on, day)));
        view! { <span class=class>{icon(Icon::CalendarClock)} {kind.label(lang())} " · " {names::lower_first(word)} {when}</span> }
    });
    let ends = item.ends_on.map(|on| {
        view! { <span class="badge badge--waiting">{icon(Icon::Hourglass)} {typography::about(words::ends(), &days::plain(on))}</span> }
    });
    let risk = item.at_risk.then(|| {
        view! { <span class="badge badge--waiting">{icon(Icon::TriangleAlert)} {words::risk()}</span> }
    });
    view! {
        <li>
            <a class="item" href=Route::Person(hit.label.pathway).href()>
                {avatar(Some(&hit.label))}
                <span class="item__words">
                    <span class="item__name">{names::person(&hit.label, false)}</span>
                    <span class="item__more">{about.join(" · ")}</span>
                    {(!reasons.is_empty()).then(|| view! { <span class="item__why">{reasons.join(" · ")}</span> })}
                </span>
                <span class="item__end item__end--badges">{asked}{due}{ends}{risk}</span>
                {icon(Icon::ChevronRight)}
            </a>
        </li>
    }
}
