//! The ledger: state of each purpose, agreements, withdrawals, objections, with their circumstances.

use super::timeline::act_words;
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::components::signature::SignaturePad;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{days, lang, ledger as words, names, person as person_words, typography};
use domain::api::ledger::*;
use domain::api::person::PersonView;
use domain::ids::PathwayId;
use domain::vocabulary::*;
use leptos::prelude::*;

pub fn card(page: &PersonView) -> impl IntoView + use<> {
    let asked = RwSignal::new(None::<LedgerActKind>);
    let pathway = page.hit.label.pathway;
    let ledger = page.ledger.clone();
    let notice = match ledger.notice_on {
        Some(on) => format!("{} {}", person_words::notice_on(), days::plain(on)),
        None => person_words::notice_none().to_owned(),
    };
    let informed = ledger.notice_on.is_some();
    let purposes = ledger.purposes.into_iter().map(|it| purpose(it, informed, asked)).collect_view();
    let objections = ObjectionAct::ALL.iter().map(|act| {
        let act = *act;
        let made = ledger.objections.contains(&act);
        view! {
            <button type="button" class="button" class:button--trouble=act == ObjectionAct::Stop disabled=made on:click=move |_| asked.set(Some(LedgerActKind::Objection { act }))>
                {made.then(|| icon(Icon::Check))} {act.label(lang())}
            </button>
        }
    });
    let objections = objections.collect_view();
    let lines = ledger.lines.into_iter().map(|(on, line, author)| {
        view! { <li><span class="strong">{act_words(&line.kind)}</span> <span class="second">{days::plain(on)} " · " {line.circumstances.form.label(lang())} " · " {names::author(&author)}</span></li> }
    });
    let lines = lines.collect_view();
    view! {
        <section class="card" aria-label=words::title()>
            <div class="card__head"><h2 class="row">{icon(Icon::ShieldCheck)} {words::title()}</h2><span class="card__aside">{notice}</span></div>
            <div class="list">{purposes}</div>
            <div class="card__body stack">
                <h3>{words::objections()}</h3><p class="second">{words::objection_why()}</p>
                <div class="row">{objections}</div>
                <details><summary class="strong">{words::history()}</summary><ul class="earlier">{lines}</ul></details>
            </div>
            {move || asked.get().map(|kind| view! { <Ask pathway=pathway kind=kind asked=asked/> })}
        </section>
    }
}

fn purpose(it: PurposeView, informed: bool, asked: RwSignal<Option<LedgerActKind>>) -> impl IntoView {
    let purpose = it.purpose;
    let (class, state) = match it.state {
        PurposeStateView::NotAsked => ("badge badge--bare", words::not_asked()),
        PurposeStateView::AskAgain => ("badge badge--waiting", words::ask_again()),
        PurposeStateView::Granted => ("badge badge--done", words::granted()),
        PurposeStateView::Refused => ("badge badge--trouble", words::refused()),
        PurposeStateView::Withdrawn => ("badge badge--trouble", words::withdrawn()),
    };
    let granted = it.state == PurposeStateView::Granted;
    let agree = move |_| {
        let kind = LedgerActKind::Agreement {
            purpose,
            organisations: vec![],
            excluded: vec![],
            channel: None,
            until: None,
        };
        asked.set(Some(kind));
    };
    let label = move |verb: &str| typography::about(verb, purpose.label(lang()));
    // After a refusal nothing asks again; the person may still come back to it themselves.
    let buttons = if granted {
        view! { <button type="button" class="button" aria-label=label(words::withdraw()) on:click=move |_| asked.set(Some(LedgerActKind::Withdrawal { purpose, keep_on: None }))>{words::withdraw()}</button> }.into_any()
    } else {
        view! {
            <button type="button" class="button" aria-label=label(words::agree()) disabled=!informed on:click=agree>{words::agree()}</button>
            {(it.state != PurposeStateView::Refused).then(|| view! {
                <button type="button" class="button button--plain" aria-label=label(words::refuse()) disabled=!informed on:click=move |_| asked.set(Some(LedgerActKind::Refusal { purpose }))>{words::refuse()}</button>
            })}
        }.into_any()
    };
    view! {
        <div class="item">
            <span class="item__words"><span class="item__name">{purpose.label(lang())}</span><span class=class>{state}</span></span>
            {buttons}
        </div>
    }
}

