//! Agreements on the screen: with whom, until when, and what an excluded agent learns of it: nothing.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::cite::ReadCite;
use domain::api::ledger::*;
use domain::api::person::{OpenPerson, PersonView, SetBarrier};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{OrganisationId, PathwayId, UserId};
use domain::role::Role;
use domain::vocabulary::*;
use engine::device::Device;
use journeys::forms::*;
use journeys::{ASSOCIATION, NORTH, World, call, me, place_in, synchronise};

const MISSION: &str = "Mission Inventée";

/// Inès, référente, has founded the cité; Nadia and Samir are of her association, Maud of another.
async fn founded() -> (World, [Device; 4]) {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined_of(ASSOCIATION, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined_of(ASSOCIATION, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let maud = world.joined_of(MISSION, "Maud K.", Role::Referent, vec![NORTH]).await;
    synchronise(&ines).await;
    journeys::member::establish(&ines).await;
    let devices = [ines, nadia, samir, maud];
    all(&devices).await;
    (world, devices)
}

async fn all(devices: &[Device]) {
    for _ in 0..3 {
        for device in devices {
            synchronise(device).await;
        }
    }
}

async fn record(tablet: &Device) -> PathwayId {
    call(tablet, first_encounter(9, place_in(NORTH))).await.unwrap().pathway.unwrap()
}

fn contact(organisations: Vec<OrganisationId>, excluded: Vec<UserId>) -> LedgerActKind {
    let purpose = Purpose::ShareContact;
    LedgerActKind::Agreement { purpose, organisations, excluded, channel: None, until: None, partner: None }
}

async fn add(tablet: &Device, pathway: PathwayId, kind: LedgerActKind) -> Result<LedgerView, ApiError> {
    call(tablet, AddLedgerEntry { pathway, act: act(kind) }).await
}

async fn page(device: &Device, pathway: PathwayId) -> PersonView {
    call(device, OpenPerson { pathway }).await.unwrap()
}

fn of(ledger: &LedgerView, purpose: Purpose) -> &PurposeView {
    ledger.purposes.iter().find(|it| it.purpose == purpose).unwrap()
}

#[tokio::test]
async fn the_team_is_shown_by_organisation_with_the_agents_that_may_be_excluded() {
    let (_world, [_, nadia, ..]) = founded().await;
    let cite = call(&nadia, ReadCite {}).await.unwrap();
    assert!(cite.established);
    let shown: Vec<(&str, Vec<&str>)> = cite
        .team
        .iter()
        .map(|it| (it.name.as_str(), it.agents.iter().map(|(_, name)| name.as_str()).collect()))
        .collect();
    assert_eq!(shown, [(ASSOCIATION, vec!["Inès R.", "Samir D."]), (MISSION, vec!["Maud K."])]);
}

#[tokio::test]
async fn before_the_founding_the_screen_can_say_that_nothing_is_shared_yet() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    synchronise(&nadia).await;
    assert!(!call(&nadia, ReadCite {}).await.unwrap().established);
}

#[tokio::test]
async fn an_agreement_shows_with_whom_until_when_and_who_recorded_it() {
    let (_world, devices) = founded().await;
    let [ines, nadia, ..] = &devices;
    let pathway = record(nadia).await;
    let association = me(nadia).await.unwrap().organisation;
    let ledger = add(nadia, pathway, contact(vec![association], vec![])).await.unwrap();
    let line = of(&ledger, Purpose::ShareContact);
    assert_eq!((line.state, line.with.clone()), (PurposeStateView::Granted, vec![ASSOCIATION.to_owned()]));
    assert!(line.by.as_ref().unwrap().me);
    let until = line.on.unwrap().plus(30);
    let again = LedgerActKind::Agreement {
        purpose: Purpose::ContactAgain,
        organisations: vec![],
        excluded: vec![],
        channel: Some(Channel::Sms),
        until: Some(until),
        partner: None,
    };
    add(nadia, pathway, again).await.unwrap();
    all(&devices).await;
    let seen = page(ines, pathway).await.ledger;
    let line = of(&seen, Purpose::ContactAgain);
    assert_eq!((line.channels.clone(), line.until), (vec![Channel::Sms], Some(until)));
    assert_eq!(line.by.as_ref().unwrap().name.as_deref(), Some("Nadia B."));
    let part = page(nadia, pathway).await.parts.into_iter().find(|it| it.part == Part::Contact).unwrap();
    assert_eq!((part.only_here, part.with), (false, vec![ASSOCIATION.to_owned()]));
}

#[tokio::test]
async fn an_excluded_agent_is_shown_neither_the_part_nor_their_exclusion() {
    let (_world, devices) = founded().await;
    let [ines, nadia, samir, maud] = &devices;
    let pathway = record(nadia).await;
    let team = vec![me(nadia).await.unwrap().organisation, me(maud).await.unwrap().organisation];
    let samir_id = me(samir).await.unwrap().user;
    add(nadia, pathway, contact(team, vec![samir_id])).await.unwrap();
    all(&devices).await;
    let seen = page(samir, pathway).await;
    assert_eq!(seen.named.phone, None);
    let shown = serde_json::to_string(&seen).unwrap();
    assert!(!shown.contains(&samir_id.to_string()), "his own exclusion is on his screen");
    assert!(serde_json::to_string(&page(ines, pathway).await).unwrap().contains(&samir_id.to_string()));
    assert_eq!(page(maud, pathway).await.named.phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn an_agreement_names_a_known_team_a_day_to_come_and_a_channel_only_to_be_contacted() {
    let (_world, [_, nadia, ..]) = founded().await;
    let pathway = record(&nadia).await;
    let refused = async |kind| add(&nadia, pathway, kind).await.unwrap_err();
    let unknown = refused(contact(vec![OrganisationId::from_bytes([9; 16])], vec![])).await;
    assert_eq!(unknown, ApiError::about(ErrorCode::Invalid, "organisations"));
    let nobody = refused(contact(vec![], vec![UserId::from_bytes([9; 16])])).await;
    assert_eq!(nobody, ApiError::about(ErrorCode::Invalid, "excluded"));
    let today = page(&nadia, pathway).await.ledger.notice_on.unwrap();
    let terms = |channel, until| LedgerActKind::Agreement {
        purpose: Purpose::ShareContact,
        organisations: vec![],
        excluded: vec![],
        channel,
        until,
        partner: None,
    };
    let past = refused(terms(None, Some(today.plus(-1)))).await;
    assert_eq!(past, ApiError::about(ErrorCode::Invalid, "until"));
    let channel = refused(terms(Some(Channel::Phone), None)).await;
    assert_eq!(channel, ApiError::about(ErrorCode::Invalid, "channel"));
    let mut near = act(contact(vec![], vec![]));
    near.circumstances.setting = Setting::OthersNear;
    let near = call(&nadia, AddLedgerEntry { pathway, act: near }).await.unwrap_err();
    assert_eq!(near, ApiError::about(ErrorCode::Invalid, "setting"));
}

#[tokio::test]
async fn nothing_sensitive_is_recorded_before_the_person_agrees_to_it() {
    let (_world, [_, nadia, ..]) = founded().await;
    let mut asked = first_encounter(9, place_in(NORTH));
    asked.form.ledger = vec![notice()];
    let refused = call(&nadia, asked.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SensitiveNotAgreed);
    let no = LedgerActKind::Refusal { purpose: Purpose::RecordSensitive };
    asked.form.ledger = vec![notice(), sensitive_agreed(), act(no)];
    assert_eq!(call(&nadia, asked.clone()).await.unwrap_err().code, ErrorCode::SensitiveNotAgreed);
    // What is not sensitive is recorded all the same.
    asked.form.ledger = vec![notice()];
    asked.form.barriers[0].situations = ["24/13".to_owned()].into();
    let pathway = call(&nadia, asked).await.unwrap().pathway.unwrap();
    let barrier = page(&nadia, pathway).await.barriers[0].id;
    let complete = |codes: &[&str]| SetBarrier {
        situations: Some(codes.iter().map(|code| (*code).to_owned()).collect()),
        ..SetBarrier::of(pathway, Some(barrier), BarrierDomain::Family)
    };
    let later = call(&nadia, complete(&["24/13", "24/14"])).await.unwrap_err();
    assert_eq!(later.code, ErrorCode::SensitiveNotAgreed);
    call(&nadia, AddLedgerEntry { pathway, act: sensitive_agreed() }).await.unwrap();
    call(&nadia, complete(&["24/13", "24/14"])).await.unwrap();
    // After a withdrawal nothing more is noted, and what was may be taken back.
    let end = LedgerActKind::Withdrawal { purpose: Purpose::RecordSensitive, keep_on: None, partner: None };
    add(&nadia, pathway, end).await.unwrap();
    call(&nadia, complete(&["24/13"])).await.unwrap();
    assert_eq!(page(&nadia, pathway).await.barriers[0].situations, ["24/13"]);
    let again = call(&nadia, complete(&["24/13", "24/14"])).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::SensitiveNotAgreed);
}
