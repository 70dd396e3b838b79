//! What a server publishes to every tablet: what cannot be read never stands in anybody's way.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::cite::ReadCite;
use domain::api::session::{Lock, UnlockWithPin};
use domain::role::Role;
use engine::device::Device;
use engine::store::asset;
use engine::sync::{Exchange, SyncError, Taken};
use journeys::forms::first_encounter;
use journeys::line::Line;
use journeys::{NORTH, PIN, World, call, me, place_in, settings, synchronise};

/// A server that writes something else in the place of what it was to send.
struct Forging {
    honest: Line,
    from: &'static [u8],
    to: &'static [u8],
}

impl Exchange for Forging {
    async fn exchange<'a>(&'a self, upload: Vec<u8>, each: Taken<'a>) -> Result<(), SyncError> {
        let mut forge = |whole: &[Vec<u8>]| {
            let mut whole = whole.to_vec();
            for raw in &mut whole {
                for at in 0..raw.len().saturating_sub(self.from.len()) {
                    if raw[at..].starts_with(self.from) {
                        raw[at..at + self.to.len()].copy_from_slice(self.to);
                    }
                }
            }
            each(&whole)
        };
        self.honest.exchange(upload, &mut forge).await
    }
}

async fn cite_name(tablet: &Device) -> String {
    call(tablet, ReadCite {}).await.unwrap().settings.name
}

async fn unlock_again(tablet: &Device) {
    let user = me(tablet).await.unwrap().user;
    call(tablet, Lock {}).await.unwrap();
    call(tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap();
}

/// Publishes a new name of the cité, and lets the tablet hear it from a server that forges it.
async fn hear_forged(world: &World, tablet: &Device, from: &'static [u8], to: &'static [u8]) {
    let renamed = domain::cite::CiteSettings { name: "Autre nom".into(), ..settings() };
    world.cite.store(|store| store.publish_asset(asset::SETTINGS, &renamed)).unwrap();
    let honest = Line::new(world.cite.clone(), tablet.token().unwrap());
    tablet.sync_with(&Forging { honest, from, to }).await;
}

#[tokio::test]
async fn settings_that_do_not_read_leave_the_last_good_ones_and_are_counted() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    hear_forged(&world, &tablet, br#"{"name":"Autre"#, br#"["name":"Autre"#).await;
    unlock_again(&tablet).await;
    assert_eq!(cite_name(&tablet).await, "Cité de démonstration");
    call(&tablet, first_encounter(9, place_in(NORTH))).await.unwrap();
    let state = synchronise(&tablet).await;
    assert_eq!((state.to_send, state.unread), (0, 1), "said, and in nobody's way");
    // The next good ones are taken, and nothing is left to say.
    world.cite.store(|store| store.publish_asset(asset::SETTINGS, &settings())).unwrap();
    assert_eq!(synchronise(&tablet).await.unread, 0);
}

#[tokio::test]
async fn something_of_an_unknown_name_is_not_kept() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    hear_forged(&world, &tablet, b"settings", b"sittings").await;
    assert_eq!(cite_name(&tablet).await, "Cité de démonstration");
    assert_eq!(synchronise(&tablet).await.unread, 1);
}

#[tokio::test]
async fn a_tablet_whose_first_settings_do_not_read_still_unlocks_and_synchronises() {
    let world = World::begin().await;
    let tablet = world.tablet("Nadia B.");
    call(&tablet, world.join(&world.invite())).await.unwrap();
    hear_forged(&world, &tablet, br#"{"name":"Autre"#, br#"["name":"Autre"#).await;
    unlock_again(&tablet).await;
    assert_eq!(synchronise(&tablet).await.unread, 1);
    world.cite.store(|store| store.publish_asset(asset::SETTINGS, &settings())).unwrap();
    assert_eq!(synchronise(&tablet).await.unread, 0);
    call(&tablet, first_encounter(9, place_in(NORTH))).await.unwrap();
}
