//! A tablet whose data was copied: each copy erases, and each confirms for itself.

use domain::api::person::OrderErasure;
use domain::api::server::ErasureDevice;
use domain::api::session::Unlock;
use domain::api::sync::{AlarmKind, ReadSyncState};
use domain::ids::{PathwayId, UserId};
use domain::vocabulary::OrderReason;
use engine::clock::{Clock as _, SystemClock};
use engine::device::Device;
use journeys::scene::*;
use journeys::{PASSPHRASE, call, device, me, synchronise};

/// A copy of Nadia's tablet, opened.
async fn copied(scene: &Scene, name: &str, user: UserId) -> Device {
    let copy = device(&scene.world.image("Nadia B.", name));
    call(&copy, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    copy
}

async fn order(scene: &Scene, pathway: PathwayId) {
    call(&scene.ines, OrderErasure { pathway, reason: OrderReason::ALL[0], with: Vec::new() }).await.unwrap();
    synchronise(&scene.ines).await;
}

/// Nadia's lines of every erasure.
fn nadias(scene: &Scene) -> Vec<ErasureDevice> {
    let lines = scene.erasures().into_iter().flat_map(|it| it.devices);
    lines.filter(|it| it.user_name == "Nadia B.").collect()
}

fn confirmed(scene: &Scene) -> Vec<(Option<u32>, bool)> {
    nadias(scene).iter().map(|it| (it.copy, it.confirmed_on.is_some())).collect()
}

async fn told(tablet: &Device) -> bool {
    let alarms = call(tablet, ReadSyncState {}).await.unwrap().alarms;
    alarms.iter().any(|it| it.kind == AlarmKind::StoreCopied)
}

fn copies(scene: &Scene) -> u32 {
    let view = scene.world.cite.store(|store| engine::cohort::devices(store, SystemClock.now_ms())).unwrap();
    view.devices.iter().find(|it| it.user_name == "Nadia B.").unwrap().copies
}

#[tokio::test]
async fn one_copy_of_a_tablet_does_not_confirm_for_the_other_and_both_users_are_told() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(1).await;
    let user = me(&scene.nadia).await.unwrap().user;
    let copy = copied(&scene, "copie", user).await;
    assert!(!told(&copy).await && copies(&scene) == 1, "nobody knows yet");
    for _ in 0..2 {
        for tablet in [&scene.nadia, &copy] {
            synchronise(tablet).await;
        }
    }
    assert_eq!(copies(&scene), 2);
    let all = [told(&copy).await, told(&scene.nadia).await, told(&scene.samir).await];
    assert_eq!(all, [true, true, false]);
    order(&scene, pathway).await;
    for _ in 0..2 {
        synchronise(&scene.nadia).await;
    }
    assert!(is_gone(&scene.nadia, pathway).await);
    let said = confirmed(&scene);
    assert_eq!(said.len(), 2, "each copy stands for itself");
    assert_eq!(said.iter().filter(|(_, confirmed)| *confirmed).count(), 1, "{said:?}");
    for _ in 0..2 {
        synchronise(&copy).await;
    }
    assert!(is_gone(&copy, pathway).await);
    assert_eq!(confirmed(&scene), [(Some(1), true), (Some(2), true)]);
    // Of two that exchanged, one was not heard of for a month: nobody is told any more.
    scene.world.on_disk().execute("UPDATE device_store SET seen_ms = 0", []).unwrap();
    synchronise(&scene.nadia).await;
    assert!(!told(&scene.nadia).await && copies(&scene) == 1);
}

#[tokio::test]
async fn a_copy_that_appears_after_an_erasure_it_does_not_know_is_to_confirm_it_too() {
    let scene = Scene::begin().await;
    let (pathway, user) = (scene.shared_person(1).await, me(&scene.nadia).await.unwrap().user);
    // As of before, a few exchanges behind.
    for (n, exchanges) in [(1, 2), (2, 4)] {
        let other = scene.shared_person(10 + n).await;
        let copy = copied(&scene, &format!("copie {n}"), user).await;
        order(&scene, if n == 1 { pathway } else { other }).await;
        for _ in 0..exchanges {
            synchronise(&scene.nadia).await;
        }
        let before = confirmed(&scene);
        assert!(before.iter().any(|(_, confirmed)| *confirmed), "{before:?}");
        synchronise(&copy).await;
        let after = nadias(&scene);
        assert!(after.len() > before.len(), "the copy is on the page: {after:?}");
        drop(copy);
    }
}
