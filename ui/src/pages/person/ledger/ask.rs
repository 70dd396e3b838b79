//! Asks for the terms of an act and how it was given, then records it.

use super::super::timeline::act_words;
use super::withdrawal;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::components::signature::SignaturePad;
use crate::components::terms::{Terms, not_founded, terms};
use crate::components::{Dialog, circumstances};
use crate::state::act;
use crate::state::receipt::receipt_offer;
use crate::state::toast::toasts;
use crate::text::{common, consent, ledger as words, person as person_words};
use domain::api::ledger::*;
use domain::ids::{DeviceId, PathwayId};
use domain::vocabulary::*;
use leptos::prelude::*;

/// The dialog of one act.
#[component]
pub fn Ask(
    /// Person.
    pathway: PathwayId,
    /// What is asked or said, with its first terms.
    kind: LedgerActKind,
    /// Closes the dialog once empty.
    asked: RwSignal<Option<LedgerActKind>>,
) -> impl IntoView {
    let how = RwSignal::new(Circumstances::default());
    let path = RwSignal::new(String::new());
    let keep_on = RwSignal::new(None::<DeviceId>);
    let add = act();
    let (toasts, offer) = (toasts(), receipt_offer());
    let title = act_words(&kind);
    let agreement = match &kind {
        LedgerActKind::Agreement { purpose, .. } => {
            Terms::of(&kind).map(|terms| (*purpose, RwSignal::new(terms)))
        }
        _ => None,
    };
    let (ends, stops) = match &kind {
        LedgerActKind::Withdrawal { purpose, .. } => (Some(*purpose), None),
        LedgerActKind::Objection { act } => (None, Some(*act)),
        _ => (None, None),
    };
    let signed = Memo::new(move |_| how.with(|how| how.form == ConsentForm::Signed));
    let alone = Memo::new(move |_| how.with(|how| how.setting == Setting::Alone));
    let ready = move || match agreement {
        Some((purpose, terms)) => alone.get() && terms.with(|terms| terms.is_whole(purpose)),
        None => true,
    };
    let record = move |_| {
        let kind = match (agreement, kind.clone()) {
            (Some((purpose, terms)), _) => terms.with_untracked(|terms| terms.agreement(purpose)),
            (None, LedgerActKind::Withdrawal { purpose, partner, .. }) => {
                LedgerActKind::Withdrawal { purpose, keep_on: keep_on.get_untracked(), partner }
            }
            (None, kind) => kind,
        };
        let mut circumstances = how.get_untracked();
        circumstances.signature = signed.get_untracked().then(|| path.get_untracked());
        let act = LedgerAct { kind, circumstances };
        add.run(AddLedgerEntry { pathway, act }, move |_| {
            toasts.say(person_words::saved());
            if ends.is_some() {
                offer.put(Some(pathway));
            }
            asked.set(None);
        });
    };
    let record = StoredValue::new(record);
    let confirmed = ends.is_some() || stops.is_some();
    let foot = move || {
        view! {
            {refusal(add.error)}
            <button type="button" class="button button--main button--large button--wide" disabled=move || add.busy.get() || !ready()
                on:click=move |event| record.with_value(|record| record.clone()(event))>
                {icon(Icon::Check)} {if confirmed { words::confirm() } else { common::save() }}
            </button>
        }
    };
    let said = match stops {
        Some(ObjectionAct::Stop) => words::confirm_stop(),
        Some(act) => consent::objection(act),
        None if ends.is_some() => consent::withdraw_ask(),
        None => words::no_pressure(),
    };
    view! {
        <Dialog title=title on_close=move || asked.set(None) foot=foot>
            <div class="stack">
                {agreement.map(|(purpose, _)| view! { <p class="spoken">{consent::says(purpose)}</p> })}
                <p class="second">{said}</p>
                {ends.map(|purpose| withdrawal::question(purpose, keep_on))}
                {agreement.is_some().then(|| circumstances::setting(how))}
                {move || (agreement.is_some() && !alone.get()).then(|| view! { <p class="badge badge--waiting">{words::others_near()}</p> })}
                {agreement.map(|(purpose, chosen)| view! {
                    {purpose.is_sharing().then(not_founded)}
                    {terms(purpose, chosen)}
                })}
                <details open=agreement.is_some()>
                    <summary class="strong">{consent::how()}</summary>
                    <div class="stack">
                        {circumstances::giving(how, ConsentForm::ALL)}
                        {move || signed.get().then(|| view! { <SignaturePad path=path/> <p class="second small">{words::sign_hint()}</p> })}
                        {agreement.is_none().then(|| circumstances::setting(how))}
                    </div>
                </details>
            </div>
        </Dialog>
    }
}
