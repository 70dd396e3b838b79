//! A cité in a test: its server over real HTTP, its tablets, two invented neighbourhoods.
//!
//! For tests only: helpers stop at the first surprise, as a test does.
#![allow(clippy::unwrap_used)]

pub mod altered;
pub mod between;
pub mod browser;
pub mod bytes;
pub mod certificate;
pub mod clock;
pub mod consent;
pub mod disk;
pub mod foreign;
pub mod forms;
pub mod line;
pub mod member;
pub mod memory;
pub mod older;
pub mod outside;
pub mod person;
pub mod places;
pub mod process;
pub mod processor;
pub mod program;
pub mod proxy;
pub mod samples;
pub mod scene;
pub mod tap;
pub mod vault;
pub mod way;
pub mod wire;

use domain::api::session::*;
use domain::api::sync::{SyncNow, SyncStateView};
use domain::api::{Answer, Call, Request};
use domain::cite::{CiteSettings, NoticeText, Place, Sector};
use domain::error::ApiError;
use domain::ids::{PlaceId, SectorId};
use domain::location::Location;
use domain::role::Role;
use domain::vocabulary::PlaceKind;
use engine::clock::SystemClock;
use engine::device::Device;
use engine::keys::Argon2Cost;
use engine::store::asset;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use sync_server::{Cite, serve};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Cheap on purpose: these tests are about what opens, not about how long it takes.
pub const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 };
/// PIN of every user.
pub const PIN: &str = "246802";
/// Passphrase of every user.
pub const PASSPHRASE: &str = "un deux trois quatre cinq six";
/// The organisation of whoever joins without another being named.
pub const ASSOCIATION: &str = "Association Inventée";
/// The sector of the north, with its one QPV, and that of the south.
pub const NORTH: SectorId = SectorId::from_bytes([1; 16]);
/// See [`NORTH`].
pub const SOUTH: SectorId = SectorId::from_bytes([2; 16]);

/// A location in a sector.
pub fn place_in(sector: SectorId) -> Location {
    let code = if sector == NORTH { "qpv:QN09997M" } else { "qpv:QN09998M" };
    code.parse().unwrap()
}

/// A running server of an invented cité.
pub struct World {
    /// The cité.
    pub cite: Arc<Cite>,
    /// The cité's clock.
    pub clock: Arc<clock::Shifted>,
    /// Address of its server.
    pub address: String,
    /// Folder of everything.
    pub folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
}

impl World {
    /// Founds a cité, publishes its settings, serves.
    pub async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(clock::Shifted::default());
        let cite = Cite::init(&folder.path().join("server"), "Cité de démonstration", true).unwrap();
        let cite = Arc::new(cite.with_clock(clock.clone()));
        cite.store(|store| store.publish_asset(asset::SETTINGS, &settings())).unwrap();
        let mut world = Self { cite, clock, address: String::new(), folder, stop: None };
        world.serve().await;
        world
    }

    /// Serves at a new address.
    pub async fn serve(&mut self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve(self.cite.clone(), listener, None, async { drop(stopped.await) }));
        self.stop = Some(stop);
    }

    /// The server goes away.
    pub fn stop(&mut self) {
        self.stop = None;
    }

    /// The server's store, as somebody with its disk has it.
    #[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
    pub fn on_disk(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("server/server.db")).unwrap()
    }

    /// A copy of a tablet's folder under another name, as somebody who holds the tablet would make it.
    pub fn image(&self, of: &str, name: &str) -> PathBuf {
        let (from, to) = (self.folder.path().join(of), self.folder.path().join(name));
        std::fs::create_dir(&to).unwrap();
        for file in std::fs::read_dir(from).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file()) {
            std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
        }
        to
    }

    /// A tablet of this folder name, joined or not.
    pub fn tablet(&self, name: &str) -> Device {
        device(&self.folder.path().join(name))
    }

    /// An invitation for a mediator.
    pub fn invite(&self) -> String {
        self.invite_as("Nadia B.", Role::Mediator, vec![NORTH])
    }

    /// An invitation.
    pub fn invite_as(&self, name: &str, role: Role, sectors: Vec<SectorId>) -> String {
        self.cite.invite(name, role, ASSOCIATION, sectors).unwrap()
    }

    /// The call that joins with a code.
    pub fn join(&self, code: &str) -> Join {
        Join {
            server: self.address.clone(),
            code: code.into(),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
            device_name: "Tablette 3".into(),
        }
    }

    /// A tablet whose user has joined; the settings are there.
    pub async fn joined(&self, name: &str, role: Role, sectors: Vec<SectorId>) -> Device {
        self.joined_of(ASSOCIATION, name, role, sectors).await
    }

    /// The same, of another organisation.
    pub async fn joined_of(
        &self,
        organisation: &str,
        name: &str,
        role: Role,
        sectors: Vec<SectorId>,
    ) -> Device {
        let tablet = self.tablet(name);
        let code = self.cite.invite(name, role, organisation, sectors).unwrap();
        call(&tablet, self.join(&code)).await.unwrap();
        synchronise(&tablet).await;
        tablet
    }
}

/// Settings of the invented cité.
pub fn settings() -> CiteSettings {
    let sector = |name: &str, id| Sector {
        name: name.into(),
        qpvs: match place_in(id) {
            Location::Qpv(code) => vec![code],
            _ => Vec::new(),
        },
        communes: Vec::new(),
    };
    let place = Place {
        name: "Place du Marché inventé".into(),
        kind: PlaceKind::Market,
        sector: NORTH,
        location: place_in(NORTH),
    };
    CiteSettings {
        name: "Cité de démonstration".into(),
        demonstration: true,
        controllers: "Commune inventée".into(),
        data_protection_officer: "dpo@exemple.invalid".into(),
        basis: "Mission d’intérêt public".into(),
        notice_version: 1,
        notices: [("fr".into(), NoticeText::new("Je note ce que vous me dites.", true))].into(),
        sectors: [(NORTH, sector("Nord", NORTH)), (SOUTH, sector("Sud", SOUTH))].into(),
        places: [(PlaceId::from_bytes([3; 16]), place)].into(),
        mask_below: 5,
        retention_months: 24,
        grace_days: Some(7),
        ..CiteSettings::default()
    }
}

/// The device of a folder.
pub fn device(folder: &Path) -> Device {
    Device::with_cost(folder.to_path_buf(), Arc::new(SystemClock), CHEAP).unwrap()
}

/// Makes a call.
///
/// # Errors
/// What the call refuses.
pub async fn call<R: Request>(device: &Device, request: R) -> Result<R::Reply, ApiError> {
    let call: Call = request.into();
    let Answer { reply, .. } = device.dispatch(call).await?;
    Ok(R::take(reply).unwrap())
}

/// Who is at work.
pub async fn me(device: &Device) -> Option<Me> {
    match call(device, Status {}).await.unwrap().state {
        SessionState::Open { me, .. } => Some(me),
        _ => None,
    }
}

/// Synchronises; it must succeed.
pub async fn synchronise(device: &Device) -> SyncStateView {
    let state = call(device, SyncNow {}).await.unwrap();
    assert_eq!(state.last_failure, None);
    state
}
