//! Roles of users, and the faces through which they work.

use serde::{Deserialize, Serialize};

/// What a user of a cité is there to do. The membership record carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Médiateur, médiatrice: records encounters in the street.
    Mediator,
    /// Référent, référente de parcours: follows people.
    Referent,
    /// Coordinateur, coordinatrice: reads the merged cohort, no named part.
    Coordinator,
    /// Administrator of the server: users, devices, backups, audit.
    Administrator,
}

impl Role {
    /// Every role, in the order they are shown.
    pub const ALL: [Role; 4] = [Role::Mediator, Role::Referent, Role::Coordinator, Role::Administrator];

    /// The code used in files, SQL and CBOR; the same as its serde name.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Mediator => "mediator",
            Role::Referent => "referent",
            Role::Coordinator => "coordinator",
            Role::Administrator => "administrator",
        }
    }

    /// Whether keys of shared parts are given to this role: only the devices of those who follow people.
    pub const fn holds_keys(self) -> bool {
        matches!(self, Role::Mediator | Role::Referent)
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Where a call is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// An enrolled device with its own store: tablet or laptop.
    Device,
    /// The browser, served by the cité's server; holds no key and no named part.
    Browser,
}
