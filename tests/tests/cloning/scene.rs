//! A founded cité, Nadia's tablet, and what its copies show.

use domain::api::person::{NamedParts, NoteView, OpenPerson, PersonView, SearchPeople, WritePart};
use domain::api::session::Unlock;
use domain::api::sync::{ReadSyncState, SyncStateView};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::consent::agree;
use journeys::forms::*;
use journeys::{NORTH, PASSPHRASE, World, call, device, place_in, synchronise};
use std::path::Path;

/// Copies the files of a tablet that is switched off.
pub fn copy_files(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A tablet of this folder name, switched on, its user at work.
pub async fn opened(world: &World, name: &str, user: domain::ids::UserId) -> Device {
    let tablet = device(&world.folder.path().join(name));
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    tablet
}

/// A founded cité and Nadia's tablet, which knows it; and one person, who agreed that notes and the phone
/// number be shared.
pub async fn nadia() -> (World, Device, Device, PathwayId) {
    let (world, ines) = World::established().await;
    let tablet = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let pathway = call(&tablet, first_encounter(1, place_in(NORTH))).await.unwrap().pathway.unwrap();
    for purpose in [Purpose::ShareNotes, Purpose::ShareContact] {
        agree(&tablet, pathway, &[purpose]).await;
    }
    for device in [&tablet, &ines, &tablet, &ines] {
        synchronise(device).await;
    }
    (world, ines, tablet, pathway)
}

pub async fn note(tablet: &Device, pathway: PathwayId, text: &str) {
    let named = NamedParts {
        notes: vec![NoteView { id: None, text: text.into(), on: Day(20_780) }],
        ..NamedParts::default()
    };
    call(tablet, WritePart { pathway, named }).await.unwrap();
}

pub async fn page(device: &Device, pathway: PathwayId) -> PersonView {
    call(device, OpenPerson { pathway }).await.unwrap()
}

pub fn notes(page: &PersonView) -> Vec<String> {
    let mut notes: Vec<String> = page.named.notes.iter().map(|it| it.text.clone()).collect();
    notes.sort();
    notes
}

pub async fn people(device: &Device) -> Vec<PathwayId> {
    let all = SearchPeople { query: String::new(), limit: 50 };
    let mut people: Vec<PathwayId> =
        call(device, all).await.unwrap().hits.iter().map(|hit| hit.label.pathway).collect();
    people.sort();
    people
}

pub async fn state(device: &Device) -> SyncStateView {
    call(device, ReadSyncState {}).await.unwrap()
}

/// Everybody who entered something of a person, once for each encounter.
pub fn authors(page: &PersonView) -> Vec<String> {
    let encounters = page.timeline.iter().filter(|it| it.id.is_some());
    encounters.map(|it| it.author.name.clone().unwrap()).collect()
}

/// What a device shows of everybody: encounters, needs, ledger, notes.
pub async fn shown(device: &Device) -> Vec<(PathwayId, u32, usize, usize, Vec<String>)> {
    let mut all = Vec::new();
    for pathway in people(device).await {
        let page = page(device, pathway).await;
        let lines = page.ledger.lines.len();
        all.push((pathway, page.hit.encounters, page.needs.len(), lines, notes(&page)));
    }
    all
}
