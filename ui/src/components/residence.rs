//! Where a person lives, as far as the cité records it: a QPV, a commune outside any, or a word.

use crate::components::choice::one_of;
use crate::state::session::session;
use crate::text::{common, encounter as words, names};
use domain::api::cite::CiteView;
use domain::location::{CommuneCode, Location};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The choice of a residence, over the QPV and communes of the cité.
#[component]
pub fn Residence(
    /// The residence chosen.
    #[prop(into)]
    value: Signal<Option<Location>>,
    /// What a touch does.
    on_choose: impl Fn(Option<Location>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = session();
    move || {
        let places = session.cite.value.with(|cite| cite.as_ref().map(known).unwrap_or_default());
        let others = [
            (Location::NoStableHome, words::no_home().to_owned()),
            (Location::NotTold, common::not_told().to_owned()),
        ];
        one_of(words::residence(), places.into_iter().chain(others), value, on_choose)
    }
}

fn known(cite: &CiteView) -> Vec<(Location, String)> {
    let qpvs = cite.qpvs.iter().map(|qpv| (Location::Qpv(qpv.code), qpv.name.clone()));
    let communes: BTreeSet<CommuneCode> =
        cite.settings.sectors.values().flat_map(|sector| sector.communes.iter().copied()).collect();
    let outside = communes.into_iter().map(|commune| {
        let place = Location::Outside(commune);
        (place, names::location(place, Some(cite)))
    });
    qpvs.chain(outside).collect()
}
