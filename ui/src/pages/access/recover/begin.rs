//! Who recovers, and their secrets on this device; three words of the new sheet; then it is signed.

use super::{Recovery, Step};
use crate::components::icon::{Icon, icon};
use crate::components::sheet::ask;
use crate::components::show::refusal;
use crate::components::{Chip, Field};
use crate::pages::access::Door;
use crate::state::act;
use crate::state::session::session;
use crate::text::{access, members, recover as words};
use domain::api::recovery::{FinishRecovery, Recoverer, RecoveryOpened};
use domain::ids::UserId;
use domain::secret::SecretText;
use leptos::prelude::*;

pub(super) fn begin(it: Recovery, opened: RecoveryOpened) -> impl IntoView {
    let (session, finish) = (session(), act());
    let typed: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let text = || RwSignal::new(String::new());
    let (name, organisation, pin, again, device) = (text(), text(), text(), text(), text());
    let (noted, former) = (RwSignal::new(false), RwSignal::new(None::<UserId>));
    let differs = Signal::derive(move || {
        let differ = !again.with(String::is_empty) && pin.get() != again.get();
        differ.then(|| access::pin_differs().to_owned())
    });
    let ready = move || noted.get() && pin.with(|it| it.len() >= 6) && pin.get() == again.get();
    let passphrase = StoredValue::new(opened.passphrase.clone());
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !untrack(ready) {
            return;
        }
        let who = match former.get_untracked() {
            Some(user) => Recoverer::Former(user),
            None => Recoverer::New { name: name.get_untracked(), organisation: organisation.get_untracked() },
        };
        let request = FinishRecovery {
            who,
            words: typed.iter().map(|word| word.get_untracked().into()).collect(),
            passphrase: passphrase.get_value(),
            pin: SecretText::from(pin.get_untracked()),
            device_name: device.get_untracked(),
        };
        finish.run(request, move |status| {
            session.now(status);
            crate::route::go(crate::route::Route::Home);
        });
    };
    let six = opened.passphrase.expose().split_whitespace();
    let six = six.map(|word| view! { <li>{word.to_owned()}</li> }).collect_view();
    let known = opened.former.clone().into_iter().map(|(user, name, organisation)| {
        let pressed = Signal::derive(move || former.get() == Some(user));
        let label = format!("{name} · {organisation}");
        let press = move || former.update(|it| *it = if *it == Some(user) { None } else { Some(user) });
        view! { <Chip label=label pressed=pressed on_press=press/> }
    });
    let known = known.collect_view();
    view! {
        <Door wide=true>
            <h1>{words::who()}</h1>
            <form class="stack" on:submit=go>
                <p>{words::who_why()}</p>
                <div class="chips">{known}</div>
                {move || former.get().is_none().then(|| view! {
                    <Field label=members::name() hint=members::name_hint() value=name on_input=move |text| name.set(text)/>
                    <Field label=members::organisation() hint=members::organisation_hint() value=organisation on_input=move |text| organisation.set(text)/>
                })}
                <h2>{access::your_words()}</h2>
                <ol class="words">{six}</ol>
                <p>{access::words_why()}</p>
                <Chip label=access::words_noted() pressed=noted on_press=move || noted.update(|it| *it = !*it)/>
                <Field label=access::choose_pin() hint=access::pin_why() kind="password" value=pin on_input=move |text| pin.set(text)/>
                <Field label=access::pin_again() kind="password" value=again wrong=differs on_input=move |text| again.set(text)/>
                <Field label=access::device_name() hint=access::device_hint() value=device on_input=move |text| device.set(text)/>
                <h2>{words::new_sheet()}</h2>
                {ask(&opened.key, typed)}
                {refusal(finish.error)}
                <button type="submit" class="button button--main button--large button--wide" disabled=move || !ready() || finish.busy.get()>{icon(Icon::ShieldCheck)} {words::finish()}</button>
                <button type="button" class="button button--plain" on:click=move |_| it.step.set(Step::Sheet)>{words::see_sheet()}</button>
            </form>
        </Door>
    }
}
