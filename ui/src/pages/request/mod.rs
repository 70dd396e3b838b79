//! A request with the code of a receipt: nothing of the person is shown, whether the code is known here
//! or not. What cannot be undone is confirmed with the person, twice.

use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::scan::Scan;
use crate::components::show::refusal;
use crate::components::{Dialog, Field};
use crate::route::{self, Route};
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{lang, ledger, receipt as words};
use domain::api::ledger::RequestByCode;
use domain::secret::SecretText;
use domain::vocabulary::{Capacity, GivenBy, RequestKind};
use leptos::prelude::*;

/// What is chosen so far.
#[derive(Clone, Copy)]
struct Chosen {
    code: RwSignal<String>,
    kind: RwSignal<Option<RequestKind>>,
    given_by: RwSignal<Option<GivenBy>>,
    capacity: RwSignal<Option<Capacity>>,
}

/// The page.
#[component]
pub fn Request() -> impl IntoView {
    let chosen = Chosen {
        code: RwSignal::new(String::new()),
        kind: RwSignal::new(None),
        given_by: RwSignal::new(Some(GivenBy::Person)),
        capacity: RwSignal::new(Some(Capacity::Parent)),
    };
    let asking = RwSignal::new(0_u8);
    // The code is overwritten when the screen goes.
    on_cleanup(move || drop(chosen.code.try_update(|code| SecretText::from(std::mem::take(code)))));
    let ready = move || letters(&chosen.code.read()) == 20 && chosen.kind.get().is_some();
    let kinds = RequestKind::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    let givers = GivenBy::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    let represented = Memo::new(move |_| chosen.given_by.get() == Some(GivenBy::Representative));
    let capacity = move || {
        represented.get().then(|| {
            let choices = Capacity::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
            let set = move |it: Option<Capacity>| chosen.capacity.update(|now| *now = it.or(*now));
            one_of(ledger::capacity(), choices, chosen.capacity.into(), set)
        })
    };
    view! {
        <header class="page-head">
            <div class="page-head__words"><h1>{words::by_code()}</h1><p>{words::by_code_why()}</p></div>
        </header>
        <section class="card card--pad stack" aria-label=words::by_code()>
            <Scan label=words::scan() fits=|text| letters(text) == 20 on_found=move |text| chosen.code.set(text.expose().to_owned())/>
            <Field label=words::code() hint=words::code_hint() value=chosen.code on_input=move |text| chosen.code.set(text)/>
            <h2>{words::what()}</h2>
            {one_of(words::what(), kinds, chosen.kind.into(), move |it| chosen.kind.set(it))}
            <h2>{words::who()}</h2>
            {one_of(words::who(), givers, chosen.given_by.into(), move |it| chosen.given_by.update(|now| *now = it.or(*now)))}
            {capacity}
            <button type="button" class="button button--main button--large button--wide" disabled=move || !ready() on:click=move |_| asking.set(1)>{words::go_on()}</button>
        </section>
        {move || (asking.get() > 0).then(|| view! { <Confirm chosen=chosen asking=asking/> })}
    }
}

/// Letters and digits of a code.
fn letters(text: &str) -> usize {
    text.chars().filter(char::is_ascii_alphanumeric).count()
}

/// Said to the person; what erases is asked a second time.
#[component]
fn Confirm(chosen: Chosen, asking: RwSignal<u8>) -> impl IntoView {
    let send = act();
    let toasts = toasts();
    let Some(kind) = chosen.kind.get_untracked() else { return ().into_any() };
    let said = move || match (kind, asking.get()) {
        (RequestKind::NoContact, _) => words::confirm_contact(),
        (RequestKind::Withdraw, 0 | 1) => words::confirm_withdraw(),
        (RequestKind::Withdraw, _) => words::confirm_again(),
        _ => words::confirm_plain(),
    };
    let yes = move |_| {
        if kind == RequestKind::Withdraw && asking.get_untracked() < 2 {
            return asking.set(2);
        }
        let given_by = chosen.given_by.get_untracked().unwrap_or(GivenBy::Person);
        let request = RequestByCode {
            code: chosen.code.get_untracked().into(),
            kind,
            given_by,
            capacity: chosen.capacity.get_untracked().filter(|_| given_by == GivenBy::Representative),
        };
        send.run(request, move |()| {
            toasts.say_with(words::recorded().to_owned(), Some(words::recorded_why().to_owned()), None);
            asking.set(0);
            route::go(Route::Home);
        });
    };
    let foot = move || {
        view! {
            {refusal(send.error)}
            <button type="button" class="button button--main button--large button--wide" disabled=move || send.busy.get() on:click=yes>{icon(Icon::Check)} {words::yes()}</button>
        }
    };
    view! {
        <Dialog title=kind.label(lang()) on_close=move || asking.set(0) foot=foot>
            <p class="strong" role="status">{said}</p>
        </Dialog>
    }
    .into_any()
}
