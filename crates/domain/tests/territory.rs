//! QPV of real files: skipped, saying so, where the data is not beside the project.
#![allow(clippy::unwrap_used)]

use domain::location::QpvCode;
use domain::territory::{QpvIndex, RefusalReason, TerritoryError, draw, read};
use geo::InteriorPoint as _;
use std::io::Read as _;
use std::path::PathBuf;

fn data(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/qpv").join(name);
    let bytes = std::fs::read(&path).ok();
    let Some(bytes) = bytes else {
        eprintln!("skipped: {name} is not here");
        return None;
    };
    let mut text = String::new();
    if name.ends_with(".gz") {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    Some(text)
}

#[test]
fn known_points_are_in_the_neighbourhoods_they_are_known_for() {
    let Some(text) = data("qpv2024-france.geojson.gz") else { return };
    let import = read(&text).unwrap();
    assert_eq!((import.taken.len(), import.refused.len()), (1_584, 0));
    let index = QpvIndex::build(import.taken);
    let code = |text: &str| Some(text.parse::<QpvCode>().unwrap());
    assert_eq!(index.locate(2.387311, 48.917735), code("QN09328M"));
    assert_eq!(index.locate(2.41299, 48.85592), code("QN07517I"));
    assert_eq!(index.locate(2.412, 48.899), None);
    assert_eq!(index.locate(f64::NAN, 48.9), None);
}

#[test]
fn a_point_inside_each_polygon_of_the_national_file_is_found_in_its_neighbourhood() {
    let Some(text) = data("qpv2024-france.geojson.gz") else { return };
    let shapes = read(&text).unwrap().taken;
    // As kept and sent: micro-degrees, steps.
    let kept: Vec<domain::territory::QpvShape> =
        serde_json::from_str(&serde_json::to_string(&shapes).unwrap()).unwrap();
    let index = QpvIndex::build(kept);
    let mut points = 0;
    for shape in &shapes {
        for polygon in &shape.polygons {
            let point = polygon.interior_point().unwrap();
            assert_eq!(index.locate(point.x(), point.y()), Some(shape.code), "{}", shape.code);
            points += 1;
        }
    }
    assert!(points >= 1_584, "{points}");
}

#[test]
fn a_map_of_a_departement_draws_every_neighbourhood_inside_its_frame() {
    let Some(text) = data("qpv2024-dep93.geojson") else { return };
    let shapes = read(&text).unwrap().taken;
    let drawing = draw(&shapes);
    assert_eq!(drawing.outlines.len(), shapes.len());
    for outline in &drawing.outlines {
        let (x, y) = outline.label_at;
        assert!((0.0..=drawing.view_box.0).contains(&x) && (0.0..=drawing.view_box.1).contains(&y));
        assert!(outline.path.starts_with('M') && outline.path.ends_with('Z'));
    }
}

fn feature(properties: &str, geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
    )
}

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[2,46],[2.1,46],[2.1,46.1],[2,46]]]}"#;

#[test]
fn the_three_shapes_of_the_official_file_are_taken() {
    for (properties, communes) in [
        (r#"{"code_qp":"QN09901M","lib_qp":"Inventé","insee_com":["93066","93001"]}"#, 2),
        (r#"{"code_qp":"QN09901M","lib_qp":"Inventé","insee_com":"93066; 93001, 93005"}"#, 3),
        (r#"{"code_qp":"QP093028","nom_qp":"Inventé","commune_qp":"Saint-Inventé"}"#, 0),
    ] {
        let import = read(&feature(properties, SQUARE)).unwrap();
        assert_eq!(import.taken[0].communes.len(), communes, "{properties}");
    }
}

#[test]
fn a_wrong_feature_is_refused_by_its_reason_and_a_wrong_file_whole() {
    let named = r#"{"code_qp":"QN09901M","lib_qp":"Inventé"}"#;
    for (properties, geometry, reason) in [
        (r#"{"lib_qp":"Inventé"}"#, SQUARE, RefusalReason::Code),
        (r#"{"code_qp":"QN09901M"}"#, SQUARE, RefusalReason::Name),
        (named, r#"{"type":"Point","coordinates":[2,46]}"#, RefusalReason::Geometry),
        (
            named,
            r#"{"type":"Polygon","coordinates":[[[652000,6861000],[652001,6861000],[652001,6861001],[652000,6861000]]]}"#,
            RefusalReason::Coordinates,
        ),
    ] {
        assert_eq!(read(&feature(properties, geometry)).unwrap().refused[0].reason, reason);
    }
    assert_eq!(read("{}"), Err(TerritoryError::NotGeoJson));
    assert_eq!(read(&"[".repeat(100_000)), Err(TerritoryError::NotGeoJson));
}
