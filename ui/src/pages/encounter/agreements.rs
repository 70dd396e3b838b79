//! Agreements that may be asked in this encounter. Folded: nothing presses. What was answered once is
//! not asked again; with others near nothing is asked at all.

use super::Form;
use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::components::terms::{Terms, not_founded, team, terms};
use crate::components::{Segments, circumstances};
use crate::state::load;
use crate::text::{consent, encounter as words, lang, ledger};
use domain::api::encounter::Whom;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, LedgerView, PurposeStateView};
use domain::api::person::OpenPerson;
use domain::vocabulary::{ConsentForm, Purpose, Setting};
use leptos::prelude::*;

/// Purposes asked in the street; the others are on the person's page.
const ASKED: [Purpose; 4] =
    [Purpose::Recognise, Purpose::ContactAgain, Purpose::RecordSensitive, Purpose::ShareWithPartner];

/// The agreements.
pub fn question(keeper: Form) -> impl IntoView {
    let known = keeper.form.with_untracked(|form| match form.whom {
        Whom::Known(pathway) => Some(pathway),
        _ => None,
    });
    match known {
        None => card(keeper, LedgerView::default()).into_any(),
        Some(pathway) => {
            let page = load(Vec::new, move || Some(OpenPerson { pathway }));
            show(page, move |page| card(keeper, page.ledger)).into_any()
        }
    }
}

/// Whether a purpose may be asked: after an answer, yes or no, nothing asks again.
fn is_open(ledger: &LedgerView, purpose: Purpose) -> bool {
    let state = ledger.purposes.iter().find(|it| it.purpose == purpose).map(|it| it.state);
    matches!(state, None | Some(PurposeStateView::NotAsked | PurposeStateView::AskAgain))
}

fn card(keeper: Form, ledger: LedgerView) -> impl IntoView {
    let how = RwSignal::new(
        keeper
            .form
            .with_untracked(|form| form.ledger.last().map(|act| act.circumstances.clone()))
            .unwrap_or_default(),
    );
    // Every act of this encounter was given in the same circumstances; with others near, only the notice.
    Effect::new(move |before: Option<Circumstances>| {
        let now = how.get();
        if before.is_some_and(|before| before != now) {
            keeper.change(|form| {
                if now.setting == Setting::OthersNear {
                    form.ledger.retain(|act| matches!(act.kind, LedgerActKind::Notice { .. }));
                }
                form.ledger.iter_mut().for_each(|act| act.circumstances = now.clone());
            });
        }
        now
    });
    let alone = Memo::new(move |_| how.with(|how| how.setting == Setting::Alone));
    let open: Vec<Purpose> = ASKED.into_iter().filter(|it| is_open(&ledger, *it)).collect();
    let questions = move || {
        if !alone.get() {
            return view! { <p class="badge badge--waiting">{ledger::others_near()}</p> }.into_any();
        }
        if open.is_empty() {
            return view! { <p class="second">{icon(Icon::Check)} " " {consent::all_answered()}</p> }
                .into_any();
        }
        let asked = open.iter().map(|purpose| one(keeper, *purpose, how)).collect_view();
        view! { <p class="second">{ledger::no_pressure()}</p> {asked} }.into_any()
    };
    view! {
        <details class="card card--pad">
            <summary class="strong">{words::agreements()}</summary>
            <div class="stack">
                {circumstances::setting(how)}
                {questions}
                <details>
                    <summary class="strong">{consent::how()}</summary>
                    <div class="stack">{circumstances::giving(how, &[ConsentForm::Spoken, ConsentForm::ReadAloud])}</div>
                </details>
            </div>
        </details>
    }
}

fn answer(act: &LedgerAct, purpose: Purpose) -> Option<bool> {
    match act.kind {
        LedgerActKind::Agreement { purpose: asked, .. } if asked == purpose => Some(true),
        LedgerActKind::Refusal { purpose: asked } if asked == purpose => Some(false),
        _ => None,
    }
}

fn one(keeper: Form, purpose: Purpose, how: RwSignal<Circumstances>) -> impl IntoView {
    let given = keeper.form.with_untracked(|form| {
        form.ledger.iter().filter(|act| answer(act, purpose).is_some()).find_map(|act| Terms::of(&act.kind))
    });
    let agreed = RwSignal::new(given.unwrap_or_else(|| Terms::usual(purpose, &team())));
    let unfolded = RwSignal::new(false);
    let value = keeper.part(move |form| form.ledger.iter().find_map(|act| answer(act, purpose)));
    let set = move |yes: Option<bool>| {
        keeper.change(|form| {
            form.ledger.retain(|act| answer(act, purpose).is_none());
            let kind = match yes {
                None => return,
                Some(false) => LedgerActKind::Refusal { purpose },
                // An agreement that names nobody is none: it is recorded once its terms are whole.
                Some(true) if !agreed.with_untracked(|terms| terms.is_whole(purpose)) => {
                    unfolded.set(true);
                    return;
                }
                Some(true) => agreed.with_untracked(|terms| terms.agreement(purpose)),
            };
            form.ledger.push(LedgerAct { kind, circumstances: how.get_untracked() });
        });
    };
    Effect::new(move |before: Option<Terms>| {
        let now = agreed.get();
        if before.is_some_and(|before| before != now) {
            // An agreement that names nobody is none.
            set(now.is_whole(purpose).then_some(true));
        }
        now
    });
    let yes = Memo::new(move |_| value.get() == Some(true));
    Effect::new(move |_| {
        if yes.get() {
            unfolded.set(true);
        }
    });
    view! {
        <div class="question">
            <h3>{purpose.label(lang())}</h3>
            <p class="second small">{consent::says(purpose)}</p>
            <Segments label=purpose.label(lang()) optional=true value=value on_choose=set
                choices=vec![(true, ledger::agree().to_owned()), (false, ledger::refuse().to_owned())]/>
            {move || (value.get() != Some(false) && unfolded.get()).then(|| view! {
                {purpose.is_sharing().then(not_founded)}
                {terms(purpose, agreed)}
            })}
        </div>
    }
}
