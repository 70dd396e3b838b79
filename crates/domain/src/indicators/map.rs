//! The map: outlines of the QPV with how many people live (or were met) in each. Its figures are those
//! of the table of locations, masked once: two maskings of the same people would give each other away.

use super::alone;
use super::count::{Source, cohort};
use crate::api::cohort::*;
use crate::location::Location;
use crate::territory::{QpvShape, draw};

/// Draws the map for a filter.
pub fn map(
    source: Source<'_>,
    shapes: &[QpvShape],
    filter: &CohortFilter,
    completeness: Completeness,
) -> MapView {
    let shown = cohort(source, filter, completeness.clone());
    let plain = cohort(Source { mask_below: 0, ..source }, filter, completeness);
    let figure = |place: Location| {
        shown
            .locations
            .iter()
            .find(|it| it.location == place)
            .map_or(alone(0, source.mask_below), |it| it.people)
    };
    let known =
        |place: &Location| matches!(place, Location::Qpv(code) if shapes.iter().any(|it| it.code == *code));
    let unknown = |place: &Location| matches!(place, Location::NotTold | Location::NotRecorded);
    // A sum is shown only where each of its parts is.
    let sum = |wanted: &dyn Fn(&Location) -> bool| {
        let mut parts = shown.locations.iter().filter(|it| wanted(&it.location)).map(|it| it.people);
        let whole = parts.try_fold(0, |sum, it| match it {
            Figure::Count(count) => Some(sum + count),
            Figure::Masked => None,
        });
        whole.map_or(Figure::Masked, |count| alone(count, source.mask_below))
    };
    let count = |it: &LocationFigures| if let Figure::Count(count) = it.people { count } else { 0 };
    let total = plain.locations.iter().map(count).sum();
    let drawing = draw(shapes);
    let shapes = drawing.outlines.into_iter().map(|it| MapShape {
        location: Location::Qpv(it.code),
        name: it.name,
        path: it.path,
        label_at: it.label_at,
        people: figure(Location::Qpv(it.code)),
    });
    MapView {
        view_box: drawing.view_box,
        shapes: shapes.collect(),
        outside: sum(&|place| !known(place) && !unknown(place)),
        unknown: sum(&unknown),
        total: alone(total, source.mask_below),
    }
}
