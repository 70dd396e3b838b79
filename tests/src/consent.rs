//! What a person says, entered on a device.

use crate::call;
use crate::forms::{act, agreement};
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::ids::PathwayId;
use domain::vocabulary::Purpose;
use engine::device::Device;

/// Adds an act to a person's ledger.
pub async fn say(device: &Device, pathway: PathwayId, kind: LedgerActKind) {
    call(device, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
}

/// The person agrees to purposes: with the whole team, without an end.
pub async fn agree(device: &Device, pathway: PathwayId, purposes: &[Purpose]) {
    for purpose in purposes {
        say(device, pathway, agreement(*purpose)).await;
    }
}

/// The person agrees that every named part be shared with the team.
pub async fn share_all(device: &Device, pathway: PathwayId) {
    let all = [Purpose::Recognise, Purpose::ShareIdentity, Purpose::ShareContact, Purpose::ShareNotes];
    agree(device, pathway, &all).await;
}
