//! Days, months, quarters and instants as plain values. The clock itself is `engine::clock`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds since 1970-01-01 00:00 UTC, as a device's clock showed them. Shown, never an order.
pub type InstantMs = i64;

/// A civil day in the cité's time zone, as days since 1970-01-01.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The day of a year, month (1–12) and day (1–31), or `None` where there is no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let mp = (month as i32 + 9) % 12;
        let doy = (153 * mp + 2) / 5 + day as i32 - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Some(Self(era * 146_097 + doe - 719_468))
    }

    /// Year, month (1–12) and day (1–31).
    pub fn ymd(self) -> (i32, u32, u32) {
        // Howard Hinnant, same source, civil_from_days.
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
        (yoe + era * 400 + i32::from(month <= 2), month, day)
    }

    /// The UTC day of an instant; add the zone's offset before for a civil day.
    pub fn from_instant_ms(at: InstantMs) -> Self {
        Self(at.div_euclid(86_400_000) as i32)
    }

    /// Reads `2026-11-24`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        Self::from_ymd(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// The month this day is in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month { year, month }
    }

    /// The quarter this day is in.
    pub fn quarter(self) -> Quarter {
        let (year, month, _) = self.ymd();
        Quarter { year, quarter: (month - 1) / 3 + 1 }
    }

    /// Day of the week, 0 = Monday.
    pub fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32
    }

    /// This day plus a number of days, negative for earlier.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// This day so many months later (or earlier); the last day of a month that is shorter.
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.ymd();
        let count = year.saturating_mul(12).saturating_add(month as i32 - 1).saturating_add(months);
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
        Self::from_ymd(year, month, day.min(days_in_month(year, month))).unwrap_or(self)
    }
}

impl fmt::Display for Day {
    /// `2026-11-24`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// Year, e.g. 2026.
    pub year: i32,
    /// 1–12.
    pub month: u32,
}

/// A calendar quarter, the reporting period of a cité.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quarter {
    /// Year, e.g. 2026.
    pub year: i32,
    /// 1–4.
    pub quarter: u32,
}

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Period {
    /// The quarter that the period is, if it is one of this century.
    pub fn as_quarter(&self) -> Option<Quarter> {
        // 2000-01-01 to 2099-12-31: days from outside may be anything.
        let quarter = (10_957..47_482).contains(&self.from.0).then(|| self.from.quarter())?;
        (quarter.period() == *self).then_some(quarter)
    }

    /// Whether a day falls in the period.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

impl Quarter {
    /// Whether it is a quarter of this century: what comes from outside may be anything.
    pub fn is_sound(self) -> bool {
        (2000..2100).contains(&self.year) && (1..=4).contains(&self.quarter)
    }

    /// The quarter before.
    pub fn before(self) -> Self {
        match self.quarter {
            ..=1 => Self { year: self.year - 1, quarter: 4 },
            quarter => Self { year: self.year, quarter: quarter - 1 },
        }
    }

    /// The days of the quarter.
    pub fn period(self) -> Period {
        let month = self.quarter.clamp(1, 4) * 3;
        let first = Day::from_ymd(self.year, month - 2, 1).unwrap_or(Day(0));
        let last = Day::from_ymd(self.year, month, days_in_month(self.year, month)).unwrap_or(first);
        Period { from: first, to: last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_from_1900_to_2100_reads_back() {
        let (first, last) = (Day::from_ymd(1900, 1, 1).unwrap(), Day::from_ymd(2100, 12, 31).unwrap());
        for n in first.0..=last.0 {
            let (y, m, d) = Day(n).ymd();
            assert_eq!(Day::from_ymd(y, m, d), Some(Day(n)));
            assert_eq!(Day::parse_iso(&Day(n).to_string()), Some(Day(n)));
        }
    }

    #[test]
    fn known_days_have_their_numbers_and_weekdays() {
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::parse_iso("2026-11-24").unwrap().weekday(), 1, "a Tuesday");
        assert_eq!(Day::from_ymd(2026, 2, 29), None);
        assert_eq!(Day::from_ymd(2024, 2, 29).unwrap().quarter(), Quarter { year: 2024, quarter: 1 });
    }

    #[test]
    fn months_later_is_the_same_day_or_the_last_of_a_shorter_month() {
        let day = |text| Day::parse_iso(text).unwrap();
        assert_eq!(day("2024-11-24").plus_months(24), day("2026-11-24"));
        assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
        assert_eq!(day("2026-01-15").plus_months(-1), day("2025-12-15"));
    }

    #[test]
    fn the_fourth_quarter_ends_on_new_year_s_eve() {
        let q = Quarter { year: 2026, quarter: 4 }.period();
        assert_eq!((q.from.to_string(), q.to.to_string()), ("2026-10-01".into(), "2026-12-31".into()));
    }
}
