//! A référente's morning: who comes first, who may be one person twice, what two colleagues wrote
//! differently.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::caseload::*;
use domain::api::encounter::{EncounterForm, RecordEncounter, Whom};
use domain::api::person::*;
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::*;
use engine::device::Device;
use journeys::forms::*;
use journeys::{NORTH, World, call, place_in, synchronise};

async fn page(tablet: &Device, pathway: PathwayId) -> PersonView {
    call(tablet, OpenPerson { pathway }).await.unwrap()
}

async fn to_settle(tablet: &Device) -> ToSettleView {
    call(tablet, ReadToSettle {}).await.unwrap()
}

/// Somebody new whose name is not told; `met` answers *Déjà rencontré par un collègue ?*
fn someone(n: u8, met: Option<YesNo>, change: impl FnOnce(&mut EncounterForm)) -> RecordEncounter {
    let mut encounter = first_encounter(n, place_in(NORTH));
    if let Whom::New(person) = &mut encounter.form.whom {
        person.named = NamedParts::default();
    }
    encounter.form.met_before = met;
    change(&mut encounter.form);
    encounter
}

async fn record(tablet: &Device, encounter: RecordEncounter) -> PathwayId {
    call(tablet, encounter).await.unwrap().pathway.unwrap()
}

async fn nadia_and_ines() -> (World, Device, Device) {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    (world, nadia, ines)
}

async fn meet(tablets: &[&Device]) {
    for tablet in tablets {
        synchronise(tablet).await;
    }
}

#[tokio::test]
async fn what_is_due_comes_first_the_latest_first_and_who_left_comes_never() {
    let (_world, nadia, ines) = nadia_and_ines().await;
    let quiet = record(&nadia, someone(1, None, |_| {})).await;
    let late = record(&nadia, someone(2, None, |_| {})).await;
    let today = record(&nadia, someone(3, None, |_| {})).await;
    let gone = record(&nadia, someone(4, None, |_| {})).await;
    let day = page(&nadia, quiet).await.timeline[0].on;
    for (pathway, due) in [(today, day), (late, day.plus(-20)), (quiet, day.plus(9))] {
        call(&nadia, AddFollowUp { pathway, kind: FollowUpKind::CallBack, due }).await.unwrap();
    }
    let episode = domain::pathway::Episode {
        entered_on: day.plus(-90),
        entry_reason: EntryReason::Outreach,
        stage: None,
        exited_on: Some(day),
        exit_reason: Some(ExitReason::Moved),
    };
    call(&nadia, AddFact { pathway: gone, id: None, fact: NewFact::Episode(episode) }).await.unwrap();
    meet(&[&nadia, &ines]).await;
    let view = call(&ines, ReadCaseload { mine: false, limit: 50 }).await.unwrap();
    let order: Vec<PathwayId> = view.people.iter().map(|it| it.hit.label.pathway).collect();
    assert_eq!(order, [late, today, quiet]);
    assert_eq!((view.total, view.due, view.mine), (3, 2, 0));
    let reasons = |n: usize| view.people[n].reasons.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>();
    assert_eq!(reasons(0), ["overdue"], "the reason is said, not only the place in the list");
    assert!(reasons(2).is_empty());
    assert!(view.people.iter().all(|it| it.hit.label.name.is_none()), "no name she was not given");
    let own = call(&ines, ReadCaseload { mine: true, limit: 50 }).await.unwrap();
    assert!(own.people.is_empty());
}

#[tokio::test]
async fn a_probable_duplicate_is_proposed_with_reasons_linked_and_unlinked() {
    let (_world, nadia, ines) = nadia_and_ines().await;
    let first = record(&nadia, someone(1, None, |_| {})).await;
    meet(&[&nadia, &ines]).await;
    assert!(to_settle(&ines).await.duplicates.is_empty());
    let again = record(&nadia, someone(2, Some(YesNo::Yes), |_| {})).await;
    meet(&[&nadia, &ines]).await;

    let pairs = to_settle(&ines).await.duplicates;
    let reasons: Vec<&str> = pairs[0].reasons.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(pairs.len(), 1);
    assert_eq!(
        reasons,
        ["met_before", "same_residence", "same_age", "same_gender", "same_household", "same_barriers"]
    );
    assert_eq!(page(&ines, first).await.duplicates.len(), 1, "said on the page too");
    assert!(page(&nadia, first).await.duplicates.is_empty(), "a mediator is asked nothing");

    let link = |same| LinkPeople { one: first, other: again, same };
    call(&ines, link(true)).await.unwrap();
    meet(&[&ines, &nadia]).await;
    for (tablet, one, other) in [(&nadia, first, again), (&ines, again, first)] {
        let linked = page(tablet, one).await.linked;
        assert_eq!(linked[0].hit.label.pathway, other);
        assert_eq!(linked[0].author.as_ref().unwrap().name.as_deref(), Some("Inès R."));
    }
    assert_eq!(call(&ines, ReadCaseload { mine: false, limit: 9 }).await.unwrap().total, 1, "one person");
    assert!(to_settle(&ines).await.duplicates.is_empty());

    // Undone: two records again, whole, and not proposed a second time.
    call(&ines, LinkPeople { one: again, other: first, same: false }).await.unwrap();
    meet(&[&ines, &nadia]).await;
    for id in [first, again] {
        let page = page(&nadia, id).await;
        assert_eq!((page.linked.len(), page.hit.encounters), (0, 1));
    }
    assert!(to_settle(&ines).await.duplicates.is_empty());
}

