//! The catalogue of barriers: situations and objectives by domain, and the sensitivity table that
//! says for each code whether the cité's server may read it.

mod entries;
mod thematique;

pub use thematique::thematiques;

use crate::vocabulary::{BarrierDomain, Lang};
use entries::ENTRIES;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A situation that stands in the way.
    Barrier,
    /// A situation that is a resource (*atout*).
    Strength,
    /// What one works towards.
    Objective,
}

/// An entry of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `domain/number`, frozen. Situations and objectives are numbered apart.
    pub code: &'static str,
    /// Domain.
    pub domain: BarrierDomain,
    /// Kind.
    pub kind: Kind,
    /// Sensitive: sealed, only its domain is readable by the server.
    pub sealed: bool,
    fr: &'static str,
    en: &'static str,
}

impl Entry {
    /// Its words.
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.fr,
            Lang::En => self.en,
        }
    }
}

/// Situations of a domain that stand in the way, in the order shown.
pub fn situations(domain: BarrierDomain) -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().filter(move |entry| entry.domain == domain && entry.kind == Kind::Barrier)
}

/// Strengths of every domain.
pub fn strengths() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().filter(|entry| entry.kind == Kind::Strength)
}

/// Objectives of a domain.
pub fn objectives(domain: BarrierDomain) -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().filter(move |entry| entry.domain == domain && entry.kind == Kind::Objective)
}

/// A situation (a barrier's or a strength) by its code.
pub fn situation(code: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.code == code && entry.kind != Kind::Objective)
}

/// An objective by its code.
pub fn objective(code: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.code == code && entry.kind == Kind::Objective)
}

/// A barrier's situation that the server may read.
pub fn is_open_barrier(code: &str) -> bool {
    situation(code).is_some_and(|entry| entry.kind == Kind::Barrier && !entry.sealed)
}

/// A barrier's situation that only sealed parts may hold.
pub fn is_sealed_barrier(code: &str) -> bool {
    situation(code).is_some_and(|entry| entry.kind == Kind::Barrier && entry.sealed)
}

/// A strength.
pub fn is_strength(code: &str) -> bool {
    situation(code).is_some_and(|entry| entry.kind == Kind::Strength)
}

/// An objective that the server may read.
pub fn is_open_objective(code: &str) -> bool {
    objective(code).is_some_and(|entry| !entry.sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_begin_with_their_domain() {
        let mut seen = BTreeSet::new();
        for entry in ENTRIES {
            assert!(seen.insert((entry.kind == Kind::Objective, entry.code)), "{}", entry.code);
            assert_eq!(entry.code.split_once('/').map(|(domain, _)| domain), Some(entry.domain.code()));
        }
    }

    #[test]
    fn health_pregnancy_disability_justice_and_guardianship_are_sealed() {
        for code in ["25/15", "25/17", "25/19", "24/14", "24/9", "23/40", "29/37"] {
            assert!(is_sealed_barrier(code) && !is_open_barrier(code), "{code}");
        }
        for code in ["28/16", "29/8", "24/4", "25/32"] {
            assert!(!is_open_objective(code), "{code}");
        }
        assert!(is_open_barrier("24/13") && is_open_objective("24/2") && is_strength("22/43"));
        assert!(!is_open_barrier("22/43") && !is_open_barrier("24/999") && !is_open_barrier("chez sa mère"));
    }

    #[test]
    fn every_domain_has_situations_objectives_and_thematiques() {
        for domain in BarrierDomain::ALL {
            assert!(situations(*domain).count() > 2 && objectives(*domain).count() > 0, "{domain:?}");
            assert!(!thematiques(*domain).is_empty());
        }
    }
}
