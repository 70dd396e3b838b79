//! The inviter's app is closed half-way: it goes on where it was, and the newcomer does not wait in vain.

use domain::api::member::*;
use domain::api::session::{SessionState, Status, Unlock};
use domain::role::Role;
use engine::device::Device;
use journeys::member::*;
use journeys::{NORTH, PASSPHRASE, World, call, me};

async fn reopened(world: &World, laptop: Device) -> Device {
    let user = me(&laptop).await.unwrap().user;
    drop(laptop);
    let laptop = world.tablet("Inès R.");
    call(&laptop, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    laptop
}

#[tokio::test]
async fn an_invitation_is_still_there_after_the_inviters_app_was_killed() {
    let (world, ines) = World::established().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    let ines = reopened(&world, ines).await;
    let inviting = call(&ines, ListMembers {}).await.unwrap().inviting;
    assert_eq!(inviting.as_deref(), Some("Nadia B."));
    let tablet = world.tablet("new");
    let waiting = call(&tablet, answer(&shown, "Tablette 7")).await.unwrap();
    assert!(matches!(state(&ines).await, InvitationState::Answered { .. }));
    // Killed again once the keys had come.
    let ines = reopened(&world, ines).await;
    let InvitationState::Answered { words: seen, .. } = state(&ines).await else { panic!("forgotten") };
    assert_eq!(seen, words(&waiting));
    let done = call(&ines, ConfirmInvitation {}).await.unwrap();
    assert!(matches!(done, InvitationState::Done { .. }));
    assert!(matches!(call(&tablet, ReadAnswer {}).await.unwrap(), AnswerState::Joined(_)));
    assert_eq!(call(&ines, ListMembers {}).await.unwrap().inviting, None);
    let ines = reopened(&world, ines).await;
    assert_eq!(state(&ines).await, InvitationState::None, "used is forgotten");
}

#[tokio::test]
async fn killed_after_the_words_were_compared_and_before_the_cite_heard_the_newcomer_is_still_let_in() {
    let (mut world, ines) = World::established().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    let tablet = world.tablet("new");
    call(&tablet, answer(&shown, "Tablette 7")).await.unwrap();
    state(&ines).await;
    world.stop();
    let waits = call(&ines, ConfirmInvitation {}).await.unwrap();
    assert!(matches!(waits, InvitationState::Answered { confirmed: true, .. }), "{waits:?}");
    let user = me(&ines).await.unwrap().user;
    drop(ines);
    world.serve().await;
    let ines = world.tablet("Inès R.");
    ines.move_to(&PASSPHRASE.into(), &world.address).unwrap();
    call(&ines, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    let done = state(&ines).await;
    assert!(matches!(done, InvitationState::Done { .. }), "{done:?}");
    let chain = world.cite.store(|store| store.chain()).unwrap();
    assert!(chain.members().any(|(_, it)| it.user_name == "Nadia B." && !it.revoked));
}

#[tokio::test]
async fn one_that_was_given_up_does_not_come_back_and_is_nobody_elses() {
    let (world, ines) = World::established().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    call(&ines, CancelInvitation {}).await.unwrap();
    let ines = reopened(&world, ines).await;
    assert_eq!(state(&ines).await, InvitationState::None);
    let tablet = world.tablet("new");
    assert!(call(&tablet, answer(&shown, "Tablette 7")).await.is_err());
    assert_eq!(call(&tablet, Status {}).await.unwrap().state, SessionState::NotJoined);
}
