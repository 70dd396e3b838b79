//! *Récupérer la cité avec la clé imprimée*: the words of the sheet, what was found, another sheet, and in.

mod begin;
mod found;
mod sheet;
mod typed;

use domain::api::recovery::RecoveryOpened;
use leptos::prelude::*;

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The words are typed.
    Words,
    /// The cité is shown, to be compared with the sheet.
    Found,
    /// The new sheet is shown.
    Sheet,
    /// Who recovers, passphrase, PIN, and three words of the new sheet.
    Begin,
}

/// What the steps share.
#[derive(Clone, Copy)]
struct Recovery {
    step: RwSignal<Step>,
    opened: RwSignal<Option<RecoveryOpened>>,
    back: Callback<()>,
}

/// Recovering.
#[component]
pub fn Recover(
    /// Back to the door.
    back: Callback<()>,
) -> impl IntoView {
    let it = Recovery { step: RwSignal::new(Step::Words), opened: RwSignal::new(None), back };
    // What was shown is overwritten when the screen goes.
    on_cleanup(move || drop(it.opened.try_update(Option::take)));
    move || match (it.step.get(), it.opened.get()) {
        (Step::Words, _) | (_, None) => view! { <typed::Typed it=it/> }.into_any(),
        (Step::Found, Some(opened)) => found::found(it, opened).into_any(),
        (Step::Sheet, Some(opened)) => sheet::new_sheet(it, &opened).into_any(),
        (Step::Begin, Some(opened)) => begin::begin(it, opened).into_any(),
    }
}
