//! Records linked as the same person, read as one.

use super::{Past, PathwayDoc};
use crate::location::Location;
use crate::vocabulary::{AgeBand, Gender, Household};

impl PathwayDoc {
    /// This record with what another record of the same person adds. What is told in both is told by
    /// this one; facts of both stand side by side, under their own identifiers.
    pub fn with(mut self, other: Self) -> Self {
        self.code = self.code.or(other.code);
        let told = |it: &AgeBand| !matches!(it, AgeBand::NotTold | AgeBand::NotRecorded);
        self.age = self.age.filter(told).or(other.age).or(self.age);
        let told = |it: &Gender| !matches!(it, Gender::NotTold | Gender::NotRecorded);
        self.gender = self.gender.filter(told).or(other.gender).or(self.gender);
        let told = |it: &Household| !matches!(it, Household::NotTold | Household::NotRecorded);
        self.household = self.household.filter(told).or(other.household).or(self.household);
        let told = |it: &Location| !matches!(it, Location::NotTold | Location::NotRecorded);
        if self.residence.as_ref().is_none_or(|it| !told(it)) && other.residence.is_some() {
            (self.residence, self.residence_evidence) = (other.residence, other.residence_evidence);
        }
        self.first_contact_on = match (self.first_contact_on, other.first_contact_on) {
            (Some(one), Some(another)) => Some(one.min(another)),
            (one, another) => one.or(another),
        };
        self.needs.extend(other.needs);
        self.barriers.extend(other.barriers);
        for (code, on) in other.strengths {
            *self.strengths.entry(code).or_default() |= on;
        }
        self.encounters.extend(other.encounters);
        self.follow_ups.extend(other.follow_ups);
        self.referrals.extend(other.referrals);
        self.episodes.extend(other.episodes);
        self.situations.extend(other.situations);
        self.outcomes.extend(other.outcomes);
        self.referents.extend(other.referents);
        self.funding.extend(other.funding);
        self.memberships.extend(other.memberships);
        self.links.extend(other.links);
        self
    }
}

impl Past {
    /// The past of both records.
    pub fn with(mut self, other: Self) -> Self {
        self.states.extend(other.states);
        self.first.extend(other.first);
        self.authors.extend(other.authors);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Day;

    #[test]
    fn what_one_record_does_not_say_the_other_does_and_what_both_say_the_first_does() {
        let one = PathwayDoc {
            age: Some(AgeBand::NotTold),
            gender: Some(Gender::Woman),
            first_contact_on: Some(Day(9)),
            ..PathwayDoc::default()
        };
        let other = PathwayDoc {
            age: Some(AgeBand::From30To39),
            gender: Some(Gender::Man),
            household: Some(Household::SingleParent),
            residence: Some(Location::NotTold),
            first_contact_on: Some(Day(4)),
            ..PathwayDoc::default()
        };
        let both = one.clone().with(other.clone());
        assert_eq!((both.age, both.gender), (Some(AgeBand::From30To39), Some(Gender::Woman)));
        assert_eq!((both.household, both.first_contact_on), (Some(Household::SingleParent), Some(Day(4))));
        assert_eq!(both.residence, Some(Location::NotTold));
        assert_eq!(other.clone().with(one).gender, Some(Gender::Man));
    }
}
