//! Which store asks: one whose token is neither the present one nor the one before is another store of the
//! same device, copied or put back from an image. It is served all the same, what its siblings brought too,
//! and told to write under another incarnation.

use super::answer::Outcome;
use super::message::{Presented, Recognised};
use crate::error::EngineError;
use crate::random;
use crate::store::copies::{self, Known};
use crate::store::erasure;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::Connection;

/// Highest incarnation that a device is believed to have.
const MOST_SAID: u32 = 1 << 30;

/// A store that was recognised, or is new here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asking {
    device: DeviceId,
    /// Its number: what it brought under this one it is not served.
    pub(super) number: u32,
    token: copies::Token,
    copied: bool,
    said: u32,
    /// Stores of the device within a month.
    lately: u32,
}

/// Recognises the store that asks, and draws its next token, in the transaction of the upload. A store that
/// knew this server before it was restored is no copy.
pub(super) fn recognise(
    connection: &Connection,
    device: DeviceId,
    presented: Option<&Presented>,
    (same_epoch, cursor): (bool, u64),
    now_ms: InstantMs,
) -> Result<Asking, EngineError> {
    let known = copies::of(connection, device)?;
    let shown = presented.and_then(|it| it.token.map(|token| *token));
    let goes_on = known.iter().find(|it| shown == Some(it.token));
    // The answer was lost; or a copy is a step behind. Numbered anew, it is served what it may not have.
    let behind = known.iter().find(|it| shown == it.before);
    let was = goes_on.or(behind);
    let number = match goes_on {
        Some(it) => it.number,
        None => copies::number(connection, device, now_ms)?,
    };
    let token = random::bytes()?;
    copies::keep(
        connection,
        device,
        was.map(|it| it.number),
        Known { number, token, before: shown },
        now_ms,
    )?;
    match was {
        Some(was) if was.number == number => {}
        Some(was) => erasure::renumbered(connection, device, was.number, number, cursor)?,
        None if known.is_empty() => erasure::begins(connection, device, number)?,
        None => erasure::copied(connection, device, number, if same_epoch { cursor } else { 0 })?,
    }
    let lately = copies::lately(connection, device, now_ms)?;
    let copied = was.is_none() && !known.is_empty() && same_epoch;
    let said = presented.map_or(1, |it| it.incarnation.min(MOST_SAID));
    Ok(Asking { device, number, token, copied, said, lately })
}

