//! The neutral receipt: a code, shown once, full screen or on paper.

use super::Dialog;
use super::icon::{Icon, icon};
use super::qr::qr;
use super::show::refusal;
use crate::state::receipt::{ReceiptOffer, receipt_offer};
use crate::state::{Act, act};
use crate::text::receipt as words;
use domain::api::ledger::{GiveReceipt, ReceiptView};
use domain::ids::PathwayId;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// One quiet line, where something was just agreed to or withdrawn; gone once the page is left.
#[component]
pub fn ReceiptLine() -> impl IntoView {
    let offer = receipt_offer();
    on_cleanup(move || offer.put(None));
    move || offer.get().map(|pathway| line(pathway, offer))
}

fn line(pathway: PathwayId, offer: ReceiptOffer) -> impl IntoView {
    let (give, shown, begin) = giving(pathway);
    view! {
        <aside class="offer" aria-label=words::receipt()>
            {icon(Icon::FileText)}
            <p>{words::offer()}</p>
            <button type="button" class="button" disabled=move || give.busy.get() on:click=begin>{words::give()}</button>
            <button type="button" class="button button--icon button--plain" aria-label=words::offer_no() on:click=move |_| offer.put(None)>{icon(Icon::X)}</button>
        </aside>
        {refusal(give.error)}
        {move || shown.get().map(|receipt| view! { <Sheet receipt=receipt on_close=move || offer.put(None)/> })}
    }
}

type Shown = RwSignal<Option<ReceiptView>>;

/// The call, what it answered, and what a touch does.
fn giving(pathway: PathwayId) -> (Act, Shown, impl Fn(MouseEvent)) {
    let shown = Shown::new(None);
    let give = act();
    let begin = move |_| give.run(GiveReceipt { pathway }, move |receipt| shown.set(Some(receipt)));
    // What was shown is overwritten when the screen goes.
    on_cleanup(move || drop(shown.try_update(Option::take)));
    (give, shown, begin)
}

/// The offer, and what it opens.
pub fn offer(pathway: PathwayId) -> impl IntoView {
    let (give, shown, begin) = giving(pathway);
    view! {
        <h3>{words::receipt()}</h3>
        <p class="second">{words::receipt_why()}</p>
        {refusal(give.error)}
        <button type="button" class="button" disabled=move || give.busy.get() on:click=begin>{icon(Icon::FileText)} {words::give()}</button>
        {move || shown.get().map(|receipt| view! { <Sheet receipt=receipt on_close=move || shown.set(None)/> })}
    }
}

/// The code alone: what is printed is this sheet, and nothing says whose it is.
#[component]
fn Sheet(receipt: ReceiptView, on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let foot = move || {
        view! { <button type="button" class="button button--large" on:click=move |_| drop(window().print())>{words::print()}</button> }
    };
    view! {
        <Dialog title=words::receipt() on_close=on_close foot=foot>
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
