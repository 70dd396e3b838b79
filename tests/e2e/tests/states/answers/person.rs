//! A person's page with long names and partners.

use super::{LONG_NAME, ORGANISATION, day};
use domain::api::ledger::RequestView;
use domain::api::ledger::{PartnerId, PartnerView};
use domain::api::person::{Author, PersonView};
use domain::ids::SolutionId;
use domain::vocabulary::GivenBy;
use domain::vocabulary::{Part, RequestKind};

/// A real page, made long.
pub fn long(mut real: PersonView) -> PersonView {
    let by = Author {
        name: Some(LONG_NAME.into()),
        organisation: Some(ORGANISATION.into()),
        me: false,
        recovered_by: Some("Inès R.".into()),
    };
    let partner = |n: u8, granted: bool, to_tell: bool, told: bool| PartnerView {
        partner: PartnerId::Open(SolutionId::from_bytes([n; 16])),
        name: (n < 3).then(|| format!("Chantier d’insertion · {ORGANISATION}")),
        parts: vec![Part::Identity, Part::Contact],
        on: day(-30),
        by: Some(by.clone()),
        by_left: n == 3,
        granted,
        to_tell: to_tell.then(|| "0".repeat(64)),
        told: told.then(|| (day(1), by.clone())),
    };
    real.hit.label.name = Some(LONG_NAME.into());
    real.ledger.partners =
        vec![partner(1, true, false, false), partner(2, false, true, false), partner(3, false, true, true)];
    real.ledger.requests = vec![RequestView {
        request: "0".repeat(64),
        kind: RequestKind::Access,
        on: day(-2),
        by: Some(by),
        given_by: GivenBy::Person,
        answered: None,
    }];
    real
}
