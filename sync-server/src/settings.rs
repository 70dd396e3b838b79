//! The cité's settings as an administrator writes them: one TOML file, names instead of identifiers.

use domain::cite::{CiteSettings, NoticeText, Place, Sector};
use domain::ids::{OrganisationId, PlaceId, SectorId};
use domain::location::{CommuneCode, Location, QpvCode};
use domain::vocabulary::PlaceKind;
use engine::enrol::named_id;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A file to begin with.
pub const EXAMPLE: &str = include_str!("settings.example.toml");
/// Longest file, bytes.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Why a file was refused.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Over the limit.
    #[error("the file is too large")]
    TooLarge,
    /// Not the TOML expected; the message names the line.
    #[error("the file cannot be read: {0}")]
    NotToml(#[from] toml::de::Error),
    /// A place names a sector that the file does not hold.
    #[error("place “{0}” names sector “{1}”, which the file does not hold")]
    UnknownSector(String, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    controllers: String,
    data_protection_officer: String,
    basis: String,
    #[serde(default = "five")]
    mask_below: u32,
    #[serde(default = "two_years")]
    retention_months: u32,
    #[serde(default = "twelve")]
    audit_months: u32,
    #[serde(default)]
    audit_for_coordination: bool,
    grace_days: Option<u32>,
    silent_days: Option<u32>,
    notice_version: u32,
    notices: BTreeMap<String, NoticeText>,
    #[serde(default)]
    organisations: Vec<String>,
    #[serde(default, rename = "sector")]
    sectors: Vec<SectorEntry>,
    #[serde(default, rename = "place")]
    places: Vec<PlaceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectorEntry {
    name: String,
    #[serde(default)]
    qpvs: Vec<QpvCode>,
    #[serde(default)]
    communes: Vec<CommuneCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceEntry {
    name: String,
    kind: PlaceKind,
    sector: String,
    location: Location,
}

fn five() -> u32 {
    5
}
fn twelve() -> u32 {
    engine::audit::MONTHS
}
fn two_years() -> u32 {
    24
}

/// The identifier of a sector: from its name, so that it stays the same from file to file.
pub fn sector_id(name: &str) -> SectorId {
    SectorId::from_bytes(named_id("sector", name))
}

/// Reads a file.
///
/// # Errors
/// [`SettingsError`].
pub fn read(text: &str, demonstration: bool) -> Result<CiteSettings, SettingsError> {
    if text.len() > MOST_BYTES {
        return Err(SettingsError::TooLarge);
    }
    let file: File = toml::from_str(text)?;
    let sectors: BTreeMap<SectorId, Sector> = file
        .sectors
        .into_iter()
        .map(|it| (sector_id(&it.name), Sector { name: it.name, qpvs: it.qpvs, communes: it.communes }))
        .collect();
    let mut places = BTreeMap::new();
    for it in file.places {
        let sector = sector_id(&it.sector);
        if !sectors.contains_key(&sector) {
            return Err(SettingsError::UnknownSector(it.name, it.sector));
        }
        let id = PlaceId::from_bytes(named_id("place", &it.name));
        places.insert(id, Place { name: it.name, kind: it.kind, sector, location: it.location });
    }
    Ok(CiteSettings {
        name: file.name,
        demonstration,
        controllers: file.controllers,
        data_protection_officer: file.data_protection_officer,
        basis: file.basis,
        notice_version: file.notice_version,
        notices: file.notices,
        organisations: file
            .organisations
            .into_iter()
            .map(|name| (OrganisationId::from_bytes(named_id("organisation", &name)), name))
            .collect(),
        sectors,
        places,
        mask_below: file.mask_below,
        retention_months: file.retention_months,
        audit_months: file.audit_months,
        audit_for_coordination: file.audit_for_coordination,
        grace_days: file.grace_days,
        silent_days: file.silent_days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_holds_the_shipped_notices_and_only_the_french_counts() {
        let settings = read(EXAMPLE, false).unwrap();
        for (code, _, text) in domain::notice::SHIPPED {
            let notice = &settings.notices[*code];
            assert_eq!((notice.text.as_str(), notice.checked), (*text, *code == "fr"), "{code}");
        }
    }

    #[test]
    fn the_example_reads_but_is_not_ready_before_it_is_filled() {
        let settings = read(EXAMPLE, false).unwrap();
        assert!(!settings.is_ready(), "controllers, officer and basis are left to fill");
        assert_eq!(settings.sectors.len(), 1);
        assert_eq!(settings.places.len(), 1);
    }

    #[test]
    fn a_place_in_no_sector_and_an_unknown_key_are_refused_by_name() {
        let other = EXAMPLE.replace("sector = \"Nord\"", "sector = \"Ouest\"");
        assert!(matches!(read(&other, false), Err(SettingsError::UnknownSector(..))));
        assert!(matches!(read(&format!("colour = 1\n{EXAMPLE}"), false), Err(SettingsError::NotToml(_))));
    }
}
