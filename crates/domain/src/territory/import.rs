//! Reads the official GeoJSON of the QPV in its three shapes: 2024 with a list of communes, 2024 with
//! communes in one string (data.gouv.fr), 2015. Source: ANCT, *Quartiers prioritaires de la politique
//! de la ville*.

use super::shape::QpvShape;
use crate::location::{CommuneCode, QpvCode};
use geo::MultiPolygon;
use geojson::{Feature, GeoJson, GeometryValue, JsonObject, Position};
use std::collections::BTreeSet;

/// Longest file, bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Most features, and most points in all.
const MOST_FEATURES: usize = 5_000;
const MOST_POINTS: usize = 2_000_000;
/// Longest name, characters.
const LONGEST_NAME: usize = 200;

/// What was taken and what was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// QPV.
    pub taken: Vec<QpvShape>,
    /// Features that were refused.
    pub refused: Vec<Refused>,
}

/// A feature that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Position in the file, from 1.
    pub position: usize,
    /// Why.
    pub reason: RefusalReason,
}

/// Why a feature was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusalReason {
    /// No `code_qp`, or one of another shape.
    #[error("no QPV code in code_qp")]
    Code,
    /// The code stood in an earlier feature.
    #[error("the code stands in an earlier feature")]
    Duplicate,
    /// Neither `lib_qp` nor `nom_qp`.
    #[error("no name in lib_qp or nom_qp")]
    Name,
    /// No polygon, or one with fewer than four points.
    #[error("no polygon")]
    Geometry,
    /// A coordinate outside of longitude ±180, latitude ±90.
    #[error("coordinates are not longitude and latitude in degrees")]
    Coordinates,
}

/// Why a whole file was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TerritoryError {
    /// Over a limit of size.
    #[error("the file is too large")]
    TooLarge,
    /// Not a GeoJSON collection of features.
    #[error("the file is not a GeoJSON FeatureCollection")]
    NotGeoJson,
}

/// Reads a file.
///
/// # Errors
/// [`TerritoryError`]; single features are refused in [`Import::refused`] instead.
pub fn read(text: &str) -> Result<Import, TerritoryError> {
    if text.len() > MOST_BYTES {
        return Err(TerritoryError::TooLarge);
    }
    let json: GeoJson = text.parse().map_err(|_| TerritoryError::NotGeoJson)?;
    let GeoJson::FeatureCollection(collection) = json else { return Err(TerritoryError::NotGeoJson) };
    if collection.features.len() > MOST_FEATURES {
        return Err(TerritoryError::TooLarge);
    }
    let mut import = Import { taken: Vec::new(), refused: Vec::new() };
    let mut codes = BTreeSet::new();
    let mut points = 0;
    for (position, feature) in (1..).zip(&collection.features) {
        match shape(feature) {
            Ok(shape) if !codes.insert(shape.code) => {
                import.refused.push(Refused { position, reason: RefusalReason::Duplicate });
            }
            Ok(shape) => {
                points += geo::CoordsIter::coords_count(&shape.polygons);
                import.taken.push(shape);
            }
            Err(reason) => import.refused.push(Refused { position, reason }),
        }
        if points > MOST_POINTS {
            return Err(TerritoryError::TooLarge);
        }
    }
    Ok(import)
}

fn shape(feature: &Feature) -> Result<QpvShape, RefusalReason> {
    let empty = JsonObject::new();
    let properties = feature.properties.as_ref().unwrap_or(&empty);
    let word = |name: &str| {
        properties.get(name).and_then(|it| it.as_str()).map(str::trim).filter(|it| !it.is_empty())
    };
    let code: QpvCode = word("code_qp").and_then(|it| it.parse().ok()).ok_or(RefusalReason::Code)?;
    let name = word("lib_qp").or_else(|| word("nom_qp")).ok_or(RefusalReason::Name)?;
    let value = feature.geometry.as_ref().map(|geometry| &geometry.value).ok_or(RefusalReason::Geometry)?;
    // A position of fewer than two numbers makes the conversion to `geo` panic.
    let flat = |rings: &Vec<Vec<Position>>| rings.iter().flatten().all(|it| it.as_slice().len() >= 2);
    let polygons: MultiPolygon<f64> = match value {
        GeometryValue::Polygon { coordinates } if !flat(coordinates) => {
            return Err(RefusalReason::Geometry);
        }
        GeometryValue::MultiPolygon { coordinates } if !coordinates.iter().all(flat) => {
            return Err(RefusalReason::Geometry);
        }
        GeometryValue::Polygon { .. } => {
            MultiPolygon::new(vec![value.clone().try_into().map_err(|_| RefusalReason::Geometry)?])
        }
        GeometryValue::MultiPolygon { .. } => {
            value.clone().try_into().map_err(|_| RefusalReason::Geometry)?
        }
        _ => return Err(RefusalReason::Geometry),
    };
    if polygons.0.is_empty() || polygons.iter().any(|it| it.exterior().0.len() < 4) {
        return Err(RefusalReason::Geometry);
    }
    let inside = |point: geo::Coord<f64>| point.x.abs() <= 180.0 && point.y.abs() <= 90.0;
    if !geo::CoordsIter::coords_iter(&polygons).all(inside) {
        return Err(RefusalReason::Coordinates);
    }
    Ok(QpvShape {
        code,
        name: name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect(),
        communes: communes(properties),
        polygons,
    })
}

/// Communes: a list of codes, or one string with `;` or `,` between them. Names (2015) are none.
fn communes(properties: &JsonObject) -> Vec<CommuneCode> {
    let Some(value) = properties.get("insee_com").or_else(|| properties.get("commune_qp")) else {
        return Vec::new();
    };
    let codes: Vec<&str> = match value {
        serde_json::Value::Array(list) => list.iter().filter_map(|it| it.as_str()).collect(),
        serde_json::Value::String(text) => text.split([';', ',']).collect(),
        _ => Vec::new(),
    };
    codes.iter().filter_map(|code| code.trim().parse().ok()).collect()
}
