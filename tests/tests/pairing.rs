//! Founding on a device, and joining by the invitation of a colleague's device: over real HTTP, and with
//! a server that cheats.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::member::*;
use domain::api::session::{CheckInvitation, SessionState, Status};
use domain::api::sync::{ReadSyncState, SyncNow};
use domain::error::ErrorCode;
use domain::role::Role;
use engine::enrol::InvitationCode;
use engine::enrol::pairing::OfferRequest;
use journeys::member::*;
use journeys::{NORTH, PASSPHRASE, SOUTH, World, call, me, synchronise};

#[tokio::test]
async fn the_first_referente_founds_once_and_only_with_the_words_she_noted() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    assert!(!call(&ines, ReadSyncState {}).await.unwrap().established);
    let early = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap_err();
    assert_eq!(early.code, ErrorCode::NotEstablished);
    let key = call(&ines, DrawRecoveryKey {}).await.unwrap();
    assert_eq!((key.words.expose().split(' ').count(), key.asked.len()), (24, 3));
    let wrong = EstablishCite { words: vec!["abaisser".into(), "abaisser".into(), "abaisser".into()] };
    assert_eq!(call(&ines, wrong).await.unwrap_err().code, ErrorCode::WrongSecret);
    let words = establish(&ines).await;
    let chain = world.cite.store(|store| store.chain()).unwrap();
    let recovered = engine::keys::RecoveryKey::read(&words.as_str().into()).unwrap();
    assert_eq!(chain.printed()[0].keys, recovered.public().unwrap());
    assert_eq!(call(&ines, DrawRecoveryKey {}).await.unwrap_err().code, ErrorCode::NotAllowed);
    // Nowhere on a disk.
    for folder in ["Inès R.", "server"] {
        for entry in std::fs::read_dir(world.folder.path().join(folder)).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(32).any(|it| it == *recovered.agree().unwrap()));
            assert!(!bytes.windows(words.len()).any(|it| it == words.as_bytes()));
        }
    }
}

#[tokio::test]
async fn a_newcomer_is_let_in_by_her_colleagues_device_and_works() {
    let (world, ines) = World::established().await;
    let tablet = world.tablet("new");
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    assert_eq!(state(&ines).await, InvitationState::Waiting { seconds_left: 599 });
    let check = CheckInvitation { server: shown.server.clone(), code: shown.code.clone() };
    let card = call(&tablet, check).await.unwrap();
    assert_eq!((card.user_name.as_str(), card.inviter.as_deref()), ("Nadia B.", Some("Inès R.")));
    let waiting = call(&tablet, answer(&shown, "Tablette 7")).await.unwrap();
    assert_eq!(words(&waiting).len(), 6);
    let InvitationState::Answered { device_name, words: seen, .. } = state(&ines).await else { panic!() };
    assert_eq!((device_name.as_str(), seen), ("Tablette 7", words(&waiting)));
    assert_eq!(call(&tablet, Status {}).await.unwrap().state, SessionState::NotJoined);
    call(&ines, ConfirmInvitation {}).await.unwrap();
    assert!(matches!(call(&tablet, ReadAnswer {}).await.unwrap(), AnswerState::Joined(_)));
    let nadia = me(&tablet).await.unwrap();
    assert_eq!((nadia.name.as_str(), nadia.sectors.as_slice()), ("Nadia B.", &[NORTH][..]));
    synchronise(&tablet).await;
    let people = call(&ines, ListMembers {}).await.unwrap().people;
    assert_eq!(people.iter().filter(|it| it.active).count(), 2);
}

#[tokio::test]
async fn an_invitation_is_dead_after_use_when_given_up_and_for_a_second_answer() {
    let (world, ines) = World::established().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    let (first, second) = (world.tablet("first"), world.tablet("second"));
    call(&first, answer(&shown, "Tablette 1")).await.unwrap();
    let late = call(&second, answer(&shown, "Tablette 2")).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::InvitationInvalid, "the first keys stay");
    state(&ines).await;
    call(&ines, ConfirmInvitation {}).await.unwrap();
    call(&first, ReadAnswer {}).await.unwrap();
    let replayed = call(&second, answer(&shown, "Tablette 2")).await.unwrap_err();
    assert_eq!(replayed.code, ErrorCode::InvitationInvalid);
    let shown = call(&ines, newcomer("Samir D.", Role::Mediator, vec![NORTH])).await.unwrap();
    call(&second, answer(&shown, "Tablette 2")).await.unwrap();
    call(&ines, CancelInvitation {}).await.unwrap();
    assert_eq!(call(&second, ReadAnswer {}).await.unwrap(), AnswerState::Dead);
    assert_eq!(call(&second, Status {}).await.unwrap().state, SessionState::NotJoined);
    assert_eq!(call(&ines, ConfirmInvitation {}).await.unwrap_err().code, ErrorCode::InvitationInvalid);
}

#[tokio::test]
async fn the_servers_command_invites_whoever_holds_no_keys_and_nobody_else_any_more() {
    let (world, _) = World::established().await;
    let refused = world.cite.invite("Nadia B.", Role::Mediator, "Association Inventée", vec![NORTH]);
    assert!(refused.is_err());
    world.joined("Claire V.", Role::Coordinator, vec![]).await;
}

