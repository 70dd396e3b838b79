//! What people ask for with the code of their receipt, before everything else.

use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::route::Route;
use crate::text::{days, lang, names, receipt as words};
use domain::api::today::TodayView;
use leptos::prelude::*;

/// The list; nothing where nothing waits.
pub fn card(today: &TodayView, discreet: Signal<bool>) -> Option<impl IntoView + use<>> {
    let any = !today.requests.is_empty();
    let now = today.today;
    let rows = today.requests.iter().map(|it| {
        let (label, shown) = (it.person.clone(), it.person.clone());
        view! {
            <li><a class="item" href=Route::Person(label.pathway).href()>
                {avatar(Some(&label))}
                <span class="item__words">
                    <span class="item__name">{move || names::person(&shown, discreet.get())}</span>
                    <span class="item__more">{it.kind.label(lang())} " · " {days::near(it.on, now)}</span>
                </span>
                {icon(Icon::ChevronRight)}
            </a></li>
        }
    });
    let rows = rows.collect_view();
    any.then(|| {
        view! {
            <section class="card" aria-label=words::waiting()>
                <div class="card__head"><h2>{words::waiting()}</h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
    })
}
