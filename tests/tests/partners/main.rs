//! What a person agreed be passed on to a partner: named, with its parts; and when it ends, who is to be
//! told, on every device, until and after the person is erased. A protected service is named to nobody who may
//! not read the notes, the server least of all.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod changed;
mod erased;
mod kept;
mod protected;
mod several;
mod told;

use domain::api::caseload::ReadToSettle;
use domain::api::ledger::*;
use domain::api::person::OrderErasure;
use domain::api::solution::SearchSolutions;
use domain::error::ErrorCode;
use domain::ids::{PathwayId, SolutionId};
use domain::solution::Solution;
use domain::vocabulary::*;
use engine::device::Device;
use engine::store::asset;
use journeys::call;
use journeys::forms::act;
use journeys::scene::*;

const LIBRARY: SolutionId = SolutionId::from_bytes([0x1b; 16]);
const GARAGE: SolutionId = SolutionId::from_bytes([0x6a; 16]);
const CLINIC: SolutionId = SolutionId::from_bytes([0xc5; 16]);
const OPEN_LIBRARY: PartnerId = PartnerId::Open(LIBRARY);
const OPEN_GARAGE: PartnerId = PartnerId::Open(GARAGE);

/// A directory of three, one of which is protected.
async fn begin() -> (Scene, PathwayId) {
    let scene = Scene::begin().await;
    publish(&scene);
    let pathway = scene.shared_person(1).await;
    assert_eq!(call(&scene.nadia, SearchSolutions::default()).await.unwrap().len(), 3);
    (scene, pathway)
}

fn solution(id: SolutionId, name: &str, protected: bool) -> Solution {
    Solution { id, name: name.into(), structure: "Ville".into(), protected, ..Solution::default() }
}

fn directory() -> Vec<Solution> {
    vec![
        solution(LIBRARY, "Médiathèque", false),
        solution(GARAGE, "Garage solidaire", false),
        solution(CLINIC, "CSAPA", true),
    ]
}

fn publish(scene: &Scene) {
    scene.world.cite.store(|store| store.publish_asset(asset::SOLUTIONS, &directory())).unwrap();
}

fn share(partner: SolutionId, parts: &[Part]) -> LedgerActKind {
    let partner = Some(PartnerShare { partner: PartnerId::Open(partner), parts: parts.to_vec() });
    let LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, .. } =
        agreement(Purpose::ShareWithPartner)
    else {
        unreachable!()
    };
    LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, partner }
}

async fn partners(device: &Device, pathway: PathwayId) -> Vec<PartnerView> {
    page(device, pathway).await.unwrap().ledger.partners
}

#[tokio::test]
async fn an_agreement_names_a_partner_of_the_directory_and_the_parts() {
    let (scene, pathway) = begin().await;
    let refused = [
        agreement(Purpose::ShareWithPartner),
        share(LIBRARY, &[]),
        share(SolutionId::from_bytes([9; 16]), &[Part::Contact]),
    ];
    for kind in refused {
        let request = AddLedgerEntry { pathway, act: act(kind) };
        assert_eq!(call(&scene.nadia, request).await.unwrap_err().code, ErrorCode::Invalid);
    }
    say(&scene.nadia, pathway, share(LIBRARY, &[Part::Identity, Part::Contact])).await;
    scene.all().await;
    let seen = partners(&scene.ines, pathway).await.remove(0);
    assert_eq!((seen.name.as_deref(), seen.granted), (Some("Médiathèque (Ville)"), true));
    assert_eq!(seen.parts, [Part::Identity, Part::Contact]);
    assert_eq!((seen.on, seen.by.unwrap().name.as_deref()), (today(), Some("Nadia B.")));
}

#[tokio::test]
async fn whom_a_withdrawal_concerns_is_told_and_ticked_off_and_every_device_knows() {
    let (scene, pathway) = begin().await;
    for partner in [LIBRARY, GARAGE] {
        say(&scene.nadia, pathway, share(partner, &[Part::Contact])).await;
    }
    let purpose = Purpose::ShareWithPartner;
    say(
        &scene.samir,
        pathway,
        LedgerActKind::Withdrawal { purpose, keep_on: None, partner: Some(OPEN_GARAGE) },
    )
    .await;
    scene.all().await;
    let seen = partners(&scene.ines, pathway).await;
    assert_eq!(
        seen.iter().map(|it| (it.granted, it.to_tell.is_some())).collect::<Vec<_>>(),
        [(true, false), (false, true)]
    );
    let cause = seen[1].to_tell.clone().unwrap();
    call(&scene.ines, TellPartner { cause, partner: OPEN_GARAGE }).await.unwrap();
    scene.all().await;
    let told = partners(&scene.samir, pathway).await.remove(1).told.unwrap();
    assert_eq!((told.0, told.1.name.as_deref()), (today(), Some("Inès R.")));
    // Erased: the one who was told stands with the day, the other is to be told. Nobody is named.
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::ALL[0] }).await.unwrap();
    scene.all().await;
    assert!(is_gone(&scene.samir, pathway).await);
    let on_page = || {
        let row = scene.erasures().into_iter().find(|it| !it.partners.is_empty()).unwrap();
        row.partners.into_iter().map(|it| (it.name.unwrap(), it.told_on)).collect::<Vec<_>>()
    };
    assert_eq!(
        on_page(),
        [("Médiathèque (Ville)".to_owned(), None), ("Garage solidaire (Ville)".to_owned(), Some(today()))]
    );
    let waiting = call(&scene.ines, ReadToSettle {}).await.unwrap().to_tell;
    assert_eq!(waiting.iter().map(|it| it.partner).collect::<Vec<_>>(), [OPEN_LIBRARY]);
    call(&scene.ines, TellPartner { cause: waiting[0].cause.clone(), partner: OPEN_LIBRARY }).await.unwrap();
    scene.all().await;
    assert!(on_page().iter().all(|(_, told)| *told == Some(today())));
    assert!(call(&scene.ines, ReadToSettle {}).await.unwrap().to_tell.is_empty());
}

#[tokio::test]
async fn a_person_who_stops_everything_has_every_partner_told_after_the_server_erased_them() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, share(LIBRARY, &[Part::Contact])).await;
    say(&scene.nadia, pathway, stop()).await;
    scene.all().await;
    assert!(partners(&scene.ines, pathway).await[0].to_tell.is_some(), "from the objection on");
    assert_eq!(scene.world.cite.daily(today().plus(8)).unwrap(), 1);
    scene.all().await;
    let waiting = call(&scene.ines, ReadToSettle {}).await.unwrap().to_tell;
    assert_eq!(waiting.iter().map(|it| it.partner).collect::<Vec<_>>(), [OPEN_LIBRARY]);
}
