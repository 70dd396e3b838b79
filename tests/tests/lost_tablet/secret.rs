//! The other class of keys: a secret that does not leave its place, and a PIN. No platform of this version has
//! such a place; the vault here is a test's, and the app can choose none.

use super::scene::*;
use domain::api::session::*;
use domain::error::ErrorCode;
use domain::ids::UserId;
use engine::clock::SystemClock;
use engine::device::Device;
use engine::keys::{MOST_WRONG, Vault};
use journeys::bytes::found_in;
use journeys::forms::{FIRST_NAME, NOTE, PHONE};
use journeys::vault::Chip;
use journeys::{CHEAP, PASSPHRASE, PIN, World, call, me};
use std::path::Path;
use std::sync::Arc;

fn on(folder: &Path, chip: Option<&Arc<Chip>>) -> Device {
    let vault = chip.map(|it| it.clone() as Arc<dyn Vault>);
    Device::with_vault(folder.to_path_buf(), Arc::new(SystemClock), CHEAP, vault).unwrap()
}

/// A tablet with a vault, with somebody's name on it, switched off.
async fn tablet(world: &World, chip: &Arc<Chip>) -> UserId {
    let tablet = on(&world.folder.path().join("Nadia B."), Some(chip));
    call(&tablet, world.join(&world.invite())).await.unwrap();
    journeys::synchronise(&tablet).await;
    met(&tablet, 1).await;
    me(&tablet).await.unwrap().user
}

fn with_pin(user: UserId, pin: &str) -> UnlockWithPin {
    UnlockWithPin { user, pin: pin.into() }
}

#[tokio::test]
async fn with_the_vault_a_pin_opens_after_a_cold_start_and_an_image_of_the_disk_without_it_gives_nothing() {
    let (world, chip) = (World::begin().await, Arc::default());
    let user = tablet(&world, &chip).await;
    let copy = world.image("Nadia B.", "image");
    for words in [FIRST_NAME, PHONE, NOTE, PIN, PASSPHRASE] {
        assert!(found_in(&copy, words).is_empty(), "{words}");
    }
    // The right PIN, without the vault, and beside another's.
    for other in [None, Some(Arc::default())] {
        let thief = on(&copy, other.as_ref());
        let refused = call(&thief, with_pin(user, PIN)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::PassphraseNeeded);
    }
    let again = on(&world.folder.path().join("Nadia B."), Some(&chip));
    let SessionState::Locked { users } = call(&again, Status {}).await.unwrap().state else { panic!() };
    assert!(users[0].pin_is_enough);
    call(&again, with_pin(user, PIN)).await.unwrap();
    assert!(me(&again).await.is_some());
}

#[tokio::test]
async fn five_wrong_pins_forget_also_where_an_older_disk_is_put_back_and_the_passphrase_still_opens() {
    let (world, chip) = (World::begin().await, Arc::default());
    let user = tablet(&world, &chip).await;
    for n in 1..=MOST_WRONG {
        // Each guess on a fresh copy of the disk.
        let copy = world.image("Nadia B.", &format!("copy {n}"));
        let refused = call(&on(&copy, Some(&chip)), with_pin(user, "000000")).await.unwrap_err();
        let last = n == MOST_WRONG;
        assert_eq!(refused.code, if last { ErrorCode::PassphraseNeeded } else { ErrorCode::WrongSecret });
    }
    let tablet = on(&world.folder.path().join("Nadia B."), Some(&chip));
    let refused = call(&tablet, with_pin(user, PIN)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseNeeded, "the right one, too late");
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}

#[tokio::test]
async fn the_app_has_no_vault_and_keeps_nothing_under_a_pin() {
    let world = World::begin().await;
    let tablet = Device::at(world.folder.path().join("app"), Arc::new(SystemClock)).unwrap();
    call(&tablet, world.join(&world.invite())).await.unwrap();
    let user = me(&tablet).await.unwrap().user;
    drop(tablet);
    let keys = std::fs::read_to_string(world.folder.path().join("app/keys.json")).unwrap();
    assert!(!keys.contains("vaulted"));
    let tablet = Device::at(world.folder.path().join("app"), Arc::new(SystemClock)).unwrap();
    let SessionState::Locked { users } = call(&tablet, Status {}).await.unwrap().state else { panic!() };
    assert!(!users[0].pin_is_enough);
    assert_eq!(call(&tablet, with_pin(user, PIN)).await.unwrap_err().code, ErrorCode::PassphraseNeeded);
}
