//! The ground behind the doors: a cité with a server, a tablet with a person on it, a signed-in browser.

use crate::browser::Browser;
use crate::forms::first_encounter;
use crate::line::Line;
use crate::samples::About;
use crate::{NORTH, World, call, place_in, synchronise};
use domain::api::person::OpenPerson;
use domain::ids::DeviceId;
use domain::role::Role;
use engine::device::Device;
use std::sync::Mutex;
use tokio::runtime::Runtime;

/// What the doors open on.
pub struct Ground {
    pub(super) runtime: Runtime,
    pub(super) world: World,
    /// A tablet with an entry that waits to be sent.
    pub(super) tablet: Device,
    pub(super) device: DeviceId,
    /// Frames as the server sent them to a new tablet, opened.
    pub(super) frames: Vec<Vec<u8>>,
    pub(super) browser: Mutex<Browser>,
    pub(super) about: About,
}

impl Ground {
    /// Prepares it.
    pub fn prepare() -> Self {
        let runtime = Runtime::new().unwrap();
        let (world, tablet, frames, browser, about) = runtime.block_on(begin());
        let device = runtime.block_on(crate::me(&tablet)).unwrap().device.unwrap();
        Self { runtime, world, tablet, device, frames, browser: Mutex::new(browser), about }
    }

    /// Whether the tablet still works and the server still takes what it sends.
    pub fn still_works(&self) -> bool {
        self.runtime.block_on(async {
            let line = Line::new(self.world.cite.clone(), self.tablet.token().unwrap());
            self.tablet.sync_with(&line).await;
            let state = call(&self.tablet, domain::api::sync::ReadSyncState {}).await.unwrap();
            call(&self.tablet, OpenPerson { pathway: self.about.pathway }).await.unwrap();
            state.last_failure.is_none() && state.to_send == 0
        })
    }
}

async fn begin() -> (World, Device, Vec<Vec<u8>>, Browser, About) {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let mut met = first_encounter(1, place_in(NORTH));
    met.form.next = Some(domain::api::encounter::NextStep {
        kind: domain::vocabulary::FollowUpKind::ALL[0],
        due: domain::time::Day(30_000),
    });
    let pathway = call(&tablet, met).await.unwrap().pathway.unwrap();
    synchronise(&tablet).await;
    // What a colleague's new tablet is sent is a sample of everything that comes down.
    let colleague = world.tablet("colleague");
    let code = world.invite_as("Samir D.", Role::Mediator, vec![NORTH]);
    call(&colleague, world.join(&code)).await.unwrap();
    let mut line = Line::new(world.cite.clone(), colleague.token().unwrap());
    line.frames = Some(Mutex::default());
    colleague.sync_with(&line).await;
    let frames = line.frames.unwrap().into_inner().unwrap();
    let page = call(&tablet, OpenPerson { pathway }).await.unwrap();
    let about = About {
        server: "http://127.0.0.1:9".into(),
        unknown_code: engine::enrol::InvitationCode::draw().unwrap().text(),
        pathway,
        encounter: page.timeline.iter().find_map(|item| item.id).unwrap(),
        follow_up: page.follow_ups[0].id,
    };
    // One entry waits.
    call(&tablet, first_encounter(2, place_in(NORTH))).await.unwrap();
    let password = world.cite.open_account("claire", "Claire V.", Role::Coordinator, "Association").unwrap();
    let mut browser = Browser::at(&world.address);
    browser.sign_in("claire", &password).await;
    (world, tablet, frames, browser, about)
}
