//! A mediator joins a cité, is locked out, comes back; over real HTTP.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::draft::{Draft, DraftForm, ListDrafts, SaveDraft};
use domain::api::encounter::{EncounterForm, NewPerson, PassageForm, Whom};
use domain::api::person::{OpenPerson, SearchPeople};
use domain::api::session::*;
use domain::error::{ApiError, ErrorCode};
use domain::ids::DraftId;
use domain::role::Role;
use journeys::forms::first_encounter;
use journeys::{NORTH, PIN, SOUTH, World, call, me, place_in, synchronise};

#[tokio::test]
async fn a_mediator_joins_with_a_code_and_works_under_her_own_name() {
    let world = World::begin().await;
    let tablet = world.tablet("tablet");
    assert_eq!(call(&tablet, Status {}).await.unwrap().state, SessionState::NotJoined);
    let code = world.invite();
    let check = CheckInvitation { server: world.address.clone(), code: code.as_str().into() };
    let invitation = call(&tablet, check).await.unwrap();
    assert_eq!((invitation.user_name.as_str(), invitation.role), ("Nadia B.", Role::Mediator));
    assert!(invitation.demonstration);
    let status = call(&tablet, world.join(&code)).await.unwrap();
    assert_eq!(status.cite_name.as_deref(), Some("Cité de démonstration"));
    let me = me(&tablet).await.unwrap();
    assert_eq!((me.name.as_str(), me.organisation_name.as_str()), ("Nadia B.", "Association Inventée"));
}

#[tokio::test]
async fn a_code_lets_one_device_in_and_no_second() {
    let world = World::begin().await;
    let code = world.invite();
    call(&world.tablet("one"), world.join(&code)).await.unwrap();
    let refused = call(&world.tablet("two"), world.join(&code)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvitationInvalid);
    let unknown = engine::enrol::InvitationCode::draw().unwrap().text();
    let refused = call(&world.tablet("three"), world.join(&unknown)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvitationInvalid);
    assert_eq!(call(&world.tablet("three"), Status {}).await.unwrap().state, SessionState::NotJoined);
}

#[tokio::test]
async fn a_restarted_tablet_asks_the_passphrase_and_a_locked_one_the_pin() {
    let world = World::begin().await;
    let code = world.invite();
    let tablet = world.tablet("tablet");
    call(&tablet, world.join(&code)).await.unwrap();
    let user = me(&tablet).await.unwrap().user;
    call(&tablet, Lock {}).await.unwrap();
    assert_eq!(call(&tablet, ListDrafts {}).await.unwrap_err().code, ErrorCode::Locked);
    assert_eq!(
        call(&tablet, UnlockWithPin { user, pin: "000000".into() }).await.unwrap_err().code,
        ErrorCode::WrongSecret
    );
    call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap();
    drop(tablet);
    let tablet = world.tablet("tablet");
    let refused = call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseNeeded);
    let wrong = Unlock { user, passphrase: "six cinq quatre trois deux un".into() };
    assert_eq!(call(&tablet, wrong).await.unwrap_err().code, ErrorCode::WrongSecret);
    call(&tablet, Unlock { user, passphrase: "UN deux  trois quatre cinq six".into() }).await.unwrap();
    assert!(me(&tablet).await.is_some());
}

#[tokio::test]
async fn a_draft_with_a_name_is_there_after_a_restart_and_nowhere_in_clear() {
    let world = World::begin().await;
    let tablet = world.tablet("tablet");
    call(&tablet, world.join(&world.invite())).await.unwrap();
    let user = me(&tablet).await.unwrap().user;
    let mut person = NewPerson::default();
    person.named.first_name = Some("Zébulonne".into());
    let form = EncounterForm { whom: Whom::New(Box::new(person)), ..EncounterForm::default() };
    let id = DraftId::from_bytes([8; 16]);
    let draft = Draft { id, revision: 1, form: DraftForm::Encounter(Box::new(form)) };
    call(&tablet, SaveDraft { draft: draft.clone() }).await.unwrap();
    drop(tablet);
    let tablet = world.tablet("tablet");
    call(&tablet, Unlock { user, passphrase: "un deux trois quatre cinq six".into() }).await.unwrap();
    assert_eq!(call(&tablet, ListDrafts {}).await.unwrap()[0].initials.as_deref(), Some("Z"));
    assert_eq!(call(&tablet, domain::api::draft::OpenDraft { id }).await.unwrap(), draft);
    let older = Draft { revision: 1, form: DraftForm::Passage(PassageForm::default()), ..draft.clone() };
    call(&tablet, SaveDraft { draft: older }).await.unwrap();
    assert_eq!(
        call(&tablet, domain::api::draft::OpenDraft { id }).await.unwrap(),
        draft,
        "an older save arrived late"
    );
    for folder in ["tablet", "server"] {
        for entry in std::fs::read_dir(world.folder.path().join(folder)).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(9).any(|it| it.starts_with(b"bulonne")), "{folder}");
        }
    }
}

#[tokio::test]
async fn joining_refuses_a_short_pin_plain_http_elsewhere_and_a_silent_server() {
    let world = World::begin().await;
    let tablet = world.tablet("tablet");
    let code = world.invite();
    let short = Join { pin: "1234".into(), ..world.join(&code) };
    assert_eq!(call(&tablet, short).await.unwrap_err(), ApiError::about(ErrorCode::Invalid, "pin"));
    let plain = Join { server: "http://cite.example".into(), ..world.join(&code) };
    assert_eq!(call(&tablet, plain).await.unwrap_err(), ApiError::about(ErrorCode::Invalid, "server"));
    let silent = Join { server: "http://127.0.0.1:9".into(), ..world.join(&code) };
    assert_eq!(call(&tablet, silent).await.unwrap_err().code, ErrorCode::ServerUnreachable);
    call(&tablet, world.join(&code)).await.expect("the code is still good");
}

