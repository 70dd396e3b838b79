//! A closed device, at the door.

use super::LONG_NAME;
use domain::api::session::*;
use domain::hold::Hold;
use domain::ids::UserId;

/// Names of states, from the status of an open device.
pub fn all(open: &StatusView) -> Vec<(&'static str, StatusView)> {
    let user = |name: &str| LockedUser {
        user: UserId::from_bytes([3; 16]),
        name: name.into(),
        pin_is_enough: false,
        attempts_left: 5,
        guessed_out: false,
        hold: None,
    };
    let held = |hold, to_send, beside, silent_days| SessionState::Held {
        user: user(LONG_NAME),
        hold,
        to_send,
        beside,
        silent_days,
        others: Vec::new(),
    };
    let much = Beside { parts: 6, records: 22, alone: 9, drafts: 1 };
    let locked = SessionState::Locked {
        users: vec![
            user("Nadia B."),
            LockedUser { user: UserId::from_bytes([4; 16]), hold: Some(Hold::Revoked), ..user(LONG_NAME) },
            LockedUser { user: UserId::from_bytes([5; 16]), guessed_out: true, ..user("Samir D.") },
        ],
    };
    let states = [
        ("held-removed", held(Hold::Revoked, 1_284, much, 2)),
        ("held-removed-nothing", held(Hold::Revoked, 0, Beside::default(), 0)),
        ("held-silent", held(Hold::Silent, 41, Beside { alone: 0, ..much }, 15)),
        ("locked-three", locked),
    ];
    states.into_iter().map(|(name, state)| (name, StatusView { state, ..open.clone() })).collect()
}
