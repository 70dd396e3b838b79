//! The set of indicators: a versioned file with the name of each and what it counts, in words.

use super::Cell;
use super::zone::Zone;
use crate::vocabulary::Lang;
use serde::Deserialize;
use std::sync::OnceLock;

/// The set.
#[derive(Debug, Deserialize)]
pub struct Set {
    /// Version: raised whenever a name or a meaning changes.
    pub version: String,
    /// Until the ANCT's own set is supplied.
    pub provisional: bool,
    /// Where it comes from.
    pub source: String,
    fr_not_recorded: String,
    en_not_recorded: String,
    /// Indicators, in the order of reports.
    pub indicators: Vec<Indicator>,
}

/// An indicator.
#[derive(Debug, Deserialize)]
pub struct Indicator {
    /// Code.
    pub code: String,
    fr: String,
    en: String,
    fr_means: String,
    en_means: String,
}

impl Indicator {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }

    /// What it counts.
    pub fn means(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr_means,
            Lang::En => &self.en_means,
        }
    }
}

/// The set in force.
pub fn current() -> &'static Set {
    static SET: OnceLock<Set> = OnceLock::new();
    SET.get_or_init(|| serde_json::from_str(include_str!("set.json")).expect("the set reads: a test says so"))
}

impl Set {
    /// What is not counted because nothing records it yet.
    pub fn not_recorded(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr_not_recorded,
            Lang::En => &self.en_not_recorded,
        }
    }

    /// An indicator by its code.
    pub fn get(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.code == code)
    }
}

impl Cell {
    /// Code of the indicator the cell belongs to.
    pub fn indicator(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Encounters => "encounters",
            Self::Passages => "passages",
            Self::PeopleSeen => "people_seen",
            Self::MonthContacts(_) => "month_contacts",
            Self::MonthPeople(_) => "month_people",
            Self::Spotted => "spotted",
            Self::New => "new",
            Self::Accompanied => "accompanied",
            Self::Caseload => "caseload",
            Self::CaseloadInQpv => "caseload_in_qpv",
            Self::Participants => "participants",
            Self::Entries => "entries",
            Self::Returns => "returns",
            Self::Exits => "exits",
            Self::ExitFor(_) => "exit_for",
            Self::AtRisk => "at_risk",
            Self::Public(_) => "public",
            Self::Need(_) => "need",
            Self::Barriers => "barriers",
            Self::BarrierDomain(_) => "barrier_domain",
            Self::BarrierState(_) => "barrier_state",
            Self::Barrier(..) => "barrier",
            Self::Lifted => "lifted",
            Self::LiftedWithin(_) => "lifted_within",
            Self::Referrals => "referrals",
            Self::ReferralResult(_) => "referral_result",
            Self::Outcomes => "outcomes",
            Self::OutcomeOf(_) => "outcome_of",
            Self::Reconnected => "reconnected",
            Self::ResidencePeople(_) => "residence_people",
            Self::ResidenceContacts(_) => "residence_contacts",
            Self::MetPeople(_) => "met_people",
            Self::MetContacts(_) => "met_contacts",
        }
    }

    /// Which of the indicator's cells it is, in words; a public by its code, a month by its number.
    pub fn detail(self, lang: Lang, zone: impl Fn(Zone) -> String) -> String {
        match self {
            Self::MonthContacts(month) | Self::MonthPeople(month) => (month + 1).to_string(),
            Self::ExitFor(group) => group.label(lang).to_owned(),
            Self::Public(public) => public.code().to_owned(),
            Self::Need(kind) => kind.label(lang).to_owned(),
            Self::BarrierDomain(domain) => domain.label(lang).to_owned(),
            Self::BarrierState(state) => state.label(lang).to_owned(),
            Self::Barrier(domain, state) => format!("{} : {}", domain.label(lang), state.label(lang)),
            Self::LiftedWithin(time) => time.label(lang).to_owned(),
            Self::ReferralResult(result) => result.label(lang).to_owned(),
            Self::OutcomeOf(group) => group.label(lang).to_owned(),
            Self::ResidencePeople(it)
            | Self::ResidenceContacts(it)
            | Self::MetPeople(it)
            | Self::MetContacts(it) => zone(it),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicators::Zones;
    use crate::indicators::cell::cells;
    use std::collections::BTreeSet;

    #[test]
    fn every_cell_has_an_indicator_with_a_meaning_and_every_indicator_a_cell() {
        let zones = Zones::new([]).all();
        let of_cells: BTreeSet<&str> = cells(&zones).map(Cell::indicator).collect();
        let of_set: BTreeSet<&str> = current().indicators.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(of_cells, of_set);
        assert!(current().provisional, "until the ANCT's own set is supplied");
        for it in &current().indicators {
            assert!(it.means(Lang::Fr).ends_with('.') && it.means(Lang::En).ends_with('.'), "{}", it.code);
        }
    }
}
