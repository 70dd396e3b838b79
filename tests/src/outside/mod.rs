//! Everything that comes from outside, as doors that take any bytes: the ordinary suite knocks with
//! mutated ones by seed, the fuzz targets of `tests/fuzz` with those they find.
//!
//! A door never panics. What the Automerge library does over foreign bytes is contained by `document`,
//! by contract, and counts only where it gets out.

mod calls;
mod files;
mod frames;
mod ground;
mod mutate;
mod records;

pub use ground::Ground;
pub use mutate::mutate;

use std::panic::PanicHookInfo;

/// A door.
pub struct Door {
    /// Name: of the fuzz target too.
    pub name: &'static str,
    /// What a well-meaning visitor brings.
    pub seeds: fn(&Ground) -> Vec<Vec<u8>>,
    /// Takes bytes; whatever they are, it returns.
    pub take: fn(&Ground, &[u8]),
}

/// Every door.
pub const DOORS: &[Door] = &[
    Door { name: "upload_frame", seeds: frames::uploads, take: frames::upload_frame },
    Door { name: "upload", seeds: frames::opened_uploads, take: frames::upload },
    Door { name: "download_frame", seeds: frames::downloads, take: frames::download_frame },
    Door { name: "download", seeds: frames::opened_downloads, take: frames::download },
    Door { name: "change", seeds: records::changes, take: records::change },
    Door { name: "control_record", seeds: records::controls, take: records::control },
    Door { name: "enrolment", seeds: records::enrolments, take: records::enrolment },
    Door { name: "invitation_code", seeds: records::codes, take: records::code },
    Door { name: "settings", seeds: files::settings_seeds, take: files::settings },
    Door { name: "geojson", seeds: files::geojson_seeds, take: files::geojson },
    Door { name: "solutions", seeds: files::solutions_seeds, take: files::solutions },
    Door { name: "device_call", seeds: calls::seeds, take: calls::device },
    Door { name: "browser_call", seeds: calls::seeds, take: calls::browser },
];

impl Door {
    /// The door of a name.
    pub fn named(name: &str) -> Option<&'static Door> {
        DOORS.iter().find(|door| door.name == name)
    }
}

/// Whether a panic stands in the library whose panics `document` contains.
pub fn is_contained(panic: &PanicHookInfo<'_>) -> bool {
    let crates = ["/automerge-", "/hexane-"];
    panic.location().is_some_and(|at| crates.iter().any(|name| at.file().contains(name)))
}
