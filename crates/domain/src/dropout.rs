//! Risk of drop-out: reasons with weights that a reader can follow, never only a colour.

use crate::pathway::PathwayDoc;
use crate::time::Day;
use crate::vocabulary::{BarrierState, FollowUpState, Priority, ReferralState};

/// From this weight on a person is at risk.
pub const AT_RISK: u32 = 3;
/// Days without contact that are too long while something is under way.
const RHYTHM: i32 = 45;
/// Days after which a referral without news, or an untouched priority barrier, counts.
const PATIENCE: i32 = 30;

/// A reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// `no_contact`, `missed_appointment`, `referral_without_news`, `priority_untouched`, `overdue`.
    pub code: &'static str,
    /// Weight.
    pub weight: u32,
}

/// Reasons that hold on a day.
pub fn risk(pathway: &PathwayDoc, today: Day) -> Vec<Reason> {
    let older = |day: Day, days: i32| today.0 - day.0 > days;
    let last = pathway.encounters.values().filter(|it| !it.void).map(|it| it.on).max();
    let in_episode = pathway.episodes.values().any(|it| it.exited_on.is_none());
    let left = !pathway.episodes.is_empty() && !in_episode;
    if left {
        return Vec::new();
    }
    let under_way = in_episode
        || pathway
            .barriers
            .values()
            .any(|it| !it.void && matches!(it.state, BarrierState::Spotted | BarrierState::InProgress));
    let follow_ups = || pathway.follow_ups.values().filter(|it| !it.void);
    let missed =
        follow_ups().any(|it| it.state == FollowUpState::Absent && last.is_none_or(|last| last <= it.due));
    let overdue = follow_ups().any(|it| it.state == FollowUpState::Due && older(it.due, 14));
    let silent = pathway
        .referrals
        .values()
        .any(|it| !it.void && it.state == ReferralState::Sent && older(it.on, PATIENCE));
    let untouched = pathway.barriers.values().any(|it| {
        !it.void
            && it.priority == Some(Priority::High)
            && it.state == BarrierState::Spotted
            && older(it.on, PATIENCE)
    });
    let no_contact = under_way && last.is_none_or(|last| older(last, RHYTHM));
    [
        (no_contact, "no_contact", 3),
        (missed, "missed_appointment", 2),
        (silent, "referral_without_news", 1),
        (untouched, "priority_untouched", 1),
        (overdue, "overdue", 1),
    ]
    .into_iter()
    .filter(|(holds, ..)| *holds)
    .map(|(_, code, weight)| Reason { code, weight })
    .collect()
}

/// Whether the reasons together mean risk.
pub fn is_at_risk(reasons: &[Reason]) -> bool {
    reasons.iter().map(|reason| reason.weight).sum::<u32>() >= AT_RISK
}
