//! The invented territory: four QPV drawn by hand in a field, their places, the directory.

use crate::cite::Cite;
use anyhow::Result;
use domain::api::cite::QpvName;
use domain::cite::{CiteSettings, NoticeText, Place, Sector};
use domain::ids::{PlaceId, SectorId, SolutionId};
use domain::location::{CommuneCode, Location, QpvCode};
use domain::solution::Solution;
use domain::territory::QpvShape;
use domain::vocabulary::PlaceKind;
use engine::enrol::organisation_of;
use engine::store::asset;

/// Longitudes and latitudes, degrees.
type Corners = &'static [(f64, f64)];
/// Codes of no real QPV (their département, 099, does not exist), names, corners.
const QPVS: [(&str, &str, Corners); 4] = [
    (
        "QN09901M",
        "Les Acacias",
        &[(2.000, 46.000), (2.012, 46.001), (2.014, 46.009), (2.006, 46.012), (1.999, 46.007)],
    ),
    ("QN09902M", "La Rivière", &[(2.020, 46.002), (2.034, 46.000), (2.037, 46.008), (2.026, 46.010)]),
    (
        "QN09903M",
        "Les Trois Moulins",
        &[(2.004, 45.986), (2.016, 45.984), (2.019, 45.993), (2.010, 45.997), (2.002, 45.992)],
    ),
    (
        "QN09904M",
        "Bel Horizon",
        &[(2.026, 45.988), (2.040, 45.987), (2.041, 45.996), (2.031, 45.998), (2.025, 45.994)],
    ),
];
const PLACES: [(&str, PlaceKind, usize); 8] = [
    ("Place du Marché", PlaceKind::Market, 0),
    ("École des Acacias", PlaceKind::School, 0),
    ("Pied de la tour B", PlaceKind::Building, 1),
    ("Arrêt Rivière", PlaceKind::Transport, 1),
    ("Local associatif", PlaceKind::Premises, 2),
    ("Square des Moulins", PlaceKind::Square, 2),
    ("Boulangerie du coin", PlaceKind::Shop, 3),
    ("Esplanade", PlaceKind::Square, 3),
];
const SOLUTIONS: [(&str, &str, &str, Option<usize>, bool); 12] = [
    ("Garde à horaires décalés", "Crèche Les Lucioles", "famille--garde-denfants", Some(0), false),
    ("Halte-garderie du mercredi", "Maison des familles", "famille--garde-denfants", None, false),
    ("Aide au permis", "Garage solidaire", "mobilite--preparer-un-permis", None, false),
    ("Location de vélos", "Atelier du cycle", "mobilite--mobilite-douce-partagee-collective", Some(2), false),
    (
        "Atelier de français",
        "Association Paroles",
        "lecture-ecriture-calcul--maitriser-le-francais",
        None,
        false,
    ),
    ("Accès au logement", "Point logement", "logement-hebergement--louer-un-logement", None, false),
    (
        "Premiers clics",
        "Espace numérique",
        "numerique--maitriser-les-fondamentaux-du-numerique",
        Some(1),
        false,
    ),
    (
        "Point budget",
        "Centre social",
        "difficultes-financieres--ameliorer-sa-gestion-budgetaire",
        None,
        false,
    ),
    (
        "Accès aux droits",
        "Point-justice",
        "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
        None,
        false,
    ),
    ("Reprendre confiance", "Groupe Élan", "remobilisation--bien-etre-confiance-en-soi", None, false),
    ("Bilan de santé", "Centre de santé", "sante--acces-aux-soins", None, false),
    ("Consultation addictions", "CSAPA inventé", "sante--addictions", None, true),
];

fn id(first: u8, n: usize) -> [u8; 16] {
    let mut bytes = [first; 16];
    bytes[15] = n as u8;
    bytes
}

/// Code of a QPV of the demonstration.
pub fn qpv(n: usize) -> QpvCode {
    QPVS[n % QPVS.len()].0.parse().expect("codes of the demonstration have the right shape")
}

/// The two sectors: north and south.
pub fn sectors() -> Vec<SectorId> {
    (0..2).map(|n| SectorId::from_bytes(id(0x5e, n))).collect()
}

/// Places of a sector.
pub fn places(sector: SectorId) -> Vec<(PlaceId, Location)> {
    all_places().filter(|(_, place)| place.sector == sector).map(|(id, place)| (id, place.location)).collect()
}

fn all_places() -> impl Iterator<Item = (PlaceId, Place)> {
    PLACES.iter().enumerate().map(|(n, (name, kind, at))| {
        let place = Place {
            name: (*name).to_owned(),
            kind: *kind,
            sector: sectors()[at / 2],
            location: Location::Qpv(qpv(*at)),
        };
        (PlaceId::from_bytes(id(0x71, n)), place)
    })
}

fn commune() -> CommuneCode {
    "99001".parse().expect("a code of the right shape")
}

/// Publishes settings, QPV and directory.
pub fn publish(cite: &Cite) -> Result<()> {
    let sector = |n: usize, name: &str| {
        (
            sectors()[n],
            Sector { name: name.into(), qpvs: vec![qpv(2 * n), qpv(2 * n + 1)], communes: vec![commune()] },
        )
    };
    let settings = CiteSettings {
        name: "Cité de l’emploi des Acacias".into(),
        demonstration: true,
        controllers: "Commune inventée et Association Inventée".into(),
        data_protection_officer: "Déléguée inventée, dpo@exemple.invalid".into(),
        basis: "Mission d’intérêt public (démonstration)".into(),
        notice_version: 1,
        notices: [("fr".to_owned(), NoticeText::new(domain::notice::SHIPPED[0].2, true))].into(),
        organisations: [(organisation_of(super::ORGANISATION), super::ORGANISATION.to_owned())].into(),
        sectors: [sector(0, "Nord"), sector(1, "Sud")].into(),
        places: all_places().collect(),
        mask_below: 5,
        audit_months: engine::audit::MONTHS,
        audit_for_coordination: false,
        retention_months: 24,
        grace_days: Some(7),
        silent_days: None,
    };
    let shapes: Vec<QpvShape> = QPVS
        .iter()
        .enumerate()
        .map(|(n, (_, name, corners))| QpvShape {
            code: qpv(n),
            name: (*name).to_owned(),
            communes: vec![commune()],
            polygons: domain::territory::polygon(corners),
        })
        .collect();
    let names: Vec<QpvName> =
        shapes.iter().map(|shape| QpvName { code: shape.code, name: shape.name.clone() }).collect();
    cite.store(|store| {
        store.publish_asset(asset::SETTINGS, &settings)?;
        store.publish_asset(asset::QPV, &shapes)?;
        store.publish_asset(asset::QPV_NAMES, &names)?;
        store.publish_asset(asset::SOLUTIONS, &solutions())
    })?;
    Ok(())
}

/// The invented directory.
pub fn solutions() -> Vec<Solution> {
    let all =
        SOLUTIONS.iter().enumerate().map(|(n, (name, structure, thematique, at, protected))| Solution {
            id: SolutionId::from_bytes(id(0x50, n)),
            name: (*name).to_owned(),
            structure: (*structure).to_owned(),
            description: "Solution inventée pour la démonstration.".into(),
            thematiques: vec![(*thematique).to_owned()],
            qpvs: at.map(qpv).into_iter().collect(),
            phone: Some("01 99 00 00 00".into()),
            protected: *protected,
            ..Solution::default()
        });
    all.collect()
}
