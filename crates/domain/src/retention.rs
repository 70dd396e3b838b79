//! How long a pathway is kept: so many months after the last contact, announced a month before.
//! Pure; the server and every device compute the same, each from its own copy.

use crate::ids::FactId;
use crate::ledger::{EntryId, Ledger};
use crate::pathway::PathwayDoc;
use crate::time::Day;
use std::collections::BTreeMap;

/// Months between the announcement and the end.
const NOTICE_MONTHS: i32 = 1;

/// Days after the day of its reception that a contact may bear: two clocks, one midnight.
const AHEAD: i32 = 1;
/// Days within which a contact usually reaches the cité. What was made longer ago was made by a clock that was
/// behind, or waited on a tablet that nobody used: the cité cannot tell which.
const BEHIND: i32 = 31;

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// The record was opened.
    Opening,
    /// An encounter.
    Encounter(FactId),
    /// An act of the ledger.
    Act(EntryId),
}

/// A contact whose day no cité's clock can bear out, and the day on which the cité first received it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffDay {
    /// The day it bears.
    pub said: Day,
    /// The cité's day when it came.
    pub received: Day,
}

/// Those of one person.
pub type OffDays = BTreeMap<Contact, OffDay>;

impl OffDay {
    /// Looks at a contact that bears a day and comes in on another. `made`: the day its author's device showed.
    /// None where the day may be right: one chosen in the past by who wrote it is.
    pub fn of(said: Day, made: Day, received: Day) -> Option<Self> {
        let ahead = said > received.plus(AHEAD);
        let behind = said < received.plus(-BEHIND) && Self::is_late(made, received);
        (ahead || behind).then_some(Self { said, received })
    }

    /// Whether something made on a day comes so late that it may have been another.
    pub fn is_late(made: Day, received: Day) -> bool {
        made < received.plus(-BEHIND)
    }

    /// The day it bears is after the one on which it came.
    pub fn is_ahead(&self, today: Day) -> bool {
        self.said > today.plus(AHEAD)
    }

    /// The day from which the contact counts. One that was corrected since counts from the corrected day, and
    /// never from one after its reception.
    fn counted(&self, said: Day) -> Day {
        if said == self.said || said > self.received.plus(AHEAD) { self.received } else { said }
    }
}

/// The same pathway with the days from which its contacts count in the place of those they bear: to be looked
/// through, never to be shown as what was written.
#[must_use]
pub fn with_counted_days(mut pathway: PathwayDoc, off: &OffDays) -> PathwayDoc {
    let counted = |contact, said| off.get(&contact).map_or(said, |it| it.counted(said));
    if off.is_empty() {
        return pathway;
    }
    for (id, it) in &mut pathway.encounters {
        it.on = counted(Contact::Encounter(*id), it.on);
    }
    pathway.first_contact_on = pathway.first_contact_on.map(|on| counted(Contact::Opening, on));
    pathway
}

/// When a pathway's time ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Day of the last contact.
    pub last_contact: Day,
    /// First day on which it is erased.
    pub ends_on: Day,
}

impl Term {
    /// The term of a last contact; none where the cité sets no number of months.
    pub fn of(last_contact: Day, months: u32) -> Option<Self> {
        let months = i32::try_from(months).ok().filter(|it| *it > 0)?;
        Some(Self { last_contact, ends_on: last_contact.plus_months(months) })
    }

    /// The time is over.
    pub fn is_over(&self, today: Day) -> bool {
        self.ends_on <= today
    }

    /// The end is announced: it is less than a month away, or over.
    pub fn is_announced(&self, today: Day) -> bool {
        announced_until(today) >= self.ends_on
    }
}

/// The last day whose end is announced on a day.
fn announced_until(today: Day) -> Day {
    today.plus_months(NOTICE_MONTHS)
}

/// The first day on which something announced on a day may be erased.
pub fn announced_long_enough(announced_on: Day) -> Day {
    announced_on.plus_months(NOTICE_MONTHS)
}

/// Day of the last contact: an encounter that was not undone, or an act of the ledger, which the person
/// gave; else the day the pathway was opened. A day that the cité's clock does not bear out is that of its
/// reception: a wrong clock neither prolongs a record nor ends it.
pub fn last_contact(pathway: Option<&PathwayDoc>, ledger: &Ledger, off: &OffDays) -> Option<Day> {
    let counted = |contact, said| off.get(&contact).map_or(said, |it| it.counted(said));
    let met = pathway.into_iter().flat_map(|it| it.encounters.iter().filter(|(_, it)| !it.void));
    let met = met.map(|(id, it)| counted(Contact::Encounter(*id), it.on));
    let acts = ledger.entries().iter().map(|entry| counted(Contact::Act(entry.id), entry.on));
    met.chain(acts).max().or_else(|| Some(counted(Contact::Opening, pathway?.first_contact_on?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn the_end_comes_months_after_the_last_contact_and_is_announced_a_month_before() {
        let term = Term::of(day("2024-11-24"), 24).unwrap();
        assert_eq!(term.ends_on, day("2026-11-24"));
        assert!(!term.is_over(day("2026-11-23")) && term.is_over(day("2026-11-24")));
        assert!(!term.is_announced(day("2026-10-23")) && term.is_announced(day("2026-10-24")));
    }

    #[test]
    fn a_cite_without_a_number_of_months_erases_nobody() {
        assert_eq!(Term::of(day("1999-01-01"), 0), None);
        assert_eq!(last_contact(Some(&PathwayDoc::default()), &Ledger::default(), &OffDays::new()), None);
    }

    #[test]
    fn a_day_counts_as_it_is_said_unless_it_was_yet_to_come_or_long_past_when_it_came() {
        let came = day("2026-11-26");
        let off = |said: &str, made: &str| OffDay::of(day(said), day(made), came).map(|it| it.received);
        assert_eq!(off("2026-11-27", "2026-11-27"), None, "a tablet just past midnight");
        assert_eq!(off("2026-11-28", "2026-11-28"), Some(came));
        assert_eq!(off("2036-11-26", "2036-11-26"), Some(came));
        assert_eq!(off("2026-10-26", "2026-10-26"), None, "a month without a network");
        assert_eq!(off("2026-10-25", "2026-10-25"), Some(came));
        assert_eq!(off("1970-01-01", "1970-01-01"), Some(came));
        assert_eq!(off("2026-01-05", "2026-11-20"), None, "noted late, on purpose");
    }

    #[test]
    fn a_corrected_day_counts_and_never_after_the_day_it_came() {
        let off = OffDay { said: day("1970-01-01"), received: day("2026-11-26") };
        assert_eq!(off.counted(day("1970-01-01")), day("2026-11-26"));
        assert_eq!(off.counted(day("2026-11-20")), day("2026-11-20"));
        assert_eq!(off.counted(day("2027-03-01")), day("2026-11-26"));
    }
}
