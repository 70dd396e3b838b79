//! *Synchronisation*.

use super::{LONG_NAME, day, moment};
use domain::api::audit::HeadView;
use domain::api::sync::*;
use domain::ids::PathwayId;

/// Names of states, and what the page is told.
pub fn all() -> Vec<(&'static str, SyncStateView)> {
    let usual = SyncStateView {
        last_success_ms: Some(moment(0)),
        server: "https://cite-de-l-emploi.communaute-d-agglomeration-inventee.example".into(),
        last_bytes: (48_213, 1_204_882),
        pathways: 1_482,
        established: true,
        audit: Some(HeadView { count: 15_204, mark: "9f0c41ab".into() }),
        ..SyncStateView::default()
    };
    let failed =
        |kind| Some(SyncFailure { kind, at_ms: moment(10), retry_at_ms: Some(moment(10) + 900_000) });
    let copied = SyncStateView { copied_on: Some(day(2)), ..usual.clone() };
    let ahead = SyncStateView { clock_off: Some(ClockOff { here: day(31), cite: day(0) }), ..usual.clone() };
    let under_way = SyncStateView {
        running: true,
        progress: Some(SyncProgress { sent: 640, to_send: 1_284, received: 12, to_receive: Some(318) }),
        to_send: 1_284,
        ..usual.clone()
    };
    let no_server =
        SyncStateView { to_send: 37, last_failure: failed(SyncFailureKind::Unreachable), ..usual.clone() };
    let removed =
        SyncStateView { to_send: 3, last_failure: failed(SyncFailureKind::Revoked), ..usual.clone() };
    let never = SyncStateView { server: String::new(), ..SyncStateView::default() };
    let alarm = |kind, about: bool| Alarm {
        kind,
        pathway: about.then_some(PathwayId::from_bytes([7; 16])),
        on: day(4),
        by: about.then(|| LONG_NAME.to_owned()),
        lacking: 0,
    };
    let everything = SyncStateView {
        to_send: 1_284,
        kept_here: 41,
        set_aside: 3,
        unread: 2,
        ending: 6,
        last_failure: failed(SyncFailureKind::Untrusted),
        recovered_by: Some(LONG_NAME.into()),
        sheet_by: Some(LONG_NAME.into()),
        clock_off: Some(ClockOff { here: day(-400), cite: day(0) }),
        copied_on: Some(day(2)),
        established: false,
        alarms: vec![
            alarm(AlarmKind::ErasureWithoutCause, true),
            alarm(AlarmKind::AuditRewritten, false),
            alarm(AlarmKind::KeyWrong, true),
            Alarm { lacking: 1_284, ..alarm(AlarmKind::ServerWentBack, false) },
            Alarm { lacking: 1, ..alarm(AlarmKind::ServerRestored, false) },
        ],
        ..usual
    };
    vec![
        ("sync-copied", copied),
        ("sync-clock", ahead),
        ("sync-under-way", under_way),
        ("sync-no-server", no_server),
        ("sync-removed", removed),
        ("sync-never", never),
        ("sync-everything", everything),
    ]
}
