//! Reads services and structures of data·inclusion, schema v1 (Licence Ouverte 2.0): JSON arrays.

use super::Solution;
use crate::ids::SolutionId;
use crate::location::CommuneCode;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Longest file, bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Most services.
const MOST: usize = 20_000;
/// Longest text kept, characters.
const LONGEST: usize = 600;
/// Networks whose services are protected: the cité sees *orientation protégée*, not which.
const PROTECTED_NETWORKS: [&str; 9] = [
    "ase",
    "caarud",
    "cidff",
    "csapa",
    "pensions-de-famille",
    "pension-de-famille",
    "pjj",
    "spip",
    "prevention-specialisee",
];
/// The same as words of a name.
const PROTECTED_WORDS: [&str; 8] = [
    "csapa",
    "caarud",
    "spip",
    "pjj",
    "cidff",
    "pension de famille",
    "club de prévention",
    "prévention spécialisée",
];
/// Thematiques that are protected whoever serves them.
const PROTECTED_THEMATIQUES: [&str; 3] =
    ["sante--addictions", "sante--sante-mentale", "famille--surmonter-conflits-separation-violence"];

/// What was taken and what was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Solutions.
    pub taken: Vec<Solution>,
    /// Positions of services that do not have the schema's shape, from 1.
    pub refused: Vec<usize>,
}

/// Why a whole file was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Over a limit of size.
    #[error("the file is too large")]
    TooLarge,
    /// Not a JSON array.
    #[error("the file is not a JSON array of data·inclusion records")]
    NotAnArray,
}

#[derive(Deserialize)]
struct Service {
    id: String,
    structure_id: String,
    nom: String,
    description: String,
    #[serde(default)]
    thematiques: Option<Vec<String>>,
    #[serde(default)]
    publics: Option<Vec<String>>,
    #[serde(default)]
    telephone: Option<String>,
    #[serde(default)]
    adresse: Option<String>,
    #[serde(default)]
    commune: Option<String>,
    #[serde(default)]
    frais: Option<String>,
    #[serde(default)]
    zone_eligibilite: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Structure {
    id: String,
    nom: String,
    #[serde(default)]
    reseaux_porteurs: Option<Vec<String>>,
}

fn array(text: &str) -> Result<Vec<serde_json::Value>, ImportError> {
    if text.len() > MOST_BYTES {
        return Err(ImportError::TooLarge);
    }
    let all: Vec<serde_json::Value> = serde_json::from_str(text).map_err(|_| ImportError::NotAnArray)?;
    if all.len() > MOST { Err(ImportError::TooLarge) } else { Ok(all) }
}

/// Reads services, with the names and networks of their structures. `identify` derives an identifier from
/// the service's own, so that the same service stays the same from file to file.
///
/// # Errors
/// [`ImportError`]; single services are refused in [`Import::refused`] instead.
pub fn read(
    services: &str,
    structures: &str,
    identify: &dyn Fn(&str) -> SolutionId,
) -> Result<Import, ImportError> {
    let structures: BTreeMap<String, Structure> = array(structures)?
        .into_iter()
        .filter_map(|it| serde_json::from_value::<Structure>(it).ok())
        .map(|it| (it.id.clone(), it))
        .collect();
    let mut import = Import { taken: Vec::new(), refused: Vec::new() };
    for (position, value) in (1..).zip(array(services)?) {
        match serde_json::from_value::<Service>(value) {
            Ok(service) => {
                let structure = structures.get(&service.structure_id);
                let id = identify(&service.id);
                import.taken.push(solution(id, service, structure));
            }
            Err(_) => import.refused.push(position),
        }
    }
    Ok(import)
}

fn solution(id: SolutionId, service: Service, structure: Option<&Structure>) -> Solution {
    let short = |text: String| -> String {
        text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect()
    };
    let thematiques = service.thematiques.unwrap_or_default();
    let networks = structure.and_then(|it| it.reseaux_porteurs.clone()).unwrap_or_default();
    let names = format!("{} {}", service.nom, structure.map_or("", |it| it.nom.as_str())).to_lowercase();
    let protected = networks.iter().any(|it| PROTECTED_NETWORKS.contains(&it.as_str()))
        || thematiques.iter().any(|it| PROTECTED_THEMATIQUES.contains(&it.as_str()))
        || PROTECTED_WORDS.iter().any(|word| names.contains(word));
    let zones = service.zone_eligibilite.unwrap_or_default();
    Solution {
        id,
        name: short(service.nom),
        structure: short(structure.map(|it| it.nom.clone()).unwrap_or_default()),
        description: short(service.description),
        thematiques,
        publics: service.publics.unwrap_or_default(),
        qpvs: Vec::new(),
        // Départements and regions among the zones open it to the whole cité, as no zone does.
        communes: zones.iter().filter_map(|zone| zone.parse::<CommuneCode>().ok()).collect(),
        phone: service.telephone.map(short),
        address: match (service.adresse, service.commune) {
            (Some(street), Some(town)) => Some(short(format!("{street}, {town}"))),
            (street, town) => street.or(town).map(short),
        },
        fees: service.frais,
        until: None,
        protected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRUCTURES: &str = r#"[{"id":"s1","source":"x","date_maj":"2026-01-01","nom":"Maison inventée","reseaux_porteurs":["csapa"]},
        {"id":"s2","source":"x","date_maj":"2026-01-01","nom":"Crèche inventée"}]"#;

    fn read_all(services: &str) -> Import {
        read(services, STRUCTURES, &|_| SolutionId::default()).unwrap()
    }

    #[test]
    fn a_service_of_a_protected_network_is_a_protected_referral() {
        let import = read_all(
            r#"[{"id":"a","source":"x","structure_id":"s1","nom":"Accueil","description":"","date_maj":"2026-01-01"},
                {"id":"b","source":"x","structure_id":"s2","nom":"Garde","description":"","date_maj":"2026-01-01",
                 "thematiques":["famille--garde-denfants"],"zone_eligibilite":["93066","93"]},
                {"id":"c","source":"x","structure_id":"s2","nom":"Écoute","description":"","date_maj":"2026-01-01",
                 "thematiques":["sante--addictions"]}]"#,
        );
        let protected: Vec<bool> = import.taken.iter().map(|it| it.protected).collect();
        assert_eq!(protected, [true, false, true]);
        assert_eq!(import.taken[1].communes.len(), 1);
        assert_eq!(import.taken[1].structure, "Crèche inventée");
    }

    #[test]
    fn a_record_of_another_shape_is_refused_alone_and_a_file_that_is_no_array_whole() {
        assert_eq!(read_all(r#"[{"nom":"sans identifiant"}]"#).refused, [1]);
        assert_eq!(read("{}", "[]", &|_| SolutionId::default()), Err(ImportError::NotAnArray));
    }
}
