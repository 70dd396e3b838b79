//! A server, or a line, that changes or repeats what devices leave for each other.

use domain::api::member::*;
use domain::api::session::{SessionState, Status};
use domain::error::ErrorCode;
use domain::role::Role;
use engine::enrol::pairing::ResultReply;
use engine::enrol::{InvitationCode, JoinReply};
use hmac::{Hmac, KeyInit as _, Mac as _};
use journeys::between::{Between, Way};
use journeys::member::*;
use journeys::{NORTH, World, call};
use sha2::Sha256;
use std::sync::Arc;

/// The invitation as it is given to a newcomer who asks another address.
fn by(mut shown: InvitationShown, between: &Between) -> InvitationShown {
    shown.server = between.address.clone();
    shown
}

#[tokio::test]
async fn a_server_that_shortens_the_chain_while_somebody_joins_lets_them_in_nowhere() {
    let (world, ines) = World::established().await;
    for cut in 1..=3 {
        let shorten = move |path: &str, way: Way, body: Vec<u8>| {
            if way == Way::Asked || path != "/v1/pair/result" {
                return body;
            }
            let mut reply: ResultReply = minicbor::decode(&body).unwrap();
            reply.chain.truncate(reply.chain.len().saturating_sub(cut));
            minicbor::to_vec(&reply).unwrap()
        };
        let between = Between::begin(&world.address, Arc::new(shorten)).await;
        let tablet = world.tablet(&format!("{cut}"));
        let name = format!("Personne {cut}");
        let shown = call(&ines, newcomer(&name, Role::Mediator, vec![NORTH])).await.unwrap();
        call(&tablet, answer(&by(shown, &between), "Tablette 7")).await.unwrap();
        state(&ines).await;
        call(&ines, ConfirmInvitation {}).await.unwrap();
        let refused = call(&tablet, ReadAnswer {}).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::ServerUntrusted, "{cut} records less");
        assert_eq!(call(&tablet, Status {}).await.unwrap().state, SessionState::NotJoined);
    }
}

#[tokio::test]
async fn a_server_that_leaves_a_revocation_out_of_the_chain_is_found_out_too() {
    let (world, ines) = World::established().await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let device = journeys::me(&nadia).await.unwrap().device.unwrap();
    call(&ines, RevokeMember { leaving: Leaving::Device(device) }).await.unwrap();
    let leave_out = |path: &str, way: Way, body: Vec<u8>| {
        if way == Way::Asked || path != "/v1/pair/result" {
            return body;
        }
        let mut reply: ResultReply = minicbor::decode(&body).unwrap();
        if reply.chain.len() > 2 {
            reply.chain.remove(reply.chain.len() - 2);
        }
        minicbor::to_vec(&reply).unwrap()
    };
    let between = Between::begin(&world.address, Arc::new(leave_out)).await;
    let tablet = world.tablet("new");
    let shown = call(&ines, newcomer("Samir D.", Role::Mediator, vec![NORTH])).await.unwrap();
    call(&tablet, answer(&by(shown, &between), "Tablette 7")).await.unwrap();
    state(&ines).await;
    call(&ines, ConfirmInvitation {}).await.unwrap();
    assert_eq!(call(&tablet, ReadAnswer {}).await.unwrap_err().code, ErrorCode::ServerUntrusted);
}

#[tokio::test]
async fn a_shortened_chain_lets_nobody_in_by_an_invitation_of_the_server_either() {
    let world = World::begin().await;
    let shorten = |path: &str, way: Way, body: Vec<u8>| {
        if way == Way::Asked || path != "/v1/enrol/join" {
            return body;
        }
        let mut reply: JoinReply = minicbor::decode(&body).unwrap();
        reply.chain.pop();
        minicbor::to_vec(&reply).unwrap()
    };
    let between = Between::begin(&world.address, Arc::new(shorten)).await;
    let tablet = world.tablet("tablet");
    let join = domain::api::session::Join { server: between.address.clone(), ..world.join(&world.invite()) };
    assert_eq!(call(&tablet, join).await.unwrap_err().code, ErrorCode::ServerUntrusted);
    assert_eq!(call(&tablet, Status {}).await.unwrap().state, SessionState::NotJoined);
}

