//! Killed between two steps: nothing is half done, and one of the two sheets serves.

use super::scene::*;
use domain::api::recovery::{FinishRecovery, OpenRecovery};
use domain::api::session::{SessionState, Status, Unlock};
use domain::api::sync::{ReadSyncState, SyncNow};
use domain::error::ErrorCode;
use domain::role::Role;
use engine::device::Device;
use journeys::member::{new_referent, recover};
use journeys::{PASSPHRASE, PIN, call, me, synchronise};

/// Everything up to the last touch.
async fn ready(laptop: &Device, scene: &Scene) -> FinishRecovery {
    let open = OpenRecovery { server: scene.world.address.clone(), words: scene.words.as_str().into() };
    let opened = call(laptop, open).await.unwrap();
    let new: Vec<&str> = opened.key.words.expose().split(' ').collect();
    FinishRecovery {
        who: new_referent("Paul T."),
        words: opened.key.asked.iter().map(|n| new[usize::from(*n) - 1].into()).collect(),
        passphrase: PASSPHRASE.into(),
        pin: PIN.into(),
        device_name: "Portable neuf".into(),
    }
}

fn length(scene: &Scene) -> u32 {
    scene.world.cite.store(|store| store.chain()).unwrap().length()
}

async fn unlock(laptop: &Device) {
    let SessionState::Locked { users } = call(laptop, Status {}).await.unwrap().state else { panic!() };
    call(laptop, Unlock { user: users[0].user, passphrase: PASSPHRASE.into() }).await.unwrap();
}

#[tokio::test]
async fn killed_before_the_last_touch_nothing_was_done_and_the_old_sheet_serves() {
    let scene = Scene::bereft().await;
    let before = length(&scene);
    let laptop = scene.world.tablet("Portable neuf");
    let finish = ready(&laptop, &scene).await;
    let wrong = FinishRecovery { words: vec!["abaisser".into(); 3], ..finish };
    assert_eq!(call(&laptop, wrong).await.unwrap_err().code, ErrorCode::WrongSecret, "not noted");
    drop(laptop);
    let laptop = scene.world.tablet("Portable neuf");
    assert_eq!(call(&laptop, Status {}).await.unwrap().state, SessionState::NotJoined);
    assert_eq!(length(&scene), before);
    recover(&laptop, &scene.world.address, &scene.words, new_referent("Paul T.")).await.unwrap();
}

#[tokio::test]
async fn cut_off_from_the_server_at_the_last_touch_the_step_is_handed_in_after_a_restart() {
    let mut scene = Scene::bereft().await;
    let before = length(&scene);
    let laptop = scene.world.tablet("Portable neuf");
    let finish = ready(&laptop, &scene).await;
    scene.world.stop();
    let status = call(&laptop, finish).await.unwrap();
    assert!(matches!(status.state, SessionState::Open { .. }));
    assert_eq!(length(&scene), before, "the server heard nothing");
    drop(laptop);
    let laptop = scene.world.tablet("Portable neuf");
    unlock(&laptop).await;
    let waits = call(&laptop, SyncNow {}).await.unwrap_err();
    assert_eq!(waits.code, ErrorCode::ServerUnreachable);
    drop(laptop);
    scene.world.serve().await;
    let laptop = scene.world.tablet("Portable neuf");
    laptop.move_to(&PASSPHRASE.into(), &scene.world.address).unwrap();
    unlock(&laptop).await;
    synchronise(&laptop).await;
    assert_eq!(length(&scene), before + 1);
    assert_eq!(me(&laptop).await.unwrap().role, Role::Referent);
    assert_eq!(call(&laptop, ReadSyncState {}).await.unwrap().last_failure, None);
    // Handed in again it is one record.
    synchronise(&laptop).await;
    assert_eq!(length(&scene), before + 1);
}

#[tokio::test]
async fn somebody_else_used_the_sheet_meanwhile_and_the_late_one_has_joined_nothing() {
    let mut scene = Scene::bereft().await;
    let late = scene.world.tablet("En retard");
    let finish = ready(&late, &scene).await;
    scene.world.stop();
    call(&late, finish).await.unwrap();
    scene.world.serve().await;
    let laptop = scene.world.tablet("Portable neuf");
    recover(&laptop, &scene.world.address, &scene.words, new_referent("Rachel O.")).await.unwrap();
    drop(late);
    let late = scene.world.tablet("En retard");
    late.move_to(&PASSPHRASE.into(), &scene.world.address).unwrap();
    unlock(&late).await;
    let refused = call(&late, SyncNow {}).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RecoveryInterrupted);
    assert_eq!(call(&late, Status {}).await.unwrap().state, SessionState::NotJoined);
    assert!(!scene.world.folder.path().join("En retard/store.db").exists());
}
