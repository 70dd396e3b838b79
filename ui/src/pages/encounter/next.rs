//! The next step and its day.

use super::Form;
use crate::components::Dialog;
use crate::components::calendar::Calendar;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::state::load;
use crate::text::{common, days, encounter as words, lang, person};
use domain::api::encounter::{NextStep, Whom};
use domain::api::person::OpenPerson;
use domain::vocabulary::FollowUpKind;
use leptos::prelude::*;

/// The question. Whom nobody may contact is not called back.
pub fn question(keeper: Form) -> impl IntoView {
    let known = keeper.form.with_untracked(|form| match form.whom {
        Whom::Known(pathway) => Some(pathway),
        _ => None,
    });
    let Some(pathway) = known else { return ask(keeper, true).into_any() };
    let page = load(Vec::new, move || Some(OpenPerson { pathway }));
    show(page, move |page| ask(keeper, page.ledger.may_contact())).into_any()
}

fn ask(keeper: Form, may_contact: bool) -> impl IntoView {
    let today = days::today();
    let picking = RwSignal::new(false);
    let kind = keeper.part(|form| form.next.as_ref().map(|it| it.kind));
    let due = keeper.part(|form| form.next.as_ref().map(|it| it.due));
    let set_kind = move |kind: Option<FollowUpKind>| {
        keeper.change(|form| {
            let due = form.next.as_ref().map_or(today.plus(7), |it| it.due);
            form.next = kind.map(|kind| NextStep { kind, due });
        });
    };
    let set_due = move |due| {
        keeper.change(|form| {
            let kind = form.next.as_ref().map_or(FollowUpKind::CallBack, |it| it.kind);
            form.next = Some(NextStep { kind, due });
        });
    };
    let quick = [
        (today.plus(1), common_tomorrow()),
        (today.plus(7), words::one_week().to_owned()),
        (today.plus(14), words::two_weeks().to_owned()),
    ];
    view! {
        <section class="question" aria-label=words::next()>
            <h2>{words::next()}</h2>
            {(!may_contact).then(|| view! { <p class="badge badge--waiting">{person::no_contact()}</p> })}
            {one_of(words::next(), FollowUpKind::ALL.iter().filter(move |it| may_contact || !it.contacts()).map(|it| (*it, it.label(lang()).to_owned())), kind, set_kind)}
            {move || kind.get().map(|_| view! {
                {one_of(words::next(), quick.clone(), due, move |day| if let Some(day) = day { set_due(day) })}
                <button type="button" class="button" on:click=move |_| picking.set(true)>
                    {icon(Icon::CalendarDays)} {move || due.get().map_or_else(|| common::choose_date().to_owned(), days::full)}
                </button>
            })}
            {move || picking.get().then(|| view! {
                <Dialog title=common::choose_date() on_close=move || picking.set(false)>
                    <Calendar today=today from=today value=due on_pick=move |day| { set_due(day); picking.set(false); }/>
                </Dialog>
            })}
        </section>
    }
}

fn common_tomorrow() -> String {
    let today = days::today();
    let mut letters = days::near(today.plus(1), today);
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}
