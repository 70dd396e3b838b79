//! An evening: two mediators and a référente synchronise with the cité, over real HTTP.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::*;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::person::{OpenPerson, SearchPeople, SetBarrier};
use domain::api::sync::{EntryState, ReadSyncState, SyncFailureKind, SyncNow};
use domain::api::today::ReadToday;
use domain::error::ErrorCode;
use domain::role::Role;
use domain::vocabulary::*;
use engine::device::Device;
use engine::sync::{Exchange, SyncError, Taken};
use journeys::forms::*;
use journeys::line::Line;
use journeys::older::Older;
use journeys::person::met;
use journeys::{NORTH, SOUTH, World, call, place_in, synchronise};
use std::sync::Mutex;

async fn people(tablet: &Device) -> usize {
    call(tablet, SearchPeople { query: String::new(), limit: 50 }).await.unwrap().hits.len()
}

#[tokio::test]
async fn a_colleague_of_the_sector_sees_the_coded_record_and_no_name() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let pathway = met(&nadia, 9).await;
    let today = call(&nadia, ReadToday {}).await.unwrap();
    assert_eq!((today.to_send, &today.recent[0].state), (1, &EntryState::OnDevice));
    let state = synchronise(&nadia).await;
    assert_eq!((state.to_send, state.kept_here), (0, 3), "three named parts stay");
    let today = call(&nadia, ReadToday {}).await.unwrap();
    assert_eq!(today.recent[0].state, EntryState::Received);
    synchronise(&samir).await;
    let page = call(&samir, OpenPerson { pathway }).await.unwrap();
    assert_eq!(page.hit.label.name, None);
    assert_eq!(page.barriers[0].situations, ["24/13"], "pregnancy is sealed, childcare is not");
    assert_eq!(page.timeline.iter().filter(|it| it.author.name.as_deref() == Some("Nadia B.")).count(), 3);
    let own = call(&nadia, OpenPerson { pathway }).await.unwrap();
    assert_eq!(own.hit.label.name.as_deref(), Some("Zébulonne T."));
    assert_eq!(own.barriers[0].situations, ["24/13", "24/14"]);
    assert_eq!(own.named.notes[0].text, NOTE);
}

#[tokio::test]
async fn what_two_colleagues_add_at_the_same_time_is_all_there_on_both() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let pathway = met(&nadia, 9).await;
    synchronise(&nadia).await;
    synchronise(&ines).await;
    call(&nadia, later_encounter(10, pathway, place_in(NORTH))).await.unwrap();
    call(&ines, later_encounter(11, pathway, place_in(NORTH))).await.unwrap();
    let barrier = call(&ines, OpenPerson { pathway }).await.unwrap().barriers[0].id;
    let lift = SetBarrier {
        state: Some(BarrierState::Lifted),
        ..SetBarrier::of(pathway, Some(barrier), BarrierDomain::Family)
    };
    call(&ines, lift).await.unwrap();
    for tablet in [&ines, &nadia, &ines] {
        synchronise(tablet).await;
    }
    for tablet in [&nadia, &ines] {
        let page = call(tablet, OpenPerson { pathway }).await.unwrap();
        assert_eq!(page.hit.encounters, 3);
        assert_eq!(page.barriers[0].state, BarrierState::Lifted);
    }
}

#[tokio::test]
async fn another_sector_receives_nothing_until_the_person_is_met_there() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let lea = world.joined("Léa M.", Role::Mediator, vec![SOUTH]).await;
    let pathway = met(&nadia, 9).await;
    synchronise(&nadia).await;
    synchronise(&lea).await;
    assert_eq!(people(&lea).await, 0);
    call(&nadia, later_encounter(10, pathway, place_in(SOUTH))).await.unwrap();
    synchronise(&nadia).await;
    synchronise(&lea).await;
    assert_eq!(people(&lea).await, 1);
    assert_eq!(call(&lea, OpenPerson { pathway }).await.unwrap().hit.encounters, 2, "with all its past");
}

#[tokio::test]
async fn after_an_objection_nothing_more_of_the_person_is_written_or_taken() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let pathway = met(&nadia, 9).await;
    synchronise(&nadia).await;
    synchronise(&samir).await;
    // Samir writes without knowing of the objection that Nadia records at the same time.
    call(&samir, later_encounter(10, pathway, place_in(NORTH))).await.unwrap();
    let stop = LedgerActKind::Objection { act: ObjectionAct::Stop };
    call(&nadia, AddLedgerEntry { pathway, act: act(stop) }).await.unwrap();
    let refused = call(&nadia, later_encounter(11, pathway, place_in(NORTH))).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ConsentRefuses);
    synchronise(&nadia).await;
    let state = synchronise(&samir).await;
    assert_eq!((state.to_send, state.set_aside), (0, 1), "kept on the tablet, not taken by the cité");
    assert_eq!(call(&nadia, OpenPerson { pathway }).await.unwrap().hit.encounters, 1);
    synchronise(&nadia).await;
    assert_eq!(call(&nadia, OpenPerson { pathway }).await.unwrap().hit.encounters, 1);
}

