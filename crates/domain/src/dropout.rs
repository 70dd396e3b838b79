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
/// Days after which something due counts as overdue.
const GRACE: i32 = 14;

/// A reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// `no_contact`, `missed_appointment`, `referral_without_news`, `priority_untouched`, `overdue`.
    pub code: &'static str,
    /// Weight.
    pub weight: u32,
}

/// What a pathway says of the risk on any day: read once, asked each morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs {
    /// An episode or a barrier is open, and the person has not left.
    pub under_way: bool,
    left: bool,
    missed: bool,
    last_contact: Option<Day>,
    oldest_due: Option<Day>,
    oldest_silent_referral: Option<Day>,
    oldest_untouched_priority: Option<Day>,
}

impl Signs {
    /// Reads a pathway.
    pub fn of(pathway: &PathwayDoc) -> Self {
        let last_contact = pathway.encounters.values().filter(|it| !it.void).map(|it| it.on).max();
        let in_episode = pathway.episodes.values().any(|it| it.exited_on.is_none());
        let left = !pathway.episodes.is_empty() && !in_episode;
        let barriers = || pathway.barriers.values().filter(|it| !it.void);
        let open = barriers().any(|it| matches!(it.state, BarrierState::Spotted | BarrierState::InProgress));
        let follow_ups = || pathway.follow_ups.values().filter(|it| !it.void);
        let silent = pathway.referrals.values().filter(|it| !it.void && it.state == ReferralState::Sent);
        let untouched =
            barriers().filter(|it| it.priority == Some(Priority::High) && it.state == BarrierState::Spotted);
        Self {
            under_way: !left && (in_episode || open),
            left,
            missed: follow_ups().any(|it| {
                it.state == FollowUpState::Absent && last_contact.is_none_or(|last| last <= it.due)
            }),
            last_contact,
            oldest_due: follow_ups().filter(|it| it.state == FollowUpState::Due).map(|it| it.due).min(),
            oldest_silent_referral: silent.map(|it| it.on).min(),
            oldest_untouched_priority: untouched.map(|it| it.on).min(),
        }
    }

    /// Reasons that hold on a day, heaviest first. Whoever left is not at risk of leaving.
    pub fn risk(&self, today: Day) -> Vec<Reason> {
        if self.left {
            return Vec::new();
        }
        let older = |day: Option<Day>, days: i32| day.is_some_and(|day| today.0 - day.0 > days);
        let no_contact = self.under_way && (self.last_contact.is_none() || older(self.last_contact, RHYTHM));
        [
            (no_contact, "no_contact", 3),
            (self.missed, "missed_appointment", 2),
            (older(self.oldest_silent_referral, PATIENCE), "referral_without_news", 1),
            (older(self.oldest_untouched_priority, PATIENCE), "priority_untouched", 1),
            (older(self.oldest_due, GRACE), "overdue", 1),
        ]
        .into_iter()
        .filter(|(holds, ..)| *holds)
        .map(|(_, code, weight)| Reason { code, weight })
        .collect()
    }
}

/// Reasons that hold on a day.
pub fn risk(pathway: &PathwayDoc, today: Day) -> Vec<Reason> {
    Signs::of(pathway).risk(today)
}

/// Whether the reasons together mean risk.
pub fn is_at_risk(reasons: &[Reason]) -> bool {
    weight(reasons) >= AT_RISK
}

/// Weight of the reasons together.
pub fn weight(reasons: &[Reason]) -> u32 {
    reasons.iter().map(|reason| reason.weight).sum()
}
