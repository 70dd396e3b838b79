//! How often strangers may knock: one bucket for all requests of joining, which need no token.

use domain::time::InstantMs;
use std::sync::{Mutex, PoisonError};

/// Requests that may come at once.
const AT_ONCE: f64 = 300.0;
/// Requests each second after that: a newcomer and an inviter ask about once in two seconds.
const EACH_SECOND: f64 = 30.0;

/// The bucket: what is left in it, since when.
#[derive(Debug)]
pub(crate) struct Knocks(Mutex<(f64, InstantMs)>);

impl Default for Knocks {
    fn default() -> Self {
        Self(Mutex::new((AT_ONCE, 0)))
    }
}

impl Knocks {
    /// Whether one more request is served now.
    pub(crate) fn take(&self, now_ms: InstantMs) -> bool {
        let mut bucket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, since) = *bucket;
        let filled = (now_ms - since).max(0) as f64 / 1000.0 * EACH_SECOND;
        let now = (left + filled).min(AT_ONCE);
        *bucket = if now >= 1.0 { (now - 1.0, now_ms) } else { (now, now_ms) };
        now >= 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_turned_away_and_a_second_later_others_are_served_again() {
        let knocks = Knocks::default();
        let served = (0..1_000).filter(|_| knocks.take(1_000)).count();
        assert_eq!(served, AT_ONCE as usize);
        assert!(!knocks.take(1_000));
        assert!(knocks.take(2_000));
    }
}
