//! The directory of solutions, after the data·inclusion schema v1 (services and structures).

pub mod import;

use crate::api::solution::{Proposal, SolutionView};
use crate::ids::SolutionId;
use crate::location::{CommuneCode, Location, QpvCode};
use crate::time::Day;
use crate::vocabulary::BarrierDomain;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// Most proposals for one domain.
const MOST: usize = 4;
/// Most solutions in one answer.
const MOST_FOUND: usize = 200;

/// A service or scheme of the directory.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Solution {
    /// Identifier.
    pub id: SolutionId,
    /// Name.
    pub name: String,
    /// Structure.
    pub structure: String,
    /// Description, plain text.
    pub description: String,
    /// data·inclusion `thematiques`.
    pub thematiques: Vec<String>,
    /// Publics, as words.
    pub publics: Vec<String>,
    /// QPV it is open to; with `communes` empty too, the whole cité.
    pub qpvs: Vec<QpvCode>,
    /// Communes it is open to.
    pub communes: Vec<CommuneCode>,
    /// Public phone number.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Fees, as words.
    pub fees: Option<String>,
    /// Valid until.
    pub until: Option<Day>,
    /// A referral to it is an *orientation protégée*: CSAPA, CAARUD, SPIP, PJJ, ASE, CIDFF, *pension
    /// de famille*, *club de prévention*.
    pub protected: bool,
}

impl Solution {
    /// Domains of barriers it answers.
    pub fn domains(&self) -> Vec<BarrierDomain> {
        let answers = |domain: &BarrierDomain| {
            let prefixes = crate::catalogue::thematiques(*domain);
            self.thematiques.iter().any(|it| prefixes.iter().any(|prefix| it.starts_with(prefix)))
        };
        BarrierDomain::ALL.iter().copied().filter(answers).collect()
    }

    /// Whether it is open to a place, and named for that very place.
    fn open_to(&self, place: Option<Location>) -> (bool, bool) {
        let everywhere = self.qpvs.is_empty() && self.communes.is_empty();
        let near = match place {
            Some(Location::Qpv(code)) => self.qpvs.contains(&code),
            Some(Location::Outside(code)) => self.communes.contains(&code),
            _ => false,
        };
        let unknown = !matches!(place, Some(Location::Qpv(_) | Location::Outside(_)));
        (everywhere || near || unknown, near)
    }

    /// As shown.
    pub fn view(&self) -> SolutionView {
        SolutionView {
            id: self.id,
            name: self.name.clone(),
            structure: self.structure.clone(),
            description: self.description.clone(),
            domains: self.domains(),
            publics: self.publics.clone(),
            places: self.communes.iter().map(ToString::to_string).collect(),
            phone: self.phone.clone(),
            address: self.address.clone(),
            fees: self.fees.clone(),
            until: self.until,
            protected: self.protected,
        }
    }
}

fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Solutions in which every word of a query is found, without accents.
pub fn search(all: &[Solution], query: &str, domain: Option<BarrierDomain>) -> Vec<SolutionView> {
    let query = folded(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    all.iter()
        .filter(|it| domain.is_none_or(|domain| it.domains().contains(&domain)))
        .filter(|it| {
            let text = folded(&format!("{} {} {}", it.name, it.structure, it.description));
            words.iter().all(|word| text.contains(word))
        })
        .take(MOST_FOUND)
        .map(Solution::view)
        .collect()
}

/// Solutions for domains and a place: those named for that very place first, then those with the most
/// accepted referrals. `known` says referrals made and accepted.
pub fn propose(
    all: &[Solution],
    domains: &BTreeSet<BarrierDomain>,
    place: Option<Location>,
    known: &dyn Fn(SolutionId) -> (u32, u32),
) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for domain in domains {
        let mut of_domain: Vec<Proposal> = all
            .iter()
            .filter(|it| it.domains().contains(domain))
            .filter_map(|it| {
                let (open, near) = it.open_to(place);
                open.then(|| Proposal { solution: it.view(), domain: *domain, near, referrals: known(it.id) })
            })
            .collect();
        of_domain.sort_by_key(|it| (!it.near, std::cmp::Reverse(it.referrals.1), it.solution.id));
        of_domain.truncate(MOST);
        proposals.extend(of_domain);
    }
    proposals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solution(id: u8, thematique: &str, qpv: Option<&str>) -> Solution {
        Solution {
            id: SolutionId::from_bytes([id; 16]),
            name: "Crèche à horaires décalés".into(),
            thematiques: vec![thematique.into()],
            qpvs: qpv.map(|code| code.parse().unwrap()).into_iter().collect(),
            ..Solution::default()
        }
    }

    #[test]
    fn childcare_named_for_the_neighbourhood_comes_before_childcare_for_the_cite() {
        let all = [
            solution(1, "famille--garde-denfants", None),
            solution(2, "famille--garde-denfants", Some("QN09328M")),
            solution(3, "famille--garde-denfants", Some("QN09329M")),
            solution(4, "mobilite--preparer-un-permis", None),
        ];
        let here = Some(Location::Qpv("QN09328M".parse().unwrap()));
        let found = propose(&all, &BTreeSet::from([BarrierDomain::Family]), here, &|_| (0, 0));
        let ids: Vec<u8> = found.iter().map(|it| it.solution.id.as_bytes()[0]).collect();
        assert_eq!(ids, [2, 1]);
        assert!(found[0].near && !found[1].near);
    }

    #[test]
    fn the_directory_is_searched_without_accents() {
        let all = [solution(1, "famille--garde-denfants", None)];
        assert_eq!(search(&all, "CRECHE decales", None).len(), 1);
        assert_eq!(search(&all, "", Some(BarrierDomain::Mobility)).len(), 0);
    }
}
