//! A server that lost its disk: a backup of the night, the control journal of another disk, and the
//! devices.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::RecordEncounter;
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::ids::DeviceId;
use domain::role::Role;
use engine::EngineError;
use engine::device::Device;
use engine::journal::JournalError;
use journeys::forms::first_encounter;
use journeys::line::Line;
use journeys::{NORTH, World, call, place_in, synchronise};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use sync_server::{Cite, OpenError, Restore};

/// Paths of a server and of what survives it.
struct Places {
    server: PathBuf,
    backup: PathBuf,
    again: PathBuf,
    journal: PathBuf,
}

impl Places {
    fn of(world: &World) -> Self {
        let at = |name: &str| world.folder.path().join(name);
        Self {
            server: at("server"),
            backup: at("backup.db"),
            again: at("again"),
            journal: at("server/control.journal"),
        }
    }

    fn restore<'a>(&'a self, journal: Option<&'a Path>, founder: &'a Path) -> Restore<'a> {
        let kept = self.journal.as_path();
        Restore { backup: &self.backup, data: &self.again, journal, kept, founder: Some(founder) }
    }

    /// Restores with the journal and opens.
    fn restored(&self) -> Arc<Cite> {
        let founder = self.server.join("founder.key");
        self.restore(Some(&self.journal), &founder).run().unwrap();
        Arc::new(Cite::open_with(&self.again, &self.journal).unwrap())
    }
}

fn back_up(world: &World, places: &Places) {
    world.cite.store(|store| store.back_up(&places.backup)).unwrap();
}

fn line(cite: &Arc<Cite>, device: &Device) -> Line {
    Line::new(cite.clone(), device.token().unwrap())
}

fn encounter(n: u8) -> RecordEncounter {
    first_encounter(n, place_in(NORTH))
}

/// The device of a name, as the cité lists it.
fn device_named(cite: &Cite, name: &str) -> DeviceId {
    let chain = cite.store(|store| store.chain()).unwrap();
    chain.members().find(|(_, member)| member.user_name == name).unwrap().1.device
}

#[tokio::test]
async fn a_revocation_outlives_the_restore_of_an_older_backup_and_whoever_joined_since_is_known() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    back_up(&world, &places);
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    world.cite.revoke(device_named(&world.cite, "Nadia B.")).unwrap();
    let again = places.restored();
    nadia.sync_with(&line(&again, &nadia)).await;
    let closed = call(&nadia, ReadSyncState {}).await.unwrap_err().code;
    assert_eq!(closed, ErrorCode::Locked, "a revoked tablet is still revoked, and closes");
    samir.sync_with(&line(&again, &samir)).await;
    assert_eq!(call(&samir, ReadSyncState {}).await.unwrap().last_failure, None);
    let chain = again.store(|store| store.chain()).unwrap();
    assert_eq!(chain, world.cite.store(|store| store.chain()).unwrap());
}

#[tokio::test]
async fn a_backup_or_a_store_put_back_to_an_older_state_is_not_served() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    back_up(&world, &places);
    std::fs::create_dir_all(&places.again).unwrap();
    std::fs::copy(&places.backup, places.again.join("server.db")).unwrap();
    std::fs::copy(places.server.join("founder.key"), places.again.join("founder.key")).unwrap();
    assert!(matches!(Cite::open(&places.again), Err(OpenError::Backup)));
    // The same file without the mark of a backup, as a disk image would bring it back.
    call(&nadia, encounter(9)).await.unwrap();
    synchronise(&nadia).await;
    std::fs::remove_dir_all(&places.again).unwrap();
    places.restore(Some(&places.journal), &places.server.join("founder.key")).run().unwrap();
    std::fs::copy(&places.journal, world.folder.path().join("later.journal")).unwrap();
    call(&nadia, encounter(10)).await.unwrap();
    synchronise(&nadia).await;
    let refused = Cite::open_with(&places.again, &places.journal);
    let Err(OpenError::Engine(EngineError::Journal(JournalError::StoreIsOlder))) = refused else {
        panic!("a store older than its journal was opened");
    };
    Cite::open_with(&places.again, &world.folder.path().join("later.journal")).unwrap();
}

#[tokio::test]
async fn restoring_never_touches_a_store_and_asks_for_the_journal_that_is_there() {
    let world = World::begin().await;
    let places = Places::of(&world);
    back_up(&world, &places);
    let founder = places.server.join("founder.key");
    let refused = Restore { data: &places.server, ..places.restore(Some(&places.journal), &founder) }.run();
    assert!(matches!(refused, Err(OpenError::Exists)));
    assert!(matches!(places.restore(None, &founder).run(), Err(OpenError::JournalThere(_))));
    let other = World::begin().await;
    let foreign = Places::of(&other);
    let refused = places.restore(Some(&foreign.journal), &founder).run();
    assert!(matches!(refused, Err(OpenError::Engine(EngineError::Journal(JournalError::OtherCite)))));
    let refused = places.restore(Some(&places.journal), &foreign.server.join("founder.key")).run();
    assert!(matches!(refused, Err(OpenError::OtherKey)));
    assert!(matches!(Cite::open(&places.again), Err(OpenError::Missing)), "nothing is left behind to serve");
}

#[tokio::test]
async fn an_accepted_gap_and_an_old_invitation_let_nobody_in_twice() {
    let world = World::begin().await;
    let places = Places::of(&world);
    let code = world.invite();
    back_up(&world, &places);
    call(&world.tablet("tablet"), world.join(&code)).await.unwrap();
    std::fs::rename(&places.journal, world.folder.path().join("lost")).unwrap();
    let done = places.restore(None, &places.server.join("founder.key")).run().unwrap();
    assert_eq!((done.applied, done.invitations), (0, 1));
    let again = Cite::open(&places.again).unwrap();
    assert_eq!(again.store(|store| store.chain()).unwrap().members().count(), 0);
}
