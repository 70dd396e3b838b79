//! Records linked as the same person, and records that may be.

use crate::components::icon::{Icon, icon};
use crate::components::same::{pair, say};
use crate::components::show::refusal;
use crate::route::Route;
use crate::state::act;
use crate::state::session::session;
use crate::text::{caseload as words, erasure, names, typography};
use domain::api::person::PersonView;
use domain::api::session::SessionState;
use domain::role::Role;
use leptos::prelude::*;

/// Whether the user may settle: a référent.
pub fn follows() -> bool {
    session().status.value.with_untracked(|status| match status.as_ref().map(|status| &status.state) {
        Some(SessionState::Open { me, .. }) => me.role == Role::Referent,
        _ => false,
    })
}

/// The bands at the top of the page.
pub fn bands(page: &PersonView) -> impl IntoView + use<> {
    let id = page.hit.label.pathway;
    let follows = follows();
    let linked = page.linked.iter().map(|it| {
        let unlink = act();
        let other = it.hit.label.pathway;
        let name = names::person(&it.hit.label, false);
        let author = it.author.as_ref().map(|author| format!("{} {}", words::linked_by(), names::author(author)));
        let label = typography::about(words::unlink(), &name);
        // Undone where it was made: two records that are linked through a third have no link of their own.
        let undo = (follows && it.author.is_some()).then(|| view! {
            <button type="button" class="button" aria-label=label disabled=move || unlink.busy.get() on:click=move |_| say(unlink, id, other, false)>{icon(Icon::Undo2)} {words::unlink()}</button>
        });
        view! {
            <div class="banner" role="note">
                {icon(Icon::UsersRound)}
                <div><p class="strong">{words::linked()} " " <a href=Route::Person(other).href()>{name}</a></p><p class="second">{author}</p></div>
                {undo}
            </div>
            {refusal(unlink.error)}
        }
    });
    let linked = linked.collect_view();
    let absent = page.absent.iter().filter(|it| follows && it.erased_on.is_some()).map(|it| {
        let unlink = act();
        let other = it.pathway;
        view! {
            <div class="banner banner--waiting" role="note">
                {icon(Icon::UsersRound)}
                <div><p class="strong">{erasure::absent(it.erased_on)}</p><p>{erasure::left_here()}</p></div>
                <button type="button" class="button" disabled=move || unlink.busy.get() on:click=move |_| say(unlink, id, other, false)>{icon(Icon::Undo2)} {words::unlink()}</button>
            </div>
            {refusal(unlink.error)}
        }
    });
    let absent = absent.collect_view();
    let pairs = page.duplicates.iter().map(|it| pair(it, Some(id))).collect_view();
    let proposed = (!page.duplicates.is_empty()).then(|| {
        view! {
            <section class="card" aria-label=words::duplicates()>
                <div class="card__head"><h2>{words::duplicates()}</h2></div>
                <div class="list">{pairs}</div>
            </section>
        }
    });
    view! { {linked} {absent} {proposed} }
}
