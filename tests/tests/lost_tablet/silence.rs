//! A tablet that hears nothing from the cité closes, and opens again.

use super::scene::*;
use domain::api::person::OpenPerson;
use domain::api::session::*;
use domain::api::today::ReadToday;
use domain::error::ErrorCode;
use domain::hold::Hold;
use engine::clock::Clock as _;
use engine::device::Device;
use journeys::clock::{DAY_MS, Hand};
use journeys::{PASSPHRASE, PIN, call, me, synchronise};

#[tokio::test]
async fn a_tablet_that_was_silent_for_two_weeks_closes_until_an_exchange() {
    let (world, [ines, nadia, _]) = founded().await;
    let user = me(&nadia).await.unwrap().user;
    let person = met(&nadia, 1).await;
    drop(nadia);
    let folder = world.folder.path().join("Nadia B.");
    // The last exchange was by this machine's clock.
    let clock = Hand::at(engine::clock::SystemClock.now_ms());
    let closes = |tablet: Device| async move {
        call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
        let today = call(&tablet, ReadToday {}).await;
        (tablet, today.map(|it| it.closes_in_days).map_err(|error| error.code))
    };
    clock.move_by(9 * DAY_MS + DAY_MS / 2);
    let (tablet, today) = closes(with_clock(&folder, &clock)).await;
    assert_eq!(today, Ok(None));
    clock.move_by(DAY_MS);
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().closes_in_days, Some(4), "from the tenth day on");
    drop(tablet);
    // Back and forth: nothing is gained.
    clock.move_by(-8 * DAY_MS);
    let (tablet, today) = closes(with_clock(&folder, &clock)).await;
    assert_eq!(today, Ok(Some(4)));
    drop(tablet);
    clock.move_by(12 * DAY_MS);
    let (tablet, today) = closes(with_clock(&folder, &clock)).await;
    assert_eq!(today, Err(ErrorCode::Silent));
    let SessionState::Held { hold, to_send, silent_days, .. } = call(&tablet, Status {}).await.unwrap().state
    else {
        panic!()
    };
    assert_eq!((hold, to_send, silent_days), (Hold::Silent, 1, 14));
    // Locked and unlocked it stays closed, and asks the passphrase.
    call(&tablet, Lock {}).await.unwrap();
    let refused = call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseNeeded);
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    // One exchange, and what waited has arrived; she works again.
    synchronise(&tablet).await;
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap().closes_in_days, None);
    assert!(call(&tablet, OpenPerson { pathway: person }).await.is_ok());
    synchronise(&ines).await;
    assert!(call(&ines, OpenPerson { pathway: person }).await.is_ok());
    // A clock that jumps ten years ahead closes it, destroys nothing, and the next exchange opens it.
    met(&tablet, 2).await;
    clock.move_by(3_650 * DAY_MS);
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap_err().code, ErrorCode::Silent);
    clock.move_by(-3_650 * DAY_MS);
    assert_eq!(call(&tablet, ReadToday {}).await.unwrap_err().code, ErrorCode::Silent);
    assert_eq!(synchronise(&tablet).await.to_send, 0);
    assert!(call(&tablet, ReadToday {}).await.is_ok());
}
