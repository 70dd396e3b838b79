//! What the cité refused, shown to whoever wrote it: what, about whom, when, why, and what to do.

use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::show::{empty, refusal, show};
use crate::route::Route;
use crate::state::session::session;
use crate::state::toast::toasts;
use crate::state::{Act, act, copy, load};
use crate::text::{common, days, fields, names, set_aside as words, typography};
use domain::api::cite::CiteView;
use domain::api::set_aside::{DiscardSetAside, ListSetAside, SetAsideItem, SetAsideView};
use domain::changes::Topic;
use leptos::prelude::*;

/// What was set aside.
#[component]
pub fn SetAside() -> impl IntoView {
    let all = load(|| vec![Topic::Sync], || Some(ListSetAside {}));
    let discard = act();
    let asked: RwSignal<Option<SetAsideItem>> = RwSignal::new(None);
    let go = move |id: i64| {
        discard.run(DiscardSetAside { id }, move |view| {
            all.value.set(Some(view));
            asked.set(None);
            toasts().say(words::discarded());
        });
    };
    view! {
        <div class="stack narrow">
            <header class="page-head"><div class="page-head__words"><h1>{words::title()}</h1><p>{words::lead()}</p></div></header>
            {show(all, move |view| list(view, asked))}
        </div>
        {move || asked.get().map(|it| confirm(&it, discard, asked, go))}
    }
}

fn list(view: SetAsideView, asked: RwSignal<Option<SetAsideItem>>) -> impl IntoView {
    let none = view.items.is_empty();
    let others = (view.others > 0).then(|| {
        view! { <p class="second">{typography::about(words::others(), &typography::number(view.others))}</p> }
    });
    let items = view.items.into_iter().map(|it| one(it, asked)).collect_view();
    view! { {none.then(|| empty(Icon::CloudCheck, words::none(), words::none_why()))} {items} {others} }
}

fn one(it: SetAsideItem, asked: RwSignal<Option<SetAsideItem>>) -> impl IntoView {
    let cite = session().cite.value;
    let whom =
        it.person.as_ref().map_or_else(|| words::outing().to_owned(), |label| names::person(label, false));
    let lines = cite.with_untracked(|cite| told(&it, cite.as_ref()));
    let text = lines.iter().map(|(what, said)| typography::about(what, said)).collect::<Vec<_>>().join("\n");
    let shown = lines.iter().map(|(what, said)| view! { <dt>{what.clone()}</dt><dd>{said.clone()}</dd> });
    let shown = shown.collect_view();
    let (why, way) = words::reason(&it.reason);
    let again = it.person.as_ref().map(|label| {
        view! { <a class="button" href=Route::Person(label.pathway).href()>{icon(Icon::Pencil)} {words::write_again()}</a> }
    });
    let has_text = !text.is_empty();
    let copied = move |_| {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            let said = if copy::to_clipboard(&text).await { words::copied() } else { words::not_copied() };
            toasts().say(said);
        });
    };
    let readable = it.readable;
    let label = format!("{} · {}", whom, days::plain(it.on));
    let by = (!it.author.me).then(|| view! { <p class="second">{names::author(&it.author)}</p> });
    let discarded = it.clone();
    view! {
        <section class="card card--pad stack" aria-label=label>
            <div class="row">
                <span class="avatar avatar--sunk" aria-hidden="true">{icon(Icon::TriangleAlert)}</span>
                <div class="grow"><h2>{whom}</h2><p class="second">{days::plain(it.on)} " · " {words::part(it.kind)}</p>{by}</div>
            </div>
            <div><p class="strong">{why}</p><p>{way}</p></div>
            {if readable { view! { <dl class="facts">{shown}</dl> }.into_any() } else { view! { <p>{words::unreadable()}</p> }.into_any() }}
            <div class="row">
                {has_text.then(|| view! { <button type="button" class="button" on:click=copied>{icon(Icon::FileText)} {words::copy()}</button> })}
                {again}
                <button type="button" class="button button--plain" on:click=move |_| asked.set(Some(discarded.clone()))>{icon(Icon::Trash2)} {words::discard()}</button>
            </div>
        </section>
    }
}

/// What was written, in words.
fn told(it: &SetAsideItem, cite: Option<&CiteView>) -> Vec<(String, String)> {
    let line = |it: &domain::api::set_aside::SetAsideLine| {
        let list = it.list.as_deref();
        // A member of a set is its code.
        let (field, value) = match it.field.split_once(':') {
            Some((set, code)) if it.value == "true" => (set, code),
            Some((set, _)) => (set, it.value.as_str()),
            None => (it.field.as_str(), it.value.as_str()),
        };
        let name = words::named(field).map_or_else(|| fields::name(list, field), str::to_owned);
        (name, fields::value(list, field, value, cite))
    };
    it.lines.iter().map(line).collect()
}

fn confirm<F: Fn(i64) + Copy + Send + Sync + 'static>(
    it: &SetAsideItem,
    discard: Act,
    asked: RwSignal<Option<SetAsideItem>>,
    go: F,
) -> impl IntoView + use<F> {
    let id = it.id;
    let whom =
        it.person.as_ref().map_or_else(|| words::outing().to_owned(), |label| names::person(label, false));
    let about = format!("{whom} · {}", days::plain(it.on));
    let foot = move || {
        view! {
            {refusal(discard.error)}
            <button type="button" class="button" on:click=move |_| asked.set(None)>{common::cancel()}</button>
            <button type="button" class="button button--trouble" disabled=move || discard.busy.get() on:click=move |_| go(id)>{icon(Icon::Trash2)} {words::discard_now()}</button>
        }
    };
    view! {
        <Dialog title=words::discard_title() on_close=move || asked.set(None) foot=foot>
            <p class="strong">{about}</p>
            <p>{words::discard_why()}</p>
        </Dialog>
    }
}
