//! Right of access: a copy of everything held on the person, written where the user chooses.

use crate::backend;
use crate::components::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::rights as words;
use domain::api::copy::{CopyForPerson, CopyMade};
use domain::ids::PathwayId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button, and what it opens.
pub fn card(pathway: PathwayId) -> impl IntoView {
    let made = RwSignal::new(None::<CopyMade>);
    let make = act();
    let begin = move |_| make.run(CopyForPerson { pathway }, move |copy| made.set(Some(copy)));
    view! {
        <section class="card" aria-label=words::access()>
            <div class="card__head"><h2 class="row">{icon(Icon::FileText)} {words::access()}</h2></div>
            <div class="card__body stack">
                <p class="second">{words::access_why()}</p>
                {refusal(make.error)}
                <button type="button" class="button" disabled=move || make.busy.get() on:click=begin>{words::make_copy()}</button>
            </div>
            {move || made.get().map(|copy| view! { <Save copy=copy made=made/> })}
        </section>
    }
}

/// What the copy holds, whose responsibility it is, and where to write it.
#[component]
fn Save(copy: CopyMade, made: RwSignal<Option<CopyMade>>) -> impl IntoView {
    let error = RwSignal::new(None);
    let toasts = toasts();
    let sealed = copy.sealed_for_others;
    let copy = StoredValue::new(copy);
    let save = move |page: bool| {
        spawn_local(async move {
            let (name, content) = copy.with_value(|copy| {
                let ending = if page { "html" } else { "json" };
                let content = if page { &copy.page } else { &copy.data };
                (format!("{}.{ending}", copy.file_stem), content.clone())
            });
            match backend::save(&name, &content).await {
                Ok(true) => toasts.say(words::written()),
                Ok(false) => {}
                Err(refused) => error.set(Some(refused)),
            }
        });
    };
    let foot = move || {
        view! {
            {refusal(error)}
            <button type="button" class="button button--mid" on:click=move |_| save(false)>{words::save_data()}</button>
            <button type="button" class="button button--main button--mid" on:click=move |_| save(true)>{icon(Icon::FileText)} {words::save_page()}</button>
        }
    };
    view! {
        <Dialog title=words::access() on_close=move || made.set(None) foot=foot>
            <div class="stack">
                <p>{words::copy_holds()}</p>
                {(sealed > 0).then(|| view! { <p class="banner banner--waiting" role="note">{icon(Icon::TriangleAlert)} <span>{words::copy_sealed(sealed)}</span></p> })}
                <p class="banner" role="note">{icon(Icon::ShieldCheck)} <span>{words::responsible()}</span></p>
            </div>
        </Dialog>
    }
}
