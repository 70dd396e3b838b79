//! A server restored from a backup: what was shared since comes back, what was withdrawn does not.

use super::{agree, founded};
use domain::api::ledger::LedgerActKind;
use domain::vocabulary::Purpose;
use journeys::consent::say;
use journeys::forms::PHONE;
use journeys::person::{met, phone};
use journeys::places::{Places, agrees, agrees_after_cuts, device_named};
use journeys::synchronise;

#[tokio::test]
async fn a_number_shared_since_the_backup_comes_back_from_its_author() {
    let (world, [ines, nadia, _]) = founded().await;
    let places = Places::of(&world);
    places.back_up(&world);
    let pathway = met(&nadia, 1).await;
    agree(&nadia, pathway).await;
    synchronise(&nadia).await;
    let again = places.restored();
    agrees(&again, &ines).await;
    assert_eq!(phone(&ines, pathway).await, None);
    agrees(&again, &nadia).await;
    agrees(&again, &ines).await;
    assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE));
    agrees(&again, &nadia).await;
}

#[tokio::test]
async fn a_number_whose_authors_tablet_is_gone_comes_back_from_a_colleague_under_the_authors_signature() {
    for left in [false, true] {
        let (world, [ines, nadia, samir]) = founded().await;
        let places = Places::of(&world);
        places.back_up(&world);
        let people = [met(&nadia, 1).await, met(&nadia, 2).await];
        for pathway in people {
            agree(&nadia, pathway).await;
        }
        for device in [&nadia, &samir] {
            synchronise(device).await;
        }
        if left {
            world.cite.revoke(device_named(&world.cite, "Nadia B.")).unwrap();
        }
        let again = places.restored();
        agrees(&again, &samir).await;
        agrees(&again, &ines).await;
        for pathway in people {
            assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE), "the author left: {left}");
        }
        agrees(&again, &samir).await;
    }
}

#[tokio::test]
async fn giving_names_back_goes_on_after_a_cut_at_any_place() {
    for cut in [0, 1, 60, 300, 900, 2_000, 5_000] {
        let (world, [ines, nadia, _]) = founded().await;
        let places = Places::of(&world);
        places.back_up(&world);
        let mut people = Vec::new();
        for n in 1..6 {
            people.push(met(&nadia, n).await);
            agree(&nadia, people[people.len() - 1]).await;
        }
        synchronise(&nadia).await;
        let again = places.restored();
        agrees_after_cuts(&again, &nadia, cut).await;
        agrees(&again, &ines).await;
        for pathway in people {
            assert_eq!(phone(&ines, pathway).await.as_deref(), Some(PHONE), "cut at {cut}");
        }
    }
}

#[tokio::test]
async fn what_was_withdrawn_since_the_backup_is_not_given_back_by_a_tablet_that_did_not_know() {
    // With the journal, and with a gap that was accepted: then the withdrawal comes from a device.
    for gap in [false, true] {
        let (world, [ines, nadia, samir]) = founded().await;
        let places = Places::of(&world);
        let pathway = met(&nadia, 1).await;
        agree(&nadia, pathway).await;
        places.back_up(&world);
        for device in [&nadia, &samir] {
            synchronise(device).await;
        }
        assert_eq!(phone(&samir, pathway).await.as_deref(), Some(PHONE));
        let no = LedgerActKind::Withdrawal { purpose: Purpose::ShareContact, keep_on: None, partner: None };
        say(&nadia, pathway, no).await;
        synchronise(&nadia).await;
        let again = if gap { places.restored_with_a_gap() } else { places.restored() };
        for device in [&samir, &ines] {
            agrees(&again, device).await;
        }
        if !gap {
            assert_eq!(phone(&samir, pathway).await, None);
            assert_eq!(phone(&ines, pathway).await, None);
        }
        for device in [&nadia, &samir, &ines, &nadia] {
            agrees(&again, device).await;
        }
        for device in [&nadia, &samir, &ines] {
            assert_eq!(phone(device, pathway).await, None, "a gap: {gap}");
        }
    }
}
