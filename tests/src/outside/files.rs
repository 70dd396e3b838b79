//! Files an administrator is given: settings, QPV, solutions.

use super::Ground;
use domain::ids::SolutionId;
use domain::solution::{self, import};
use domain::territory::{self, QpvIndex};

pub(super) fn settings_seeds(_: &Ground) -> Vec<Vec<u8>> {
    vec![sync_server::settings::EXAMPLE.as_bytes().to_vec()]
}

pub(super) fn settings(_: &Ground, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(settings) = sync_server::settings::read(text, false) {
        let _ = settings.is_ready();
        serde_json::to_vec(&settings).expect("what was read can be served");
    }
}

pub(super) fn geojson_seeds(_: &Ground) -> Vec<Vec<u8>> {
    let square = r#"{"type":"MultiPolygon","coordinates":[[[[2.40,48.90],[2.41,48.90],[2.41,48.91],[2.40,48.91],[2.40,48.90]]]]}"#;
    let feature = |properties: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{square}}}]}}"#
        )
        .into_bytes()
    };
    vec![
        feature(r#"{"code_qp":"QN09997M","lib_qp":"Quartier inventé","insee_com":["93066"]}"#),
        feature(r#"{"code_qp":"QN09998M","lib_qp":"Quartier inventé","insee_com":"93066, 93001"}"#),
        feature(r#"{"code_qp":"QP093066","nom_qp":"Quartier inventé","commune_qp":"Ville inventée"}"#),
    ]
}

pub(super) fn geojson(_: &Ground, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(import) = territory::read(text) else { return };
    let _ = territory::draw(&import.taken);
    serde_json::to_vec(&import.taken).expect("what was read can be served");
    let index = QpvIndex::build(import.taken);
    for (lon, lat) in [(2.405, 48.905), (-180.0, 90.0), (f64::NAN, f64::INFINITY)] {
        let _ = index.locate(lon, lat);
    }
}

pub(super) fn solutions_seeds(_: &Ground) -> Vec<Vec<u8>> {
    let services = r#"[{"id":"a","source":"x","structure_id":"s1","nom":"Accueil inventé","description":"Accueil","date_maj":"2026-01-01","thematiques":["famille--garde-denfants"],"publics":["femmes"],"zone_eligibilite":["93066"],"telephone":"0639980001","adresse":"1 rue inventée","commune":"Ville"}]"#;
    let structures = r#"[{"id":"s1","source":"x","date_maj":"2026-01-01","nom":"Maison inventée","reseaux_porteurs":["csapa"]}]"#;
    vec![format!("{services}\n{structures}").into_bytes(), format!("{services}\n[]").into_bytes()]
}

/// Services, a line's end, structures.
pub(super) fn solutions(_: &Ground, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (services, structures) = text.split_once('\n').unwrap_or((text, "[]"));
    let Ok(read) = import::read(services, structures, &|_| SolutionId::default()) else { return };
    let _ = solution::search(&read.taken, "accueil garde", None);
    for solution in &read.taken {
        let _ = (solution.domains(), solution.view());
    }
}
