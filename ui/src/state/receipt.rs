//! Whom a receipt may be offered to now: after a first encounter in which something was agreed to, and after
//! a withdrawal. Said once, quietly; gone with the next thing that is done.

use domain::ids::PathwayId;
use leptos::prelude::*;

/// The offer that stands.
#[derive(Clone, Copy)]
pub struct ReceiptOffer(RwSignal<Option<PathwayId>>);

impl ReceiptOffer {
    /// Provides none to the whole screen.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Offers one, or no longer.
    pub fn put(self, pathway: Option<PathwayId>) {
        self.0.set(pathway);
    }

    /// To whom.
    pub fn get(self) -> Option<PathwayId> {
        self.0.get()
    }
}

/// The offer of this screen.
pub fn receipt_offer() -> ReceiptOffer {
    expect_context()
}
