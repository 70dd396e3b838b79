//! A forgotten passphrase: the key that a référent reads out, what is kept and lost, then joining again.

use super::Door;
use super::join::Join;
use crate::components::Field;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::text::{access, rescue as words};
use domain::api::rescue::{OpenWithRescueKey, RescueOpened};
use leptos::prelude::*;

/// Helping oneself with a référent.
#[component]
pub fn Forgotten(
    /// Back to the door.
    back: Callback<()>,
) -> impl IntoView {
    let key = RwSignal::new(String::new());
    let opened: RwSignal<Option<RescueOpened>> = RwSignal::new(None);
    let agreed = RwSignal::new(false);
    move || match (opened.get(), agreed.get()) {
        (None, _) => ask(key, opened, back).into_any(),
        (Some(view), false) => weigh(view, agreed, back).into_any(),
        (Some(_), true) => view! { <Join/> }.into_any(),
    }
}

fn ask(key: RwSignal<String>, opened: RwSignal<Option<RescueOpened>>, back: Callback<()>) -> impl IntoView {
    let open = act();
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = key.get_untracked();
        open.run(OpenWithRescueKey { key: typed.into() }, move |view| {
            key.set(String::new());
            opened.set(Some(view));
        });
    };
    view! {
        <Door>
            <h1>{words::forgotten()}</h1>
            <p>{words::forgotten_how()}</p>
            <form class="stack" on:submit=go>
                <Field label=words::device_key() first=true hint=words::device_key_hint() value=key on_input=move |text| key.set(text)/>
                {refusal(open.error)}
                <button type="submit" class="button button--main button--large button--wide" disabled=move || open.busy.get()>{access::go_on()}</button>
                <button type="button" class="button button--plain" on:click=move |_| back.run(())>{words::back()}</button>
            </form>
        </Door>
    }
}

fn weigh(view: RescueOpened, agreed: RwSignal<bool>, back: Callback<()>) -> impl IntoView {
    let rows = view.losses.into_iter().map(|it| {
        view! { <dt>{it.name}</dt><dd>{words::lost(it.parts, it.drafts)}</dd> }
    });
    let rows = rows.collect_view();
    view! {
        <Door>
            <h1>{words::weigh_title()}</h1>
            <div class="banner banner--done">{icon(Icon::CloudUpload)} <div><p class="strong">{words::kept(view.to_send)}</p><p>{words::kept_why()}</p></div></div>
            <div class="banner banner--waiting">{icon(Icon::TriangleAlert)} <div><p class="strong">{words::cost()}</p><p>{words::cost_why()}</p></div></div>
            <dl class="facts">{rows}</dl>
            <p>{words::then_join()}</p>
            <button type="button" class="button button--main button--large button--wide" on:click=move |_| agreed.set(true)>{words::join_again()}</button>
            <button type="button" class="button button--plain" on:click=move |_| back.run(())>{words::back()}</button>
        </Door>
    }
}
