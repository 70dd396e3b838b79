//! The filter: a quarter, which geography, which public.

use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::text::{cohort as words, days, names};
use domain::api::cohort::{CohortFilter, Geography};
use domain::publics::Public;
use domain::time::{Day, Period, Quarter};
use leptos::prelude::*;

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Chosen {
    quarter: RwSignal<Quarter>,
    geography: RwSignal<Geography>,
    public: RwSignal<Option<Public>>,
}

impl Chosen {
    /// The present quarter, by residence, everybody.
    pub fn new() -> Self {
        Self {
            quarter: RwSignal::new(days::today().quarter()),
            geography: RwSignal::new(Geography::Residence),
            public: RwSignal::new(None),
        }
    }

    /// As a filter, tracked.
    pub fn filter(self) -> CohortFilter {
        CohortFilter {
            period: self.quarter.get().period(),
            geography: self.geography.get(),
            location: None,
            public: self.public.get().map(|public| public.code().to_owned()),
            organisation: None,
            programme: None,
        }
    }

    fn turn(self, by: i32) {
        self.quarter.update(|quarter| {
            let Period { from, to } = quarter.period();
            let next: Day = if by < 0 { from.plus(-1) } else { to.plus(1) };
            *quarter = next.quarter();
        });
    }
}

/// The bar of choices.
pub fn bar(chosen: Chosen) -> impl IntoView {
    let geographies = [
        (Geography::Residence, words::by_residence().to_owned()),
        (Geography::ContactPlace, words::by_contact().to_owned()),
    ];
    let publics = Public::ALL.map(|public| (public, names::public(public.code())));
    let last = move || chosen.quarter.get() == days::today().quarter();
    view! {
        <div class="page-head__tools">
            <button type="button" class="button button--icon" aria-label=words::earlier() on:click=move |_| chosen.turn(-1)>{icon(Icon::ChevronLeft)}</button>
            <span class="strong" aria-live="polite">{move || days::period(chosen.quarter.get().period())}</span>
            <button type="button" class="button button--icon" aria-label=words::later() disabled=last on:click=move |_| chosen.turn(1)>{icon(Icon::ChevronRight)}</button>
        </div>
        <div class="row">
            {one_of(words::by_residence(), geographies, Signal::derive(move || Some(chosen.geography.get())), move |it| chosen.geography.set(it.unwrap_or(Geography::Residence)))}
            {one_of(words::publics(), publics, chosen.public.into(), move |it| chosen.public.set(it))}
        </div>
    }
}