/// Asks how an act was given, then records it.
#[component]
fn Ask(pathway: PathwayId, kind: LedgerActKind, asked: RwSignal<Option<LedgerActKind>>) -> impl IntoView {
    let how = RwSignal::new(Circumstances::default());
    let path = RwSignal::new(String::new());
    let add = act();
    let toasts = toasts();
    let stop = matches!(kind, LedgerActKind::Objection { act: ObjectionAct::Stop });
    let agreement = matches!(kind, LedgerActKind::Agreement { .. });
    let title = act_words(&kind);
    let part = move |read: fn(&Circumstances) -> Option<&'static str>| Signal::derive(move || how.with(read));
    let signed = Signal::derive(move || how.with(|how| how.form == ConsentForm::Signed));
    let alone = Signal::derive(move || how.with(|how| how.setting == Setting::Alone));
    let represented = Signal::derive(move || how.with(|how| how.given_by == GivenBy::Representative));
    let record = move |_| {
        let mut circumstances = how.get_untracked();
        circumstances.signature = signed.get_untracked().then(|| path.get_untracked());
        let act = LedgerAct { kind: kind.clone(), circumstances };
        add.run(AddLedgerEntry { pathway, act }, move |_| {
            toasts.say(person_words::saved());
            asked.set(None);
        });
    };
    let foot = {
        let record = StoredValue::new(record);
        move || {
            view! {
                {refusal(add.error)}
                <button type="button" class="button button--main button--large button--wide" disabled=move || add.busy.get() || (agreement && !alone.get())
                    on:click=move |event| record.with_value(|record| record.clone()(event))>
                    {icon(Icon::Check)} {if stop { words::confirm() } else { crate::text::common::save() }}
                </button>
            }
        }
    };
    view! {
        <Dialog title=title on_close=move || asked.set(None) foot=foot>
            <div class="stack">
                <p class="second">{if stop { words::confirm_stop() } else { words::no_pressure() }}</p>
                <h3>{words::form()}</h3>
                {codes(words::form(), ConsentForm::ALL.iter().map(|it| (it.code(), it.label(lang()))), part(|how| Some(how.form.code())),
                    move |code| how.update(|how| how.form = ConsentForm::from_code(code).unwrap_or(ConsentForm::Spoken)))}
                {move || signed.get().then(|| view! { <SignaturePad path=path/> <p class="second small">{words::sign_hint()}</p> })}
                <h3>{words::given_by()}</h3>
                {codes(words::given_by(), GivenBy::ALL.iter().map(|it| (it.code(), it.label(lang()))), part(|how| Some(how.given_by.code())),
                    move |code| how.update(|how| {
                        how.given_by = GivenBy::from_code(code).unwrap_or(GivenBy::Person);
                        how.capacity = (how.given_by == GivenBy::Representative).then_some(Capacity::Parent);
                    }))}
                {move || represented.get().then(|| codes(words::capacity(), Capacity::ALL.iter().map(|it| (it.code(), it.label(lang()))), part(|how| how.capacity.map(|it| it.code())),
                    move |code| how.update(|how| how.capacity = Capacity::from_code(code))))}
                <h3>{words::helped_by()}</h3>
                {codes(words::helped_by(), HelpedBy::ALL.iter().map(|it| (it.code(), it.label(lang()))), part(|how| Some(how.helped_by.code())),
                    move |code| how.update(|how| how.helped_by = HelpedBy::from_code(code).unwrap_or(HelpedBy::Nobody)))}
                <h3>{words::setting()}</h3>
                {codes(words::setting(), Setting::ALL.iter().map(|it| (it.code(), it.label(lang()))), part(|how| Some(how.setting.code())),
                    move |code| how.update(|how| how.setting = Setting::from_code(code).unwrap_or(Setting::Alone)))}
                {move || (agreement && !alone.get()).then(|| view! { <p class="badge badge--waiting">{words::others_near()}</p> })}
            </div>
        </Dialog>
    }
}

/// One of a code list; always one.
fn codes(
    label: &'static str,
    choices: impl Iterator<Item = (&'static str, &'static str)>,
    value: Signal<Option<&'static str>>,
    set: impl Fn(&'static str) + Copy + 'static,
) -> impl IntoView {
    one_of(label, choices.map(|(code, word)| (code, word.to_owned())), value, move |code| {
        if let Some(code) = code {
            set(code);
        }
    })
}
