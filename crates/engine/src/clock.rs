//! The one place that reads the time. Shown and used as data, never as an order.

use domain::time::{Day, InstantMs};

/// A source of time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    fn now_ms(&self) -> InstantMs;
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
}

/// A clock that stands still, for tests.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub InstantMs);

impl Clock for FixedClock {
    fn now_ms(&self) -> InstantMs {
        self.0
    }
}

/// The UTC day of a clock.
pub fn today(clock: &dyn Clock) -> Day {
    Day::from_instant_ms(clock.now_ms())
}
