//! A clock that a test sets.

use engine::clock::Clock;
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

impl Clock for Hand {
    fn now_ms(&self) -> i64 {
        self.wall.load(Ordering::SeqCst)
    }

    fn steady_ms(&self) -> i64 {
        self.steady.load(Ordering::SeqCst)
    }
}
