//! A founded cité in which two tablets have software of their own, and what they offer.

use document::control::{LedgerEntry, RecordKind};
use document::{DocumentKey, Hash};
use domain::api::ledger::{LedgerAct, LedgerActKind};
use domain::api::sync::{Alarm, ReadSyncState};
use domain::ids::{PathwayId, SectorId};
use domain::role::Role;
use domain::vocabulary::{DocumentKind, Purpose};
use engine::device::Device;
use engine::sync::Outcome;
use journeys::consent::agree;
use journeys::foreign::Foreign;
use journeys::forms::*;
use journeys::wire::{Answers, SealedBatch, Upload};
use journeys::{NORTH, World, call, member, person, synchronise};

/// A founded cité: Inès, référente, and Nadia, mediator, in the north; and two tablets with software of their
/// own, which joined before: one in the north, the other in a sector.
pub struct Scene {
    pub world: World,
    pub ines: Device,
    pub nadia: Device,
    pub north: Foreign,
    pub other: Foreign,
}

/// The other tablet is of this sector.
pub async fn founded(sector: SectorId) -> Scene {
    let world = World::begin().await;
    let north = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    let other = Foreign::join(&world, 2, vec![sector]).unwrap();
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    member::establish(&ines).await;
    for device in [&ines, &nadia, &ines] {
        synchronise(device).await;
    }
    Scene { world, ines, nadia, north, other }
}

/// Somebody whom Nadia met in the north, and who agreed that their contact and their notes are shared.
pub async fn met(nadia: &Device, n: u8) -> DocumentKey {
    let pathway = person::met(nadia, n).await;
    agree(nadia, pathway, &[Purpose::ShareContact, Purpose::ShareNotes]).await;
    synchronise(nadia).await;
    synchronise(nadia).await;
    DocumentKey::first(DocumentKind::Notes, pathway)
}

/// The agreement that a person's notes stand under, as every device has it.
pub fn relied_on(world: &World, part: DocumentKey) -> Hash {
    let records = world.cite.store(|store| store.records(RecordKind::Ledger)).unwrap();
    let of = |entry: LedgerEntry| entry.pathway() == PathwayId::from(part.id) && is_for_notes(&entry);
    records.iter().find(|it| it.read().is_ok_and(of)).unwrap().id()
}

pub fn is_for_notes(entry: &LedgerEntry) -> bool {
    matches!(
        entry.act(),
        Ok(LedgerAct { kind: LedgerActKind::Agreement { purpose: Purpose::ShareNotes, .. }, .. })
    )
}

pub fn sealed(world: &World, tablet: &Foreign, part: DocumentKey) -> SealedBatch {
    tablet.sealed_under(part, tablet.actor(), relied_on(world, part))
}

/// What the cité says of a note and of a key that a device offers.
pub fn offered(world: &World, tablet: &Foreign, part: DocumentKey) -> [Outcome; 2] {
    let upload = Upload {
        wraps: vec![tablet.wrap(part, [7; 16], [6; 16])],
        sealed: vec![sealed(world, tablet, part)],
        beside: Some(1),
        ..Upload::empty()
    };
    let said = Answers::of(&world.cite, &tablet.token, &upload);
    [said.sealed[0], said.wraps[0]]
}

pub async fn alarms(device: &Device) -> Vec<Alarm> {
    call(device, ReadSyncState {}).await.unwrap().alarms
}

/// What it says of a *yes* of a person that a device offers.
pub fn yes(world: &World, tablet: &Foreign, part: DocumentKey) -> Outcome {
    let yes = act(agreement(Purpose::ShareIdentity));
    let upload = Upload { controls: vec![tablet.act(part, &yes)], beside: Some(1), ..Upload::empty() };
    Answers::of(&world.cite, &tablet.token, &upload).controls[0]
}
