//! A server that lost its disk, and what survives it: a backup, the control journal of another disk.

use crate::World;
use crate::call;
use crate::line::Line;
use domain::api::sync::{ReadSyncState, SyncFailureKind};
use domain::ids::DeviceId;
use engine::device::Device;
use engine::store::asset::SETTINGS;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use sync_server::{Cite, Restore};

/// Paths of a server and of what survives it.
#[derive(Debug)]
pub struct Places {
    /// The server's folder.
    pub server: PathBuf,
    /// The backup.
    pub backup: PathBuf,
    /// The folder of the restored server.
    pub again: PathBuf,
    /// The control journal.
    pub journal: PathBuf,
}

impl Places {
    /// Those of a world.
    pub fn of(world: &World) -> Self {
        let at = |name: &str| world.folder.path().join(name);
        Self {
            server: at("server"),
            backup: at("backup.db"),
            again: at("again"),
            journal: at("server/control.journal"),
        }
    }

    /// A restore of the backup.
    pub fn restore<'a>(&'a self, journal: Option<&'a Path>, founder: &'a Path) -> Restore<'a> {
        let kept = self.journal.as_path();
        Restore { backup: &self.backup, data: &self.again, journal, kept, founder: Some(founder) }
    }

    /// Restores with the journal and opens.
    pub fn restored(&self) -> Arc<Cite> {
        let founder = self.server.join("founder.key");
        self.restore(Some(&self.journal), &founder).run().unwrap();
        Arc::new(Cite::open_with(&self.again, &self.journal).unwrap())
    }

    /// Restores although the journal is lost, and opens.
    pub fn restored_with_a_gap(&self) -> Arc<Cite> {
        std::fs::rename(&self.journal, self.server.join("lost")).unwrap();
        self.restore(None, &self.server.join("founder.key")).run().unwrap();
        Arc::new(Cite::open(&self.again).unwrap())
    }

    /// Writes the backup.
    pub fn back_up(&self, world: &World) {
        world.cite.store(|store| store.back_up(&self.backup)).unwrap();
    }
}

/// A line to a server for a device.
pub fn line(cite: &Arc<Cite>, device: &Device) -> Line {
    Line::new(cite.clone(), device.token().unwrap())
}

/// A copy of the server as it is now, under the same epoch: what a server that rolls back shows.
pub fn rolled_back(world: &World) -> Arc<Cite> {
    let stale = world.folder.path().join("stale");
    std::fs::create_dir(&stale).unwrap();
    world.cite.store(|store| store.copy_into(&stale.join("server.db"))).unwrap();
    std::fs::copy(world.folder.path().join("server/founder.key"), stale.join("founder.key")).unwrap();
    Arc::new(Cite::open(&stale).unwrap())
}

/// What the last exchange of a device ended with.
pub async fn failure(device: &Device) -> Option<SyncFailureKind> {
    call(device, ReadSyncState {}).await.unwrap().last_failure.map(|it| it.kind)
}

/// Exchanges, and finds that both hold the same.
pub async fn agrees(cite: &Arc<Cite>, device: &Device) {
    device.sync_with(&line(cite, device)).await;
    assert_eq!(failure(device).await, None);
}

/// Exchanges over a line that is cut after so many bytes, again and again; then over a whole one, and finds
/// that both hold the same.
pub async fn agrees_after_cuts(cite: &Arc<Cite>, device: &Device, bytes: usize) {
    let line = line(cite, device);
    for _ in 0..6 {
        *line.cut.lock().unwrap() = Some(bytes);
        device.sync_with(&line).await;
    }
    agrees(cite, device).await;
}

/// The device of a member, as a server's chain says.
pub fn device_named(cite: &Cite, name: &str) -> DeviceId {
    let chain = cite.store(|store| store.chain()).unwrap();
    chain.members().find(|(_, member)| member.user_name == name).unwrap().1.device
}

/// The log of a server grows past every cursor that a device of a test holds.
pub fn grow(cite: &Cite) {
    for _ in 0..60 {
        cite.store(|store| store.publish_asset(SETTINGS, &crate::settings())).unwrap();
    }
}
