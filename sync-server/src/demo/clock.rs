//! A clock that is set: the demonstration's past.

use domain::time::InstantMs;
use engine::clock::Clock;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock of the demonstration.
pub struct DemoClock(AtomicI64);

impl DemoClock {
    /// A clock at an instant.
    pub fn at(now_ms: InstantMs) -> Self {
        Self(AtomicI64::new(now_ms))
    }

    /// Sets it.
    pub fn set(&self, now_ms: InstantMs) {
        self.0.store(now_ms, Ordering::Relaxed);
    }
}

impl Clock for DemoClock {
    fn now_ms(&self) -> InstantMs {
        self.0.load(Ordering::Relaxed)
    }
}
