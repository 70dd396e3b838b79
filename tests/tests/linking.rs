//! Two records of one person: what is withdrawn or objected to in one binds the other, whichever device
//! knew of what first; undone, the link binds nothing; in figures they are one person.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::caseload::{LinkPeople, ReadCaseload};
use domain::api::cohort::{CohortFilter, Geography, ListPathways, PathwayOrder};
use domain::api::ledger::{LedgerActKind, PurposeStateView};
use domain::api::person::{AddFollowUp, EditProfile, NamedParts, ProfileForm, WritePart};
use domain::api::today::ReadToday;
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::vocabulary::*;
use engine::clock::{Clock as _, SystemClock};
use engine::cohort::Pathways;
use engine::device::Device;
use journeys::forms::notice;
use journeys::scene::*;
use journeys::{call, synchronise};

const CONTACT: Purpose = Purpose::ShareContact;

/// Two records, both shared with the team, each with its phone.
async fn two(scene: &Scene) -> (PathwayId, PathwayId) {
    let (one, other) = (scene.shared_person(1).await, scene.shared_person(2).await);
    for (record, phone) in [(one, "06 39 98 11 11"), (other, "06 39 98 22 22")] {
        let named = NamedParts { phone: Some(phone.into()), ..NamedParts::default() };
        call(&scene.nadia, WritePart { pathway: record, named }).await.unwrap();
    }
    scene.all().await;
    (one, other)
}

async fn link(device: &Device, one: PathwayId, other: PathwayId, same: bool) {
    call(device, LinkPeople { one, other, same }).await.unwrap();
}

async fn state(device: &Device, record: PathwayId, purpose: Purpose) -> PurposeStateView {
    let ledger = page(device, record).await.unwrap().ledger;
    ledger.purposes.iter().find(|it| it.purpose == purpose).unwrap().state
}

async fn phone(device: &Device, record: PathwayId) -> Option<String> {
    page(device, record).await.unwrap().named.phone
}

fn objection(act: ObjectionAct) -> LedgerActKind {
    LedgerActKind::Objection { act }
}

fn withdrawal() -> LedgerActKind {
    LedgerActKind::Withdrawal { purpose: CONTACT, keep_on: None, partner: None }
}

#[tokio::test]
async fn a_withdrawal_in_one_record_erases_what_was_shared_in_the_other_in_either_order() {
    for linked_first in [true, false] {
        let scene = Scene::begin().await;
        let (one, other) = two(&scene).await;
        assert!(phone(&scene.samir, other).await.is_some());
        // The laptop links; the tablet withdraws. Neither knows of the other's act.
        link(&scene.ines, one, other, true).await;
        say(&scene.nadia, one, withdrawal()).await;
        let order = [&scene.ines, &scene.nadia];
        let (first, second) = if linked_first { (0, 1) } else { (1, 0) };
        synchronise(order[first]).await;
        synchronise(order[second]).await;
        scene.all().await;
        for device in [&scene.ines, &scene.nadia, &scene.samir] {
            for record in [one, other] {
                assert_eq!(state(device, record, CONTACT).await, PurposeStateView::Withdrawn);
                assert_eq!(phone(device, record).await, None);
            }
        }
        // Agreed to again in one record: shared again from there, and from there alone.
        say(&scene.nadia, other, agreement(CONTACT)).await;
        let named = NamedParts { phone: Some("06 39 98 33 33".into()), ..NamedParts::default() };
        call(&scene.nadia, WritePart { pathway: other, named }).await.unwrap();
        scene.all().await;
        assert_eq!(phone(&scene.samir, other).await.as_deref(), Some("06 39 98 33 33"));
        assert_eq!(state(&scene.samir, one, CONTACT).await, PurposeStateView::Withdrawn);
    }
}

