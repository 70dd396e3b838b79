//! Who confirmed an erasure, and who has not, on a server that was restored.

use domain::api::person::OrderErasure;
use domain::api::sync::{AlarmKind, ReadSyncState};
use domain::ids::PathwayId;
use domain::vocabulary::OrderReason;
use engine::clock::{Clock as _, SystemClock};
use journeys::places::{Places, agrees};
use journeys::scene::*;
use journeys::{call, synchronise};
use sync_server::Cite;

/// Who is to confirm on a server, and whether they did; none of them is a copy.
fn said(cite: &Cite) -> Vec<(String, bool)> {
    let view = cite.store(|store| engine::erasure::list(store, SystemClock.now_ms())).unwrap();
    let devices = view.erasures.into_iter().flat_map(|it| it.devices);
    let mut said: Vec<_> = devices
        .map(|it| {
            assert_eq!(it.copy, None, "{}", it.user_name);
            (it.user_name, it.confirmed_on.is_some())
        })
        .collect();
    said.sort();
    said
}

fn three(ines: bool, nadia: bool, samir: bool) -> Vec<(String, bool)> {
    [("Inès R.", ines), ("Nadia B.", nadia), ("Samir D.", samir)]
        .map(|(name, said)| (name.into(), said))
        .into()
}

async fn ordered(scene: &Scene, pathway: PathwayId) {
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::WrongPerson })
        .await
        .unwrap();
    for _ in 0..2 {
        synchronise(&scene.ines).await;
    }
}

#[tokio::test]
async fn a_restored_server_knows_who_confirmed_and_waits_for_who_had_not() {
    for after in [false, true] {
        let scene = Scene::begin().await;
        let places = Places::of(&scene.world);
        let pathway = scene.shared_person(1).await;
        if after {
            ordered(&scene, pathway).await;
        }
        places.back_up(&scene.world);
        if !after {
            ordered(&scene, pathway).await;
        }
        for _ in 0..2 {
            synchronise(&scene.nadia).await;
        }
        let again = places.restored();
        assert_eq!(said(&again), three(true, true, false), "a backup after the order: {after}");
        for _ in 0..2 {
            for device in [&scene.nadia, &scene.samir] {
                agrees(&again, device).await;
            }
        }
        assert!(is_gone(&scene.samir, pathway).await);
        assert_eq!(said(&again), three(true, true, true), "a backup after the order: {after}");
        for device in [&scene.nadia, &scene.samir] {
            let alarms = call(device, ReadSyncState {}).await.unwrap().alarms;
            assert!(alarms.iter().all(|it| it.kind != AlarmKind::StoreCopied), "no tablet was copied");
        }
    }
}
