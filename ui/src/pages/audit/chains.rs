//! Whether each chain holds: in one line where all do, loudly where one does not.

use crate::components::icon::{Icon, icon};
use crate::text::{audit as words, days, typography};
use domain::api::audit::{ChainView, HeadView};
use leptos::prelude::*;

/// The state of all chains.
pub fn state(chains: &[ChainView], head: Option<HeadView>) -> impl IntoView + use<> {
    if chains.is_empty() {
        return None;
    }
    let broken: Vec<&ChainView> = chains.iter().filter(|it| it.broken_from.is_some()).collect();
    let all = broken.is_empty().then(|| {
        view! {
            <div class="banner banner--done" role="status">{icon(Icon::ShieldCheck)}
                <div><p class="strong">{words::all_hold(chains.len())}</p><p>{words::holds_why()}</p></div>
            </div>
        }
    });
    let bands = broken.iter().map(|it| {
        let why = if it.contradicted { words::contradicted_why() } else { words::broken_why() };
        view! {
            <div class="banner banner--trouble" role="alert">{icon(Icon::TriangleAlert)}
                <div><p class="strong">{words::broken(it)}</p><p>{why} " " {words::broken_way()}</p></div>
            </div>
        }
    });
    let bands = bands.collect_view();
    // What does not hold stands first, and is not folded away.
    let wrong = !broken.is_empty();
    let (breaks, holds): (Vec<&ChainView>, Vec<_>) = chains.iter().partition(|it| it.broken_from.is_some());
    let rows = breaks.into_iter().chain(holds).map(row).collect_view();
    let heads = [words::chain_of(), words::entries(), words::last(), words::state()];
    let mark = head.map(|head| {
        view! {
            <p class="second small">{words::head()} " " <span class="code">{words::mark(&head)}</span> ". " {words::head_why()}</p>
        }
    });
    Some(view! {
        <div class="stack stack--tight">
            {all} {bands}
            <details class="more" open=wrong><summary>{words::chains()}</summary>
                <div class="stack stack--tight">
                    <section class="card"><div class="table-wrap"><table class="table table--list">
                        <thead><tr>{heads.into_iter().enumerate().map(|(n, head)| view! { <th scope="col" class:number=n == 1>{head}</th> }).collect_view()}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div></section>
                    {mark}
                </div>
            </details>
        </div>
    })
}

fn row(it: &ChainView) -> impl IntoView + use<> {
    let (class, state) = match it.broken_from {
        None => ("badge badge--done", words::holds().to_owned()),
        Some(place) => {
            ("badge badge--trouble", format!("{} {}", words::breaks(), typography::number(place as i64)))
        }
    };
    let name = it.device.clone().unwrap_or_else(|| words::server().to_owned());
    let users = (!it.users.is_empty()).then(|| it.users.join(", "));
    let last = it.last_ms.map_or_else(|| "–".to_owned(), days::moment);
    view! {
        <tr>
            <th scope="row">{name} {users.map(|users| view! { <span class="second">" · " {users}</span> })}</th>
            <td class="number">{typography::number(it.entries)}</td><td>{last}</td>
            <td><span class=class>{state}</span></td>
        </tr>
    }
}
