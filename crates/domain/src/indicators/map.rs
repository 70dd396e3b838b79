//! The map: outlines of the QPV with how many people live (or were met) in each. Its figures are those
//! of the table of places: two maskings of the same people would give each other away.

use super::cell::Cell;
use super::zone::Zone;
use crate::api::cohort::*;
use crate::location::Location;
use crate::territory::{QpvShape, draw};

/// Draws the map for the figures of everybody, a public, an organisation or a programme.
pub fn map(view: &CohortView, shapes: &[QpvShape]) -> MapView {
    let cell = |zone| match view.filter.geography {
        Geography::Residence => Cell::ResidencePeople(zone),
        Geography::ContactPlace => Cell::MetPeople(zone),
    };
    let people = |zone| view.figures.of(cell(zone));
    // A sum is shown only where each of its parts is.
    let sum = |zones: &[Zone]| {
        zones.iter().map(|zone| people(*zone)).fold(Figure::Count(0), |sum, it| match (sum, it) {
            (Figure::Count(sum), Figure::Count(it)) => Figure::Count(sum + it),
            _ => Figure::Masked,
        })
    };
    let drawing = draw(shapes);
    let shapes = drawing.outlines.into_iter().map(|it| MapShape {
        location: Location::Qpv(it.code),
        name: it.name,
        path: it.path,
        label_at: it.label_at,
        people: people(Zone::Qpv(it.code)),
    });
    MapView {
        view_box: drawing.view_box,
        shapes: shapes.collect(),
        outside: sum(&[Zone::Outside, Zone::NoStableHome]),
        unknown: sum(&[Zone::NotTold, Zone::NotRecorded]),
        total: view.figures.of(Cell::Spotted),
    }
}
