//! How a barrier's domain finds solutions: data·inclusion `thematiques`. Source: data·inclusion
//! schema v1, *référentiel des thématiques* (Licence Ouverte 2.0).

use crate::vocabulary::BarrierDomain;

/// Prefixes of the `thematiques` that answer a domain.
pub const fn thematiques(domain: BarrierDomain) -> &'static [&'static str] {
    match domain {
        BarrierDomain::Family => &["famille"],
        BarrierDomain::Mobility => &["mobilite"],
        BarrierDomain::Literacy => &["lecture-ecriture-calcul"],
        BarrierDomain::Housing => &["logement-hebergement"],
        BarrierDomain::Health => &["sante"],
        BarrierDomain::Digital => &["numerique"],
        BarrierDomain::Finances => &["difficultes-financieres", "equipement-et-alimentation"],
        BarrierDomain::Administrative => &["difficultes-administratives-ou-juridiques"],
        BarrierDomain::Confidence => &["remobilisation"],
    }
}
