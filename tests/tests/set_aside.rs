//! What the cité refuses is shown to whoever wrote it, and to nobody else on the tablet.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::member::ChangeMember;
use domain::api::person::{NamedParts, WritePart};
use domain::api::session::{Lock, Unlock};
use domain::api::set_aside::{DiscardSetAside, ListSetAside, SetAsideView};
use domain::api::sync::ReadSyncState;
use domain::api::today::ReadToday;
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::role::Role;
use domain::vocabulary::{DocumentKind, ObjectionAct, Purpose};
use engine::device::Device;
use journeys::forms::{act, first_encounter, later_encounter};
use journeys::member::{let_in, newcomer};
use journeys::{NORTH, PASSPHRASE, World, call, me, place_in, synchronise};

async fn at_work(tablet: &Device, user: UserId) {
    call(tablet, Lock {}).await.unwrap();
    call(tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}

async fn set_aside(device: &Device) -> SetAsideView {
    call(device, ListSetAside {}).await.unwrap()
}

#[tokio::test]
async fn a_refused_entry_is_shown_to_its_author_with_its_reason_until_they_let_it_go() {
    let (world, ines) = World::established().await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let tablet = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let samir = me(&tablet).await.unwrap().user;
    let_in(&ines, newcomer("Léa M.", Role::Mediator, vec![NORTH]), &tablet).await;
    let lea = me(&tablet).await.unwrap().user;
    let pathway = call(&nadia, first_encounter(1, place_in(NORTH))).await.unwrap().pathway.unwrap();
    at_work(&tablet, samir).await;
    for device in [&ines, &nadia, &tablet] {
        synchronise(device).await;
    }
    assert_eq!(set_aside(&tablet).await, SetAsideView::default());
    // Samir writes without knowing of the objection that Nadia records at the same time.
    let recorded = call(&tablet, later_encounter(10, pathway, place_in(NORTH))).await.unwrap();
    let stop = LedgerActKind::Objection { act: ObjectionAct::Stop };
    call(&nadia, AddLedgerEntry { pathway, act: act(stop) }).await.unwrap();
    synchronise(&nadia).await;
    assert_eq!(synchronise(&tablet).await.set_aside, 1);

    let shown = set_aside(&tablet).await;
    let [item] = shown.items.as_slice() else { panic!("{shown:?}") };
    assert_eq!((item.kind, item.reason.as_str()), (DocumentKind::Pathway, "consent_withdrawn"));
    assert!(item.readable && item.author.me && item.on == recorded_on(&tablet).await);
    assert_eq!(item.person.as_ref().unwrap().pathway, pathway);
    let said: Vec<_> = item.lines.iter().map(|it| (it.field.as_str(), it.value.as_str())).collect();
    assert!(said.contains(&("acts:help_procedure", "true")), "{said:?}");
    assert!(
        said.iter().all(|(field, value)| *field != "encounter" && *value != recorded.encounter.to_string())
    );
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().set_aside, 1);
    let id = item.id;

    // A colleague on the same tablet is told that there is something, and neither sees it nor lets it go.
    at_work(&tablet, lea).await;
    let shown = set_aside(&tablet).await;
    assert_eq!((shown.items.len(), shown.others), (0, 1));
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().set_aside, 0);
    let refused = call(&tablet, DiscardSetAside { id }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);

    at_work(&tablet, samir).await;
    assert_eq!(call(&tablet, DiscardSetAside { id }).await.unwrap(), SetAsideView::default());
    assert_eq!(call(&tablet, DiscardSetAside { id }).await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(call(&tablet, ReadSyncState {}).await.unwrap().set_aside, 0);
}

async fn recorded_on(device: &Device) -> domain::time::Day {
    call(device, ReadToday {}).await.unwrap().today
}

#[tokio::test]
async fn a_refused_note_shows_its_text_to_its_author_whatever_they_have_become() {
    let (world, ines) = World::established().await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let pathway = call(&nadia, first_encounter(1, place_in(NORTH))).await.unwrap().pathway.unwrap();
    let kind = LedgerActKind::Agreement {
        purpose: Purpose::ShareContact,
        organisations: vec![],
        excluded: vec![],
        channel: None,
        until: None,
        partner: None,
    };
    call(&nadia, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
    for device in [&nadia, &ines, &samir, &nadia, &samir] {
        synchronise(device).await;
    }
    let phone = "06 39 98 00 02";
    let named = NamedParts { phone: Some(phone.into()), ..NamedParts::default() };
    call(&samir, WritePart { pathway, named }).await.unwrap();
    // Meanwhile Samir becomes somebody who holds no keys.
    let user = me(&samir).await.unwrap().user;
    call(&ines, ChangeMember { user, role: Role::Coordinator, sectors: vec![NORTH] }).await.unwrap();
    synchronise(&samir).await;
    let shown = set_aside(&samir).await;
    let [item] = shown.items.as_slice() else { panic!("{shown:?}") };
    assert_eq!((item.kind, item.readable, item.author.me), (DocumentKind::Contact, true, true));
    assert_eq!(item.lines.iter().map(|it| it.value.as_str()).collect::<Vec<_>>(), [phone]);
    assert!(!format!("{shown:?}").contains(phone), "nothing of it gets into a log");
}
