//! The map: outlines of the QPV with how many people live (or were met) in each.

use super::count::{Source, cohort};
use super::{alone, within_total};
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
    // Counted without masks first: the map masks by its own cells.
    let plain = cohort(Source { mask_below: 0, ..source }, filter, completeness);
    let count = |figure: Figure| if let Figure::Count(count) = figure { count } else { 0 };
    let people = |wanted: &dyn Fn(Location) -> bool| -> u32 {
        plain.locations.iter().filter(|it| wanted(it.location)).map(|it| count(it.people)).sum()
    };
    let drawing = draw(shapes);
    let known = |code| shapes.iter().any(|shape| shape.code == code);
    let mut cells: Vec<u32> =
        drawing.outlines.iter().map(|it| people(&|place| place == Location::Qpv(it.code))).collect();
    cells.push(people(&|place| match place {
        Location::Outside(_) | Location::NoStableHome => true,
        Location::Qpv(code) => !known(code),
        _ => false,
    }));
    cells.push(people(&|place| matches!(place, Location::NotTold | Location::NotRecorded)));
    let figures = within_total(&cells, source.mask_below);
    let total = cells.iter().sum();
    let shapes = drawing.outlines.into_iter().zip(&figures).map(|(it, people)| MapShape {
        location: Location::Qpv(it.code),
        name: it.name,
        path: it.path,
        label_at: it.label_at,
        people: *people,
    });
    MapView {
        view_box: drawing.view_box,
        shapes: shapes.collect(),
        outside: figures[figures.len() - 2],
        unknown: figures[figures.len() - 1],
        total: alone(total, source.mask_below),
    }
}
