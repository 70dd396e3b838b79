//! The list of erasures where it is read without a browser: on a référent's device, also offline.

use domain::api::person::OrderErasure;
use domain::api::server::{ErasureCause, ErasuresView, ReadErasures};
use domain::error::ErrorCode;
use domain::role::Role;
use domain::vocabulary::{AuditAct, OrderReason};
use engine::device::Device;
use journeys::scene::*;
use journeys::{NORTH, World, call, synchronise};

async fn list(device: &Device) -> ErasuresView {
    call(device, ReadErasures {}).await.unwrap()
}

#[tokio::test]
async fn a_referent_reads_without_a_network_which_devices_of_her_organisation_have_confirmed() {
    let world = World::begin().await;
    let far = world.joined_of("Mission locale inventée", "Karim S.", Role::Referent, vec![NORTH]).await;
    let mut scene = Scene::founded_in(world).await;
    assert_eq!(list(&scene.ines).await.erasures, []);
    let pathway = scene.shared_person(9).await;
    synchronise(&far).await;
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::WrongPerson })
        .await
        .unwrap();
    scene.all().await;
    // Her laptop asks again after a while, or once something was erased on it; by day, a day has passed.
    scene.at("Inès R.", today().plus(1)).await;
    synchronise(&scene.ines).await;
    scene.world.stop();
    let hers = list(&scene.ines).await;
    assert!(hers.at_ms.is_some());
    let row = &hers.erasures[0];
    assert_eq!(row.cause, ErasureCause::Order(OrderReason::WrongPerson));
    let mut names: Vec<&str> = row.devices.iter().map(|it| it.user_name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["Inès R.", "Nadia B.", "Samir D."],
        "another organisation's devices are not hers to see"
    );
    assert!(row.devices.iter().all(|it| it.confirmed_on.is_some()), "{row:?}");
    assert_eq!(call(&scene.nadia, ReadErasures {}).await.unwrap_err().code, ErrorCode::NotAllowed);
}

#[tokio::test]
async fn what_a_device_erased_is_noted_in_its_own_audit_without_saying_whom() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(9).await;
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::Request }).await.unwrap();
    scene.all().await;
    scene.all().await;
    let report = scene.world.cite.read_audit().unwrap();
    let who = |act| {
        let lines = report.lines.iter().filter(move |it| it.act == Some(act));
        let mut names: Vec<_> = lines.filter_map(|it| it.who.as_deref()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(who(AuditAct::OrderErasure), ["Inès R."]);
    assert_eq!(who(AuditAct::EraseHere), ["Nadia B.", "Samir D."]);
    let erased = report.lines.iter().filter(|it| it.act == Some(AuditAct::EraseHere));
    assert!(erased.into_iter().all(|it| it.about.is_none()), "nothing is left to join");
    assert_eq!(report.broken(), []);
}
