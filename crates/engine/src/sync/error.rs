//! Why an exchange failed.

use crate::error::EngineError;
use domain::api::sync::SyncFailureKind;
use domain::error::ErrorCode;

/// Kinds of failures of an exchange.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// No network, or the server does not answer.
    #[error("the server does not answer")]
    Unreachable,
    /// Cut on the way; what came before is kept.
    #[error("the connection was cut")]
    Cut,
    /// The server asks to wait; seconds where it said so.
    #[error("the server is busy")]
    Busy(Option<u32>),
    /// The answer cannot be understood or trusted.
    #[error("the answer cannot be trusted")]
    Untrusted,
    /// The server's log ends before what this device knows of it.
    #[error("the server went back")]
    WentBack,
    /// The server no longer knows members that it knew, without having said that it was restored.
    #[error("the server forgot members")]
    Forgot,
    /// The device is revoked or its token is not accepted.
    #[error("the device is revoked")]
    Revoked,
    /// This device's protocol is too old.
    #[error("this device is too old")]
    DeviceTooOld,
    /// The server's schema is too old for what this device wrote.
    #[error("the server is too old")]
    ServerTooOld,
    /// After everything was exchanged the two sides still hold different changes.
    #[error("the server and this device hold different changes")]
    Diverged,
    /// The server answered with an error.
    #[error("the server had an error")]
    Server,
    /// This device's own store failed.
    #[error("the store of this device failed")]
    Engine(#[from] EngineError),
    /// Locked meanwhile: goes on after the next unlock.
    #[error("locked meanwhile")]
    Locked,
}

impl SyncError {
    /// What a server's own code for a whole exchange means to a device.
    pub fn answered(code: ErrorCode) -> Self {
        match code {
            ErrorCode::Revoked => SyncError::Revoked,
            ErrorCode::DeviceTooOld => SyncError::DeviceTooOld,
            ErrorCode::ServerTooOld => SyncError::ServerTooOld,
            _ => SyncError::Server,
        }
    }

    /// As a user sees it.
    pub fn kind(&self) -> SyncFailureKind {
        match self {
            SyncError::Unreachable => SyncFailureKind::Unreachable,
            SyncError::Cut | SyncError::Locked => SyncFailureKind::Cut,
            SyncError::Busy(_) => SyncFailureKind::Busy,
            SyncError::Untrusted | SyncError::WentBack | SyncError::Forgot => SyncFailureKind::Untrusted,
            SyncError::Revoked => SyncFailureKind::Revoked,
            SyncError::DeviceTooOld => SyncFailureKind::DeviceTooOld,
            SyncError::ServerTooOld => SyncFailureKind::ServerTooOld,
            SyncError::Diverged => SyncFailureKind::Diverged,
            SyncError::Server => SyncFailureKind::ServerError,
            SyncError::Engine(error) => match error.code() {
                ErrorCode::StorageFull => SyncFailureKind::StorageFull,
                _ => SyncFailureKind::ServerError,
            },
        }
    }
}
