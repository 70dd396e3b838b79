//! The new sheet, before the old one is given up.

use super::{Recovery, Step};
use crate::components::icon::{Icon, icon};
use crate::components::sheet::sheet;
use crate::pages::access::Door;
use crate::text::{members, recover as words};
use domain::api::recovery::RecoveryOpened;
use leptos::prelude::*;

pub(super) fn new_sheet(it: Recovery, opened: &RecoveryOpened) -> impl IntoView + use<> {
    let paper = sheet(&opened.key);
    view! {
        <Door wide=true>
            <h1>{words::new_sheet()}</h1>
            <p>{words::new_sheet_why()}</p>
            {paper}
            <button type="button" class="button" on:click=move |_| drop(window().print())>{members::print()}</button>
            <button type="button" class="button button--main button--large button--wide" on:click=move |_| it.step.set(Step::Begin)>{icon(Icon::Check)} {members::noted()}</button>
        </Door>
    }
}
