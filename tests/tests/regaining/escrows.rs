//! Records that stand beside people: keys of stores, requests, what partners were told.

use super::founded;
use document::control::RecordKind;
use domain::api::ledger::{GiveReceipt, PartnerId, RequestByCode, TellPartner};
use domain::api::member::ChangeMember;
use domain::api::session::Unlock;
use domain::ids::SolutionId;
use domain::role::Role;
use domain::vocabulary::{GivenBy, RequestKind};
use journeys::person::met;
use journeys::places::{agrees, rolled_back};
use journeys::{NORTH, PASSPHRASE, call, me, synchronise};
use sync_server::Cite;

/// What stands on a server of a kind, by its records' names.
fn of_kind(cite: &Cite, kind: RecordKind) -> std::collections::BTreeSet<[u8; 32]> {
    cite.store(|store| store.records(kind)).unwrap().iter().map(|it| it.id()).collect()
}

#[tokio::test]
async fn a_server_that_lost_escrows_requests_and_what_partners_were_told_is_given_them_back() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    let code = call(&nadia, GiveReceipt { pathway }).await.unwrap().code;
    for device in [&nadia, &ines, &samir] {
        synchronise(device).await;
    }
    // A référente comes, to whom tablets seal their key when they learn of her.
    let lea = world.let_in(&ines, "Léa M.", Role::Referent, vec![NORTH]).await;
    let stale = rolled_back(&world);
    let (code, kind) = (code.expose().into(), RequestKind::Access);
    call(&samir, RequestByCode { code, kind, given_by: GivenBy::Person, capacity: None }).await.unwrap();
    let told = world.cite.store(|store| store.records(RecordKind::Ledger)).unwrap()[0].id();
    let cause = told.iter().map(|byte| format!("{byte:02x}")).collect();
    call(&ines, TellPartner { cause, partner: PartnerId::Open(SolutionId::from_bytes([1; 16])) })
        .await
        .unwrap();
    for device in [&samir, &ines, &nadia, &lea, &samir, &nadia, &lea, &ines] {
        synchronise(device).await;
    }
    let kinds = [RecordKind::Escrow, RecordKind::Tell, RecordKind::Request];
    for kind in kinds {
        assert!(of_kind(&stale, kind).len() < of_kind(&world.cite, kind).len(), "{kind:?}");
    }
    // One device of a référente is enough to give all of it back.
    agrees(&stale, &ines).await;
    for kind in kinds {
        assert_eq!(of_kind(&stale, kind), of_kind(&world.cite, kind), "{kind:?}");
    }
    for device in [&samir, &nadia, &lea] {
        agrees(&stale, device).await;
    }
}

#[tokio::test]
async fn a_tablet_put_back_to_an_earlier_day_is_given_its_own_escrows() {
    let (world, [ines, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    let before = world.image("Nadia B.", "as of before");
    let lea = world.let_in(&ines, "Léa M.", Role::Referent, vec![NORTH]).await;
    for device in [&nadia, &lea, &nadia] {
        agrees(&world.cite, device).await;
    }
    let before = journeys::device(&before);
    call(&before, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    for device in [&before, &before, &lea] {
        agrees(&world.cite, device).await;
    }
}

#[tokio::test]
async fn who_is_no_longer_a_referent_lets_go_of_the_escrows_of_others() {
    let (world, [ines, nadia, samir]) = founded().await;
    let lea = world.let_in(&ines, "Léa M.", Role::Referent, vec![NORTH]).await;
    for device in [&nadia, &samir, &lea, &ines] {
        agrees(&world.cite, device).await;
    }
    let user = me(&lea).await.unwrap().user;
    call(&ines, ChangeMember { user, role: Role::Mediator, sectors: vec![NORTH] }).await.unwrap();
    for device in [&ines, &lea, &nadia, &lea, &lea] {
        agrees(&world.cite, device).await;
    }
}
