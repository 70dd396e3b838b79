//! A server that went back is told by the devices that know better, once, and nothing is deleted; what a bad
//! line, a copied or a worn device does never looks like it.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod honest;
mod members;
mod replayed;
mod server;

use domain::api::encounter::RecordEncounter;
use domain::api::person::SearchPeople;
use domain::api::sync::{AlarmKind, ReadSyncState};
use domain::role::Role;
use domain::vocabulary::AuditAct;
use engine::device::Device;
use journeys::forms::first_encounter;
use journeys::{NORTH, World, call, place_in, synchronise};
use sync_server::Cite;

/// What a device tells of its server, and how much it lacked.
async fn told(device: &Device) -> Vec<(AlarmKind, u32)> {
    let alarms = call(device, ReadSyncState {}).await.unwrap().alarms;
    let of_server = |it: &AlarmKind| matches!(it, AlarmKind::ServerWentBack | AlarmKind::ServerRestored);
    alarms.iter().filter(|it| of_server(&it.kind)).map(|it| (it.kind, it.lacking)).collect()
}

/// All kinds of alarms of a device.
async fn kinds(device: &Device) -> Vec<AlarmKind> {
    call(device, ReadSyncState {}).await.unwrap().alarms.iter().map(|it| it.kind).collect()
}

fn encounter(n: u8) -> RecordEncounter {
    first_encounter(n, place_in(NORTH))
}

/// Encounters a device counts, of everybody it knows.
async fn encounters(device: &Device) -> u32 {
    let all = SearchPeople { query: String::new(), limit: 50 };
    call(device, all).await.unwrap().hits.iter().map(|hit| hit.encounters).sum()
}

/// Two mediators and a référente of one sector, who all know the same person's first encounter.
async fn three(world: &World) -> [Device; 3] {
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    call(&nadia, encounter(1)).await.unwrap();
    for device in [&nadia, &samir, &ines] {
        synchronise(device).await;
    }
    [nadia, samir, ines]
}

/// How often devices noted in the audit that the server went back.
fn noted(cite: &Cite) -> usize {
    let report = cite.read_audit().unwrap();
    report.lines.iter().filter(|it| it.act == Some(AuditAct::ServerBack)).count()
}
