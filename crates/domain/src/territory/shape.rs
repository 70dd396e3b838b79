//! The outline of a QPV, as it is kept and sent: whole micro-degrees, each the step from the last.

use crate::location::{CommuneCode, QpvCode};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const MICRO: f64 = 1e6;

/// A QPV.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QpvShape {
    /// Code.
    pub code: QpvCode,
    /// Name.
    pub name: String,
    /// Communes it lies in.
    pub communes: Vec<CommuneCode>,
    /// Polygons, longitude and latitude in degrees.
    #[serde(serialize_with = "pack", deserialize_with = "unpack")]
    pub polygons: MultiPolygon<f64>,
}

/// Polygons → rings (the first is the outside) → steps of x and y in turn.
type Packed = Vec<Vec<Vec<i32>>>;

fn pack<S: Serializer>(polygons: &MultiPolygon<f64>, s: S) -> Result<S::Ok, S::Error> {
    let ring = |line: &LineString<f64>| {
        let (mut x, mut y) = (0, 0);
        let mut steps = Vec::with_capacity(line.0.len() * 2);
        for point in &line.0 {
            let (px, py) = ((point.x * MICRO).round() as i32, (point.y * MICRO).round() as i32);
            steps.extend([px - x, py - y]);
            (x, y) = (px, py);
        }
        steps
    };
    let packed: Packed = polygons
        .iter()
        .map(|it| std::iter::once(it.exterior()).chain(it.interiors()).map(ring).collect())
        .collect();
    packed.serialize(s)
}

fn unpack<'de, D: Deserializer<'de>>(d: D) -> Result<MultiPolygon<f64>, D::Error> {
    let packed = Packed::deserialize(d)?;
    let ring = |steps: &Vec<i32>| {
        let (mut x, mut y) = (0_i64, 0_i64);
        let points = steps.as_chunks::<2>().0.iter().map(|[dx, dy]| {
            (x, y) = (x + i64::from(*dx), y + i64::from(*dy));
            Coord { x: x as f64 / MICRO, y: y as f64 / MICRO }
        });
        LineString::new(points.collect())
    };
    let polygons = packed.iter().filter_map(|rings| {
        let mut rings = rings.iter().map(ring);
        Some(Polygon::new(rings.next()?, rings.collect()))
    });
    Ok(MultiPolygon::new(polygons.collect()))
}

/// A polygon from its corners, in degrees.
pub fn polygon(corners: &[(f64, f64)]) -> MultiPolygon<f64> {
    MultiPolygon::new(vec![Polygon::new(LineString::from(corners.to_vec()), Vec::new())])
}
