//! Inviting: who, then the code beside its image, then the words to compare.

use super::Page;
use super::change::{roles, sector_chips};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::qr::qr;
use crate::components::show::refusal;
use crate::components::{Field, Segments};
use crate::state::act;
use crate::text::{members as words, typography};
use domain::api::member::*;
use domain::role::Role;
use leptos::prelude::*;
use std::time::Duration;

/// Between two looks at the mailbox.
const LOOK: Duration = Duration::from_secs(2);

/// Inviting somebody new, or another device of somebody.
#[component]
pub fn Invite(
    page: Page,
    who: Option<Invitee>,
    /// One that was under way when the app was closed.
    #[prop(optional)]
    resumed: bool,
) -> impl IntoView {
    let shown: RwSignal<Option<InvitationShown>> = RwSignal::new(None);
    let state = RwSignal::new(InvitationState::None);
    let (make, look, confirm, give_up) = (act(), act(), act(), act());
    let invite = move |who: Invitee| make.run(InviteMember { who }, move |it| shown.set(Some(it)));
    let known = who.is_some() || resumed;
    if let Some(who) = who {
        invite(who);
    }
    let read = move || {
        let open = !matches!(
            state.get_untracked(),
            InvitationState::Done { .. } | InvitationState::Dead | InvitationState::Forged
        );
        if (resumed || shown.with_untracked(Option::is_some)) && open {
            look.run(ReadInvitation {}, move |it| state.set(it));
        }
    };
    let timer = set_interval_with_handle(read, LOOK);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let close = move || {
        // A code that nobody used is given up; one that was used cannot be.
        give_up.run(CancelInvitation {}, |()| ());
        page.close();
    };
    let body = move || {
        match (shown.get(), state.get()) {
        (None, InvitationState::Waiting { seconds_left }) => view! {
            <p>{words::resumed()}</p>
            <p role="status">{icon(Icon::Clock)} " " {words::nobody_yet()} " " {typography::about(words::holds(), &words::duration(seconds_left))}</p>
        }
        .into_any(),
        (None, InvitationState::None) if known => view! { {refusal(make.error)} }.into_any(),
        (None, InvitationState::None) => view! { <Who page=page invite=invite busy=make.busy/> {refusal(make.error)} }.into_any(),
        (Some(it), InvitationState::None) => code(&it, it.seconds_left).into_any(),
        (Some(it), InvitationState::Waiting { seconds_left }) => code(&it, seconds_left).into_any(),
        (_, InvitationState::Answered { name, device_name, words, confirmed, seconds_left }) => {
            compare(&name, &device_name, words, confirmed, seconds_left).into_any()
        }
        (_, InvitationState::Done { name }) => {
            end(Icon::CircleCheck, format!("{name} {}", words::is_in()), words::is_in_why()).into_any()
        }
        (_, InvitationState::Dead) => end(Icon::Clock, words::dead().into(), words::dead_why()).into_any(),
        (_, InvitationState::Forged) => {
            end(Icon::TriangleAlert, words::forged().into(), words::forged_why()).into_any()
        }
    }
    };
    let tools = move || {
        match state.get() {
        InvitationState::Answered { confirmed: false, .. } => view! {
            {refusal(confirm.error)}
            <button type="button" class="button" on:click=move |_| close()>{icon(Icon::X)} {words::differ()}</button>
            <button type="button" class="button button--main" disabled=move || confirm.busy.get()
                on:click=move |_| confirm.run(ConfirmInvitation {}, move |it| state.set(it))>{icon(Icon::Check)} {words::same()}</button>
        }
        .into_any(),
        InvitationState::Done { .. } | InvitationState::Dead | InvitationState::Forged => view! {
            <button type="button" class="button button--main" on:click=move |_| close()>{words::close()}</button>
        }
        .into_any(),
        _ => view! { {refusal(look.error)} }.into_any(),
    }
    };
    // The foot is drawn once; what stands in it follows what happens.
    let foot = move || tools;
    view! { <Dialog title=words::invite() on_close=close foot=foot>{body}</Dialog> }
}

#[component]
fn Who(page: Page, invite: impl Fn(Invitee) + Copy + 'static, busy: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let own = page.view.with_untracked(|it| it.as_ref().and_then(|it| it.organisations.first().cloned()));
    let organisation = RwSignal::new(own.map(|it| it.1).unwrap_or_default());
    let nameless = move || name.with(|it| it.trim().is_empty());
    let role = RwSignal::new(Role::Mediator);
    let sectors = RwSignal::new(Vec::new());
    let chosen = Signal::derive(move || Some(role.get()));
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        invite(Invitee::New {
            name: name.get_untracked(),
            role: role.get_untracked(),
            organisation: organisation.get_untracked(),
            sectors: sectors.get_untracked(),
        });
    };
    view! {
        <form class="stack" on:submit=go>
            <Field label=words::name() hint=words::name_hint() value=name on_input=move |text| name.set(text)/>
            <div class="field"><span class="field__label">{words::role()}</span>
                <Segments label=words::role() choices=roles() value=chosen on_choose=move |it| { if let Some(it) = it { role.set(it) } }/></div>
            <Field label=words::organisation() hint=words::organisation_hint() value=organisation on_input=move |text| organisation.set(text)/>
            {sector_chips(page, sectors)}
            <button type="submit" class="button button--main" disabled=move || busy.get() || nameless()>{move || if nameless() { words::name_first() } else { words::make() }}</button>
        </form>
    }
}

fn code(it: &InvitationShown, seconds_left: u32) -> impl IntoView + use<> {
    view! {
        <p class="strong">{words::show_code()}</p>
        <p>{words::show_code_why()}</p>
        <div class="beside">
            {qr(&it.scanned, words::code_qr())}
            <div class="stack">
                <p>{words::server()} " : " <span class="strong">{it.server.clone()}</span></p>
                <p class="invitation-code">{it.code.expose().to_owned()}</p>
                <p role="status" class="row">{icon(Icon::Clock)} <span class="grow">{words::nobody_yet()} <br/> {words::holds()} " : " {words::duration(seconds_left)}</span></p>
            </div>
        </div>
    }
}

fn compare(
    name: &str,
    device_name: &str,
    list: Vec<String>,
    confirmed: bool,
    seconds_left: u32,
) -> impl IntoView + use<> {
    let list = list.into_iter().map(|word| view! { <li>{word}</li> }).collect_view();
    view! {
        <p>{name.to_owned()} " · " {words::device_named()} " : " {device_name.to_owned()}</p>
        <h3>{words::compare()}</h3>
        <ol class="words">{list}</ol>
        <p>{words::compare_why()}</p>
        <p role="status" class="second">{if confirmed { words::signing().to_owned() } else { format!("{} : {}", words::holds(), words::duration(seconds_left)) }}</p>
    }
}

fn end(sign: Icon, title: String, why: &'static str) -> impl IntoView {
    view! { <div class="state" role="status">{icon(sign)}<h3>{title}</h3><p>{why}</p></div> }
}
