//! A pathway as it stood at the end of a day.
//!
//! States (of barriers, needs, referrals, follow-ups) are events: each holds from the day of the signed
//! action that wrote it, the first from the fact's own day. Everything else that is written again is a
//! correction, and counts for the past too. What was struck out was never there.

use super::PathwayDoc;
use crate::ids::{FactId, OrganisationId};
use crate::time::Day;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A state and the day it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateOn {
    /// Day of the action.
    pub on: Day,
    /// Code of the state.
    pub state: String,
}

/// What is known of a pathway's past beside its facts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Past {
    /// States of facts that had more than one, in the order in which they win: the last is the present one.
    pub states: BTreeMap<FactId, Vec<StateOn>>,
    /// Day of the action that first wrote each fact.
    pub first: BTreeMap<FactId, Day>,
    /// Organisation of whoever first wrote each fact, by its signature.
    pub authors: BTreeMap<FactId, OrganisationId>,
}

impl Past {
    /// The state of a fact at the end of a day, where it is another than the present one.
    fn state<T: DeserializeOwned>(&self, fact: &FactId, day: Day) -> Option<T> {
        let states = self.states.get(fact)?;
        // Nothing up to that day, though the fact itself is earlier: its first state holds.
        let then = states.iter().rfind(|it| it.on <= day).or(states.first())?;
        serde_json::from_value(serde_json::Value::String(then.state.clone())).ok()
    }

    /// The day a fact came into a state for the last time, up to the end of a day.
    pub fn since(&self, fact: &FactId, state: &str, day: Day) -> Option<Day> {
        let states = self.states.get(fact)?;
        let last = states.iter().rposition(|it| it.on <= day)?;
        let begun = states[..=last].iter().rev().take_while(|it| it.state == state).last()?;
        Some(begun.on)
    }

    /// Whether an organisation wrote a fact.
    pub fn is_by(&self, fact: &FactId, organisation: OrganisationId) -> bool {
        self.authors.get(fact) == Some(&organisation)
    }

    /// The pathway as it stood at the end of a day: facts of later days are not there.
    pub fn as_of(&self, pathway: &PathwayDoc, day: Day) -> PathwayDoc {
        let mut then = pathway.clone();
        then.encounters.retain(|_, it| !it.void && it.on <= day);
        then.barriers.retain(|_, it| !it.void && it.on <= day);
        then.needs.retain(|_, it| !it.void && it.on <= day);
        then.referrals.retain(|_, it| !it.void && it.on <= day);
        then.follow_ups.retain(|id, it| !it.void && self.first.get(id).is_none_or(|first| *first <= day));
        then.situations.retain(|_, it| it.on <= day);
        then.outcomes.retain(|_, it| it.from <= day);
        then.episodes.retain(|_, it| it.entered_on <= day);
        then.memberships.retain(|_, it| it.from <= day);
        then.referents.retain(|_, it| it.from <= day);
        then.funding.retain(|_, it| it.from <= day);
        for (id, it) in &mut then.barriers {
            if let Some(state) = self.state(id, day) {
                it.state_on =
                    self.since(id, crate::vocabulary::BarrierState::code(state), day).or(Some(it.on));
                it.state = state;
            }
        }
        then.needs.iter_mut().for_each(|(id, it)| it.state = self.state(id, day).unwrap_or(it.state));
        then.referrals.iter_mut().for_each(|(id, it)| it.state = self.state(id, day).unwrap_or(it.state));
        then.follow_ups.iter_mut().for_each(|(id, it)| it.state = self.state(id, day).unwrap_or(it.state));
        for it in then.episodes.values_mut().filter(|it| it.exited_on.is_some_and(|exit| exit > day)) {
            (it.exited_on, it.exit_reason) = (None, None);
        }
        then
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::Barrier;
    use crate::vocabulary::{BarrierDomain, BarrierState};

    fn barrier(on: i32, state: BarrierState) -> PathwayDoc {
        let fact = Barrier {
            domain: BarrierDomain::Family,
            situations: BTreeMap::new(),
            objectives: BTreeMap::new(),
            impact: None,
            priority: None,
            state,
            on: Day(on),
            state_on: Some(Day(on)),
            encounter: None,
            void: false,
        };
        PathwayDoc { barriers: [(FactId::default(), fact)].into(), ..PathwayDoc::default() }
    }

    fn past(states: &[(i32, &str)]) -> Past {
        let states = states.iter().map(|(on, state)| StateOn { on: Day(*on), state: (*state).into() });
        Past { states: [(FactId::default(), states.collect())].into(), ..Past::default() }
    }

    #[test]
    fn a_barrier_lifted_after_the_last_day_was_not_lifted_on_it() {
        let now = barrier(10, BarrierState::Lifted);
        let past = past(&[(12, "spotted"), (20, "in_progress"), (40, "lifted")]);
        let state = |day: i32| past.as_of(&now, Day(day)).barriers.values().next().map(|it| it.state);
        assert_eq!(state(9), None, "not yet noted");
        assert_eq!(
            state(10),
            Some(BarrierState::Spotted),
            "noted on the day of the encounter, written later"
        );
        assert_eq!(state(39), Some(BarrierState::InProgress));
        assert_eq!(state(40), Some(BarrierState::Lifted));
        let lifted = past.as_of(&now, Day(50));
        assert_eq!(lifted.barriers.values().next().and_then(|it| it.state_on), Some(Day(40)));
    }

    #[test]
    fn of_two_states_written_on_two_days_by_clocks_that_disagree_the_winning_one_holds() {
        let now = barrier(10, BarrierState::InProgress);
        let past = past(&[(10, "spotted"), (30, "lifted"), (25, "in_progress")]);
        let state = |day: i32| past.as_of(&now, Day(day)).barriers.values().next().map(|it| it.state);
        assert_eq!(state(24), Some(BarrierState::Spotted));
        assert_eq!(state(60), Some(BarrierState::InProgress), "the present state is the last");
    }

    #[test]
    fn an_episode_that_ended_later_was_open() {
        let mut now = PathwayDoc::default();
        let episode = crate::pathway::Episode {
            entered_on: Day(5),
            entry_reason: crate::vocabulary::EntryReason::Outreach,
            stage: None,
            exited_on: Some(Day(50)),
            exit_reason: Some(crate::vocabulary::ExitReason::Job),
        };
        now.episodes.insert(FactId::default(), episode);
        assert!(Past::default().as_of(&now, Day(49)).episodes.values().all(|it| it.exited_on.is_none()));
        assert!(Past::default().as_of(&now, Day(50)).episodes.values().all(|it| it.exited_on.is_some()));
    }
}
