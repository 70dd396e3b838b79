//! Probable duplicates: two records that may be of one person, with the reasons a reader can follow.
//!
//! The rule only proposes. Whoever follows people looks, and says *the same person* (a link, which can
//! be undone) or *two people* (and it is not proposed again).

use crate::ids::{FactId, PathwayId};
use crate::location::Location;
use crate::pathway::{PathwayDoc, PersonLink};
use crate::vocabulary::{AgeBand, BarrierState, Gender, Household, YesNo};
use std::collections::{BTreeMap, BTreeSet};

/// From this weight on a pair is proposed.
pub const PROPOSED: u32 = 5;

/// What the rule compares.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Traits {
    /// First name or nickname as the user may read it, without accents, lower case.
    pub first_name: Option<String>,
    /// Initial of the family name, lower case.
    pub initial: Option<String>,
    /// Age band.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Household.
    pub household: Option<Household>,
    /// Residence.
    pub residence: Option<Location>,
    /// Open situations of barriers, as far as they are readable.
    pub situations: BTreeSet<String>,
    /// The person said that a colleague had met them before.
    pub met_before: bool,
}

impl std::fmt::Debug for Traits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Traits(…)")
    }
}

impl Traits {
    /// What a pathway says, with the name this user may read (already folded).
    pub fn of(pathway: &PathwayDoc, first_name: Option<String>, initial: Option<String>) -> Self {
        let open = pathway
            .barriers
            .values()
            .filter(|it| !it.void && matches!(it.state, BarrierState::Spotted | BarrierState::InProgress));
        let situations = open.flat_map(|it| it.situations.iter().filter(|(_, on)| **on));
        Self {
            first_name,
            initial,
            age: pathway.age.filter(|it| !matches!(it, AgeBand::NotTold | AgeBand::NotRecorded)),
            gender: pathway.gender.filter(|it| !matches!(it, Gender::NotTold | Gender::NotRecorded)),
            household: pathway
                .household
                .filter(|it| !matches!(it, Household::NotTold | Household::NotRecorded)),
            residence: pathway
                .residence
                .filter(|it| !matches!(it, Location::NotTold | Location::NotRecorded)),
            situations: situations.map(|(code, _)| code.clone()).collect(),
            met_before: pathway.encounters.values().any(|it| !it.void && it.met_before == Some(YesNo::Yes)),
        }
    }

    /// Whether the two cannot be of one person: told genders differ, ages are more than one band
    /// apart, or the names read differ.
    fn contradicts(&self, other: &Self) -> bool {
        let both = |a: bool, b: bool| a && b;
        let age = |it: AgeBand| AgeBand::ALL.iter().position(|known| *known == it).unwrap_or_default();
        let ages = self.age.zip(other.age).is_some_and(|(a, b)| age(a).abs_diff(age(b)) > 1);
        let genders = self.gender.zip(other.gender).is_some_and(|(a, b)| a != b);
        let names = both(self.first_name.is_some(), other.first_name.is_some())
            && self.first_name != other.first_name;
        let initials = both(self.initial.is_some(), other.initial.is_some()) && self.initial != other.initial;
        ages || genders || names || initials
    }
}

/// A reason to think that two records are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// `same_name`, `same_first_name`, `met_before`, `same_residence`, `same_age`, `same_gender`,
    /// `same_household`, `same_barriers`.
    pub code: &'static str,
    /// Weight.
    pub weight: u32,
}

/// Why two records may be of one person, heaviest first; empty where the pair is not proposed. A
/// shared profile alone proposes nobody: half a neighbourhood shares it. A name, or *already met by a
/// colleague*, must be among the reasons.
pub fn reasons(one: &Traits, other: &Traits) -> Vec<Reason> {
    if one.contradicts(other) {
        return Vec::new();
    }
    fn same<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.is_some() && a == b
    }
    let first_name = same(&one.first_name, &other.first_name);
    let whole_name = first_name && same(&one.initial, &other.initial);
    let met_before = one.met_before || other.met_before;
    if !first_name && !met_before {
        return Vec::new();
    }
    let found: Vec<Reason> = [
        (whole_name, "same_name", 5),
        (first_name && !whole_name, "same_first_name", 3),
        (met_before, "met_before", 2),
        (same(&one.residence, &other.residence), "same_residence", 1),
        (same(&one.age, &other.age), "same_age", 1),
        (same(&one.gender, &other.gender), "same_gender", 1),
        (same(&one.household, &other.household), "same_household", 1),
        (!one.situations.is_disjoint(&other.situations), "same_barriers", 1),
    ]
    .into_iter()
    .filter(|(holds, ..)| *holds)
    .map(|(_, code, weight)| Reason { code, weight })
    .collect();
    // Without a name the profile has to agree nearly everywhere.
    let needed = if first_name { PROPOSED } else { PROPOSED + 1 };
    if weight(&found) >= needed { found } else { Vec::new() }
}

/// Weight of the reasons together.
pub fn weight(reasons: &[Reason]) -> u32 {
    reasons.iter().map(|reason| reason.weight).sum()
}

/// What is known of a pair that somebody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody said anything.
    Open,
    /// The same person.
    Same,
    /// Two people.
    Different,
}

