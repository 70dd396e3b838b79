//! *Aujourd'hui* where something presses.

use super::{LONG_NAME, day};
use domain::api::today::*;
use domain::ids::PathwayId;
use domain::vocabulary::RequestKind;

/// Names of states, from a real first screen.
pub fn all(real: &TodayView) -> Vec<(&'static str, TodayView)> {
    let request = |kind| RequestItem {
        person: PersonLabel {
            pathway: PathwayId::from_bytes([9; 16]),
            name: Some(LONG_NAME.into()),
            initials: Some("M V".into()),
            code: Some("K7TR2M".into()),
        },
        kind,
        on: day(-3),
    };
    let tenth_day = TodayView { closes_in_days: Some(4), to_send: 212, ..real.clone() };
    let last_day = TodayView {
        closes_in_days: Some(1),
        to_send: 1_284,
        set_aside: 12,
        clock_off: true,
        drafts: 0,
        requests: vec![request(RequestKind::Access), request(RequestKind::Withdraw)],
        ..real.clone()
    };
    let nothing = TodayView {
        outing: None,
        requests: Vec::new(),
        to_tell: Vec::new(),
        due: Vec::new(),
        due_count: 0,
        recent: Vec::new(),
        to_send: 0,
        set_aside: 0,
        clock_off: false,
        closes_in_days: None,
        drafts: 0,
        can_undo: false,
        today: real.today,
    };
    vec![("today-tenth-day", tenth_day), ("today-last-day", last_day), ("today-nothing", nothing)]
}
