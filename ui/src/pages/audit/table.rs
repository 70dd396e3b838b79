//! The entries, a page at a time.

use super::ROWS;
use super::filter::Chosen;
use crate::components::icon::{Icon, icon};
use crate::components::show::empty;
use crate::text::{audit as words, cohort, days, lang, typography};
use domain::api::audit::{AuditLineView, AuditPage};
use leptos::prelude::*;

/// The table, or why there is nothing in it.
pub fn table(page: AuditPage, chosen: Chosen, offset: RwSignal<u32>) -> impl IntoView {
    if page.total == 0 {
        let narrow = untrack(|| chosen.is_narrow());
        let (what, why) =
            if narrow { (words::none(), words::none_why()) } else { (words::empty(), words::empty_why()) };
        return view! { <section class="card">{empty(Icon::FileText, what, why)}</section> }.into_any();
    }
    let from = offset.get_untracked().min(page.total - 1);
    let to = from + page.lines.len() as u32;
    let total = page.total;
    let heads = [words::when(), words::who(), words::device(), words::act(), words::about()];
    let rows = page.lines.into_iter().map(|it| row(it, chosen)).collect_view();
    view! {
        <section class="card">
            <div class="table-wrap"><table class="table table--list">
                <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
            <div class="card__foot row row--spread">
                <button type="button" class="button" disabled=from == 0 on:click=move |_| offset.set(from.saturating_sub(ROWS))>{icon(Icon::ChevronLeft)} {cohort::previous()}</button>
                <span class="second">{typography::number(from + 1)} " – " {typography::number(to)} " " {cohort::on()} " " {typography::number(total)}</span>
                <button type="button" class="button" disabled=to >= total on:click=move |_| offset.set(from + ROWS)>{cohort::next()} {icon(Icon::ChevronRight)}</button>
            </div>
        </section>
    }
    .into_any()
}

fn row(it: AuditLineView, chosen: Chosen) -> impl IntoView {
    let act = it.act.map_or_else(words::unknown_act, |act| act.label(lang()));
    let who = match it.who {
        Some(who) => view! { {who} }.into_any(),
        None => view! { <span class="second">{words::nobody()}</span> }.into_any(),
    };
    let device = it.device.unwrap_or_else(|| words::server().to_owned());
    let about = it.about.map(|about| {
        let spaced = words::spaced(&about);
        view! { <button type="button" class="button button--plain button--inline code" title=words::only_this() on:click=move |_| chosen.only(&about)>{spaced}</button> }
    });
    view! {
        <tr>
            <th scope="row">{days::moment(it.at_ms)}</th>
            <td>{who}</td><td>{device}</td><td>{act}</td><td>{about}</td>
        </tr>
    }
}
