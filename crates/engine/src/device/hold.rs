//! A device that closes itself: its user's keys are revoked, or no exchange succeeded for too long. What
//! waits to be sent stays where it is; see `domain::hold` for the rules.

use super::people::People;
use super::{Device, Open};
use crate::error::EngineError;
use crate::store::Store;
use domain::api::Access;
use domain::error::{ApiError, ErrorCode};
use domain::hold::{Hold, Silence};
use domain::role::Face;
use domain::time::InstantMs;

/// Names under which these are kept.
const SILENCE: &str = "silence";
const REFUSED: &str = "refused_by_server";
const KEPT_EVERY_MS: InstantMs = 60 * 60_000;

/// What a store knows of its own standing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    silence: Silence,
    /// The server no longer takes this device's token, whatever its chain says here.
    refused: bool,
    /// When the highest time was last written down.
    kept_ms: InstantMs,
}

impl Standing {
    /// Reads it when a session opens, and counts the opening.
    pub(super) fn opened(store: &mut Store, now_ms: InstantMs) -> Result<Self, EngineError> {
        let mut silence = store.meta(SILENCE)?.unwrap_or(Silence::since(now_ms));
        silence.opened(now_ms);
        let standing = Self { silence, refused: store.meta(REFUSED)?.unwrap_or_default(), kept_ms: now_ms };
        // A disk that is full keeps nobody out.
        let _ = standing.keep(store);
        Ok(standing)
    }

    fn keep(&self, store: &mut Store) -> Result<(), EngineError> {
        store.transact(|connection| {
            crate::store::meta::put(connection, SILENCE, &self.silence)?;
            crate::store::meta::put(connection, REFUSED, &self.refused)
        })
    }
}

impl Open {
    /// Why nobody may work in this session; none where they may.
    pub(super) fn hold(&self) -> Option<Hold> {
        if self.member.revoked || self.held.refused {
            Some(Hold::Revoked)
        } else {
            self.held.silence.is_over(self.settings.silent_days()).then_some(Hold::Silent)
        }
    }

    /// Days without an exchange.
    pub(super) fn silent_days(&self) -> u32 {
        self.held.silence.days()
    }

    /// The highest time this device's clock has shown, as far as it is kept.
    pub(super) fn highest_ms(&self) -> InstantMs {
        self.held.silence.highest_ms()
    }

    /// Days before the device closes, once that is to be said.
    pub(super) fn closes_in_days(&self) -> Option<u32> {
        self.held.silence.warning(self.settings.silent_days())
    }

    /// The clock is read while somebody works; what it showed is kept from hour to hour.
    pub(super) fn seen(&mut self, now_ms: InstantMs) {
        self.held.silence.seen(now_ms);
        if now_ms.saturating_sub(self.held.kept_ms) >= KEPT_EVERY_MS {
            self.held.kept_ms = now_ms;
            let _ = self.held.keep(&mut self.store);
        }
    }

    /// An exchange succeeded: the cité still knows this device.
    pub(super) fn exchanged(&mut self, now_ms: InstantMs) -> Result<(), ApiError> {
        let was_held = self.hold().is_some();
        self.held = Standing { silence: Silence::since(now_ms), refused: false, kept_ms: now_ms };
        self.held.keep(&mut self.store)?;
        if was_held && self.hold().is_none() {
            self.people = People::load(self)?;
        }
        Ok(())
    }
}

/// The code a refused call carries.
pub(super) fn code(hold: Hold) -> ErrorCode {
    match hold {
        Hold::Revoked => ErrorCode::Revoked,
        Hold::Silent => ErrorCode::Silent,
    }
}

impl Device {
    /// Whether whoever is at work may make a call.
    pub(super) fn may(&self, access: Access) -> Result<(), ApiError> {
        let mut session = self.session();
        access.check(Face::Device, session.open.as_ref().map(|open| open.member.role))?;
        match &mut session.open {
            Some(open) if !matches!(access, Access::Anyone | Access::DeviceEvenHeld) => {
                open.seen(self.clock.now_ms());
                open.hold().map_or(Ok(()), |hold| Err(code(hold).into()))
            }
            _ => Ok(()),
        }
    }

    /// The server says that this device is revoked, or its own chain does. Whoever is at work is shut out at
    /// once: their keys are zeroized, the PIN is forgotten. Nothing is deleted. Who had unlocked in spite of
    /// it keeps reading why.
    pub(super) fn shut_out(&self) {
        let mut session = self.session();
        let Some(open) = &mut session.open else { return };
        let was_held = open.hold().is_some();
        if !open.member.revoked {
            open.held.refused = true;
            let _ = open.held.keep(&mut open.store);
        }
        let user = open.user;
        session.locked.clear();
        if !was_held {
            session.open = None;
            session.shut_out.insert(user, Hold::Revoked);
        }
    }
}
