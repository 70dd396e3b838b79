//! Fuzz targets: one for each door of `journeys::outside`, which says what must hold behind it.

pub use libfuzzer_sys;

use journeys::outside::{Door, Ground, is_contained};
use std::sync::OnceLock;

static READY: OnceLock<(&'static Door, Ground)> = OnceLock::new();

/// Prepares a door. The fuzzer ends the program at any panic; those of the document library that
/// `document` contains, by contract, pass.
pub fn begin(name: &str) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !is_contained(panic) {
            before(panic);
        }
    }));
    let door = Door::named(name).expect("a door of this name");
    READY.get_or_init(|| (door, Ground::prepare()));
}

/// Takes what the fuzzer found.
pub fn knock(bytes: &[u8]) {
    let (door, ground) = READY.get().expect("prepared");
    (door.take)(ground, bytes);
}

/// The fuzz target of a door.
#[macro_export]
macro_rules! door {
    ($name:literal) => {
        $crate::libfuzzer_sys::fuzz_target!(init: $crate::begin($name), |bytes: &[u8]| {
            $crate::knock(bytes)
        });
    };
}