#[tokio::test]
async fn a_mediator_revoked_on_the_referentes_laptop_is_out_once_it_synchronises_even_if_it_was_offline() {
    let (mut world, ines) = World::established().await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let user = me(&nadia).await.unwrap().user;
    world.stop();
    let view = call(&ines, RevokeMember { leaving: Leaving::Person(user) }).await.unwrap();
    let row = view.people.iter().find(|it| it.user == user).unwrap();
    assert!(row.active && row.devices[0].waiting, "decided, not received");
    world.serve().await;
    for device in [&ines, &nadia] {
        device.move_to(&PASSPHRASE.into(), &world.address).unwrap();
    }
    let view = {
        synchronise(&ines).await;
        call(&ines, ListMembers {}).await.unwrap()
    };
    let row = view.people.iter().find(|it| it.user == user).unwrap();
    assert!(!row.active && row.devices[0].revoked && !row.devices[0].waiting);
    assert_eq!(call(&nadia, SyncNow {}).await.unwrap_err().code, ErrorCode::Revoked);
    assert!(me(&nadia).await.is_none(), "locked at once");
}

#[tokio::test]
async fn two_referents_who_sign_at_once_both_get_through() {
    let (world, ines) = World::established().await;
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![SOUTH]).await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let samir = world.let_in(&ines, "Samir D.", Role::Mediator, vec![NORTH]).await;
    let (one, two) = (me(&nadia).await.unwrap().user, me(&samir).await.unwrap().user);
    synchronise(&paul).await;
    // Paul's laptop does not know yet that Inès signed first.
    let moved = ChangeMember { user: one, role: Role::Mediator, sectors: vec![SOUTH] };
    call(&ines, moved).await.unwrap();
    let view = call(&paul, ChangeMember { user: two, role: Role::Referent, sectors: vec![NORTH, SOUTH] });
    let view = view.await.unwrap();
    let state = call(&paul, ReadSyncState {}).await.unwrap();
    assert!(view.people.iter().all(|it| !it.waiting), "{state:?}");
    synchronise(&nadia).await;
    synchronise(&samir).await;
    assert_eq!(me(&nadia).await.unwrap().sectors, vec![SOUTH]);
    assert_eq!(me(&samir).await.unwrap().role, Role::Referent);
}

#[tokio::test]
async fn the_new_tablet_of_a_lost_one_keeps_the_user_and_nobody_revokes_themselves() {
    let (world, ines) = World::established().await;
    let lost = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let nadia = me(&lost).await.unwrap();
    let leaving = Leaving::Device(nadia.device.unwrap());
    call(&ines, RevokeMember { leaving }).await.unwrap();
    let new = world.tablet("new");
    let_in(&ines, InviteMember { who: Invitee::Known { user: nadia.user } }, &new).await;
    assert_eq!(me(&new).await.unwrap().user, nadia.user);
    let own = me(&ines).await.unwrap();
    for leaving in [Leaving::Person(own.user), Leaving::Device(own.device.unwrap())] {
        assert_eq!(call(&ines, RevokeMember { leaving }).await.unwrap_err().code, ErrorCode::NotAllowed);
    }
}

#[tokio::test]
async fn a_colleague_on_a_shared_tablet_is_let_in_there() {
    let (world, ines) = World::established().await;
    let tablet = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let device = me(&tablet).await.unwrap().device;
    let_in(&ines, newcomer("Samir D.", Role::Mediator, vec![NORTH]), &tablet).await;
    let samir = me(&tablet).await.unwrap();
    assert_eq!((samir.name.as_str(), samir.device), ("Samir D.", device));
}

/// Keys that somebody without the code leaves in the mailbox before the newcomer does.
fn forged(code: &str) -> OfferRequest {
    let id = InvitationCode::read(code).unwrap().id();
    let mut keys = minicbor::Encoder::new(Vec::new());
    keys.array(5).unwrap().bytes(&[9; 16]).unwrap().str("Tablette 3").unwrap();
    for key in [[5; 32], [6; 32], [7; 32]] {
        keys.bytes(&key).unwrap();
    }
    let mut request = minicbor::Encoder::new(Vec::new());
    request.array(2).unwrap().bytes(&id).unwrap();
    request.array(2).unwrap().bytes(&keys.into_writer()).unwrap().bytes(&[8; 32]).unwrap();
    minicbor::decode(&request.into_writer()).unwrap()
}

#[tokio::test]
async fn a_server_that_puts_its_own_keys_in_the_place_of_the_newcomers_is_found_out() {
    let (world, ines) = World::established().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    world.cite.host(|host| host.offer_pairing(None, &forged(shown.code.expose()))).unwrap();
    assert_eq!(state(&ines).await, InvitationState::Forged);
    assert_eq!(call(&ines, ConfirmInvitation {}).await.unwrap_err().code, ErrorCode::InvitationInvalid);
    let people = call(&ines, ListMembers {}).await.unwrap().people;
    assert_eq!(people.len(), 1, "nobody was let in");
}