/// Links that are in force, as pairs of records. A link stands, under one identifier, in the documents of
/// both records; undone in either it is undone. One made anew has another identifier: made at the same time
/// as an earlier one was undone elsewhere, it stays.
pub fn in_force<'a, T: Copy + Ord + From<PathwayId>>(
    links: impl Iterator<Item = (T, FactId, &'a PersonLink)>,
) -> Vec<(T, T)> {
    let mut undone = BTreeSet::new();
    let mut active = Vec::new();
    for (one, fact, link) in links {
        if link.active {
            active.push((fact, one, T::from(link.other)));
        } else {
            undone.insert(fact);
        }
    }
    active
        .into_iter()
        .filter(|(fact, ..)| !undone.contains(fact))
        .map(|(_, one, other)| (one, other))
        .collect()
}

/// The verdict that the links between two pathways hold.
pub fn verdict<'a>(links: impl Iterator<Item = (PathwayId, FactId, &'a PersonLink)> + Clone) -> Verdict {
    if !in_force::<PathwayId>(links.clone()).is_empty() {
        return Verdict::Same;
    }
    if links.count() > 0 { Verdict::Different } else { Verdict::Open }
}

/// Groups of records that are linked as one person: each record with the first of its group.
pub fn groups<T: Copy + Ord>(pairs: impl IntoIterator<Item = (T, T)>) -> BTreeMap<T, T> {
    let mut first: BTreeMap<T, T> = BTreeMap::new();
    fn root<T: Copy + Ord>(first: &BTreeMap<T, T>, mut of: T) -> T {
        while let Some(next) = first.get(&of).filter(|next| **next != of) {
            of = *next;
        }
        of
    }
    for (one, other) in pairs {
        let (a, b) = (root(&first, one), root(&first, other));
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        first.insert(high, low);
        first.insert(low, low);
    }
    let records: Vec<T> = first.keys().copied().collect();
    records.into_iter().map(|record| (record, root(&first, record))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn woman_of_the_acacias() -> Traits {
        Traits {
            age: Some(AgeBand::From30To39),
            gender: Some(Gender::Woman),
            household: Some(Household::SingleParent),
            residence: Some("qpv:QN09997M".parse().unwrap()),
            ..Traits::default()
        }
    }

    fn codes(one: &Traits, other: &Traits) -> Vec<&'static str> {
        reasons(one, other).into_iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn a_shared_profile_alone_proposes_nobody() {
        assert!(codes(&woman_of_the_acacias(), &woman_of_the_acacias()).is_empty());
    }

    #[test]
    fn a_shared_profile_of_someone_met_by_a_colleague_is_proposed_with_every_reason() {
        let met = Traits { met_before: true, ..woman_of_the_acacias() };
        let all = ["met_before", "same_residence", "same_age", "same_gender", "same_household"];
        assert_eq!(codes(&met, &woman_of_the_acacias()), all);
        let elsewhere = Traits { residence: None, household: None, ..woman_of_the_acacias() };
        assert!(codes(&met, &elsewhere).is_empty(), "two traits of four are too few");
    }

    #[test]
    fn the_same_name_and_initial_are_enough_and_a_first_name_needs_two_more_reasons() {
        let named = |first: &str, initial: Option<&str>, of: Traits| Traits {
            first_name: Some(first.into()),
            initial: initial.map(Into::into),
            ..of
        };
        let fatou = named("fatou", Some("s"), Traits::default());
        assert_eq!(codes(&fatou, &fatou), ["same_name"]);
        let bare = named("fatou", None, Traits::default());
        assert!(codes(&bare, &fatou).is_empty());
        let bare = named("fatou", None, woman_of_the_acacias());
        let fatou = named("fatou", Some("s"), woman_of_the_acacias());
        assert_eq!(codes(&bare, &fatou)[0], "same_first_name");
    }

    #[test]
    fn what_contradicts_is_never_proposed() {
        let one = Traits { met_before: true, ..woman_of_the_acacias() };
        let man = Traits { gender: Some(Gender::Man), ..woman_of_the_acacias() };
        let old = Traits { age: Some(AgeBand::From60), ..woman_of_the_acacias() };
        let (mut ada, mut eve) = (one.clone(), one.clone());
        (ada.first_name, eve.first_name) = (Some("ada".into()), Some("eve".into()));
        for (one, other) in [(&one, &man), (&one, &old), (&ada, &eve)] {
            assert!(codes(one, other).is_empty());
        }
        let next_band = Traits { age: Some(AgeBand::From40To49), ..woman_of_the_acacias() };
        assert!(
            !codes(
                &Traits { met_before: true, situations: ["24/13".into()].into(), ..one },
                &Traits { situations: ["24/13".into()].into(), ..next_band }
            )
            .is_empty()
        );
    }

    #[test]
    fn a_link_undone_in_either_record_is_undone_and_one_made_anew_meanwhile_stays() {
        let id = |n| PathwayId::from_bytes([n; 16]);
        let said = |links: &[(u8, u8, bool)]| {
            let links: Vec<_> = links
                .iter()
                .map(|(one, fact, active)| {
                    let link = PersonLink { other: id(3 - one), active: *active };
                    (id(*one), FactId::from_bytes([*fact; 16]), link)
                })
                .collect();
            verdict(links.iter().map(|(one, fact, link)| (*one, *fact, link)))
        };
        assert_eq!(said(&[]), Verdict::Open);
        assert_eq!(said(&[(1, 7, true), (2, 7, true)]), Verdict::Same);
        assert_eq!(said(&[(1, 7, true), (2, 7, false)]), Verdict::Different);
        assert_eq!(said(&[(1, 7, true), (2, 7, false), (1, 8, true)]), Verdict::Same);
    }

    #[test]
    fn links_chain_into_one_person() {
        let found = groups([(4, 2), (7, 9), (2, 9), (1, 1)]);
        assert_eq!(found, [(1, 1), (2, 2), (4, 2), (7, 2), (9, 2)].into());
    }
}
