//! How long a pathway is kept: so many months after the last contact, announced a month before.
//! Pure; the server and every device compute the same, each from its own copy.

use crate::ledger::Ledger;
use crate::pathway::PathwayDoc;
use crate::time::Day;

/// Months between the announcement and the end.
const NOTICE_MONTHS: i32 = 1;

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
/// gave; else the day the pathway was opened.
pub fn last_contact(pathway: Option<&PathwayDoc>, ledger: &Ledger) -> Option<Day> {
    let met = pathway.into_iter().flat_map(|it| it.encounters.values().filter(|it| !it.void).map(|it| it.on));
    let acts = ledger.entries().iter().map(|entry| entry.on);
    met.chain(acts).max().or_else(|| pathway?.first_contact_on)
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
        assert_eq!(last_contact(Some(&PathwayDoc::default()), &Ledger::default()), None);
    }
}
