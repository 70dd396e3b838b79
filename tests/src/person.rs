//! Somebody as a device meets them and shows them.

use crate::forms::first_encounter;
use crate::{NORTH, call, place_in};
use domain::api::person::{OpenPerson, PersonView};
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use engine::device::Device;

/// Meets somebody new in the north; `n` numbers the draft.
pub async fn met(device: &Device, n: u8) -> PathwayId {
    call(device, first_encounter(n, place_in(NORTH))).await.unwrap().pathway.unwrap()
}

/// Their page.
///
/// # Errors
/// What the call refuses.
pub async fn page(device: &Device, pathway: PathwayId) -> Result<PersonView, ApiError> {
    call(device, OpenPerson { pathway }).await
}

/// Their phone number, where the device may show it.
pub async fn phone(device: &Device, pathway: PathwayId) -> Option<String> {
    page(device, pathway).await.ok()?.named.phone
}

/// Whether a device knows nobody of this identifier.
pub async fn is_gone(device: &Device, pathway: PathwayId) -> bool {
    page(device, pathway).await.is_err_and(|error| error.code == ErrorCode::NotFound)
}
