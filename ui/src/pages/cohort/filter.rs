//! The filter: a quarter, and one thing that narrows it.

use crate::components::choice::Segments;
use crate::components::icon::{Icon, icon};
use crate::state::session::session;
use crate::text::{cohort as words, days, names};
use domain::api::cohort::{CohortFilter, Geography};
use domain::ids::OrganisationId;
use domain::location::{Location, QpvCode};
use domain::publics::Public;
use domain::time::{Day, Period, Quarter};
use leptos::prelude::*;

/// Whom figures are about: one thing at a time.
#[derive(Clone, Copy, PartialEq)]
pub enum Whom {
    /// Everybody.
    Everyone,
    /// A public.
    Public(Public),
    /// A neighbourhood.
    Place(QpvCode),
    /// An organisation.
    Organisation(OrganisationId),
}

impl Whom {
    /// As the value of a choice.
    fn value(self) -> String {
        match self {
            Self::Everyone => String::new(),
            Self::Public(public) => format!("public:{}", public.code()),
            Self::Place(code) => format!("place:{}", code.as_str()),
            Self::Organisation(id) => format!("organisation:{id}"),
        }
    }

    fn read(value: &str) -> Self {
        let found = value.split_once(':').and_then(|(kind, rest)| match kind {
            "public" => Public::from_code(rest).map(Self::Public),
            "place" => rest.parse().ok().map(Self::Place),
            _ => rest.parse().ok().map(Self::Organisation),
        });
        found.unwrap_or(Self::Everyone)
    }

    /// In words.
    pub fn name(self) -> String {
        session().cite.value.with_untracked(|cite| match self {
            Self::Everyone => words::everyone().to_owned(),
            Self::Public(public) => names::public(public.code()),
            Self::Place(code) => names::location(Location::Qpv(code), cite.as_ref()),
            Self::Organisation(id) => {
                cite.as_ref().and_then(|it| it.settings.organisations.get(&id).cloned()).unwrap_or_default()
            }
        })
    }
}

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Chosen {
    quarter: RwSignal<Quarter>,
    geography: RwSignal<Geography>,
    whom: RwSignal<Whom>,
}

impl Chosen {
    /// The present quarter, by residence, everybody.
    pub fn new() -> Self {
        Self {
            quarter: RwSignal::new(days::today().quarter()),
            geography: RwSignal::new(Geography::Residence),
            whom: RwSignal::new(Whom::Everyone),
        }
    }

    /// As a filter, tracked.
    pub fn filter(self) -> CohortFilter {
        let mut filter = CohortFilter {
            period: self.quarter.get().period(),
            geography: self.geography.get(),
            location: None,
            public: None,
            organisation: None,
            programme: None,
        };
        match self.whom.get() {
            Whom::Everyone => {}
            Whom::Public(public) => filter.public = Some(public.code().to_owned()),
            Whom::Place(code) => filter.location = Some(Location::Qpv(code)),
            Whom::Organisation(id) => filter.organisation = Some(id),
        }
        filter
    }

    /// The quarter, tracked.
    pub fn quarter(self) -> Quarter {
        self.quarter.get()
    }

    /// Whom it is about, tracked.
    pub fn whom(self) -> Whom {
        self.whom.get()
    }

    fn turn(self, by: i32) {
        self.quarter.update(|quarter| {
            let Period { from, to } = quarter.period();
            let next: Day = if by < 0 { from.plus(-1) } else { to.plus(1) };
            *quarter = next.quarter();
        });
    }
}

/// `4e trimestre 2026`.
pub fn quarter_words(quarter: Quarter) -> impl IntoView {
    let (number, raised, rest) = words::quarter(quarter.quarter, quarter.year);
    view! { {number} <sup>{raised}</sup> {rest} }
}

/// Steps from quarter to quarter.
pub fn quarters(chosen: Chosen) -> impl IntoView {
    let last = move || chosen.quarter.get() == days::today().quarter();
    view! {
        <div class="quarter" role="group" aria-label=words::quarter_group()>
            <button type="button" class="button button--plain button--icon" aria-label=words::earlier() on:click=move |_| chosen.turn(-1)>{icon(Icon::ChevronLeft)}</button>
            <span class="quarter__name" aria-live="polite">{move || days::period(chosen.quarter.get().period())}</span>
            <button type="button" class="button button--plain button--icon" aria-label=words::later() disabled=last on:click=move |_| chosen.turn(1)>{icon(Icon::ChevronRight)}</button>
        </div>
    }
}

/// The bar of choices; with neighbourhoods where a page can be about one, and why there is one choice
/// only where it shows figures.
pub fn bar(chosen: Chosen, places: bool, figures: bool) -> impl IntoView {
    let geographies = vec![
        (Geography::Residence, words::by_residence().to_owned()),
        (Geography::ContactPlace, words::by_contact().to_owned()),
    ];
    let option = move |whom: Whom| {
        view! { <option value=whom.value() selected=move || chosen.whom.get() == whom>{whom.name()}</option> }
    };
    let group = move |label: &'static str, all: Vec<Whom>| {
        (!all.is_empty())
            .then(|| view! { <optgroup label=label>{all.into_iter().map(option).collect_view()}</optgroup> })
    };
    let options = move || {
        let publics = Public::ALL.map(Whom::Public).to_vec();
        let (qpvs, organisations) = session().cite.value.with(|cite| {
            let cite = cite.as_ref();
            let qpvs = cite.map(|it| it.qpvs.iter().map(|qpv| Whom::Place(qpv.code)).collect::<Vec<_>>());
            let organisations = cite.map(|it| {
                it.settings.organisations.keys().copied().map(Whom::Organisation).collect::<Vec<_>>()
            });
            (qpvs.unwrap_or_default(), organisations.unwrap_or_default())
        });
        view! {
            {option(Whom::Everyone)}
            {group(words::publics(), publics)}
            {places.then(|| group(words::neighbourhoods(), qpvs))}
            {group(words::organisations(), organisations)}
        }
    };
    let why = move || match chosen.whom.get() {
        Whom::Organisation(_) => Some(words::by_organisation_why()),
        _ => figures.then(words::by_place_why),
    };
    view! {
        <div class="narrowing">
            <label class="narrowing__field"><span>{words::counted()}</span>
                <select class="input" on:change=move |event| chosen.whom.set(Whom::read(&event_target_value(&event)))>{options}</select>
            </label>
            <div class="narrowing__field"><span id="places-by">{words::places_by()}</span>
                <Segments label=words::places_by() choices=geographies value=Signal::derive(move || Some(chosen.geography.get()))
                    on_choose=move |it| chosen.geography.set(it.unwrap_or(Geography::Residence))/>
            </div>
            <p class="narrowing__why">{why}</p>
        </div>
    }
}
