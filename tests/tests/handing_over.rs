//! Handing a person over from one référent to another while one of them is offline.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::caseload::ReadCaseload;
use domain::api::person::{NamedParts, OpenPerson, PersonView, WritePart};
use domain::api::referent::*;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::consent::agree;
use journeys::forms::*;
use journeys::{NORTH, SOUTH, World, call, me, place_in, synchronise};

async fn page(device: &Device, pathway: PathwayId) -> PersonView {
    call(device, OpenPerson { pathway }).await.unwrap()
}

/// Names of who follows now, the lead first.
fn following(page: &PersonView) -> Vec<String> {
    let now = page.referents.iter().filter(|it| it.to.is_none() && it.accepted);
    now.filter_map(|it| it.referent.name.clone()).collect()
}

/// The authors of the encounters on a page, oldest first.
fn authors(page: &PersonView) -> Vec<String> {
    let encounters = page.timeline.iter().filter(|it| it.id.is_some());
    let mut authors: Vec<String> = encounters.filter_map(|it| it.author.name.clone()).collect();
    authors.sort();
    authors
}

#[tokio::test]
async fn a_case_reassigned_while_its_old_owner_is_offline_keeps_every_edit_attributed() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let lea = world.joined("Léa M.", Role::Referent, vec![NORTH]).await;
    let maud = world.joined("Maud K.", Role::Referent, vec![SOUTH]).await;
    synchronise(&ines).await;
    journeys::member::establish(&ines).await;
    for device in [&ines, &lea, &maud, &ines, &lea, &maud] {
        synchronise(device).await;
    }
    let pathway = call(&ines, first_encounter(9, place_in(NORTH))).await.unwrap().pathway.unwrap();
    agree(&ines, pathway, &[Purpose::ShareContact]).await;
    let own = me(&ines).await.unwrap().user;
    call(&ines, OfferReferent { pathway, user: own, lead: true }).await.unwrap();
    for device in [&ines, &lea, &maud] {
        synchronise(device).await;
    }
    assert_eq!(following(&page(&lea, pathway).await), ["Inès R."]);
    assert!(call(&maud, OpenPerson { pathway }).await.is_err(), "of another sector, and not assigned");

    // Inès goes offline and writes. Léa hands the person to Maud meanwhile, who accepts.
    call(&ines, later_encounter(10, pathway, place_in(NORTH))).await.unwrap();
    let named = NamedParts { phone: Some("06 39 98 00 07".into()), ..NamedParts::default() };
    call(&ines, WritePart { pathway, named }).await.unwrap();
    let to = me(&maud).await.unwrap().user;
    call(&lea, OfferReferent { pathway, user: to, lead: true }).await.unwrap();
    synchronise(&lea).await;
    synchronise(&maud).await;
    let offers = call(&maud, ReadCaseload { mine: true, limit: 10 }).await.unwrap().offers;
    assert_eq!(offers.len(), 1, "what is proposed is asked, not imposed");
    let link = page(&maud, pathway).await.referents.iter().find(|it| !it.accepted).unwrap().id;
    call(&maud, AnswerReferent { pathway, link, accept: true }).await.unwrap();
    call(&maud, later_encounter(11, pathway, place_in(SOUTH))).await.unwrap();
    synchronise(&maud).await;

    // Inès comes back: what she wrote without knowing is taken, attributed, and reaches Maud.
    for device in [&ines, &lea, &maud, &ines, &lea, &maud] {
        synchronise(device).await;
    }
    for device in [&ines, &lea, &maud] {
        let seen = page(device, pathway).await;
        assert_eq!(authors(&seen), ["Inès R.", "Inès R.", "Maud K."]);
        assert_eq!(following(&seen), ["Maud K."]);
        assert_eq!(seen.named.phone.as_deref(), Some("06 39 98 00 07"));
    }
    let mine = |mine| ReadCaseload { mine, limit: 10 };
    assert_eq!(call(&ines, mine(true)).await.unwrap().mine, 0);
}

#[tokio::test]
async fn a_declined_proposal_leaves_the_lead_where_it_was() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let lea = world.joined("Léa M.", Role::Referent, vec![NORTH]).await;
    synchronise(&ines).await;
    let pathway = call(&ines, first_encounter(9, place_in(NORTH))).await.unwrap().pathway.unwrap();
    let own = me(&ines).await.unwrap().user;
    let to = me(&lea).await.unwrap().user;
    call(&ines, OfferReferent { pathway, user: own, lead: true }).await.unwrap();
    call(&ines, OfferReferent { pathway, user: to, lead: true }).await.unwrap();
    synchronise(&ines).await;
    synchronise(&lea).await;
    let link = page(&lea, pathway).await.referents.iter().find(|it| !it.accepted).unwrap().id;
    assert!(call(&ines, AnswerReferent { pathway, link, accept: true }).await.is_err(), "not hers to answer");
    call(&lea, AnswerReferent { pathway, link, accept: false }).await.unwrap();
    synchronise(&lea).await;
    synchronise(&ines).await;
    assert_eq!(following(&page(&ines, pathway).await), ["Inès R."]);
}
