//! Handing the step in: at once, and with each exchange until the cité has it.

use crate::device::Device;
use crate::enrol::HttpEnrol;
use crate::enrol::recovery::RecoverRequest;
use crate::error::EngineError;
use crate::store::{meta, outbox};
use domain::error::{ApiError, ErrorCode};
use serde::{Deserialize, Serialize};

/// Name under which the store keeps what is to be handed in.
pub(super) const PENDING: &str = "recovery_pending";

/// The request, CBOR: a record that everybody will know, the hash of a token, a signature.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Pending(Vec<u8>);

impl Pending {
    pub(super) fn of(request: &RecoverRequest) -> Self {
        Self(minicbor::to_vec(request).expect("encoding into memory does not fail"))
    }
}

impl Device {
    /// Hands in what waits; nothing where nothing does. Where the cité refuses it, and nothing was recorded
    /// here yet, this device has joined nothing.
    ///
    /// # Errors
    /// [`ErrorCode::ServerUnreachable`]; what the server refuses.
    pub(in crate::device) async fn send_recovery(&self) -> Result<(), ApiError> {
        let (pending, server) = self.with_held(|open| {
            let pending: Option<Pending> = open.store.meta(PENDING)?;
            Ok((pending, open.store.meta::<String>("server")?.unwrap_or_default()))
        })?;
        let Some(Pending(bytes)) = pending else { return Ok(()) };
        let request: RecoverRequest = minicbor::decode(&bytes).map_err(|_| EngineError::Damaged)?;
        match HttpEnrol::to(&server)?.recover(&request).await {
            Ok(()) => self.with_held(|open| {
                open.store.transact(|connection| meta::forget(connection, PENDING))?;
                Ok(())
            }),
            Err(error) if refuses(error.code) => {
                let nothing = self.with_held(|open| Ok(outbox::counts(open.store.connection())?.0 == 0))?;
                if nothing {
                    self.unjoin()?;
                }
                Err(error)
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether the server says that the step will never be taken.
pub(super) fn refuses(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::RecoveryInterrupted
            | ErrorCode::RecoveryKeyUnknown
            | ErrorCode::ReferentAtWork
            | ErrorCode::Invalid
    )
}
