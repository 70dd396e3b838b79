//! Recovering what a found tablet had not sent.

use crate::components::Field;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::route::Route;
use crate::state::act;
use crate::text::{common, rescue as words, typography};
use domain::api::rescue::{RecoverDevice, Recovered};
use domain::secret::SecretText;
use leptos::prelude::*;

/// The form, and what was recovered.
#[component]
pub fn Recover() -> impl IntoView {
    let (folder, key) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let with_key = RwSignal::new(false);
    let done: RwSignal<Option<Recovered>> = RwSignal::new(None);
    let recover = act();
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = key.get_untracked();
        let recovery =
            (with_key.get_untracked() && !words.trim().is_empty()).then(|| SecretText::from(words));
        key.set(String::new());
        done.set(None);
        recover.run(RecoverDevice { folder: folder.get_untracked(), recovery }, move |it| done.set(Some(it)));
    };
    view! {
        <section class="card card--pad stack">
            <h2>{words::found_title()}</h2>
            <p>{words::found_lead()}</p>
            <form class="stack" on:submit=go>
                <Field label=words::folder() hint=words::folder_hint() value=folder on_input=move |text| folder.set(text)/>
                {move || with_key.get().then(|| view! {
                    <Field label=words::printed_key() hint=words::printed_key_hint() kind="password" value=key on_input=move |text| key.set(text)/>
                })}
                {refusal(recover.error)}
                <button type="submit" class="button button--large" class:button--main=move || done.with(Option::is_none) disabled=move || recover.busy.get() || folder.with(|it| it.trim().is_empty())>
                    {icon(Icon::CloudUpload)} {move || if recover.busy.get() { words::recovering() } else { words::recover() }}
                </button>
                {move || (!with_key.get()).then(|| view! {
                    <button type="button" class="button button--plain" on:click=move |_| with_key.set(true)>{words::use_printed_key()}</button>
                })}
            </form>
            {move || done.get().map(report)}
        </section>
    }
}

fn report(it: Recovered) -> impl IntoView {
    let number = |n: u32| typography::number(n);
    let nothing = it.changes.is_empty() && it.behalf.is_empty() && it.records == 0;
    let by = it.changes.iter().map(|(name, count)| {
        view! { <dt>{name.clone()}</dt><dd>{words::changes(*count)}</dd> }
    });
    let by = by.collect_view();
    let behalf = it.behalf.iter().map(|(name, count)| {
        view! { <dt>{words::behalf()} " " {name.clone()}</dt><dd>{words::changes(*count)}</dd> }
    });
    let behalf = behalf.collect_view();
    let told = |count: u32, what: &'static str, way: &'static str| {
        (count > 0)
            .then(|| view! { <dt>{what}</dt><dd>{number(count)}<span class="facts__more">{way}</span></dd> })
    };
    let lost = it.unreadable_parts + it.unreadable_drafts > 0;
    view! {
        <div class="banner banner--done" role="status">
            {icon(Icon::CloudCheck)}
            <div><p class="strong">{if nothing { words::nothing_new() } else { words::recovered() }} " " {it.device}</p><p>{words::recovered_way()}</p></div>
            <a class="button button--main" href=Route::Sync.href()>{icon(Icon::RefreshCw)} {common::sync()}</a>
        </div>
        <dl class="facts">
            {by}
            {behalf}
            {told(it.set_aside, words::set_aside(), words::set_aside_way())}
            {told(it.elsewhere, words::elsewhere(), words::elsewhere_way())}
            {told(it.erased, words::erased(), "")}
            <dt>{words::people()}</dt><dd>{number(it.people)}</dd>
            <dt>{words::parts()}</dt><dd>{number(it.parts)}</dd>
            <dt>{words::records()}</dt><dd>{number(it.records)}</dd>
            {(it.known > 0).then(|| view! { <dt>{words::known()}</dt><dd>{number(it.known)}</dd> })}
            {(it.refused > 0).then(|| view! { <dt>{words::refused()}</dt><dd>{number(it.refused)}</dd> })}
        </dl>
        {(!it.behalf.is_empty()).then(|| view! { <p class="second">{words::behalf_why()}</p> })}
        {lost.then(|| view! {
            <div class="banner banner--waiting">{icon(Icon::Lock)} <div><p class="strong">{words::lost(it.unreadable_parts, it.unreadable_drafts)}</p><p>{words::lost_why()}</p></div></div>
        })}
    }
}