#[tokio::test]
async fn an_objection_in_one_record_freezes_the_other_on_every_device_and_on_the_server() {
    let scene = Scene::begin().await;
    let (one, other) = two(&scene).await;
    link(&scene.ines, one, other, true).await;
    synchronise(&scene.ines).await;
    // Samir works on the other record, and does not know.
    let profile = || ProfileForm { household: Some(Household::Couple), ..ProfileForm::default() };
    call(&scene.samir, EditProfile { pathway: other, profile: profile() }).await.unwrap();
    say(&scene.nadia, one, objection(ObjectionAct::NoSharing)).await;
    synchronise(&scene.nadia).await;
    let after = synchronise(&scene.samir).await;
    assert!(after.set_aside > 0, "the server takes nothing more of the other record");
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        let seen = page(device, other).await.unwrap();
        assert_eq!(seen.ledger.objections, [ObjectionAct::NoSharing]);
        assert!(seen.ledger.lines.iter().any(|(_, line, _)| line.linked), "it says where it was said");
        let refused = call(device, EditProfile { pathway: other, profile: profile() }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::ConsentRefuses);
    }
    assert_eq!(phone(&scene.samir, other).await, None, "what is shared of the other record is gone too");
    // A mistake: they are two people. The link undone, the other record is as it was.
    link(&scene.ines, one, other, false).await;
    scene.all().await;
    assert!(page(&scene.samir, other).await.unwrap().ledger.objections.is_empty());
    assert_eq!(page(&scene.samir, one).await.unwrap().ledger.objections, [ObjectionAct::NoSharing]);
    call(&scene.samir, EditProfile { pathway: other, profile: profile() }).await.unwrap();
    scene.all().await;
    assert!(phone(&scene.samir, other).await.is_some(), "and shared again");
}

#[tokio::test]
async fn stop_in_one_record_erases_both() {
    let scene = Scene::begin().await;
    let (one, other) = two(&scene).await;
    link(&scene.ines, one, other, true).await;
    scene.all().await;
    say(&scene.nadia, one, stop()).await;
    scene.all().await;
    assert!(page(&scene.ines, other).await.unwrap().ending.is_some(), "its end is announced");
    let day = today().plus(8);
    assert_eq!(scene.world.cite.daily(day).unwrap(), 2);
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert!(is_gone(device, one).await && is_gone(device, other).await);
    }
}

#[tokio::test]
async fn whom_nobody_may_contact_is_no_longer_to_be_called_back_in_either_record() {
    let scene = Scene::begin().await;
    let (one, other) = two(&scene).await;
    for kind in [FollowUpKind::CallBack, FollowUpKind::Appointment] {
        call(&scene.nadia, AddFollowUp { pathway: other, kind, due: today() }).await.unwrap();
    }
    link(&scene.ines, one, other, true).await;
    scene.all().await;
    let due = async || {
        let due = call(&scene.nadia, ReadToday {}).await.unwrap().due;
        due.into_iter().filter(|it| it.person.pathway == other).map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(due().await.len(), 2);
    say(&scene.nadia, one, objection(ObjectionAct::NoContact)).await;
    scene.all().await;
    assert_eq!(due().await, [FollowUpKind::Appointment], "what they asked for themselves stays");
    let call_back = AddFollowUp { pathway: other, kind: FollowUpKind::CallBack, due: today() };
    assert_eq!(call(&scene.nadia, call_back).await.unwrap_err().code, ErrorCode::ConsentRefuses);
    let caseload = call(&scene.ines, ReadCaseload { mine: false, limit: 50 }).await.unwrap();
    assert!(
        caseload.people.iter().all(|it| it.due.is_none_or(|(kind, _)| kind == FollowUpKind::Appointment))
    );
    // A notice given again by habit changes nothing; the person asking for it does.
    say(&scene.nadia, other, notice().kind).await;
    assert_eq!(due().await, [FollowUpKind::Appointment]);
    say(&scene.nadia, other, agreement(Purpose::ContactAgain)).await;
    assert_eq!(due().await.len(), 2);
}

#[tokio::test]
async fn in_the_citys_figures_linked_records_are_one_person() {
    let scene = Scene::begin().await;
    let (one, other) = two(&scene).await;
    scene.shared_person(3).await;
    let list = ListPathways {
        filter: CohortFilter {
            period: today().quarter().period(),
            geography: Geography::Residence,
            location: None,
            public: None,
            organisation: None,
            programme: None,
        },
        offset: 0,
        limit: 100,
        order: PathwayOrder::LastContact,
    };
    let people = || {
        let all = scene.world.cite.store(|store| Pathways::read(store, SystemClock.now_ms())).unwrap();
        let page = all.page(&list);
        assert_eq!(page.rows.len() as u32, page.total);
        page.total
    };
    assert_eq!(people(), 3);
    link(&scene.ines, one, other, true).await;
    scene.all().await;
    assert_eq!(people(), 2);
    link(&scene.ines, one, other, false).await;
    scene.all().await;
    assert_eq!(people(), 3);
}