#[tokio::test]
async fn a_passage_recorded_offline_is_counted_after_a_restart_and_can_be_struck_out() {
    use domain::api::encounter::{RecordPassage, UndoLast};
    use domain::api::outing::{EndOuting, StartOuting};
    use domain::api::today::ReadToday;
    let mut world = World::begin().await;
    let tablet = world.tablet("tablet");
    call(&tablet, world.join(&world.invite())).await.unwrap();
    let user = me(&tablet).await.unwrap().user;
    // From here on there is no server.
    world.stop();
    call(&tablet, StartOuting { place: None, contact_place: "out:93066".parse().unwrap() }).await.unwrap();
    let passage = |id: u8, headcount| RecordPassage {
        draft: DraftId::from_bytes([id; 16]),
        form: PassageForm { headcount, ..PassageForm::default() },
    };
    let first = call(&tablet, passage(1, 4)).await.unwrap();
    assert_eq!(call(&tablet, passage(1, 4)).await.unwrap(), first, "a repeated call");
    call(&tablet, passage(2, 3)).await.unwrap();
    let refused = call(&tablet, passage(3, 0)).await.unwrap_err();
    assert_eq!(refused, ApiError::about(ErrorCode::Invalid, "headcount"));
    drop(tablet);
    let tablet = world.tablet("tablet");
    call(&tablet, Unlock { user, passphrase: "un deux trois quatre cinq six".into() }).await.unwrap();
    let today = call(&tablet, ReadToday {}).await.unwrap();
    let outing = today.outing.unwrap();
    assert_eq!((outing.passages, outing.people_seen), (2, 7));
    assert_eq!(today.recent[0].headcount, Some(3));
    assert_eq!(today.to_send, 3, "the outing and two passages");
    call(&tablet, UndoLast {}).await.unwrap();
    let today = call(&tablet, ReadToday {}).await.unwrap();
    assert!(today.recent[0].void, "struck out, not destroyed");
    assert_eq!(today.outing.unwrap().people_seen, 4);
    assert!(call(&tablet, EndOuting {}).await.unwrap().ended_at_ms.is_some());
    assert!(call(&tablet, ReadToday {}).await.unwrap().outing.is_none());
}

#[tokio::test]
async fn a_refused_notice_counts_one_and_carries_no_profile() {
    use domain::api::encounter::RecordPassage;
    use domain::api::today::ReadToday;
    let world = World::begin().await;
    let tablet = world.tablet("tablet");
    call(&tablet, world.join(&world.invite())).await.unwrap();
    let form = PassageForm { headcount: 9, women: 4, refused: true, ..PassageForm::default() };
    call(&tablet, RecordPassage { draft: DraftId::from_bytes([1; 16]), form }).await.unwrap();
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().recent[0].headcount, Some(1));
}

#[tokio::test]
async fn two_mediators_share_a_tablet_and_neither_opens_the_others_names() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let nadia = me(&tablet).await.unwrap();
    let recorded = call(&tablet, first_encounter(9, place_in(NORTH))).await.unwrap();
    // Without Nadia at work nobody can be added.
    call(&tablet, Lock {}).await.unwrap();
    let code = world.invite_as("Samir D.", Role::Mediator, vec![NORTH]);
    assert_eq!(call(&tablet, world.join(&code)).await.unwrap_err().code, ErrorCode::Locked);
    call(&tablet, UnlockWithPin { user: nadia.user, pin: PIN.into() }).await.unwrap();
    call(&tablet, world.join(&code)).await.unwrap();
    let samir = me(&tablet).await.unwrap();
    assert_ne!(samir.user, nadia.user);
    assert_eq!(samir.device, nadia.device);
    let open = OpenPerson { pathway: recorded.pathway.unwrap() };
    let page = call(&tablet, open.clone()).await.unwrap();
    assert_eq!((page.hit.encounters, page.hit.label.name), (1, None));
    let found = call(&tablet, SearchPeople { query: "zebu".into(), limit: 5 }).await.unwrap();
    assert!(found.hits.is_empty());
    // Samir's evening carries what Nadia left.
    synchronise(&tablet).await;
    // Two touches: the name, then the PIN.
    call(&tablet, UnlockWithPin { user: nadia.user, pin: PIN.into() }).await.unwrap();
    let page = call(&tablet, open).await.unwrap();
    assert_eq!(page.hit.label.name.as_deref(), Some("Zébulonne T."));
    assert_eq!(call(&tablet, domain::api::sync::ReadSyncState {}).await.unwrap().to_send, 0);
}

#[tokio::test]
async fn on_a_shared_tablet_a_colleague_of_another_sector_opens_nobody_of_yours() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let recorded = call(&tablet, first_encounter(9, place_in(NORTH))).await.unwrap();
    call(&tablet, world.join(&world.invite_as("Léa M.", Role::Mediator, vec![SOUTH]))).await.unwrap();
    let open = OpenPerson { pathway: recorded.pathway.unwrap() };
    assert_eq!(call(&tablet, open).await.unwrap_err().code, ErrorCode::NotFound);
}
