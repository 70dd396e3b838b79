//! Synchronisation: what waits, what is kept here, the last exchange, and a button.

use crate::components::icon::{Icon, icon};
use crate::components::show::{refusal, show};
use crate::route::Route;
use crate::state::{act, load};
use crate::text::{audit, days, erasure, members, set_aside, sync as words, typography};
use domain::api::sync::{
    Alarm, AlarmKind, ClockOff, ReadSyncState, SyncFailureKind, SyncNow, SyncProgress, SyncStateView,
};
use domain::changes::Topic;
use domain::time::Day;
use leptos::prelude::*;
use std::time::Duration;

/// Between two looks at an exchange under way.
const LOOK: Duration = Duration::from_millis(400);

/// Synchronisation.
#[component]
pub fn SyncPage() -> impl IntoView {
    let state = load(|| vec![Topic::Sync], || Some(ReadSyncState {}));
    let sync = act();
    let look = set_interval_with_handle(
        move || {
            if sync.busy.try_get_untracked() == Some(true) {
                state.retry();
            }
        },
        LOOK,
    );
    on_cleanup(move || {
        if let Ok(look) = look {
            look.clear();
        }
    });
    view! {
        <div class="stack narrow">
            <header class="page-head"><div class="page-head__words"><h1>{words::title()}</h1></div></header>
            {show(state, figures)}
            {refusal(sync.error)}
            <button type="button" class="button button--main button--large button--wide" disabled=move || sync.busy.get()
                on:click=move |_| sync.run(SyncNow {}, move |view| state.value.set(Some(view)))>
                {icon(Icon::RefreshCw)} {move || if sync.busy.get() { words::running() } else { words::now() }}
            </button>
        </div>
    }
}

fn figures(view: SyncStateView) -> impl IntoView {
    let failure = view.last_failure.as_ref().map(|failure| {
        let (what, way) = words::failure(failure.kind);
        let since = format!("{} {}", words::tried(), days::moment(failure.at_ms));
        let retry = failure.retry_at_ms.map(|at_ms| format!("{} {}", words::retry_at(), days::time(at_ms)));
        let when: Vec<String> = [Some(since), retry].into_iter().flatten().collect();
        view! {
            <div class="banner banner--trouble" role="alert">
                {icon(sign(failure.kind))} <div><p class="strong">{what}</p><p>{way}</p><p class="second small">{when.join(" · ")}</p></div>
            </div>
        }
    });
    let sent = view.to_send == 0;
    let (title, why) = if sent && view.last_success_ms.is_none() {
        (words::nothing_yet().to_owned(), "")
    } else if sent {
        (words::all_sent().to_owned(), "")
    } else {
        (format!("{} {}", typography::number(view.to_send), words::to_send()), words::waiting_why())
    };
    let last = view.last_success_ms.map_or_else(|| words::never().to_owned(), days::moment);
    let (up, down) = view.last_bytes;
    let bytes =
        (up + down > 0).then(|| format!("{} ↑ · {} ↓", typography::bytes(up), typography::bytes(down)));
    let not_founded = (!view.established).then(|| {
        view! {
            <div class="banner" role="note">{icon(Icon::Info)} <div><p class="strong">{members::not_founded()}</p><p>{members::nothing_shared()}</p></div></div>
        }
    });
    view! {
        {failure}
        {crate::pages::members::recovered(view.recovered_by.clone())}
        {crate::pages::members::replaced(view.sheet_by.clone())}
        {view.clock_off.map(clock_off)}
        {view.copied_on.map(copied)}
        {not_founded}
        <section class="card card--pad stack">
            <div class="row">
                <span class="avatar" class:avatar--sunk=!sent aria-hidden="true">{icon(if sent { Icon::CloudCheck } else { Icon::CloudUpload })}</span>
                <div class="grow"><h2>{title}</h2>{(!why.is_empty()).then(|| view! { <p class="second">{why}</p> })}</div>
            </div>
            {view.progress.map(progress)}
            <dl class="facts">
                <dt>{words::last()}</dt><dd>{last}{bytes.map(|bytes| view! { <span class="facts__more">{bytes}</span> })}</dd>
                <dt>{words::pathways()}</dt><dd>{typography::number(view.pathways)}</dd>
                {view.audit.as_ref().map(|head| view! { <dt>{audit::head()}</dt><dd><span class="code">{audit::mark(head)}</span></dd> })}
                {(!view.server.is_empty()).then(|| view! { <dt>{words::server()}</dt><dd>{view.server.clone()}</dd> })}
            </dl>
        </section>
        {view.alarms.into_iter().filter(|it| it.kind != AlarmKind::StoreCopied).map(alarm).collect_view()}
        {counted(Icon::Hourglass, view.ending, erasure::ending(), erasure::ending_why())}
        {counted(Icon::Lock, view.kept_here, words::kept_here(), words::kept_why())}
        {counted(Icon::TriangleAlert, view.set_aside, words::set_aside(), words::set_aside_why())}
        {(view.set_aside > 0).then(|| view! { <a class="button" href=Route::SetAside.href()>{icon(Icon::TriangleAlert)} {set_aside::see()}</a> })}
        {counted(Icon::TriangleAlert, view.unread, words::unread(), words::unread_why())}
    }
}

