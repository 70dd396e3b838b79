//! Random identifiers of drafts, from the platform's generator.

use domain::ids::DraftId;
use leptos::prelude::window;

/// A new draft's identifier.
pub fn draft_id() -> DraftId {
    let mut bytes = [0; 16];
    window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .expect("every web view has a random generator");
    DraftId::from_bytes(bytes)
}
