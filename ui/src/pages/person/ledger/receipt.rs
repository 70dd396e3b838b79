//! The neutral receipt: a code, shown once, full screen or on paper.

use crate::components::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::qr::qr;
use crate::components::show::refusal;
use crate::state::act;
use crate::text::receipt as words;
use domain::api::ledger::{GiveReceipt, ReceiptView};
use domain::ids::PathwayId;
use leptos::prelude::*;

/// The offer, and what it opens.
pub fn offer(pathway: PathwayId) -> impl IntoView {
    let shown = RwSignal::new(None::<ReceiptView>);
    let give = act();
    let begin = move |_| give.run(GiveReceipt { pathway }, move |receipt| shown.set(Some(receipt)));
    // What was shown is overwritten when the screen goes.
    on_cleanup(move || drop(shown.try_update(Option::take)));
    view! {
        <h3>{words::receipt()}</h3>
        <p class="second">{words::receipt_why()}</p>
        {refusal(give.error)}
        <button type="button" class="button" disabled=move || give.busy.get() on:click=begin>{icon(Icon::FileText)} {words::give()}</button>
        {move || shown.get().map(|receipt| view! { <Sheet receipt=receipt shown=shown/> })}
    }
}

/// The code alone: what is printed is this sheet, and nothing says whose it is.
#[component]
fn Sheet(receipt: ReceiptView, shown: RwSignal<Option<ReceiptView>>) -> impl IntoView {
    let foot = move || {
        view! { <button type="button" class="button button--large" on:click=move |_| drop(window().print())>{words::print()}</button> }
    };
    view! {
        <Dialog title=words::receipt() on_close=move || shown.set(None) foot=foot>
            <div class="stack">
                <p class="second">{words::code_once()}</p>
                <div class="sheet sheet--small stack">
                    {qr(&receipt.code, words::code_image())}
                    <p class="invitation-code">{receipt.code.expose().to_owned()}</p>
                    <p>{words::paper()}</p>
                </div>
            </div>
        </Dialog>
    }
}
