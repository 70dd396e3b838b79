//! The ledger: state of each purpose, agreements, withdrawals, objections, with their circumstances.

mod ask;
mod partners;
mod withdrawal;

use super::timeline::act_words;
use crate::components::icon::{Icon, icon};
use crate::components::receipt;
use crate::components::terms::{Terms, not_founded, team};
use crate::text::{consent, days, lang, ledger as words, names, person as person_words, typography};
use ask::Ask;
use domain::api::ledger::*;
use domain::api::person::PersonView;
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
    // What an objection ended only a notice, in another encounter, begins again: nothing is offered here.
    let ended: Vec<ObjectionAct> =
        ledger.objections.iter().copied().filter(|it| *it != ObjectionAct::NoContact).collect();
    let purposes = ledger.purposes.into_iter().map(|it| {
        let over = ended.iter().any(|act| act.ends(it.purpose));
        purpose(it, informed, over, asked)
    });
    let purposes = purposes.collect_view();
    let partners = partners::list(ledger.partners, asked);
    let objections = ObjectionAct::ALL.iter().map(|act| {
        let act = *act;
        let made = ledger.objections.contains(&act);
        view! {
            <div class="stack stack--tight">
                <button type="button" class="button" class:button--trouble=act == ObjectionAct::Stop disabled=made on:click=move |_| asked.set(Some(LedgerActKind::Objection { act }))>
                    {made.then(|| icon(Icon::Check))} {act.label(lang())}
                </button>
                <p class="second small">{consent::objection(act)}</p>
            </div>
        }
    });
    let objections = objections.collect_view();
    let lines = ledger.lines.into_iter().map(|(on, line, author)| {
        let linked = line.linked.then(|| format!(" · {}", words::linked()));
        view! { <li><span class="strong">{act_words(&line.kind)}</span> <span class="second">{days::plain(on)} {linked} " · " {line.circumstances.form.label(lang())} " · " {names::author(&author)}</span></li> }
    });
    let lines = lines.collect_view();
    view! {
        <section class="card" aria-label=words::title()>
            <div class="card__head"><h2 class="row">{icon(Icon::ShieldCheck)} {words::title()}</h2><span class="card__aside">{notice}</span></div>
            <div class="list">{purposes}</div>
            <div class="card__body stack">
                {partners}
                {not_founded()}
                <h3>{words::objections()}</h3><p class="second">{words::objection_why()}</p>
                {objections}
                {receipt::offer(pathway)}
                <details><summary class="strong">{words::history()}</summary><ul class="earlier">{lines}</ul></details>
            </div>
            {move || asked.get().map(|kind| view! { <Ask pathway=pathway kind=kind asked=asked/> })}
        </section>
    }
}

/// With whom, by which means and until when, where a purpose is agreed to.
fn agreed(it: &PurposeView) -> String {
    let mut parts = Vec::new();
    if !it.with.is_empty() {
        parts.push(typography::about(consent::with(), &it.with.join(", ")));
    }
    if !it.channels.is_empty() {
        parts.push(it.channels.iter().map(|it| it.label(lang())).collect::<Vec<_>>().join(", "));
    }
    parts.extend(it.until.map(|day| format!("{} {}", consent::until_day(), days::plain(day))));
    parts.join(" · ")
}

/// When a state was recorded, and by whom.
fn recorded(it: &PurposeView) -> String {
    let by = it.by.as_ref().map(names::author);
    it.on.map(days::plain).into_iter().chain(by).collect::<Vec<_>>().join(" · ")
}

fn purpose(
    it: PurposeView,
    informed: bool,
    over: bool,
    asked: RwSignal<Option<LedgerActKind>>,
) -> impl IntoView {
    let purpose = it.purpose;
    let (class, state) = match it.state {
        PurposeStateView::NotAsked => ("badge badge--bare", words::not_asked()),
        PurposeStateView::AskAgain => ("badge badge--waiting", words::ask_again()),
        PurposeStateView::Granted => ("badge badge--done", words::granted()),
        PurposeStateView::Refused => ("badge badge--trouble", words::refused()),
        PurposeStateView::Withdrawn => ("badge badge--trouble", words::withdrawn()),
    };
    let agree = move |_| asked.set(Some(Terms::usual(purpose, &team()).agreement(purpose)));
    let label = move |verb: &str| typography::about(verb, purpose.label(lang()));
    // After a no, nothing asks again; the person may still come back to it themselves.
    let said_no = matches!(it.state, PurposeStateView::Refused | PurposeStateView::Withdrawn);
    let buttons = if over {
        ().into_any()
    } else if it.state == PurposeStateView::Granted {
        // Another partner is another agreement.
        let more = (purpose == Purpose::ShareWithPartner).then(|| view! {
            <button type="button" class="button button--plain" aria-label=label(words::agree()) disabled=!informed on:click=agree>{words::agree()}</button>
        });
        view! { {more} <button type="button" class="button" aria-label=label(words::withdraw()) on:click=move |_| asked.set(Some(LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }))>{words::withdraw()}</button> }.into_any()
    } else {
        view! {
            <button type="button" class="button" class:button--plain=said_no aria-label=label(words::agree()) disabled=!informed on:click=agree>{words::agree()}</button>
            {(!said_no).then(|| view! {
                <button type="button" class="button button--plain" aria-label=label(words::refuse()) disabled=!informed on:click=move |_| asked.set(Some(LedgerActKind::Refusal { purpose }))>{words::refuse()}</button>
            })}
        }.into_any()
    };
    view! {
        <div class="item">
            <span class="item__words">
                <span class="item__name">{purpose.label(lang())}</span>
                <span class="row"><span class=class>{state}</span> <span class="item__more">{recorded(&it)}</span></span>
                <span class="item__more">{agreed(&it)}</span>
            </span>
            {buttons}
        </div>
    }
}