impl Asking {
    /// What the store is told: its next token, and an incarnation that no store of the device has where it
    /// is to make something again or is a copy.
    pub(super) fn told<'a>(
        self,
        connection: &Connection,
        outcomes: impl IntoIterator<Item = &'a Outcome>,
    ) -> Result<Recognised, EngineError> {
        let highest = copies::incarnation(connection, self.device, self.said)?;
        let raise = self.copied || outcomes.into_iter().any(|it| it.takes_out());
        let incarnation = if raise {
            Some(copies::incarnation(connection, self.device, highest.saturating_add(1))?)
        } else {
            None
        };
        let copies = Some(self.lately).filter(|it| *it > 1);
        Ok(Recognised { token: self.token.into(), copied: self.copied, incarnation, copies })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::copies::Token;

    const TABLET: DeviceId = DeviceId::from_bytes([4; 16]);

    struct Server {
        _folder: tempfile::TempDir,
        store: Store,
        now_ms: InstantMs,
    }

    /// A tablet's store, as far as the server can tell it from its copies.
    #[derive(Clone, Default)]
    struct Copy {
        token: Option<Token>,
        incarnation: u32,
    }

    impl Server {
        fn begin() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open_plain(&folder.path().join("server.db")).unwrap();
            Self { _folder: folder, store, now_ms: 1 }
        }

        fn asked(&mut self, device: DeviceId, copy: &Copy, same_epoch: bool) -> (u32, Recognised) {
            let shown = Presented { token: copy.token.map(Into::into), incarnation: copy.incarnation.max(1) };
            let now_ms = self.now_ms;
            let told = self.store.transact(|connection| {
                let asking = recognise(connection, device, Some(&shown), (same_epoch, 0), now_ms)?;
                Ok::<_, EngineError>((asking.number, asking.told(connection, [])?))
            });
            told.unwrap()
        }

        /// An exchange whose answer arrives: the number it was asked under, and whether it was told apart.
        fn exchange(&mut self, copy: &mut Copy) -> (u32, bool) {
            let (number, told) = self.asked(TABLET, copy, true);
            copy.token = Some(*told.token);
            copy.incarnation = told.incarnation.unwrap_or(copy.incarnation);
            (number, told.copied)
        }

        fn known(&self) -> usize {
            copies::of(self.store.connection(), TABLET).unwrap().len()
        }
    }

    #[test]
    fn a_store_that_goes_on_stays_the_same_and_a_lost_answer_is_no_copy() {
        let mut server = Server::begin();
        let mut tablet = Copy::default();
        // The first answer is lost twice.
        for _ in 0..2 {
            assert!(!server.asked(TABLET, &tablet, true).1.copied);
        }
        let (number, copied) = server.exchange(&mut tablet);
        assert!(!copied);
        for _ in 0..5 {
            assert_eq!(server.exchange(&mut tablet), (number, false));
        }
        // A later one too: it is numbered anew, and so is served what its lost answers held.
        for _ in 0..3 {
            assert!(!server.asked(TABLET, &tablet, true).1.copied);
        }
        let (after, copied) = server.exchange(&mut tablet);
        assert!(!copied && after > number);
        assert_eq!(server.exchange(&mut tablet), (after, false));
        assert_eq!(server.known(), 1);
        assert_eq!(tablet.incarnation, 0, "nothing told it to write under another");
    }

    #[test]
    fn two_copies_are_told_apart_once_and_then_each_is_known_under_its_own_number() {
        for exchanged in 0..4 {
            let mut server = Server::begin();
            let mut tablet = Copy { token: None, incarnation: 1 };
            for _ in 0..exchanged {
                server.exchange(&mut tablet);
            }
            let mut copy = tablet.clone();
            let mut told = 0;
            let mut numbers = Vec::new();
            for _ in 0..6 {
                for each in [&mut tablet, &mut copy] {
                    let (number, copied) = server.exchange(each);
                    told += u32::from(copied);
                    numbers.push(number);
                }
            }
            assert_eq!(told, 1, "after {exchanged}");
            assert_ne!(tablet.incarnation, copy.incarnation, "after {exchanged}");
            assert_ne!(numbers[10], numbers[11]);
            assert_eq!(numbers[8..10], numbers[10..12], "each is known now");
            assert_eq!(server.known(), 2);
        }
    }

    #[test]
    fn a_copy_that_is_silent_for_a_month_no_longer_counts() {
        const DAY_MS: InstantMs = 24 * 3_600_000;
        let mut server = Server::begin();
        let mut tablet = Copy { token: None, incarnation: 1 };
        assert_eq!(server.asked(TABLET, &tablet, true).1.copies, None, "it is the only one");
        for _ in 0..2 {
            server.exchange(&mut tablet);
        }
        let mut copy = tablet.clone();
        for each in [&mut tablet, &mut copy] {
            server.exchange(each);
        }
        for (day, seen) in [(29, Some(2)), (58, None)] {
            server.now_ms = day * DAY_MS;
            let (_, told) = server.asked(TABLET, &tablet, true);
            tablet.token = Some(*told.token);
            assert_eq!(told.copies, seen, "day {day}");
        }
        server.exchange(&mut copy);
        assert_eq!(server.asked(TABLET, &tablet, true).1.copies, Some(2), "it was not gone after all");
    }

    #[test]
    fn an_image_of_any_age_is_never_numbered_like_what_was_brought_since() {
        for since in 1..4 {
            let mut server = Server::begin();
            let mut tablet = Copy { token: None, incarnation: 1 };
            server.exchange(&mut tablet);
            let mut image = tablet.clone();
            let numbers: Vec<u32> = (0..since).map(|_| server.exchange(&mut tablet).0).collect();
            let (number, copied) = server.exchange(&mut image);
            assert!(!numbers.contains(&number), "after {since}");
            assert_eq!(copied, since > 1, "one exchange behind it may be a lost answer");
        }
    }

    #[test]
    fn a_device_of_another_epoch_is_no_copy_and_is_known_again_afterwards() {
        let mut server = Server::begin();
        let mut tablet = Copy { token: Some([9; 8]), incarnation: 3 };
        server.exchange(&mut Copy::default());
        let (_, told) = server.asked(TABLET, &tablet, false);
        assert!(!told.copied && told.incarnation.is_none());
        tablet.token = Some(*told.token);
        assert!(!server.exchange(&mut tablet).1);
    }

    #[test]
    fn old_tokens_sent_for_ever_fill_nothing_and_touch_no_other_device() {
        let mut server = Server::begin();
        let mut tablet = Copy::default();
        server.exchange(&mut tablet);
        let other = DeviceId::from_bytes([5; 16]);
        let first = server.asked(other, &Copy::default(), true).1;
        for n in 0..100 {
            let old = Copy { token: Some([n; 8]), incarnation: u32::MAX };
            let (_, told) = server.asked(TABLET, &old, true);
            assert!(told.incarnation.is_some_and(|it| it < u32::MAX), "room is left to go on");
        }
        assert!(server.known() <= 8);
        let its = Copy { token: Some(*first.token), incarnation: 1 };
        assert!(!server.asked(other, &its, true).1.copied, "another device goes on");
        // The honest store was pushed out: it is served, told to write under another actor, and goes on.
        assert!(server.exchange(&mut tablet).1);
        assert!(!server.exchange(&mut tablet).1);
    }
}
