//! A server that lost a part or a withdrawal, or will not take it back.

use super::{agree, founded};
use domain::api::ledger::LedgerActKind;
use domain::api::sync::SyncFailureKind;
use domain::vocabulary::Purpose;
use journeys::consent::say;
use journeys::forms::PHONE;
use journeys::person::{met, phone};
use journeys::places::{agrees, device_named, failure, grow, line, rolled_back};
use journeys::synchronise;

#[tokio::test]
async fn a_server_that_rolls_back_a_withdrawal_is_told_again_and_erases_again() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    let stale = rolled_back(&world);
    let no = LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on: None, partner: None };
    say(&nadia, pathway, no).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    // Samir's own copy is gone; the server shows the part once more, and hears the withdrawal from him.
    agrees(&stale, &samir).await;
    agrees(&stale, &ines).await;
    assert_eq!(phone(&samir, pathway).await, None);
    assert_eq!(phone(&ines, pathway).await, None);
    let ledger = stale.store(|store| store.ledger(pathway)).unwrap();
    assert_eq!(ledger.generation(Purpose::ShareContact), 2);
}

#[tokio::test]
async fn a_server_that_silently_lost_a_number_is_noticed_and_given_it_back() {
    let (world, [ines, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    synchronise(&nadia).await;
    let stale = rolled_back(&world);
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    agrees(&stale, &samir).await;
    agrees(&stale, &ines).await;
    assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn a_server_that_will_not_take_a_number_back_raises_an_alarm_and_nothing_is_deleted() {
    let (world, [_, nadia, samir]) = founded().await;
    let pathway = met(&nadia, 1).await;
    synchronise(&nadia).await;
    synchronise(&samir).await;
    let stale = rolled_back(&world);
    agree(&nadia, pathway).await;
    for device in [&nadia, &samir] {
        synchronise(device).await;
    }
    // It was not restored, it only forgot: work of somebody who left is not taken from others then.
    grow(&stale);
    stale.revoke(device_named(&stale, "Nadia B.")).unwrap();
    for _ in 0..2 {
        samir.sync_with(&line(&stale, &samir)).await;
        assert_eq!(failure(&samir).await, Some(SyncFailureKind::Diverged));
        assert_eq!(phone(&samir, pathway).await.as_deref(), Some(PHONE), "nothing is deleted");
    }
}
