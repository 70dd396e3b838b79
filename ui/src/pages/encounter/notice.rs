//! The notice: two sentences to say, before anything is kept about a person.

use super::Form;
use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::route::{self, Route};
use crate::state::{act, load};
use crate::text::{days, encounter as words, ledger, person};
use domain::api::draft::DiscardDraft;
use domain::api::encounter::Whom;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, NoticeView, ReadNotice};
use domain::api::person::OpenPerson;
use leptos::prelude::*;

/// Asks for the notice where it was not given; says since when where it was.
pub fn question(keeper: Form, informed: RwSignal<bool>) -> AnyView {
    let known = keeper.form.with_untracked(|form| match form.whom {
        Whom::Known(pathway) => Some(pathway),
        _ => None,
    });
    let Some(pathway) = known else { return give(keeper, informed).into_any() };
    let page = load(Vec::new, move || Some(OpenPerson { pathway }));
    show(page, move |page| match page.ledger.notice_on {
        Some(on) if page.ledger.objections.is_empty() => {
            informed.set(true);
            let said = format!("{} {}", person::notice_on(), days::plain(on));
            view! { <p class="badge badge--done">{icon(Icon::ShieldCheck)} {said}</p> }.into_any()
        }
        _ => give(keeper, informed).into_any(),
    })
    .into_any()
}

/// The person does not want it: what was typed of them goes, and a passage counts one.
fn refused(keeper: Form) {
    keeper.end();
    // A draft that is not on disk yet is no loss.
    act().run(DiscardDraft { id: keeper.id }, |()| ());
    route::go(Route::Refused);
}

fn is_notice(act: &LedgerAct) -> bool {
    matches!(act.kind, LedgerActKind::Notice { .. })
}

fn give(keeper: Form, informed: RwSignal<bool>) -> impl IntoView {
    let language = if crate::text::lang() == domain::vocabulary::Lang::En { "en" } else { "fr" };
    let notice = load(Vec::new, move || Some(ReadNotice { language: language.into() }));
    informed.set(keeper.form.with_untracked(|form| form.ledger.iter().any(is_notice)));
    show(notice, move |notice| text(keeper, informed, notice))
}

fn text(keeper: Form, informed: RwSignal<bool>, notice: NoticeView) -> impl IntoView {
    let (version, language) = (notice.version, notice.language.clone());
    let given = move |_| {
        let language = language.clone();
        keeper.change(|form| {
            form.ledger.retain(|act| !is_notice(act));
            let kind = LedgerActKind::Notice { version, language };
            form.ledger.insert(0, LedgerAct { kind, circumstances: Circumstances::default() });
        });
        informed.set(true);
    };
    view! {
        <section class="card card--pad card--soft question" aria-label=words::notice()>
            <h2 class="row">{icon(Icon::ShieldCheck)} {words::notice()}</h2>
            <p>{notice.text}</p>
            {(!notice.checked).then(|| view! { <p class="badge badge--trouble">{ledger::unchecked()}</p> })}
            <div class="row">
                <button type="button" class="button button--mid" class:button--main=move || informed.get() aria-pressed=move || informed.get().to_string() on:click=given>
                    {icon(Icon::Check)} {words::notice_given()}
                </button>
                <button type="button" class="button button--plain" on:click=move |_| refused(keeper)>{words::notice_refused()}</button>
            </div>
        </section>
    }
}
