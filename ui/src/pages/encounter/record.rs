//! *Enregistrer*: said only once the entry is on disk.

use super::Form;
use crate::route::{self, Route};
use crate::state::receipt::receipt_offer;
use crate::state::toast::toasts;
use crate::state::{Act, act};
use crate::text::{common, encounter as words, today, typography};
use domain::api::encounter::{EncounterForm, RecordEncounter, UndoLast};
use domain::api::ledger::LedgerActKind;
use leptos::prelude::*;

/// Records the form; it stays as it is where the call is refused.
pub fn record(keeper: Form, record: Act) {
    let (toasts, offer) = (toasts(), receipt_offer());
    let request = RecordEncounter { draft: keeper.id, form: keeper.form.get_untracked() };
    let agreed = agrees(&request.form);
    record.run(request, move |recorded| {
        keeper.end();
        offer.put(recorded.pathway.filter(|_| agreed && recorded.rank == 1));
        let undo = Callback::new(move |()| {
            offer.put(None);
            act().run(UndoLast {}, move |_| toasts.say(today::undone()));
        });
        let (rank, ending) = typography::rank(recorded.rank);
        let said = format!("{} · {rank}{ending} {}", common::saved(), words::nth());
        let more =
            recorded.new_code.map(|code| format!("{} {}", words::code_more(), typography::code(&code)));
        toasts.say_with(said, more, Some((common::undo().to_owned(), undo)));
        route::go(Route::Home);
    });
}

/// The person agreed to something in this encounter.
fn agrees(form: &EncounterForm) -> bool {
    form.ledger.iter().any(|act| matches!(act.kind, LedgerActKind::Agreement { .. }))
}
