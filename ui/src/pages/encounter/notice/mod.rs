//! The notice: two sentences to say, before anything is kept about a person.

mod speech;

use super::Form;
use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::route::{self, Route};
use crate::state::{act, load};
use crate::text::{days, encounter as words, person};
use domain::api::draft::DiscardDraft;
use domain::api::encounter::Whom;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, NoticeView, ReadNotice};
use domain::api::person::OpenPerson;
use domain::vocabulary::Lang;
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
    let first = if crate::text::lang() == Lang::En { "en" } else { "fr" };
    let language = RwSignal::new(first.to_owned());
    let notice = load(Vec::new, move || Some(ReadNotice { language: language.get() }));
    informed.set(keeper.form.with_untracked(|form| form.ledger.iter().any(is_notice)));
    show(notice, move |notice| text(keeper, informed, language, notice))
}

fn text(
    keeper: Form,
    informed: RwSignal<bool>,
    chosen: RwSignal<String>,
    notice: NoticeView,
) -> impl IntoView {
    // What is not checked founds nothing: the French beside it is what was said.
    let read = if notice.checked { notice.language.clone() } else { "fr".to_owned() };
    let version = notice.version;
    let given = move |_| {
        let language = read.clone();
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
            {speech::languages(&notice, chosen)}
            {speech::text(&notice)}
            <div class="row">
                <button type="button" class="button button--mid button--toggle" class:button--main=move || !informed.get() aria-pressed=move || informed.get().to_string() on:click=given>
                    {icon(Icon::Check)} {words::notice_given()}
                </button>
                <button type="button" class="button button--plain" on:click=move |_| refused(keeper)>{words::notice_refused()}</button>
            </div>
        </section>
    }
}