#[tokio::test]
async fn two_people_once_said_to_be_two_are_not_proposed_again() {
    let (_world, nadia, ines) = nadia_and_ines().await;
    let first = record(&nadia, someone(1, Some(YesNo::Yes), |_| {})).await;
    let other = record(&nadia, someone(2, None, |_| {})).await;
    meet(&[&nadia, &ines]).await;
    assert_eq!(to_settle(&ines).await.duplicates.len(), 1);
    call(&ines, LinkPeople { one: first, other, same: false }).await.unwrap();
    assert!(to_settle(&ines).await.duplicates.is_empty());
    assert!(page(&ines, first).await.linked.is_empty());
}

#[tokio::test]
async fn a_mediator_neither_links_nor_settles() {
    let (_world, nadia, _ines) = nadia_and_ines().await;
    let one = record(&nadia, someone(1, None, |_| {})).await;
    let other = record(&nadia, someone(2, None, |_| {})).await;
    let refused = call(&nadia, LinkPeople { one, other, same: true }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    assert_eq!(call(&nadia, ReadToSettle {}).await.unwrap_err().code, ErrorCode::NotAllowed);
}

/// Nadia and Samir write different ages at the same time; Inès receives both.
async fn differing() -> (World, [Device; 3], PathwayId) {
    let (world, nadia, ines) = nadia_and_ines().await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let pathway = record(&nadia, first_encounter(1, place_in(NORTH))).await;
    meet(&[&nadia, &samir]).await;
    for (tablet, age) in [(&nadia, AgeBand::From26To29), (&samir, AgeBand::From30To39)] {
        let profile = ProfileForm { age: Some(age), ..ProfileForm::default() };
        call(tablet, EditProfile { pathway, profile }).await.unwrap();
    }
    meet(&[&nadia, &samir, &ines, &nadia]).await;
    (world, [nadia, samir, ines], pathway)
}

#[tokio::test]
async fn a_referent_sees_both_values_with_their_authors_and_settles_for_everybody() {
    let (_world, [nadia, samir, ines], pathway) = differing().await;
    assert_eq!(to_settle(&ines).await.differing.len(), 1);
    let seen = page(&ines, pathway).await.differing;
    assert_eq!((seen.len(), seen[0].field.as_str(), &seen[0].fact), (1, "age", &None));
    let mut told: Vec<(&str, &str)> = seen[0]
        .values
        .iter()
        .map(|(value, author)| (value.as_str(), author.name.as_deref().unwrap()))
        .collect();
    told.sort_unstable();
    assert_eq!(told, [("26_29", "Nadia B."), ("30_39", "Samir D.")]);
    assert!(page(&nadia, pathway).await.differing.is_empty(), "no mediator is asked");

    // The value that does not show by itself is the one kept.
    let lost = seen[0].values[1].0.clone();
    let settle = |value: &str| SettleField { pathway, fact: None, field: "age".into(), value: value.into() };
    assert_eq!(call(&ines, settle("60_plus")).await.unwrap_err().code, ErrorCode::Invalid);
    call(&ines, settle(&lost)).await.unwrap();
    meet(&[&ines, &nadia, &samir]).await;
    for tablet in [&nadia, &samir, &ines] {
        assert_eq!(page(tablet, pathway).await.hit.age.unwrap().code(), lost);
    }
    assert!(to_settle(&ines).await.differing.is_empty());
    let history = ReadFieldHistory { pathway, fact: None, field: Some("age".into()) };
    assert_eq!(call(&ines, history).await.unwrap().len(), 4, "nothing that was written is lost");
    assert_eq!(call(&ines, settle(&lost)).await.unwrap_err().code, ErrorCode::NotFound, "settled already");
}

#[tokio::test]
async fn the_day_of_a_state_follows_the_state_that_is_kept() {
    let (_world, nadia, ines) = nadia_and_ines().await;
    let pathway = record(&nadia, first_encounter(1, place_in(NORTH))).await;
    meet(&[&nadia, &ines]).await;
    let barrier = page(&ines, pathway).await.barriers[0].id;
    for (tablet, state) in [(&nadia, BarrierState::InProgress), (&ines, BarrierState::Abandoned)] {
        let request = SetBarrier {
            state: Some(state),
            ..SetBarrier::of(pathway, Some(barrier), BarrierDomain::Family)
        };
        call(tablet, request).await.unwrap();
    }
    meet(&[&nadia, &ines]).await;
    let seen = page(&ines, pathway).await.differing;
    assert_eq!(seen.len(), 1, "one question, not two");
    assert_eq!(seen[0].fact, Some(("barriers".into(), barrier)));
    let value = BarrierState::InProgress.code().to_owned();
    call(&ines, SettleField { pathway, fact: Some(barrier), field: "state".into(), value }).await.unwrap();
    let page = page(&ines, pathway).await;
    assert_eq!((page.barriers[0].state, page.differing.len()), (BarrierState::InProgress, 0));
}
