//! The QPV: the three shapes of the official file, hostile files, known points, and every polygon of
//! the national file where the reference data are there.
#![allow(clippy::unwrap_used)]

use domain::location::QpvCode;
use domain::territory::{QpvIndex, QpvShape, RefusalReason, TerritoryError, draw, read};
use geo::InteriorPoint as _;
use std::io::Read as _;
use std::path::PathBuf;

const SQUARE: &str = "[[[2.0,48.0],[2.1,48.0],[2.1,48.1],[2.0,48.1],[2.0,48.0]]]";

fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn named(code: &str, coordinates: &str) -> String {
    feature(&format!(r#""code_qp":"{code}","lib_qp":"Quartier inventé""#), "Polygon", coordinates)
}

/// The national file, or nothing (said) where the reference data are not there.
fn national() -> Option<Vec<QpvShape>> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/qpv/qpv2024-france.geojson.gz");
    let Ok(file) = std::fs::File::open(path) else {
        #[allow(clippy::print_stderr)]
        {
            eprintln!("skipped: the reference data are not there");
        }
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let import = read(&text).unwrap();
    assert_eq!(import.refused, []);
    Some(import.taken)
}

#[test]
fn the_three_shapes_of_properties_are_read() {
    let text = collection(&[
        feature(r#""code_qp":"QN09301I","lib_qp":"A","insee_com":["93013","93066"]"#, "Polygon", SQUARE),
        feature(r#""code_qp":"QN09302M","lib_qp":"B","insee_com":"93013;93066""#, "Polygon", SQUARE),
        feature(
            r#""code_qp":"QN09303M","lib_qp":"C","insee_com":"93013, 93066""#,
            "MultiPolygon",
            &format!("[{SQUARE}]"),
        ),
        feature(r#""code_qp":"QP093028","nom_qp":"D","commune_qp":"Bourg-Inventé""#, "Polygon", SQUARE),
    ]);
    let import = read(&text).unwrap();
    assert_eq!(import.refused, []);
    let names: Vec<&str> = import.taken.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C", "D"]);
    for shape in &import.taken[..3] {
        let communes: Vec<&str> = shape.communes.iter().map(|it| it.as_str()).collect();
        assert_eq!(communes, ["93013", "93066"], "{}", shape.name);
    }
}

#[test]
fn a_feature_that_cannot_be_used_is_refused_with_its_reason() {
    use RefusalReason::*;
    let far = "[[[2.0,48.0],[999.0,48.0],[2.1,48.1],[2.0,48.0]]]";
    let cases = [
        (named("QN09301I", SQUARE), None),
        (named("QN09301I", SQUARE), Some(Duplicate)),
        (named("QN0930", SQUARE), Some(Code)),
        (feature(r#""code_qp":"QN09302M""#, "Polygon", SQUARE), Some(Name)),
        (named("QN09303M", far), Some(Coordinates)),
        (named("QN09304M", "[[[2.0,48.0],[2.1,48.0]]]"), Some(Geometry)),
        (named("QN09305M", "[[]]"), Some(Geometry)),
        (named("QN09306M", "[]"), Some(Geometry)),
        (feature(r#""code_qp":"QN09307M","lib_qp":"P""#, "Point", "[2.0,48.0]"), Some(Geometry)),
        (feature(r#""code_qp":"QN09308M","lib_qp":"M""#, "MultiPolygon", "[]"), Some(Geometry)),
    ];
    let import = read(&collection(&cases.clone().map(|(text, _)| text))).unwrap();
    assert_eq!(import.taken.len(), 1);
    let found: Vec<_> = import.refused.iter().map(|it| (it.position, it.reason)).collect();
    let wanted: Vec<_> =
        (1..).zip(&cases).filter_map(|(n, (_, reason))| reason.map(|reason| (n, reason))).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_hostile_file_is_refused_without_a_panic() {
    let one_number = collection(&[named("QN09301I", "[[[2.0],[2.1],[2.2],[2.0]]]")]);
    assert!(read(&one_number).map_or(true, |it| it.taken.is_empty()), "positions of one number");
    for text in ["", "null", "{}", "[1,2]", r#"{"type":"Point","coordinates":[2,48]}"#] {
        assert_eq!(read(text), Err(TerritoryError::NotGeoJson), "{text}");
    }
    let huge = collection(&[named("QN09301I", "[[[1e999,48.0],[2.1,48.0],[2.1,48.1],[1e999,48.0]]]")]);
    assert_eq!(read(&huge), Err(TerritoryError::NotGeoJson), "infinity");
    let nan = collection(&[named("QN09301I", "[[[NaN,48.0],[2.1,48.0],[2.1,48.1],[NaN,48.0]]]")]);
    assert_eq!(read(&nan), Err(TerritoryError::NotGeoJson), "not a number");
    assert_eq!(read(&"[".repeat(100_000)), Err(TerritoryError::NotGeoJson), "deep nesting");
    let many = collection(&vec![named("QN09301I", "[]"); 5_001]);
    assert_eq!(read(&many), Err(TerritoryError::TooLarge), "too many features");
    assert_eq!(read(&" ".repeat(64 * 1024 * 1024 + 1)), Err(TerritoryError::TooLarge), "too long");
}

#[test]
fn a_boundary_belongs_to_its_qpv() {
    let index = QpvIndex::build(read(&collection(&[named("QN09301I", SQUARE)])).unwrap().taken);
    let code: QpvCode = "QN09301I".parse().unwrap();
    for (lon, lat) in [(2.05, 48.05), (2.0, 48.05), (2.1, 48.1)] {
        assert_eq!(index.locate(lon, lat), Some(code), "{lon} {lat}");
    }
    for (lon, lat) in [(2.11, 48.05), (f64::NAN, 48.05), (2.05, f64::INFINITY)] {
        assert_eq!(index.locate(lon, lat), None, "{lon} {lat}");
    }
    assert_eq!(index.name(code), Some("Quartier inventé"));
}

#[test]
fn known_points_and_every_interior_point_of_the_national_file_are_found() {
    let Some(shapes) = national() else { return };
    assert_eq!(shapes.len(), 1_584);
    let index = QpvIndex::build(shapes);
    let at = |lon, lat| index.locate(lon, lat).map(|it| it.to_string());
    assert_eq!(at(2.387311, 48.917735).as_deref(), Some("QN09328M"));
    assert_eq!(at(2.41299, 48.85592).as_deref(), Some("QN07517I"));
    assert_eq!(at(2.412, 48.899), None);
    let mut wrong = Vec::new();
    for shape in index.shapes() {
        for polygon in &shape.polygons {
            let inside = polygon.interior_point().unwrap();
            if index.locate(inside.x(), inside.y()) != Some(shape.code) {
                wrong.push(shape.code);
            }
        }
    }
    assert_eq!(wrong, [], "polygons whose interior point is found elsewhere");
}

#[test]
fn a_shape_kept_as_steps_of_micro_degrees_reads_back() {
    let Some(shapes) = national() else { return };
    for shape in shapes.iter().take(200) {
        let kept = serde_json::to_string(shape).unwrap();
        let back: QpvShape = serde_json::from_str(&kept).unwrap();
        let apart = geo::CoordsIter::coords_iter(&shape.polygons)
            .zip(geo::CoordsIter::coords_iter(&back.polygons))
            .map(|(a, b)| (a.x - b.x).abs().max((a.y - b.y).abs()))
            .fold(0.0, f64::max);
        assert!(apart < 1e-6, "{} {apart}", shape.code);
    }
}

#[test]
fn a_drawing_holds_every_label_within_its_frame() {
    let Some(shapes) = national() else { return };
    let seine_saint_denis: Vec<QpvShape> =
        shapes.into_iter().filter(|it| it.code.as_str().starts_with("QN093")).collect();
    let drawing = draw(&seine_saint_denis);
    assert_eq!(drawing.outlines.len(), seine_saint_denis.len());
    for outline in &drawing.outlines {
        let (x, y) = outline.label_at;
        assert!(x > 0.0 && x < drawing.view_box.0 && y > 0.0 && y < drawing.view_box.1, "{}", outline.code);
        assert!(outline.path.starts_with('M') && outline.path.ends_with('Z'), "{}", outline.code);
    }
}
