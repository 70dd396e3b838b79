//! The timeline, newest first; what was struck out stays legible.

use super::amend::Amend;
use crate::components::icon::{Icon, icon};
use crate::components::person::whereabouts;
use crate::state::session::session;
use crate::text::{
    days, lang, ledger as ledger_words, names, person as words, receipt as receipt_words, typography,
};
use domain::api::ledger::LedgerActKind;
use domain::api::person::{PersonView, TimelineEvent, TimelineItem};
use domain::ids::PathwayId;
use leptos::prelude::*;

pub fn card(page: &PersonView) -> impl IntoView + use<> {
    let pathway = page.hit.label.pathway;
    let items = page.timeline.iter().cloned().map(|item| one(pathway, item)).collect_view();
    view! { <section class="card" aria-label=words::timeline()><div class="card__head"><h2>{words::timeline()}</h2></div><ol class="timeline list">{items}</ol></section> }
}

/// An act of the ledger in words.
pub fn act_words(kind: &LedgerActKind) -> String {
    match kind {
        LedgerActKind::Notice { .. } => ledger_words::line_notice().to_owned(),
        LedgerActKind::Agreement { purpose, .. } => {
            format!("{} · {}", ledger_words::line_agreement(), purpose.label(lang()))
        }
        LedgerActKind::Refusal { purpose } => {
            format!("{} · {}", ledger_words::line_refusal(), purpose.label(lang()))
        }
        LedgerActKind::Withdrawal { purpose, .. } => {
            format!("{} · {}", ledger_words::line_withdrawal(), purpose.label(lang()))
        }
        LedgerActKind::Objection { act } => {
            format!("{} · {}", ledger_words::line_objection(), act.label(lang()))
        }
        LedgerActKind::Receipt { .. } => receipt_words::given().to_owned(),
        LedgerActKind::Request { kind, .. } => format!("{} · {}", receipt_words::asked(), kind.label(lang())),
        LedgerActKind::Answered { .. } => receipt_words::answered().to_owned(),
    }
}

/// The button that corrects an encounter, and its dialog.
fn correct(pathway: PathwayId, item: &TimelineItem) -> Option<impl IntoView + use<>> {
    let TimelineEvent::Encounter { medium, duration, acts, .. } = item.event.clone() else { return None };
    let (encounter, void) = (item.id?, item.void);
    let open = RwSignal::new(false);
    let correct_label = typography::about(words::correct(), &days::plain(item.on));
    Some(view! {
        <button type="button" class="button button--plain button--icon" aria-label=correct_label on:click=move |_| open.set(true)>{icon(Icon::Pencil)}</button>
        {move || open.get().then(|| view! { <Amend pathway=pathway encounter=encounter medium=medium duration=duration acts=acts.clone() void=void open=open/> })}
    })
}

fn one(pathway: PathwayId, item: TimelineItem) -> impl IntoView {
    let correct = correct(pathway, &item);
    let (sign, what, note) = match &item.event {
        TimelineEvent::Encounter { medium, contact_place, acts, note, .. } => {
            let place =
                session().cite.value.with_untracked(|cite| names::location(*contact_place, cite.as_ref()));
            let acts: Vec<String> = acts.iter().map(|act| names::lower_first(act.label(lang()))).collect();
            let mut parts =
                vec![crate::text::common::encounter().to_owned(), medium.label(lang()).to_lowercase(), place];
            parts.extend((!acts.is_empty()).then(|| acts.join(", ")));
            (Icon::UserRound, parts.join(" · "), note.clone())
        }
        TimelineEvent::Ledger(line) => (Icon::ShieldCheck, act_words(&line.kind), None),
        TimelineEvent::Barrier { domain, state } => (
            crate::components::icon::of_domain(*domain),
            format!("{} · {}", domain.label(lang()), state.label(lang())),
            None,
        ),
        TimelineEvent::Referral { solution, state } => {
            let name = solution.clone().unwrap_or_else(|| words::protected().to_owned());
            (Icon::BookOpenText, format!("{name} · {}", state.label(lang())), None)
        }
        TimelineEvent::Outcome(kind) => (Icon::CircleCheck, kind.label(lang()).to_owned(), None),
    };
    let mut more = vec![days::full(item.on), names::author(&item.author)];
    more.extend(item.amended.then(|| words::amended().to_owned()));
    more.extend(item.void.then(|| words::struck().to_owned()));
    view! {
        <li>
            {icon(sign)}
            <div><p class="strong" class:timeline__void=item.void>{what}</p><p class="second small">{more.join(" · ")}</p>{note.map(|note| view! { <p class="note">{note}</p> })}</div>
            <span class="row">{item.state.as_ref().map(whereabouts)} {correct}</span>
        </li>
    }
}
