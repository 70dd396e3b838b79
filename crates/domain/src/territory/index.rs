//! Finds the QPV of a position: an R-tree of bounding boxes, then the polygon itself.

use super::shape::QpvShape;
use crate::location::QpvCode;
use geo::{BoundingRect as _, Intersects as _, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// An index over QPV.
#[derive(Debug, Default)]
pub struct QpvIndex {
    shapes: Vec<QpvShape>,
    /// Box of each polygon; which QPV, which polygon.
    tree: RTree<PolygonBox>,
}

/// A bounding box, with which QPV and which of its polygons it is of.
type PolygonBox = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

impl QpvIndex {
    /// Builds the index.
    pub fn build(shapes: Vec<QpvShape>) -> Self {
        let mut boxes = Vec::new();
        for (n, shape) in shapes.iter().enumerate() {
            for (part, polygon) in shape.polygons.iter().enumerate() {
                if let Some(rect) = polygon.bounding_rect() {
                    let (least, most) = (rect.min(), rect.max());
                    let rect = Rectangle::from_corners([least.x, least.y], [most.x, most.y]);
                    boxes.push(GeomWithData::new(rect, (n, part)));
                }
            }
        }
        Self { shapes, tree: RTree::bulk_load(boxes) }
    }

    /// The QPV of a position in degrees; its boundary belongs to it. None outside any.
    pub fn locate(&self, lon: f64, lat: f64) -> Option<QpvCode> {
        if !(lon.is_finite() && lat.is_finite()) {
            return None;
        }
        let point = Point::new(lon, lat);
        let candidates = self.tree.locate_in_envelope_intersecting(AABB::from_point([lon, lat]));
        let mut found: Vec<usize> = candidates
            .map(|it| it.data)
            .filter(|(n, part)| self.shapes[*n].polygons.0[*part].intersects(&point))
            .map(|(n, _)| n)
            .collect();
        found.sort_unstable();
        found.first().map(|n| self.shapes[*n].code)
    }

    /// Name of a QPV.
    pub fn name(&self, code: QpvCode) -> Option<&str> {
        self.shapes.iter().find(|shape| shape.code == code).map(|shape| shape.name.as_str())
    }

    /// The QPV.
    pub fn shapes(&self) -> &[QpvShape] {
        &self.shapes
    }
}
