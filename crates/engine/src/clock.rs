//! The one place that reads the time. Shown and used as data, never as an order.

use domain::time::{Day, InstantMs};
use std::sync::OnceLock;
use std::time::Instant;

/// A source of time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    fn now_ms(&self) -> InstantMs;

    /// Milliseconds of a reading that only goes forward, whatever the clock is set to; its zero means nothing.
    fn steady_ms(&self) -> InstantMs {
        self.now_ms()
    }
}

/// A moment after which something no longer holds. Setting the clock back does not put it off; setting it
/// ahead, or a device that slept, may bring it nearer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    steady_ms: InstantMs,
    wall_ms: InstantMs,
}

impl Deadline {
    /// So many milliseconds from now.
    pub(crate) fn after(clock: &dyn Clock, ms: InstantMs) -> Self {
        Self { steady_ms: clock.steady_ms() + ms, wall_ms: clock.now_ms() + ms }
    }

    fn left_ms(&self, clock: &dyn Clock) -> InstantMs {
        (self.steady_ms - clock.steady_ms()).min(self.wall_ms - clock.now_ms()).max(0)
    }

    /// Whether it has passed.
    pub(crate) fn is_over(&self, clock: &dyn Clock) -> bool {
        self.left_ms(clock) == 0
    }

    /// Whole seconds until then.
    pub(crate) fn seconds_left(&self, clock: &dyn Clock) -> u32 {
        u32::try_from(self.left_ms(clock) / 1000).unwrap_or(0)
    }
}

/// The device's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now_ms(&self) -> InstantMs {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |it| InstantMs::try_from(it.as_millis()).unwrap_or(InstantMs::MAX))
    }

    fn steady_ms(&self) -> InstantMs {
        static BEGIN: OnceLock<Instant> = OnceLock::new();
        let since = BEGIN.get_or_init(Instant::now).elapsed();
        InstantMs::try_from(since.as_millis()).unwrap_or(InstantMs::MAX)
    }
}

/// A clock that stands still, for tests.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub InstantMs);

impl Clock for FixedClock {
    fn now_ms(&self) -> InstantMs {
        self.0
    }
}

/// Milliseconds to add to UTC for the civil time of metropolitan France: one hour, two between the
/// last Sundays of March and October, 01:00 UTC (directive 2000/84/EC).
pub fn france_offset_ms(now_ms: InstantMs) -> InstantMs {
    const HOUR: InstantMs = 3_600_000;
    let (year, _, _) = Day::from_instant_ms(now_ms).ymd();
    let last_sunday = |month| {
        let last = Day::from_ymd(year, month, 31).map_or(0, |day| day.0 - (day.weekday() as i32 + 1) % 7);
        InstantMs::from(last) * 24 * HOUR + HOUR
    };
    if (last_sunday(3)..last_sunday(10)).contains(&now_ms) { 2 * HOUR } else { HOUR }
}

/// The civil day of an instant, in metropolitan France.
pub fn civil_day(at_ms: InstantMs) -> Day {
    Day::from_instant_ms(at_ms + france_offset_ms(at_ms))
}

/// The civil day of a clock, and the hour of that day (0–23), in metropolitan France.
pub fn civil(clock: &dyn Clock) -> (Day, u32) {
    let now_ms = clock.now_ms();
    let local = now_ms + france_offset_ms(now_ms);
    (Day::from_instant_ms(local), (local.rem_euclid(86_400_000) / 3_600_000) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_begins_and_ends_on_the_last_sundays() {
        let hour = 3_600_000;
        let at = |y, m, d, h: i64| InstantMs::from(Day::from_ymd(y, m, d).unwrap().0) * 24 * hour + h * hour;
        assert_eq!(france_offset_ms(at(2026, 3, 29, 0)), hour);
        assert_eq!(france_offset_ms(at(2026, 3, 29, 1)), 2 * hour);
        assert_eq!(france_offset_ms(at(2026, 10, 25, 0)), 2 * hour);
        assert_eq!(france_offset_ms(at(2026, 10, 25, 1)), hour);
        assert_eq!(civil(&FixedClock(at(2026, 11, 24, 23))), (Day::from_ymd(2026, 11, 25).unwrap(), 0));
    }
}
