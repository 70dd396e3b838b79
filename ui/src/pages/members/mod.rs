//! The people of the cité and their devices, on a référent's device.

mod change;
mod found;
mod invite;
mod people;
mod remove;

use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::route::Route;
use crate::state::load;
use crate::text::{erasure, members as words, rescue};
use domain::api::cite::ReadCite;
use domain::api::member::{Invitee, ListMembers, MemberRow, MembersView, SheetView};
use domain::changes::Topic;
use domain::ids::SectorId;
use leptos::prelude::*;

/// What stands over the page.
#[derive(Clone, PartialEq)]
enum Over {
    Found,
    Reprint,
    InviteNew,
    Resume,
    Invite(Invitee),
    Change(MemberRow),
    Remove(MemberRow),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    over: RwSignal<Option<Over>>,
    view: RwSignal<Option<MembersView>>,
    /// Sectors of the cité and their names.
    sectors: Signal<Vec<(SectorId, String)>>,
}

impl Page {
    fn close(self) {
        self.over.set(None);
    }

    /// What a call answered replaces what is shown.
    fn now(self, view: MembersView) {
        self.view.set(Some(view));
        self.close();
    }
}

/// Members.
#[component]
pub fn Members() -> impl IntoView {
    let members = load(|| vec![Topic::Members, Topic::Session], || Some(ListMembers {}));
    let cite = load(|| vec![Topic::Cite], || Some(ReadCite {}));
    let sectors = Signal::derive(move || {
        let sectors = cite.get().map(|it| it.settings.sectors).unwrap_or_default();
        sectors.into_iter().map(|(id, sector)| (id, sector.name)).collect()
    });
    let page = Page { over: RwSignal::new(None), view: members.value, sectors };
    let established = move || members.value.with(|it| it.as_ref().is_some_and(|it| it.established));
    view! {
        <div class="stack">
            <header class="page-head">
                <div class="page-head__words"><h1>{words::title()}</h1></div>
                <div class="page-head__tools">
                    <a class="button" href=Route::Erasures.href()>{icon(Icon::ShieldCheck)} {erasure::title()}</a>
                    <a class="button" href=Route::Rescue.href()>{icon(Icon::MonitorSmartphone)} {rescue::link()}</a>
                    <button type="button" class="button button--main" disabled=move || !established() on:click=move |_| page.over.set(Some(Over::InviteNew))>
                        {icon(Icon::UserPlus)} {words::invite()}
                    </button>
                </div>
            </header>
            {show(members, move |view| draw(page, view))}
        </div>
        {move || page.over.get().map(|over| dialog(page, over))}
    }
}

fn draw(page: Page, view: MembersView) -> impl IntoView {
    let founding = (!view.established).then(|| {
        view! {
            <section class="card card--pad stack">
                <h2>{words::not_founded()}</h2>
                <p>{words::not_founded_why()}</p>
                <button type="button" class="button button--main" on:click=move |_| page.over.set(Some(Over::Found))>{icon(Icon::ShieldCheck)} {words::found()}</button>
            </section>
        }
    });
    let alone = (view.established && view.referents < 2).then(|| {
        view! {
            <div class="banner" role="note">{icon(Icon::Info)} <div><p class="strong">{words::only_one()}</p><p>{words::only_one_why()}</p></div></div>
        }
    });
    let by = view
        .established_by
        .clone()
        .map(|name| view! { <p class="second">{words::founded_by()} " " {name}</p> });
    let inviting = view.inviting.clone().map(|name| {
        view! {
            <div class="banner" role="note">
                {icon(Icon::Clock)} <div class="grow"><p class="strong">{words::inviting()} " " {name}</p></div>
                <button type="button" class="button" on:click=move |_| page.over.set(Some(Over::Resume))>{words::resume()}</button>
            </div>
        }
    });
    let recovered = recovered(view.recovered_by.clone());
    let sheet = view.sheet.clone().map(|it| sheet(page, it));
    view! { {inviting} {recovered} {founding} {alone} {people::list(page, view)} {sheet} {by} }
}

/// The sheet that counts, and printing another one.
fn sheet(page: Page, it: SheetView) -> impl IntoView {
    let by = it.by.map(|name| view! { <p class="second">{words::sheet_by()} " " {name}</p> });
    let told = |sign: Icon, what: &'static str, way: &'static str| {
        view! { <div class="banner banner--waiting" role="note">{icon(sign)} <div><p class="strong">{what}</p><p>{way}</p></div></div> }
    };
    view! {
        <section class="card card--pad stack">
            <h2>{words::key()}</h2>
            {it.waiting.then(|| told(Icon::Clock, words::sheet_waits(), words::sheet_waits_why()))}
            {it.void.then(|| told(Icon::TriangleAlert, words::sheet_void(), words::sheet_void_why()))}
            {by}
            <p>{words::sheet_check()} "\u{a0}: " <strong>{it.check.join(" ")}</strong> <span class="facts__more">{words::sheet_compare()}</span></p>
            <button type="button" class="button" disabled=it.waiting on:click=move |_| page.over.set(Some(Over::Reprint))>{icon(Icon::ShieldCheck)} {words::another()}</button>
        </section>
    }
}

/// A référent printed another key in the place of the one before: their colleagues are told.
pub fn replaced(by: Option<String>) -> impl IntoView {
    by.map(|name| {
        view! {
            <div class="banner" role="note">{icon(Icon::ShieldCheck)} <div><p class="strong">{words::replaced_by()} " " {name}</p><p>{words::replaced_why()}</p></div></div>
        }
    })
}

/// The printed key was used: everybody is told, whoever they are.
pub fn recovered(by: Option<String>) -> impl IntoView {
    by.map(|name| {
        view! {
            <div class="banner" role="note">{icon(Icon::ShieldCheck)} <div><p class="strong">{words::recovered_by()} " " {name}</p><p>{words::recovered_why()}</p></div></div>
        }
    })
}

fn dialog(page: Page, over: Over) -> AnyView {
    match over {
        Over::Found => view! { <found::Found page=page/> }.into_any(),
        Over::Reprint => view! { <found::Found page=page replaces=true/> }.into_any(),
        Over::InviteNew => view! { <invite::Invite page=page who=None/> }.into_any(),
        Over::Resume => view! { <invite::Invite page=page who=None resumed=true/> }.into_any(),
        Over::Invite(who) => view! { <invite::Invite page=page who=Some(who)/> }.into_any(),
        Over::Change(row) => view! { <change::Change page=page row=row/> }.into_any(),
        Over::Remove(row) => view! { <remove::Remove page=page row=row/> }.into_any(),
    }
}
