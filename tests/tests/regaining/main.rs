//! Named parts, ledgers and keys in the safety net: a server that lost them is given them back, one that
//! withholds them is noticed, and what was withdrawn stays gone.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod escrows;
mod left;
mod lost;
mod restored;
mod waiting;

use domain::ids::PathwayId;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::World;
use journeys::consent;

/// Inès, référente who founded; Nadia and Samir, mediators; all in the north.
async fn founded() -> (World, [Device; 3]) {
    World::begin().await.founded_by_three().await
}

async fn agree(tablet: &Device, pathway: PathwayId) {
    let purposes = [Purpose::ShareIdentity, Purpose::ShareContact, Purpose::Recognise];
    consent::agree(tablet, pathway, &purposes).await;
}
