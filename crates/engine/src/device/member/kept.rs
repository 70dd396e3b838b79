//! An invitation under way, sealed for who made it: where the app is killed, it goes on with it. It is
//! forgotten once it is used, given up or dead.

use super::super::Device;
use super::pairing::Pairing;
use crate::clock::{Clock, Deadline};
use crate::enrol::pairing::PAIRING_HOLDS_MS;
use crate::enrol::{InvitationCode, Invited, Offer, Tagged};
use crate::error::EngineError;
use crate::keys::{open, seal};
use crate::store::meta;
use domain::error::ApiError;
use domain::ids::UserId;
use domain::time::InstantMs;
use serde::{Deserialize, Serialize};

const ABOUT: &[u8] = b"invitation";

fn name(user: UserId) -> String {
    format!("invitation/{user}")
}

/// What the store keeps, sealed under the key of the user's own.
#[derive(Serialize, Deserialize)]
struct Kept {
    code: [u8; 16],
    invited: Invited,
    card: Vec<u8>,
    made_at_ms: InstantMs,
    offer: Option<Vec<u8>>,
    confirmed: bool,
}

impl Device {
    /// Keeps the invitation as it stands, where the store knows less; forgets one that has ended.
    pub(super) fn keep_pairing(&self) -> Result<(), ApiError> {
        let mut pairing = self.pairing();
        self.with_open(|at| {
            let going = pairing.as_mut().filter(|it| it.inviter == at.user && it.end.is_none());
            let Some(it) = going else {
                let name = name(at.user);
                if at.store.meta::<Vec<u8>>(&name)?.is_some() {
                    at.store.transact(|connection| meta::forget(connection, &name))?;
                }
                return Ok(());
            };
            let stage = (it.offer.is_some(), it.confirmed);
            if it.kept != Some(stage) {
                let json = serde_json::to_vec(&Kept::of(it)).map_err(|_| EngineError::Damaged)?;
                let sealed = seal(at.own_key(), ABOUT, &json)?;
                at.store.put_meta(&name(at.user), &sealed)?;
                it.kept = Some(stage);
            }
            Ok(())
        })
    }

    /// Goes on with an invitation that this user made before the app was closed.
    pub(super) fn restore_pairing(&self) -> Result<(), ApiError> {
        let mut pairing = self.pairing();
        self.with_open(|at| {
            if pairing.as_ref().is_some_and(|it| it.inviter == at.user) {
                return Ok(());
            }
            let Some(sealed) = at.store.meta::<Vec<u8>>(&name(at.user))? else { return Ok(()) };
            let json = open(at.own_key(), ABOUT, &sealed)?;
            let kept: Kept = serde_json::from_slice(&json).map_err(|_| EngineError::Damaged)?;
            match kept.restored(at.user, &*self.clock, at.highest_ms()) {
                Some(it) => *pairing = Some(it),
                None => at.store.transact(|connection| meta::forget(connection, &name(at.user)))?,
            }
            Ok(())
        })
    }
}

impl Kept {
    fn of(it: &Pairing) -> Self {
        let bytes = |tagged: &Tagged| minicbor::to_vec(tagged).expect("encoding into memory does not fail");
        Self {
            code: it.code.bits(),
            invited: it.invited.clone(),
            card: bytes(&it.card),
            made_at_ms: it.made_at_ms,
            offer: it.offer.as_ref().map(|(offer, _)| bytes(offer)),
            confirmed: it.confirmed,
        }
    }

    /// None where ten minutes have passed, or where the clock stands behind what it showed before: then
    /// nobody knows how many have. One whose words were compared is finished in any case.
    fn restored(&self, user: UserId, clock: &dyn Clock, highest_ms: InstantMs) -> Option<Pairing> {
        let now_ms = clock.now_ms();
        let trusted = now_ms >= highest_ms.max(self.made_at_ms);
        let left_ms = if trusted { self.made_at_ms + PAIRING_HOLDS_MS - now_ms } else { 0 };
        if left_ms <= 0 && !self.confirmed {
            return None;
        }
        let code = InvitationCode::of_bits(self.code);
        let offer = match &self.offer {
            Some(bytes) => {
                let tagged: Tagged = minicbor::decode(bytes).ok()?;
                let keys: Offer = tagged.open(&code, "offer")?;
                Some((tagged, keys))
            }
            None => None,
        };
        Some(Pairing {
            inviter: user,
            invited: self.invited.clone(),
            card: minicbor::decode(&self.card).ok()?,
            made_at_ms: self.made_at_ms,
            until: Deadline::after(clock, left_ms.max(0)),
            kept: Some((offer.is_some(), self.confirmed)),
            offer,
            confirmed: self.confirmed,
            end: None,
            code,
        })
    }
}
