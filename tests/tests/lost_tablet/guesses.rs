//! Guesses at the screen wait, and end.

use super::scene::*;
use domain::api::session::*;
use domain::error::ErrorCode;
use domain::hold::Guesses;
use engine::clock::Clock as _;
use journeys::clock::{DAY_MS, Hand};
use journeys::{PASSPHRASE, call, me};

/// Noon of 25 November 2026.
const NOON: i64 = 1_795_600_800_000;

#[tokio::test]
async fn wrong_passphrases_wait_and_end_in_a_lock_out_that_a_restart_does_not_lift() {
    let (world, [_, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    drop(nadia);
    let folder = world.folder.path().join("Nadia B.");
    let clock = Hand::at(NOON);
    let wrong = || Unlock { user, passphrase: "six cinq quatre trois deux un".into() };
    let mut tried = 0;
    loop {
        // A restart before each guess.
        let tablet = with_clock(&folder, &clock);
        match call(&tablet, wrong()).await.unwrap_err() {
            error if error.code == ErrorCode::WrongSecret => tried += 1,
            error if error.code == ErrorCode::TooManyAttempts => {
                let seconds: i64 = error.detail[0].parse().unwrap();
                clock.move_by(seconds * 1_000);
            }
            error => {
                assert_eq!(error.code, ErrorCode::GuessedOut);
                break;
            }
        }
    }
    assert_eq!(tried, Guesses::MOST);
    assert!(clock.now_ms() - NOON > 10 * 60 * 60_000, "hours of waiting");
    let tablet = with_clock(&folder, &clock);
    clock.move_by(400 * DAY_MS);
    let right = Unlock { user, passphrase: PASSPHRASE.into() };
    assert_eq!(call(&tablet, right).await.unwrap_err().code, ErrorCode::GuessedOut);
    let SessionState::Locked { users } = call(&tablet, Status {}).await.unwrap().state else { panic!() };
    assert!(users[0].guessed_out);
}

#[tokio::test]
async fn a_right_passphrase_forgives_the_wrong_ones_before_it() {
    let (world, [_, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    drop(nadia);
    let tablet = world.tablet("Nadia B.");
    for _ in 0..3 {
        for _ in 0..Guesses::FREE {
            let wrong = Unlock { user, passphrase: "six cinq quatre trois deux un".into() };
            assert_eq!(call(&tablet, wrong).await.unwrap_err().code, ErrorCode::WrongSecret);
        }
        call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    }
}
