//! What was erased, as a référent reads it: the server's list for their organisation, kept here for when
//! there is no network.

use super::Device;
use crate::erasure::{ErasuresAsked, ErasuresSent, MOST_LIST};
use crate::sync::HttpExchange;
use domain::api::server::{ErasureRow, ErasuresView};
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::role::Role;
use domain::time::InstantMs;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Name under which the list is kept.
const KEPT: &str = "erasures";
/// A list younger than this is not asked for again, unless something was erased here since.
const YOUNG_MS: InstantMs = 15 * 60_000;

/// The list as it came.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// When, by the server's clock.
    at_ms: InstantMs,
    digest: [u8; 32],
    rows: Vec<ErasureRow>,
}

impl Device {
    /// The list as it last came.
    pub(super) fn erasures(&self) -> Result<ErasuresView, ApiError> {
        self.with_open(|open| {
            if open.member.role != Role::Referent {
                // The coordination and the administrator read the server's own, in the browser.
                return Err(ErrorCode::NotHere.into());
            }
            let kept: Option<Kept> = open.store.meta(KEPT)?;
            Ok(kept.map_or(ErasuresView { at_ms: None, erasures: Vec::new() }, |it| ErasuresView {
                at_ms: Some(it.at_ms),
                erasures: it.rows,
            }))
        })
    }

    /// Asks for the list where a référent is at work and it is not young. What cannot be had now is asked
    /// for with the next exchange.
    pub(super) async fn fetch_erasures(&self, exchange: &HttpExchange) -> Changes {
        let now_ms = self.clock.now_ms();
        let asked = self.with_held(|open| {
            let kept: Option<Kept> = open.store.meta(KEPT)?;
            let young = open.erasures_on_ms.is_some_and(|at_ms| (0..YOUNG_MS).contains(&(now_ms - at_ms)));
            let known = kept.map(|it| it.digest.into());
            Ok((open.member.role == Role::Referent && !young).then_some(ErasuresAsked { known }))
        });
        let Ok(Some(asked)) = asked else { return Changes::none() };
        let body = minicbor::to_vec(&asked).expect("encoding into memory does not fail");
        let Ok(answer) = exchange.post("/v1/erasures", body, MOST_LIST).await else { return Changes::none() };
        let Ok(sent) = minicbor::decode::<ErasuresSent>(&answer) else { return Changes::none() };
        match self.keep_erasures(&sent, now_ms) {
            Ok(()) => Changes::of([Topic::Devices]),
            Err(_) => Changes::none(),
        }
    }

    fn keep_erasures(&self, sent: &ErasuresSent, now_ms: InstantMs) -> Result<(), ApiError> {
        self.with_held(|open| {
            let kept: Option<Kept> = open.store.meta(KEPT)?;
            let kept = match (&sent.list, kept) {
                (Some(json), _) => Kept {
                    at_ms: sent.at_ms,
                    digest: Sha256::digest(json.as_slice()).into(),
                    rows: serde_json::from_slice(json).map_err(|_| ErrorCode::ServerUntrusted)?,
                },
                (None, Some(kept)) => Kept { at_ms: sent.at_ms, ..kept },
                (None, None) => return Err(ErrorCode::ServerUntrusted.into()),
            };
            open.store.put_meta(KEPT, &kept)?;
            open.erasures_on_ms = Some(now_ms);
            Ok(())
        })
    }
}
