//! A sensitive difficulty is recorded only with the person's agreement: asked where it is chosen, in one
//! touch, and never with others near. A no takes the difficulty out of the form and keeps the domain.

use super::Form;
use crate::components::Segments;
use crate::components::icon::{Icon, icon};
use crate::state::load;
use crate::text::{consent as words, ledger};
use domain::api::encounter::{EncounterForm, Whom};
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, PurposeStateView};
use domain::api::person::OpenPerson;
use domain::catalogue;
use domain::vocabulary::{Purpose, Setting};
use leptos::prelude::*;

const PURPOSE: Purpose = Purpose::RecordSensitive;

fn is_noted(form: &EncounterForm) -> bool {
    form.barriers.iter().any(|it| it.situations.iter().any(|code| catalogue::is_sealed_barrier(code)))
}

fn said(act: &LedgerAct) -> Option<bool> {
    match act.kind {
        LedgerActKind::Agreement { purpose: PURPOSE, .. } => Some(true),
        LedgerActKind::Refusal { purpose: PURPOSE } => Some(false),
        _ => None,
    }
}

fn answer(form: &mut EncounterForm, yes: Option<bool>) {
    let circumstances =
        form.ledger.last().map_or_else(Circumstances::default, |act| act.circumstances.clone());
    form.ledger.retain(|act| said(act).is_none());
    let kind = match yes {
        None => return,
        Some(true) => LedgerActKind::Agreement {
            purpose: PURPOSE,
            organisations: Vec::new(),
            excluded: Vec::new(),
            channel: None,
            until: None,
            partner: None,
        },
        Some(false) => {
            for barrier in &mut form.barriers {
                barrier.situations.retain(|code| !catalogue::is_sealed_barrier(code));
            }
            LedgerActKind::Refusal { purpose: PURPOSE }
        }
    };
    form.ledger.push(LedgerAct { kind, circumstances });
}

/// Asks, once something sensitive is chosen and the person has not answered yet.
pub fn question(keeper: Form) -> impl IntoView {
    let known = keeper.form.with_untracked(|form| match form.whom {
        Whom::Known(pathway) => Some(pathway),
        _ => None,
    });
    let page = load(Vec::new, move || known.map(|pathway| OpenPerson { pathway }));
    let before = Memo::new(move |_| {
        page.value.with(|page| {
            let purposes = page.as_ref().map(|page| &page.ledger.purposes);
            purposes.and_then(|all| all.iter().find(|it| it.purpose == PURPOSE)).map(|it| it.state)
        })
    });
    let near = keeper
        .part(|form| form.ledger.last().is_some_and(|act| act.circumstances.setting == Setting::OthersNear));
    let noted = keeper.part(is_noted);
    let value = keeper.part(|form| form.ledger.iter().find_map(said));
    move || {
        if !noted.get() || before.get() == Some(PurposeStateView::Granted) {
            return None;
        }
        let asked = match (near.get(), before.get()) {
            (true, _) => view! { <p class="badge badge--waiting">{ledger::others_near()}</p> }.into_any(),
            (_, Some(PurposeStateView::Refused | PurposeStateView::Withdrawn)) => {
                view! { <p class="badge badge--waiting">{words::sensitive_no()}</p> }.into_any()
            }
            _ => view! {
                <p class="second small">{words::says(PURPOSE)} " " {ledger::no_pressure()}</p>
                <Segments label=words::sensitive_ask() optional=true value=value on_choose=move |yes| keeper.change(|form| answer(form, yes))
                    choices=vec![(true, ledger::agree().to_owned()), (false, ledger::refuse().to_owned())]/>
            }
            .into_any(),
        };
        Some(view! {
            <div class="card card--pad card--soft question">
                <h3 class="row">{icon(Icon::Lock)} {words::sensitive_ask()}</h3>
                {asked}
            </div>
        })
    }
}
