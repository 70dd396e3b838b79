//! What is changed on a person's page, outside any rencontre: needs, barriers, their situations, and
//! the earlier values that stay with their authors.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::person::*;
use domain::error::ErrorCode;
use domain::ids::{FactId, PathwayId};
use domain::role::Role;
use domain::vocabulary::*;
use engine::device::Device;
use journeys::forms::first_encounter;
use journeys::{NORTH, World, call, place_in, synchronise};

async fn page(tablet: &Device, pathway: PathwayId) -> PersonView {
    call(tablet, OpenPerson { pathway }).await.unwrap()
}

async fn nadia_and_someone() -> (World, Device, PathwayId) {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let recorded = call(&nadia, first_encounter(9, place_in(NORTH))).await.unwrap();
    (world, nadia, recorded.pathway.unwrap())
}

fn with_situations(mut request: SetBarrier, codes: &[&str]) -> SetBarrier {
    request.situations = Some(codes.iter().map(|code| (*code).to_owned()).collect());
    request
}

#[tokio::test]
async fn a_need_and_a_barrier_are_added_without_a_rencontre() {
    let (_world, nadia, pathway) = nadia_and_someone().await;
    let need = SetNeed { pathway, need: None, kind: NeedKind::Training, state: NeedState::Open };
    call(&nadia, need).await.unwrap();
    call(&nadia, SetBarrier::of(pathway, None, BarrierDomain::Mobility)).await.unwrap();
    let page = page(&nadia, pathway).await;
    assert_eq!(page.hit.encounters, 1, "no rencontre came with it");
    assert!(page.needs.iter().any(|it| it.kind == NeedKind::Training && it.author.me));
    let mobility = page.barriers.iter().find(|it| it.domain == BarrierDomain::Mobility).unwrap();
    assert_eq!((mobility.state, mobility.author.me), (BarrierState::Spotted, true));
    assert_eq!(page.hit.open_barriers, 2);
}

#[tokio::test]
async fn a_domain_that_is_open_already_is_completed_not_doubled() {
    let (_world, nadia, pathway) = nadia_and_someone().await;
    let more = with_situations(SetBarrier::of(pathway, None, BarrierDomain::Family), &["24/10"]);
    call(&nadia, more).await.unwrap();
    let barriers = page(&nadia, pathway).await.barriers;
    assert_eq!(barriers.len(), 1);
    assert_eq!(barriers[0].situations, ["24/10", "24/13", "24/14"], "readable ones, then the sealed one");
    assert_eq!(barriers[0].sealed_situations, ["24/14"]);
    // Lifted, the domain may come back as a barrier of its own.
    let mut lift = SetBarrier::of(pathway, Some(barriers[0].id), BarrierDomain::Family);
    lift.state = Some(BarrierState::Lifted);
    call(&nadia, lift).await.unwrap();
    call(&nadia, with_situations(SetBarrier::of(pathway, None, BarrierDomain::Family), &["24/13"]))
        .await
        .unwrap();
    assert_eq!(page(&nadia, pathway).await.barriers.len(), 2);
}

#[tokio::test]
async fn a_sealed_situation_is_taken_back_and_chosen_again() {
    let (_world, nadia, pathway) = nadia_and_someone().await;
    let id = page(&nadia, pathway).await.barriers[0].id;
    let only =
        |codes: &[&str]| with_situations(SetBarrier::of(pathway, Some(id), BarrierDomain::Family), codes);
    call(&nadia, only(&["24/13"])).await.unwrap();
    let now = page(&nadia, pathway).await.barriers.remove(0);
    assert_eq!((now.situations, now.sealed_situations), (vec!["24/13".to_owned()], vec![]));
    call(&nadia, only(&["24/14"])).await.unwrap();
    let now = page(&nadia, pathway).await.barriers.remove(0);
    assert_eq!(now.situations, ["24/14"]);
    assert_eq!(now.sealed_situations, ["24/14"]);
}

#[tokio::test]
async fn a_situation_of_another_domain_is_refused_and_nothing_is_written() {
    let (_world, nadia, pathway) = nadia_and_someone().await;
    let before = page(&nadia, pathway).await;
    let id = before.barriers[0].id;
    let foreign = with_situations(SetBarrier::of(pathway, None, BarrierDomain::Mobility), &["24/13"]);
    let moved = with_situations(SetBarrier::of(pathway, Some(id), BarrierDomain::Mobility), &[]);
    let unknown = with_situations(SetBarrier::of(pathway, Some(id), BarrierDomain::Family), &["24/9999"]);
    let mut objective = SetBarrier::of(pathway, Some(id), BarrierDomain::Family);
    let elsewhere = domain::catalogue::objectives(BarrierDomain::Mobility).next().unwrap();
    objective.objectives = Some([elsewhere.code.to_owned()].into());
    for (request, field) in
        [(foreign, "situations"), (moved, "domain"), (unknown, "situations"), (objective, "objectives")]
    {
        let refused = call(&nadia, request).await.unwrap_err();
        assert_eq!((refused.code, refused.detail), (ErrorCode::Invalid, vec![field.to_owned()]));
    }
    let elsewhere = FactId::from_bytes([7; 16]);
    let refused =
        call(&nadia, SetBarrier::of(pathway, Some(elsewhere), BarrierDomain::Family)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    assert_eq!(page(&nadia, pathway).await, before);
}

#[tokio::test]
async fn every_earlier_value_stays_with_its_author() {
    let (world, nadia, pathway) = nadia_and_someone().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    synchronise(&nadia).await;
    synchronise(&ines).await;
    let profile = ProfileForm { age: Some(AgeBand::From26To29), ..ProfileForm::default() };
    call(&ines, EditProfile { pathway, profile }).await.unwrap();
    synchronise(&ines).await;
    synchronise(&nadia).await;
    let ages = ReadFieldHistory { pathway, fact: None, field: Some("age".into()) };
    let values = call(&nadia, ages).await.unwrap();
    let told: Vec<(&str, Option<&str>, bool)> =
        values.iter().map(|it| (it.value.as_str(), it.author.name.as_deref(), it.current)).collect();
    assert_eq!(told, [("26_29", Some("Inès R."), true), ("18_25", Some("Nadia B."), false)]);
}

#[tokio::test]
async fn a_state_has_its_day_and_an_unchanged_save_writes_nothing_new() {
    let (_world, nadia, pathway) = nadia_and_someone().await;
    let id = page(&nadia, pathway).await.barriers[0].id;
    let mut same = SetBarrier::of(pathway, Some(id), BarrierDomain::Family);
    same.state = Some(BarrierState::Spotted);
    same.impact = Some(Impact::Strong);
    call(&nadia, same.clone()).await.unwrap();
    let history = ReadFieldHistory { pathway, fact: Some(id), field: Some("impact".into()) };
    assert_eq!(call(&nadia, history.clone()).await.unwrap().len(), 1, "the same impact is no new value");
    same.state = Some(BarrierState::InProgress);
    call(&nadia, same).await.unwrap();
    let now = page(&nadia, pathway).await.barriers.remove(0);
    assert_eq!((now.state, now.state_on.is_some()), (BarrierState::InProgress, true));
    assert_eq!(call(&nadia, history).await.unwrap().len(), 1);
}
