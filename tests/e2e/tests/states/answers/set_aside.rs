//! What the cité refused.

use super::{LONG_NAME, ORGANISATION, day};
use domain::api::person::Author;
use domain::api::set_aside::*;
use domain::api::today::PersonLabel;
use domain::ids::PathwayId;
use domain::vocabulary::DocumentKind;

/// One of each reason, of several kinds, with a long note; one that nobody opens any more.
pub fn full() -> SetAsideView {
    let me = Author { me: true, ..Author::UNKNOWN };
    let colleague = Author {
        name: Some(LONG_NAME.into()),
        organisation: Some(ORGANISATION.into()),
        me: false,
        recovered_by: Some("Inès R.".into()),
    };
    let line = |list: Option<&str>, field: &str, value: &str| SetAsideLine {
        list: list.map(str::to_owned),
        field: field.into(),
        value: value.into(),
    };
    let note = "Préfère qu’on l’appelle après 18 h. Sa sœur peut garder les enfants le mercredi ; elle demande si la \
                formation du GRETA inventé ouvre en janvier, et si l’aide au permis peut couvrir le code.";
    let item = |id, after, author: &Author, named: bool, kind, reason: &str, lines: Vec<SetAsideLine>| {
        SetAsideItem {
            id,
            on: day(after),
            author: author.clone(),
            person: named.then(|| PersonLabel {
                pathway: PathwayId::from_bytes([5; 16]),
                name: Some(LONG_NAME.into()),
                initials: Some("M V".into()),
                code: Some("K7TR2M".into()),
            }),
            kind,
            reason: reason.into(),
            readable: !lines.is_empty(),
            lines,
        }
    };
    let needs = vec![line(Some("needs"), "kind", "job"), line(Some("barriers"), "state", "in_progress")];
    let notes = vec![line(None, "text", note)];
    SetAsideView {
        items: vec![
            item(1, -9, &me, true, DocumentKind::Pathway, "not_entitled", needs),
            item(2, -6, &me, true, DocumentKind::Notes, "consent_withdrawn", notes),
            item(
                3,
                -4,
                &me,
                false,
                DocumentKind::Outing,
                "chain_moved",
                vec![line(None, "headcount", "14"), line(None, "women", "9")],
            ),
            item(
                5,
                -3,
                &me,
                true,
                DocumentKind::Contact,
                "not_entitled",
                vec![line(None, "phone", "0600000000")],
            ),
            item(4, -2, &colleague, true, DocumentKind::Identity, "missing", Vec::new()),
        ],
        others: 2,
    }
}