/// The clock of this device is wrong.
fn clock_off(it: ClockOff) -> impl IntoView {
    let (way, days) = if it.here > it.cite {
        (words::clock_ahead(), it.here.0 - it.cite.0)
    } else {
        (words::clock_behind(), it.cite.0 - it.here.0)
    };
    view! {
        <div class="banner banner--trouble" role="alert">
            {icon(Icon::TriangleAlert)}
            <div class="grow"><p class="strong">{words::clock_off()} " · " {typography::number(days.unsigned_abs())} " " {way}</p><p>{words::clock_said()} " " {days::date(it.here, it.cite)} ". " {words::clock_cite()} " " {days::date(it.cite, it.here)} "."</p><p>{words::clock_why()}</p></div>
        </div>
    }
}

/// The files of this device exist twice.
fn copied(on: Day) -> impl IntoView {
    view! {
        <div class="banner banner--waiting" role="note">
            {icon(Icon::TriangleAlert)} <div><p class="strong">{words::copied()} " · " {days::plain(on)}</p><p>{words::copied_why()}</p></div>
        </div>
    }
}

/// Something the server asked for and this device refused, or that it went back.
fn alarm(it: Alarm) -> impl IntoView {
    let (news, given_back) = (it.kind == AlarmKind::ServerRestored, erasure::given_back(it.lacking));
    let sign = if news { Icon::Info } else { Icon::TriangleAlert };
    let title = erasure::called(it.kind);
    let open = it.pathway.map(|pathway| {
        view! { <a class="button" href=Route::Person(pathway).href()>{erasure::alarm_open()}</a> }
    });
    view! {
        <div class="banner" class:banner--trouble=!news role=if news { "note" } else { "alert" }>
            {icon(sign)}
            <div class="grow"><p class="strong">{title} " · " {days::plain(it.on)}{it.by.map(|by| format!(" · {by}"))}</p>{given_back.map(|it| view! { <p>{it}</p> })}<p>{erasure::refused(it.kind)}</p></div>
            {open}
        </div>
    }
}

fn sign(kind: SyncFailureKind) -> Icon {
    match kind {
        SyncFailureKind::Unreachable | SyncFailureKind::Cut => Icon::WifiOff,
        SyncFailureKind::Busy => Icon::Hourglass,
        _ => Icon::TriangleAlert,
    }
}

/// The bar of an exchange under way.
fn progress(it: SyncProgress) -> impl IntoView {
    let all = it.to_send + it.to_receive.unwrap_or(0);
    let done = it.sent + it.received;
    let told = format!(
        "{} {} {} {} · {} {}",
        typography::number(it.sent),
        crate::text::today::of(),
        typography::number(it.to_send),
        words::sent(),
        typography::number(it.received),
        words::received(),
    );
    view! { <div class="progress"><progress max=all.max(1).to_string() value=done.min(all.max(1)).to_string() aria-label=words::running()></progress><p class="second small">{told}</p></div> }
}

/// A count with its reason; nothing where it is none.
fn counted(sign: Icon, count: u32, what: &'static str, why: &'static str) -> impl IntoView {
    (count > 0).then(|| {
        view! {
            <section class="card card--pad row">
                <span class="avatar avatar--sunk" aria-hidden="true">{icon(sign)}</span>
                <div class="grow"><h2>{typography::about(what, &typography::number(count))}</h2><p class="second">{why}</p></div>
            </section>
        }
    })
}
