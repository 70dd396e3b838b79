//! Ten minutes are ten minutes, whatever a clock is set to.

use domain::api::member::*;
use domain::api::session::Unlock;
use domain::error::ErrorCode;
use domain::role::Role;
use engine::clock::{Clock as _, SystemClock};
use engine::device::Device;
use journeys::clock::{DAY_MS, Hand, MINUTE_MS};
use journeys::member::*;
use journeys::{CHEAP, NORTH, PASSPHRASE, World, call, me};
use std::sync::Arc;

/// Inès's laptop under a clock of the test's.
async fn under(world: &World, ines: Device, clock: &Arc<Hand>) -> Device {
    let user = me(&ines).await.unwrap().user;
    drop(ines);
    let laptop = Device::with_cost(world.folder.path().join("Inès R."), clock.clone(), CHEAP).unwrap();
    call(&laptop, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    laptop
}

async fn scene() -> (World, Device, Arc<Hand>) {
    let (world, ines) = World::established().await;
    let clock = Hand::at(SystemClock.now_ms());
    let ines = under(&world, ines, &clock).await;
    (world, ines, clock)
}

#[tokio::test]
async fn setting_the_inviters_clock_back_prolongs_no_invitation() {
    let (world, ines, clock) = scene().await;
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    clock.move_by(5 * MINUTE_MS);
    assert_eq!(state(&ines).await, InvitationState::Waiting { seconds_left: 300 });
    clock.set_by(-DAY_MS);
    let InvitationState::Waiting { seconds_left } = state(&ines).await else { panic!("dead too early") };
    assert_eq!(seconds_left, 300);
    call(&world.tablet("new"), answer(&shown, "Tablette 7")).await.unwrap();
    assert!(matches!(state(&ines).await, InvitationState::Answered { .. }));
    clock.move_by(5 * MINUTE_MS);
    assert_eq!(call(&ines, ConfirmInvitation {}).await.unwrap(), InvitationState::Dead);
    assert_eq!(state(&ines).await, InvitationState::Dead);
    assert_eq!(call(&ines, ListMembers {}).await.unwrap().people.len(), 1, "nobody was let in");
}

#[tokio::test]
async fn setting_it_ahead_ends_an_invitation_and_setting_it_back_again_does_not_revive_it() {
    let (_world, ines, clock) = scene().await;
    call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    clock.set_by(DAY_MS);
    assert_eq!(state(&ines).await, InvitationState::Dead);
    clock.set_by(-DAY_MS);
    assert_eq!(state(&ines).await, InvitationState::Dead);
    assert_eq!(call(&ines, ConfirmInvitation {}).await.unwrap_err().code, ErrorCode::InvitationInvalid);
}

#[tokio::test]
async fn the_newcomers_own_wait_ends_after_ten_minutes_too_with_its_clock_set_back() {
    let (world, ines, _) = scene().await;
    let clock = Hand::at(SystemClock.now_ms());
    let tablet = Device::with_cost(world.folder.path().join("new"), clock.clone(), CHEAP).unwrap();
    let shown = call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    call(&tablet, answer(&shown, "Tablette 7")).await.unwrap();
    clock.set_by(-DAY_MS);
    clock.move_by(9 * MINUTE_MS);
    assert!(matches!(
        call(&tablet, ReadAnswer {}).await.unwrap(),
        AnswerState::Waiting { seconds_left: 60, .. }
    ));
    clock.move_by(MINUTE_MS);
    assert_eq!(call(&tablet, ReadAnswer {}).await.unwrap(), AnswerState::Dead);
}

#[tokio::test]
async fn an_app_that_was_closed_meanwhile_goes_on_for_the_minutes_that_are_left_and_no_longer() {
    let (world, ines, clock) = scene().await;
    call(&ines, newcomer("Nadia B.", Role::Mediator, vec![NORTH])).await.unwrap();
    clock.move_by(4 * MINUTE_MS);
    let ines = under(&world, ines, &clock).await;
    assert_eq!(state(&ines).await, InvitationState::Waiting { seconds_left: 360 });
    // Closed again, and the clock set back before it is opened: nobody knows how long it was closed.
    clock.set_by(-2 * MINUTE_MS);
    let ines = under(&world, ines, &clock).await;
    clock.set_by(-10 * MINUTE_MS);
    let ines = under(&world, ines, &clock).await;
    assert_eq!(state(&ines).await, InvitationState::None);
    assert_eq!(call(&ines, ListMembers {}).await.unwrap().inviting, None);
}
