//! Agreements that may be asked in this encounter. Folded: nothing presses.

use super::Form;
use crate::components::Segments;
use crate::text::{encounter as words, lang, ledger};
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind};
use domain::vocabulary::Purpose;
use leptos::prelude::*;

/// Purposes asked in the street; the others are on the person's page.
const ASKED: [Purpose; 3] = [Purpose::Recognise, Purpose::ContactAgain, Purpose::RecordSensitive];

fn answer(act: &LedgerAct, purpose: Purpose) -> Option<bool> {
    match act.kind {
        LedgerActKind::Agreement { purpose: asked, .. } if asked == purpose => Some(true),
        LedgerActKind::Refusal { purpose: asked } if asked == purpose => Some(false),
        _ => None,
    }
}

/// The agreements.
pub fn question(keeper: Form) -> impl IntoView {
    let asked = ASKED.map(|purpose| {
        let value = keeper.part(move |form| form.ledger.iter().find_map(|act| answer(act, purpose)));
        let set = move |yes: Option<bool>| {
            keeper.change(|form| {
                form.ledger.retain(|act| answer(act, purpose).is_none());
                let kind = match yes {
                    None => return,
                    Some(false) => LedgerActKind::Refusal { purpose },
                    Some(true) => LedgerActKind::Agreement {
                        purpose,
                        organisations: Vec::new(),
                        excluded: Vec::new(),
                        channel: None,
                        until: None,
                    },
                };
                form.ledger.push(LedgerAct { kind, circumstances: Circumstances::default() });
            });
        };
        view! {
            <div class="question">
                <h3>{purpose.label(lang())}</h3>
                <Segments label=purpose.label(lang()) optional=true value=value on_choose=set
                    choices=vec![(true, ledger::agree().to_owned()), (false, ledger::refuse().to_owned())]/>
            </div>
        }
    });
    view! {
        <details class="card card--pad">
            <summary class="strong">{words::agreements()}</summary>
            <div class="stack"><p class="second">{ledger::no_pressure()}</p>{asked.into_iter().collect_view()}</div>
        </details>
    }
}