#[tokio::test]
async fn nothing_is_recorded_about_a_person_before_the_notice() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let mut encounter = first_encounter(9, place_in(NORTH));
    encounter.form.ledger.clear();
    let refused = call(&nadia, encounter).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoticeNeeded);
    assert_eq!(people(&nadia).await, 0);
    let mut child = first_encounter(9, place_in(NORTH));
    if let Whom::New(person) = &mut child.form.whom {
        person.profile.age = Some(AgeBand::Under16);
    }
    assert_eq!(call(&nadia, child).await.unwrap_err().code, ErrorCode::MinorAlone);
    let mut numbered = first_encounter(9, place_in(NORTH));
    numbered.form.note = Some("son numéro : 2 85 05 78 006 084".into());
    assert_eq!(call(&nadia, numbered).await.unwrap_err().code, ErrorCode::LooksLikeSocialSecurityNumber);
    assert_eq!(call(&nadia, ReadToday {}).await.unwrap().to_send, 0);
}

#[tokio::test]
async fn a_silent_server_is_said_and_everything_stays() {
    let mut world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    met(&nadia, 9).await;
    world.stop();
    // The listener is gone once its port refuses.
    while std::net::TcpStream::connect(world.address.trim_start_matches("http://")).is_ok() {
        tokio::task::yield_now().await;
    }
    let state = call(&nadia, SyncNow {}).await.unwrap();
    let failure = state.last_failure.unwrap();
    assert_eq!(failure.kind, SyncFailureKind::Unreachable);
    assert!(failure.retry_at_ms.unwrap() > failure.at_ms);
    assert_eq!(call(&nadia, ReadSyncState {}).await.unwrap().to_send, 1);
}

#[tokio::test]
async fn an_undone_rencontre_is_struck_out_everywhere() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let pathway = met(&nadia, 9).await;
    synchronise(&nadia).await;
    call(&nadia, UndoLast {}).await.unwrap();
    synchronise(&nadia).await;
    synchronise(&samir).await;
    for tablet in [&nadia, &samir] {
        let page = call(tablet, OpenPerson { pathway }).await.unwrap();
        assert_eq!((page.hit.encounters, page.barriers.len(), page.needs.len()), (0, 0, 0));
        assert_eq!(page.timeline.iter().filter(|item| item.void).count(), 1);
    }
}

/// A line whose last frame is rubbish.
struct Spoilt(Line);

impl Exchange for Spoilt {
    async fn exchange<'a>(&'a self, upload: Vec<u8>, each: Taken<'a>) -> Result<(), SyncError> {
        let mut spoil = |whole: &[Vec<u8>]| each(&[whole, &[b"rubbish".to_vec()]].concat());
        self.0.exchange(upload, &mut spoil).await
    }
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_takes_nothing_away_from_those_that_came_with_it() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    for n in 0..120 {
        met(&nadia, n).await;
    }
    synchronise(&nadia).await;
    let mut line = Line::new(world.cite.clone(), samir.token().unwrap());
    line.frames = Some(Mutex::default());
    let line = Spoilt(line);
    samir.sync_with(&line).await;
    let came = line.0.frames.as_ref().unwrap().lock().unwrap().len();
    assert!(came > 2, "{came} frames");
    assert_eq!(call(&samir, ReadSyncState {}).await.unwrap().pathways, 120);
    let state = call(&samir, ReadSyncState {}).await.unwrap();
    assert_eq!(state.last_failure.unwrap().kind, SyncFailureKind::Untrusted);
    assert!(synchronise(&samir).await.last_failure.is_none());
}

#[tokio::test]
async fn what_an_older_server_cannot_take_yet_waits_is_said_and_is_received_once_after_its_update() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    for n in 1..4 {
        met(&nadia, n).await;
    }
    let line = Older(Line::new(world.cite.clone(), nadia.token().unwrap()));
    for _ in 0..2 {
        nadia.sync_with(&line).await;
        let state = call(&nadia, ReadSyncState {}).await.unwrap();
        assert_eq!((state.to_send, state.set_aside), (3, 0), "it waits");
        let failure = state.last_failure.unwrap();
        assert_eq!(failure.kind, SyncFailureKind::ServerTooOld);
        assert!(failure.retry_at_ms.is_some(), "and is tried again");
    }
    assert_eq!(synchronise(&nadia).await.to_send, 0);
    synchronise(&samir).await;
    assert_eq!(call(&samir, ReadSyncState {}).await.unwrap().pathways, 3);
}
