//! When a device closes itself: told that it is revoked, long without an exchange, guessed at. Rules only;
//! what was recorded and not sent stays where it is in every case.

use crate::time::InstantMs;
use serde::{Deserialize, Serialize};

/// Days without an exchange after which a device closes, unless the cité says otherwise.
pub const SILENT_DAYS: u32 = 14;
/// Days before that from which the first screen says so.
const WARNED_BEFORE: u32 = 4;
const DAY_MS: InstantMs = 24 * 60 * 60_000;
/// What an opening counts for while the clock stands more than a day behind what it showed before.
const BEHIND_MS: InstantMs = DAY_MS / 4;

/// Why nobody may work on a device although the passphrase was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// The cité says that this user's keys on this device are revoked.
    Revoked,
    /// No exchange succeeded for too long.
    Silent,
}

/// What a device knows of its own silence. The clock may be wrong: the highest time it ever showed counts,
/// so that setting it back prolongs nothing; setting it forward closes the device, until an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// Last exchange that succeeded, or the day of joining.
    last_ms: InstantMs,
    /// Highest time seen since.
    highest_ms: InstantMs,
}

impl Silence {
    /// An exchange has just succeeded (or the device has just joined): whatever the clock showed before is
    /// forgotten.
    pub fn since(now_ms: InstantMs) -> Self {
        Self { last_ms: now_ms, highest_ms: now_ms }
    }

    /// The device is opened.
    pub fn opened(&mut self, now_ms: InstantMs) {
        if now_ms < self.highest_ms.saturating_sub(DAY_MS) {
            self.highest_ms = self.highest_ms.saturating_add(BEHIND_MS);
        }
        self.seen(now_ms);
    }

    /// The highest time seen since the last exchange.
    pub fn highest_ms(&self) -> InstantMs {
        self.highest_ms
    }

    /// The clock is read while somebody works.
    pub fn seen(&mut self, now_ms: InstantMs) {
        self.highest_ms = self.highest_ms.max(now_ms);
    }

    /// Whole days without an exchange.
    pub fn days(&self) -> u32 {
        let days = self.highest_ms.saturating_sub(self.last_ms).max(0) / DAY_MS;
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// Days left before the device closes, once that is to be said; none before.
    pub fn warning(&self, limit: u32) -> Option<u32> {
        let left = limit.saturating_sub(self.days());
        (left <= WARNED_BEFORE).then_some(left)
    }

    /// Whether the device is closed.
    pub fn is_over(&self, limit: u32) -> bool {
        self.days() >= limit
    }
}

/// Wrong passphrases in a row, kept beside the wrapped keys, so that a restart forgives none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guesses {
    /// How many.
    pub wrong: u32,
    /// When the last one was made, by the device's clock.
    at_ms: InstantMs,
}

impl Guesses {
    /// Wrong passphrases that cost no waiting.
    pub const FREE: u32 = 4;
    /// Wrong passphrases after which only a référent's help opens the device for this user.
    pub const MOST: u32 = 20;
    const FIRST_WAIT_MS: InstantMs = 60_000;
    const LONGEST_WAIT_MS: InstantMs = 60 * 60_000;

    /// An attempt begins: it is counted as wrong until it has proved right.
    pub fn begin(&mut self, now_ms: InstantMs) {
        self.wrong = self.wrong.saturating_add(1);
        self.at_ms = now_ms;
    }

    /// Milliseconds to wait before the next attempt. A clock set back makes nobody wait longer than once
    /// more the whole delay; one set forward is why [`Guesses::MOST`] is not a matter of time.
    pub fn wait_ms(&mut self, now_ms: InstantMs) -> InstantMs {
        if now_ms < self.at_ms {
            self.at_ms = now_ms;
        }
        let Some(step) = self.wrong.checked_sub(Self::FREE + 1) else { return 0 };
        let delay = (Self::FIRST_WAIT_MS << step.min(12)).min(Self::LONGEST_WAIT_MS);
        (self.at_ms.saturating_add(delay) - now_ms).clamp(0, delay)
    }

    /// Whether no further passphrase is tried.
    pub fn is_over(&self) -> bool {
        self.wrong >= Self::MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: InstantMs = 1_795_000_000_000;

    #[test]
    fn a_device_warns_from_the_tenth_day_and_closes_on_the_fourteenth() {
        let mut silence = Silence::since(NOW);
        for (day, warning, over) in
            [(9, None, false), (10, Some(4), false), (13, Some(1), false), (14, Some(0), true)]
        {
            silence.seen(NOW + day * DAY_MS);
            assert_eq!((silence.warning(14), silence.is_over(14)), (warning, over), "day {day}");
        }
        assert_eq!(Silence::since(NOW + 14 * DAY_MS).warning(14), None, "an exchange starts it again");
    }

    #[test]
    fn a_clock_set_back_prolongs_nothing_and_left_there_it_runs_out() {
        let mut silence = Silence::since(NOW);
        silence.opened(NOW + 9 * DAY_MS);
        silence.opened(NOW + 8 * DAY_MS + DAY_MS / 2);
        assert_eq!(silence.days(), 9, "half a day back: a clock that was put right");
        for _ in 0..20 {
            silence.opened(NOW);
        }
        assert!(silence.is_over(14));
    }

    #[test]
    fn a_clock_set_forward_closes_until_the_next_exchange_and_no_longer() {
        let mut silence = Silence::since(NOW);
        silence.opened(NOW + 4_000 * DAY_MS);
        assert!(silence.is_over(14));
        silence = Silence::since(NOW);
        silence.opened(NOW + DAY_MS);
        assert_eq!(silence.days(), 1);
        silence.seen(InstantMs::MAX);
        silence.seen(InstantMs::MIN);
        assert!(silence.is_over(14));
    }

    #[test]
    fn wrong_passphrases_wait_longer_and_longer_and_then_for_ever() {
        let mut guesses = Guesses::default();
        let mut waits = Vec::new();
        while !guesses.is_over() {
            guesses.begin(NOW);
            waits.push(guesses.wait_ms(NOW) / 60_000);
        }
        assert_eq!(waits[..8], [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!((waits.len(), waits[19]), (20, 60));
    }

    #[test]
    fn a_clock_set_back_between_two_guesses_does_not_make_anybody_wait_for_years() {
        let mut guesses = Guesses { wrong: 6, at_ms: NOW };
        assert_eq!(guesses.wait_ms(0), 120_000);
        assert_eq!(guesses.wait_ms(120_000), 0);
    }
}
