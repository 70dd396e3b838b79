//! First start: an invitation, six words on paper, a PIN.

use super::Door;
use super::answer::Compare;
use super::recover::Recover;
use crate::components::icon::{Icon, icon};
use crate::components::scan::Scan;
use crate::components::show::refusal;
use crate::components::{Chip, Field};
use crate::state::act;
use crate::state::session::session;
use crate::text::{access as words, recover};
use domain::api::member::{AnswerInvitation, AnswerState};
use domain::api::session::{CheckInvitation, InvitationView, Join as JoinCall, SessionState, StatusView};
use domain::secret::SecretText;
use leptos::prelude::*;

/// Fewest digits of a PIN.
const PIN_DIGITS: usize = 6;
/// Characters of an invitation's code.
const CODE: usize = 26;

/// Joining.
#[component]
pub fn Join() -> impl IntoView {
    let (server, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let invitation: RwSignal<Option<InvitationView>> = RwSignal::new(None);
    let answer: RwSignal<Option<AnswerState>> = RwSignal::new(None);
    let compares = Memo::new(move |_| answer.with(Option::is_some));
    // Given up or refused: the next try begins with a new code.
    Effect::new(move |before: Option<bool>| {
        if before == Some(true) && !compares.get() {
            invitation.set(None);
            code.set(String::new());
        }
        compares.get()
    });
    let recovers = RwSignal::new(false);
    move || match (compares.get(), invitation.get()) {
        _ if recovers.get() => {
            view! { <Recover back=Callback::new(move |()| recovers.set(false))/> }.into_any()
        }
        (true, _) => view! { <Compare state=answer/> }.into_any(),
        (false, None) => ask(server, code, invitation, recovers).into_any(),
        (false, Some(invitation)) => choose(server, code, invitation, answer).into_any(),
    }
}

fn ask(
    server: RwSignal<String>,
    code: RwSignal<String>,
    invitation: RwSignal<Option<InvitationView>>,
    recovers: RwSignal<bool>,
) -> impl IntoView {
    let (check, session) = (act(), session());
    // Where somebody works on this device already, the cité is not lost.
    let alone = move || {
        session.status.value.with(|it| matches!(it, Some(StatusView { state: SessionState::NotJoined, .. })))
    };
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request = CheckInvitation {
            server: server.get_untracked().trim().to_owned(),
            code: code.get_untracked().into(),
        };
        check.run(request, move |view| invitation.set(Some(view)));
    };
    view! {
        <Door>
            <h1>{words::join_title()}</h1>
            <p>{words::join_lead()}</p>
            <Scan label=words::scan_code() fits=|text| scanned(text).is_some() on_found=move |text| {
                if let Some((address, typed)) = scanned(text.expose()) {
                    server.set(address.to_owned());
                    code.set(typed.to_owned());
                }
            }/>
            <form class="stack" on:submit=go>
                <Field label=words::server() first=true hint=words::server_hint() kind="url" value=server on_input=move |text| server.set(text)/>
                <Field label=words::code() hint=words::code_hint() value=code on_input=move |text| code.set(text)/>
                {refusal(check.error)}
                <button type="submit" class="button button--main" disabled=move || check.busy.get()>{words::go_on()}</button>
            </form>
            {move || alone().then(|| view! { <button type="button" class="button button--plain" on:click=move |_| recovers.set(true)>{recover::link()}</button> })}
        </Door>
    }
}

/// Address and code, as the image of an invitation holds them.
fn scanned(text: &str) -> Option<(&str, &str)> {
    let (address, code) = text.split_once(' ')?;
    (address.starts_with("http") && code.len() == CODE).then_some((address, code))
}

fn choose(
    server: RwSignal<String>,
    code: RwSignal<String>,
    invitation: InvitationView,
    answer: RwSignal<Option<AnswerState>>,
) -> impl IntoView {
    let session = session();
    let join = act();
    let noted = RwSignal::new(false);
    let (pin, again, device) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let short = Signal::derive(move || {
        pin.with(|pin| {
            !pin.is_empty() && (pin.chars().count() < PIN_DIGITS || !pin.bytes().all(|b| b.is_ascii_digit()))
        })
        .then(|| words::pin_short().to_owned())
    });
    let differs = Signal::derive(move || {
        (!again.with(String::is_empty) && pin.get() != again.get()).then(|| words::pin_differs().to_owned())
    });
    let ready = move || {
        noted.get() && short.get().is_none() && !pin.with(String::is_empty) && pin.get() == again.get()
    };
    let by_device = invitation.inviter.is_some();
    let passphrase = StoredValue::new(invitation.passphrase.clone());
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !untrack(ready) {
            return;
        }
        let request = JoinCall {
            server: server.get_untracked().trim().to_owned(),
            code: code.get_untracked().into(),
            passphrase: passphrase.get_value(),
            pin: SecretText::from(pin.get_untracked()),
            device_name: device.get_untracked(),
        };
        if by_device {
            join.run(AnswerInvitation { join: request }, move |state| answer.set(Some(state)));
            return;
        }
        join.run(request, move |status| {
            session.now(status);
            crate::route::go(crate::route::Route::Home);
        });
    };
    let six = invitation
        .passphrase
        .expose()
        .split_whitespace()
        .map(|word| view! { <li>{word.to_owned()}</li> })
        .collect_view();
    view! {
        <Door wide=true>
            <h1>{words::hello()} " " {invitation.user_name.clone()}</h1>
            <p>{invitation.cite_name.clone()} " · " {invitation.organisation_name.clone()}</p>
            {invitation.inviter.clone().map(|name| view! { <p class="second">{crate::text::members::invited_by()} " " {name}</p> })}
            <form class="stack" on:submit=go>
                <h2>{words::your_words()}</h2>
                <ol class="words">{six}</ol>
                <p>{words::words_why()}</p>
                <Chip label=words::words_noted() pressed=noted on_press=move || noted.update(|it| *it = !*it)/>
                <Field label=words::choose_pin() hint=words::pin_why() kind="password" value=pin wrong=short on_input=move |text| pin.set(text)/>
                <Field label=words::pin_again() kind="password" value=again wrong=differs on_input=move |text| again.set(text)/>
                <Field label=words::device_name() hint=words::device_hint() value=device on_input=move |text| device.set(text)/>
                {refusal(join.error)}
                {move || join.busy.get().then(|| view! { <p role="status">{icon(Icon::RefreshCw)} {words::joining()}</p> })}
                <button type="submit" class="button button--main" disabled=move || !ready() || join.busy.get()>{words::join()}</button>
            </form>
        </Door>
    }
}
