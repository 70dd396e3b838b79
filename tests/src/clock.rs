//! A clock that a test sets.

use domain::time::Day;
use engine::clock::{Clock, SystemClock};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A day, milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60_000;
/// A minute, milliseconds.
pub const MINUTE_MS: i64 = 60_000;

/// What the clock shows, and the reading that only goes forward.
#[derive(Debug)]
pub struct Hand {
    wall: AtomicI64,
    steady: AtomicI64,
}

impl Hand {
    /// At an instant.
    pub fn at(now_ms: i64) -> Arc<Self> {
        Arc::new(Self { wall: AtomicI64::new(now_ms), steady: AtomicI64::new(0) })
    }

    /// Time passes.
    pub fn move_by(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
        self.steady.fetch_add(ms.max(0), Ordering::SeqCst);
    }

    /// Somebody sets the clock; no time passes.
    pub fn set_by(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
    }
}

/// The machine's clock, shifted: a cité for which days pass while a test waits for none.
#[derive(Debug, Default)]
pub struct Shifted(AtomicI64);

impl Shifted {
    /// It shows noon of a day, and goes on from there.
    pub fn to(&self, day: Day) {
        let noon = i64::from(day.0) * DAY_MS + DAY_MS / 2;
        self.0.store(noon - SystemClock.now_ms(), Ordering::SeqCst);
    }
}

impl Clock for Shifted {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms() + self.0.load(Ordering::SeqCst)
    }
}

impl Clock for Hand {
    fn now_ms(&self) -> i64 {
        self.wall.load(Ordering::SeqCst)
    }

    fn steady_ms(&self) -> i64 {
        self.steady.load(Ordering::SeqCst)
    }
}
