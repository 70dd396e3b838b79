//! The neutral receipt: its code opens a request on any device of the cité, offline, shows nothing, and
//! takes effect wherever it is known.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::control::RecordKind;
use domain::api::caseload::ReadCaseload;
use domain::api::ledger::*;
use domain::api::person::{NamedParts, SearchPeople, WritePart};
use domain::api::today::ReadToday;
use domain::api::{Answer, Reply, Request as _};
use domain::changes::Changes;
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::*;
use engine::device::Device;
use journeys::disk::Disk;
use journeys::forms::{act, first_encounter};
use journeys::scene::*;
use journeys::{NORTH, SOUTH, call, place_in, synchronise};

async fn receipt(device: &Device, pathway: PathwayId) -> String {
    call(device, GiveReceipt { pathway }).await.unwrap().code.expose().to_owned()
}

async fn ask(device: &Device, code: &str, kind: RequestKind) -> Result<(), ErrorCode> {
    let request = RequestByCode { code: code.into(), kind, given_by: GivenBy::Person, capacity: None };
    call(device, request).await.map_err(|error| error.code)
}

async fn state(device: &Device, pathway: PathwayId, purpose: Purpose) -> PurposeStateView {
    let ledger = page(device, pathway).await.unwrap().ledger;
    ledger.purposes.iter().find(|it| it.purpose == purpose).unwrap().state
}

/// Who is marked in the list of people met last.
async fn marked(device: &Device) -> Vec<PathwayId> {
    call(device, SearchPeople { query: String::new(), limit: 50 }).await.unwrap().asked
}

#[tokio::test]
async fn agreements_are_withdrawn_by_code_on_a_tablet_that_does_not_know_the_person() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(1).await;
    let named = NamedParts { phone: Some("06 39 98 44 44".into()), ..NamedParts::default() };
    call(&scene.nadia, WritePart { pathway, named }).await.unwrap();
    let code = receipt(&scene.nadia, pathway).await;
    // Of another sector: she may open nobody of the north.
    let lea = scene.world.let_in(&scene.ines, "Léa K.", Role::Mediator, vec![SOUTH]).await;
    scene.all().await;
    synchronise(&lea).await;
    assert!(page(&lea, pathway).await.is_err());
    assert!(page(&scene.samir, pathway).await.unwrap().named.phone.is_some());

    assert_eq!(ask(&lea, &code[1..], RequestKind::Withdraw).await, Err(ErrorCode::Invalid));
    // Typed by hand, without a connection.
    ask(&lea, &code.to_lowercase().replace('-', ""), RequestKind::Withdraw).await.unwrap();
    assert!(page(&lea, pathway).await.is_err(), "it shows nothing");
    synchronise(&lea).await;
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        for purpose in SHARED {
            assert_eq!(state(device, pathway, purpose).await, PurposeStateView::Withdrawn);
        }
        assert_eq!(page(device, pathway).await.unwrap().named.phone, None);
    }
    // The référente sees it before everything else, until she has seen to it.
    let today = call(&scene.ines, ReadToday {}).await.unwrap();
    // As the screen reads it: through JSON, in the answer of that call.
    let answer = Answer { reply: Reply::Today(today.clone()), changes: Changes::none() };
    let read: Answer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
    assert_eq!(ReadToday::take(read.reply).unwrap(), today);
    let waiting = today.requests;
    assert_eq!(
        waiting.iter().map(|it| (it.person.pathway, it.kind)).collect::<Vec<_>>(),
        [(pathway, RequestKind::Withdraw)]
    );
    assert!(call(&scene.nadia, ReadToday {}).await.unwrap().requests.is_empty());
    // On her list it comes first, and on everybody's who may open the person it is marked.
    let caseload = call(&scene.ines, ReadCaseload { mine: false, limit: 50 }).await.unwrap();
    assert_eq!(caseload.people[0].hit.label.pathway, pathway);
    assert_eq!(caseload.people[0].asked.map(|(kind, _)| kind), Some(RequestKind::Withdraw));
    assert_eq!(marked(&scene.nadia).await, [pathway]);
    let request = page(&scene.ines, pathway).await.unwrap().ledger.requests.remove(0).request;
    let answered =
        || AddLedgerEntry { pathway, act: act(LedgerActKind::Answered { request: request.clone() }) };
    assert_eq!(call(&scene.nadia, answered()).await.unwrap_err().code, ErrorCode::NotAllowed);
    call(&scene.ines, answered()).await.unwrap();
    scene.all().await;
    assert!(call(&scene.ines, ReadToday {}).await.unwrap().requests.is_empty());
    assert!(marked(&scene.nadia).await.is_empty(), "seen to");
    let seen = page(&scene.nadia, pathway).await.unwrap().ledger.requests;
    assert_eq!(seen[0].answered.as_ref().unwrap().1.name.as_deref(), Some("Inès R."));
}

#[tokio::test]
async fn a_request_that_comes_before_its_receipt_waits_for_it() {
    let scene = Scene::begin().await;
    // Nadia has not synchronised since she met the person.
    let recorded = call(&scene.nadia, first_encounter(1, place_in(NORTH))).await.unwrap();
    let pathway = recorded.pathway.unwrap();
    let code = receipt(&scene.nadia, pathway).await;
    for kind in [RequestKind::NoContact, RequestKind::Access] {
        ask(&scene.samir, &code, kind).await.unwrap();
    }
    synchronise(&scene.samir).await;
    assert!(page(&scene.nadia, pathway).await.unwrap().ledger.requests.is_empty());
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        let ledger = page(device, pathway).await.unwrap().ledger;
        assert_eq!(ledger.objections, [ObjectionAct::NoContact]);
        assert_eq!(ledger.requests.len(), 2, "each request once, whoever brought the two together");
    }
    assert_eq!(call(&scene.ines, ReadToday {}).await.unwrap().requests.len(), 2);
}

#[tokio::test]
async fn nobody_who_holds_the_server_or_a_tablet_finds_a_code() {
    let scene = Scene::begin().await;
    let pathway = scene.shared_person(1).await;
    let code = receipt(&scene.nadia, pathway).await;
    ask(&scene.samir, &code, RequestKind::Access).await.unwrap();
    scene.all().await;
    let disk = Disk::of_server(&scene.world.folder.path().join("server"));
    for form in [code.clone(), code.replace('-', ""), code.to_lowercase()] {
        assert!(!disk.holds(form.as_bytes()));
    }
    // A code that belongs to nobody is answered alike, and changes nothing.
    ask(&scene.samir, &"0".repeat(20), RequestKind::Withdraw).await.unwrap();
    scene.all().await;
    assert_eq!(state(&scene.ines, pathway, SHARED[0]).await, PurposeStateView::Granted);
    let requests = scene.world.cite.store(|store| store.records(RecordKind::Request)).unwrap();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|it| !it.body.windows(16).any(|part| part == pathway.as_bytes())));
}