/// Keys of somebody who learnt the code, left under it.
fn swapped(code: &str, body: &[u8]) -> Vec<u8> {
    let code = InvitationCode::read(code).unwrap();
    let mut keys = minicbor::Encoder::new(Vec::new());
    keys.array(5).unwrap().bytes(&[9; 16]).unwrap().str("Tablette 3").unwrap();
    for key in [[5; 32], [6; 32], [7; 32]] {
        keys.bytes(&key).unwrap();
    }
    let keys = keys.into_writer();
    let mut mac = Hmac::<Sha256>::new_from_slice(&code.mac_key()).unwrap();
    for part in [b"offer".as_slice(), &code.id(), &keys] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    let mut request = minicbor::Encoder::new(Vec::new());
    request.array(2).unwrap().bytes(&code.id()).unwrap();
    request.array(2).unwrap().bytes(&keys).unwrap().bytes(&mac.finalize().into_bytes()).unwrap();
    let request = request.into_writer();
    assert_eq!(request.len() / 100, body.len() / 100, "like the one it takes the place of");
    request
}

#[tokio::test]
async fn where_a_server_that_learnt_the_code_swaps_the_keys_the_two_screens_differ() {
    let (world, ines) = World::established().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    let code = shown.code.expose().to_owned();
    let swap = move |path: &str, way: Way, body: Vec<u8>| match (path, way) {
        ("/v1/pair/offer", Way::Asked) => swapped(&code, &body),
        _ => body,
    };
    let between = Between::begin(&world.address, Arc::new(swap)).await;
    let tablet = world.tablet("new");
    let waiting = call(&tablet, answer(&by(shown, &between), "Tablette 3")).await.unwrap();
    let InvitationState::Answered { words: seen, .. } = state(&ines).await else { panic!("not answered") };
    let differ = seen.iter().zip(words(&waiting)).filter(|(one, other)| **one != *other).count();
    assert!(differ >= 4, "{differ} of six");
    // They refuse; nobody was let in.
    call(&ines, CancelInvitation {}).await.unwrap();
    assert_eq!(call(&tablet, ReadAnswer {}).await.unwrap(), AnswerState::Dead);
    assert_eq!(call(&ines, ListMembers {}).await.unwrap().people.len(), 1);
}

#[tokio::test]
async fn everything_that_was_said_while_somebody_joined_said_again_lets_nobody_in() {
    let (mut world, ines) = World::established().await;
    let tablet = world.tablet("new");
    let real = world.address.clone();
    let between = Between::listening(&real).await;
    ines.move_to(&journeys::PASSPHRASE.into(), &between.address).unwrap();
    let user = journeys::me(&ines).await.unwrap().user;
    let again = domain::api::session::Unlock { user, passphrase: journeys::PASSPHRASE.into() };
    call(&ines, again).await.unwrap();
    let_in(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH]), &tablet).await;
    let (chain, devices) = (world.cite.store(|it| it.chain()).unwrap(), tokens(&world));
    let said = between.heard.lock().unwrap().len();
    assert!(said > 8, "{said} messages");
    between.replay(&real).await;
    assert_eq!(world.cite.store(|it| it.chain()).unwrap(), chain);
    assert_eq!(tokens(&world), devices, "nobody has a token more");
    world.stop();
}

fn tokens(world: &World) -> i64 {
    let path = world.folder.path().join("server/server.db");
    #[allow(clippy::disallowed_methods, reason = "a look into the server's file from outside")]
    let store = rusqlite::Connection::open(path).unwrap();
    store.query_row("SELECT count(*) FROM device_token", [], |row| row.get(0)).unwrap()
}
