//! Groups in which figures are told: each is computed from codes, never recorded.

use super::code_enum;
use super::{ExitReason, OutcomeKind, ReferralState};

code_enum! {
    /// Why an episode ended, in groups. *Sans nouvelles* is a drop-out.
    ExitGroup: "exit_group" {
        Positive = "positive", "Emploi ou formation", "Work or training";
        Relay = "relay", "Relais", "Handed over";
        DropOut = "drop_out", "Sans nouvelles (décrochage)", "No news (drop-out)";
        Other = "other", "Autre raison", "Another reason";
    }
    /// Time from a barrier being noted to its being lifted.
    LiftTime: "lift_time" {
        Month = "month", "En 30 jours ou moins", "Within 30 days";
        Quarter = "quarter", "En 31 à 90 jours", "Within 31 to 90 days";
        Longer = "longer", "En plus de 90 jours", "In more than 90 days";
    }
    /// What came of a referral.
    ReferralResult: "referral_result" {
        Accepted = "accepted", "Rencontre ou prise en charge", "Met or accepted";
        Waiting = "waiting", "En attente", "Waiting";
        NoNews = "no_news", "Sans nouvelles", "No news";
        Ended = "ended", "Refusée ou annulée", "Refused or cancelled";
    }
    /// Outcomes, grouped as for the IAE.
    OutcomeGroup: "outcome_group" {
        Durable = "durable", "Emploi durable (CDI, 6 mois et plus, création)", "Lasting work (permanent, 6 months and over, business)";
        Transition = "transition", "Emploi de transition (moins de 6 mois, IAE, alternance)", "Transition (under 6 months, insertion, apprenticeship)";
        Training = "training", "Formation ou certification", "Training or certification";
        Rights = "rights", "Droits ouverts", "Rights opened";
    }
}

impl ExitGroup {
    /// The group of a reason.
    pub fn of(reason: ExitReason) -> Self {
        match reason {
            ExitReason::Job | ExitReason::Training => Self::Positive,
            ExitReason::HandedOver => Self::Relay,
            ExitReason::LostContact => Self::DropOut,
            ExitReason::Moved | ExitReason::NoLongerWishes | ExitReason::Deceased => Self::Other,
        }
    }
}

impl LiftTime {
    /// The group of a number of days.
    pub fn of(days: i32) -> Self {
        match days {
            ..=30 => Self::Month,
            31..=90 => Self::Quarter,
            _ => Self::Longer,
        }
    }
}

impl ReferralResult {
    /// The result of a state.
    pub fn of(state: ReferralState) -> Self {
        match state {
            ReferralState::Met | ReferralState::Accepted => Self::Accepted,
            ReferralState::Sent => Self::Waiting,
            ReferralState::NoNews => Self::NoNews,
            ReferralState::Refused | ReferralState::Cancelled => Self::Ended,
        }
    }
}

impl OutcomeGroup {
    /// The group of a kind.
    pub fn of(kind: OutcomeKind) -> Self {
        match kind {
            OutcomeKind::Permanent | OutcomeKind::FixedTermOver6 | OutcomeKind::BusinessCreated => {
                Self::Durable
            }
            OutcomeKind::FixedTermUnder6 | OutcomeKind::InsertionJob | OutcomeKind::Apprenticeship => {
                Self::Transition
            }
            OutcomeKind::Training | OutcomeKind::Certification => Self::Training,
            OutcomeKind::RightsOpened => Self::Rights,
        }
    }
}
