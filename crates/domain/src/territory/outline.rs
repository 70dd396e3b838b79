//! Draws QPV as outlines: longitude and latitude on a plane (equirectangular, at the mean latitude).

use super::shape::QpvShape;
use crate::location::QpvCode;
use geo::{BoundingRect as _, InteriorPoint as _, Simplify as _};
use std::fmt::Write as _;

/// Width of a drawing, its own units.
const WIDTH: f64 = 1_000.0;
/// Room round it.
const MARGIN: f64 = 20.0;

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width and height.
    pub view_box: (f64, f64),
    /// Outlines.
    pub outlines: Vec<Outline>,
}

/// The outline of a QPV.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Code.
    pub code: QpvCode,
    /// Name.
    pub name: String,
    /// SVG path data.
    pub path: String,
    /// Where to write the name: a point inside.
    pub label_at: (f64, f64),
}

/// Draws QPV; an empty drawing where there are none.
pub fn draw(shapes: &[QpvShape]) -> Drawing {
    let boxes = shapes.iter().filter_map(|shape| shape.polygons.bounding_rect());
    let Some(whole) = boxes.reduce(|a, b| {
        geo::Rect::new(
            (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
            (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
        )
    }) else {
        return Drawing { view_box: (WIDTH, WIDTH / 2.0), outlines: Vec::new() };
    };
    let shrink = whole.center().y.to_radians().cos().max(0.01);
    let (wide, high) = ((whole.width() * shrink).max(1e-6), whole.height().max(1e-6));
    let scale = ((WIDTH - 2.0 * MARGIN) / wide).min((WIDTH - 2.0 * MARGIN) / high);
    let place = |x: f64, y: f64| {
        (MARGIN + (x - whole.min().x) * shrink * scale, MARGIN + (whole.max().y - y) * scale)
    };
    let outlines = shapes.iter().map(|shape| {
        // Half a unit of the drawing is not seen.
        let simple = shape.polygons.simplify(0.5 / scale);
        let mut path = String::new();
        for ring in simple.iter().flat_map(|it| std::iter::once(it.exterior()).chain(it.interiors())) {
            for (n, point) in ring.0.iter().enumerate() {
                let (x, y) = place(point.x, point.y);
                let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
            }
            path.push('Z');
        }
        let inside = shape.polygons.interior_point().map_or((0.0, 0.0), |it| place(it.x(), it.y()));
        Outline { code: shape.code, name: shape.name.clone(), path, label_at: inside }
    });
    Drawing {
        view_box: (wide * scale + 2.0 * MARGIN, high * scale + 2.0 * MARGIN),
        outlines: outlines.collect(),
    }
}
