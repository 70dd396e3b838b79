//! Synchronising: gathers, exchanges, applies, until nothing is left. The session is held only to read
//! and to write, never while the line is waited for.

mod exchange;
mod frames;
mod rollback;
mod run;
mod state;

use super::Device;
use crate::store::control;
use crate::store::outbox;
use crate::store::sealed::due;
use crate::sync::{HttpExchange, SyncError};
use domain::api::sync::*;
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::time::InstantMs;
use exchange::Pass;
use run::BUDGET;
pub(super) use run::Run;

/// Between two automatic exchanges with nothing to send.
const IDLE_MS: InstantMs = 5 * 60_000;
/// Name under which the last complete exchange is kept.
const LAST_SUCCESS: &str = "last_success";

impl Device {
    /// Synchronises now. A failure is part of the answer, not an error of the call.
    pub(super) async fn sync_now(&self) -> Result<(SyncStateView, Changes), ApiError> {
        let (server, token) = self.with_held(|open| {
            let server: String = open.store.meta("server")?.ok_or(ErrorCode::NotJoined)?;
            let token: Vec<u8> = open.store.meta("token")?.ok_or(ErrorCode::NotJoined)?;
            Ok((server, token))
        })?;
        // A step signed with the printed key goes before everything else: without it this device is nobody's.
        self.send_recovery().await?;
        let changes = match self.line(&server, &token) {
            Ok(exchange) => {
                let mut changes = self.sync_with(&exchange).await;
                changes.merge(self.fetch_erasures(&exchange).await);
                changes
            }
            Err(_) => return Err(ErrorCode::ServerUntrusted.into()),
        };
        match self.sync_state() {
            // Shut out meanwhile: said once, at once.
            Err(error) if error.code == ErrorCode::Locked && self.was_refused() => {
                Err(ErrorCode::Revoked.into())
            }
            other => Ok((other?, changes)),
        }
    }

    /// The way to the server, over the connection that the last exchange left open where it still is.
    fn line(&self, server: &str, token: &[u8]) -> Result<HttpExchange, SyncError> {
        let client = match self.http.get() {
            Some(client) => client.clone(),
            None => {
                let made = HttpExchange::client()?;
                self.http.get_or_init(|| made).clone()
            }
        };
        HttpExchange::over(client, server, token)
    }

    fn was_refused(&self) -> bool {
        self.run().failure.as_ref().is_some_and(|it| it.kind == SyncFailureKind::Revoked)
    }

    /// Synchronises by itself where it is due: something waits, or some minutes have passed; after a
    /// failure only once its time has come. Returns what became stale, or none where nothing was due.
    pub async fn sync_if_due(&self) -> Option<Changes> {
        let now_ms = self.clock.now_ms();
        let (running, retry_at_ms) = {
            let run = self.run();
            (run.running, run.failure.as_ref().and_then(|failure| failure.retry_at_ms))
        };
        if running || retry_at_ms.is_some_and(|at| now_ms < at) {
            return None;
        }
        let due = self.with_held(|open| {
            let (waiting, _) = outbox::counts(open.store.connection())?;
            let last: Option<InstantMs> = open.store.meta(LAST_SUCCESS)?;
            let connection = open.store.connection();
            let waiting = waiting > 0
                || !control::waiting(connection, 1)?.is_empty()
                || !due::next(connection, 1)?.is_empty()
                || !crate::sync::wanted::list(connection, open.user)?.is_empty();
            Ok(waiting || retry_at_ms.is_some() || last.is_none_or(|last| now_ms - last >= IDLE_MS))
        });
        if !due.unwrap_or(false) {
            return None;
        }
        match self.sync_now().await {
            Ok((_, changes)) => Some(changes),
            Err(error) => (error.code == ErrorCode::Revoked).then(|| Changes::of([Topic::Session])),
        }
    }

    /// The token of this device, for an exchange over another way than HTTP.
    ///
    /// # Errors
    /// [`ErrorCode::Locked`], [`ErrorCode::NotJoined`].
    pub fn token(&self) -> Result<Vec<u8>, ApiError> {
        self.with_held(|open| Ok(open.store.meta("token")?.ok_or(ErrorCode::NotJoined)?))
    }

    /// The upload this device would send now, for an exchange over another way than HTTP.
    ///
    /// # Errors
    /// [`SyncError`].
    pub fn next_upload(&self) -> Result<Vec<u8>, SyncError> {
        Ok(self.gather(BUDGET, &Pass::default())?.0)
    }
}
