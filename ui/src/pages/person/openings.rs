//! *Qui a ouvert ce dossier ?*: this device's entries about the person, and how to ask for the others.

use crate::components::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::show::{empty, refusal};
use crate::state::act;
use crate::state::session::session;
use crate::text::{audit as words, days, lang, typography};
use domain::api::audit::{OpeningsView, ReadOpenings};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::Day;
use leptos::prelude::*;

/// The button, and what it opens, for who follows or meets people.
pub fn card(pathway: PathwayId) -> impl IntoView {
    let shown = RwSignal::new(None::<OpeningsView>);
    let ask = act();
    let may = session().me().is_some_and(|me| matches!(me.role, Role::Referent | Role::Mediator));
    may.then(|| {
        view! {
            <section class="card" aria-label=words::opened_title()>
                <div class="card__head"><h2 class="row">{icon(Icon::Eye)} {words::opened_title()}</h2></div>
                <div class="card__body stack">
                    <p class="second">{words::opened_why()}</p>
                    {refusal(ask.error)}
                    <button type="button" class="button" disabled=move || ask.busy.get() on:click=move |_| ask.run(ReadOpenings { pathway }, move |view| shown.set(Some(view)))>{words::opened_show()}</button>
                </div>
                {move || shown.get().map(|view| dialog(view, shown))}
            </section>
        }
    })
}

fn dialog(view: OpeningsView, shown: RwSignal<Option<OpeningsView>>) -> impl IntoView {
    let since = view.since_ms.map(|at_ms| {
        let day = Day::from_instant_ms(at_ms);
        format!("{} {}.", words::opened_since(), days::date(day, days::today()))
    });
    let none = view.lines.is_empty();
    let rows = view.lines.into_iter().map(|(at_ms, act)| {
        let act = act.map_or_else(words::unknown_act, |act| act.label(lang()));
        view! { <tr><th scope="row">{days::moment(at_ms)}</th><td>{act}</td></tr> }
    });
    let rows = rows.collect_view();
    let table = if none {
        empty(Icon::Eye, words::opened_none(), words::opened_none_why()).into_any()
    } else {
        view! {
            <div class="table-wrap"><table class="table table--list">
                <thead><tr><th scope="col">{words::when()}</th><th scope="col">{words::act()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
        .into_any()
    };
    let others =
        (!view.others.is_empty()).then(|| typography::about(words::opened_others(), &view.others.join(", ")));
    let pseudonyms = view.pseudonyms.into_iter().map(|it| {
        view! { <span class="invitation-code">{words::spaced(&it)}</span> }
    });
    view! {
        <Dialog title=words::opened_title() on_close=move || shown.set(None)>
            <div class="stack">
                <p class="strong">{view.who}</p>
                {table}
                <p class="second small">{since} {others.map(|it| format!(" {it}."))}</p>
                <div class="banner" role="note">{icon(Icon::Info)}
                    <div><p class="strong">{words::opened_ask()}</p><p>{words::opened_way()}</p></div>
                </div>
                <div class="row">{pseudonyms.collect_view()}</div>
            </div>
        </Dialog>
    }
}
