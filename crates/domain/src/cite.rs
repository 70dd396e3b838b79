//! The cité's own document: settings, sectors, places, organisations. Not about residents.

use crate::ids::{OrganisationId, PlaceId, SectorId};
use crate::location::{CommuneCode, Location, QpvCode};
use crate::role::Role;
use crate::time::Day;
use crate::vocabulary::{NoticeChecker, PlaceKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Settings of a cité. Written by the server's administrator, read by every device.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CiteSettings {
    /// Name of the cité.
    pub name: String,
    /// A demonstration: every screen says so.
    pub demonstration: bool,
    /// Controller(s) named in the notice.
    pub controllers: String,
    /// Data protection officer named in the notice.
    pub data_protection_officer: String,
    /// Legal basis named in the notice.
    pub basis: String,
    /// Version of the notice text in force.
    pub notice_version: u32,
    /// Notice texts by language code (`fr` first); only checked ones may found a notice.
    pub notices: BTreeMap<String, NoticeText>,
    /// Organisations ("the team" is this displayed list).
    pub organisations: BTreeMap<OrganisationId, String>,
    /// Sectors.
    pub sectors: BTreeMap<SectorId, Sector>,
    /// Places of the sectors.
    pub places: BTreeMap<PlaceId, Place>,
    /// Small cells under this number are masked in figures.
    pub mask_below: u32,
    /// Months a pathway is kept after the last contact.
    pub retention_months: u32,
    /// Months an entry of the audit is kept; 0 = the twelve of a cité that says nothing.
    pub audit_months: u32,
    /// Days between *tout arrêter et effacer* and the erasure; 0 = at once; unset = seven.
    pub grace_days: Option<u32>,
    /// Days without an exchange after which a device closes; unset = fourteen.
    pub silent_days: Option<u32>,
    /// Coordinators read the audit too; else the administrator alone.
    pub audit_for_coordination: bool,
}

/// Days between *tout arrêter et effacer* and the erasure, unless the cité says otherwise.
const GRACE_DAYS: u32 = 7;

impl CiteSettings {
    /// Days between *tout arrêter et effacer* and the erasure.
    pub fn grace_days(&self) -> u32 {
        self.grace_days.unwrap_or(GRACE_DAYS)
    }

    /// Days without an exchange after which a device closes: one at least.
    pub fn silent_days(&self) -> u32 {
        self.silent_days.unwrap_or(crate::hold::SILENT_DAYS).max(1)
    }

    /// Whether a role reads the audit in the browser.
    pub fn may_read_audit(&self, role: Role) -> bool {
        match role {
            Role::Administrator => true,
            Role::Coordinator => self.audit_for_coordination,
            Role::Mediator | Role::Referent => false,
        }
    }

    /// Whether the settings the law asks for are filled; nothing real is recorded before.
    pub fn is_ready(&self) -> bool {
        let filled = |text: &str| !text.trim().is_empty();
        filled(&self.controllers) && filled(&self.data_protection_officer) && filled(&self.basis)
    }
}

/// A notice text in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeText {
    /// The words, in plain language.
    pub text: String,
    /// The cité has checked this translation.
    pub checked: bool,
    /// Who did and when, where it was marked on screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<NoticeCheck>,
}

impl NoticeText {
    /// Words that count, or do not, as the cité's settings file says.
    pub fn new(text: impl Into<String>, checked: bool) -> Self {
        Self { text: text.into(), checked, check: None }
    }
}

/// A translation was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCheck {
    /// Function of whoever did.
    pub by: NoticeChecker,
    /// Day.
    pub on: Day,
}

/// A set of QPV and communes given to users.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sector {
    /// Name shown.
    pub name: String,
    /// QPV of the sector.
    pub qpvs: Vec<QpvCode>,
    /// Communes of the sector.
    pub communes: Vec<CommuneCode>,
}

impl Sector {
    /// Whether a location lies in the sector.
    pub fn covers(&self, location: &Location) -> bool {
        match location {
            Location::Qpv(code) => self.qpvs.contains(code),
            Location::Outside(code) => self.communes.contains(code),
            _ => false,
        }
    }
}

/// A named place, picked by a mediator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Name shown ("Place du Marché").
    pub name: String,
    /// Kind.
    pub kind: PlaceKind,
    /// Sector.
    pub sector: SectorId,
    /// Its location code.
    pub location: Location,
}
