//! The one error a screen receives, from either shell.

use serde::{Deserialize, Serialize};

/// What went wrong, as a code the screen turns into words and a way out. There is no free text:
/// `detail` only ever holds code-list codes, field names or numbers, never personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code:?} {detail:?}")]
pub struct ApiError {
    /// The kind of error.
    pub code: ErrorCode,
    /// A field name, a limit or a count that the words need; empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detail: Vec<String>,
}

impl ApiError {
    /// An error with no detail.
    pub fn new(code: ErrorCode) -> Self {
        Self { code, detail: Vec::new() }
    }

    /// An error about a named field or limit.
    pub fn about(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: vec![detail.into()] }
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

/// Kinds of errors on which a screen acts differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The device has not joined a cité yet.
    NotJoined,
    /// The store is locked.
    Locked,
    /// Wrong passphrase, PIN or password.
    WrongSecret,
    /// Too many wrong PINs: the passphrase is needed again.
    PassphraseNeeded,
    /// Too many attempts: wait (detail: seconds).
    TooManyAttempts,
    /// Too many wrong passphrases: only a référent's help opens the device for this user.
    GuessedOut,
    /// No key of that device is in this référent's hands.
    NoKeyForDevice,
    /// No exchange for too long: one must succeed before anybody works here again.
    Silent,
    /// Nobody is signed in.
    SignedOut,
    /// The user's role does not allow this.
    NotAllowed,
    /// This face does not serve the call.
    NotHere,
    /// The thing asked for is not (or no longer) here.
    NotFound,
    /// A value is missing or not allowed (detail: field name).
    Invalid,
    /// A text looks like a social security number (13 or 15 digits).
    LooksLikeSocialSecurityNumber,
    /// The notice must be recorded first.
    NoticeNeeded,
    /// The ledger does not allow this (refused, withdrawn, objection).
    ConsentRefuses,
    /// A sensitive difficulty or a protected referral, and the person did not agree that it be recorded.
    SensitiveNotAgreed,
    /// The person is under 16: a passage only, unless a representative is present.
    MinorAlone,
    /// The cité's settings (controller, basis) are not filled: nothing real may be recorded.
    CiteNotReady,
    /// The invitation is unknown, used or expired.
    InvitationInvalid,
    /// A référent's device must found the cité first: until then nobody is let in by a device.
    NotEstablished,
    /// The printed recovery key is none of this cité, or was replaced by another.
    RecoveryKeyUnknown,
    /// A référent is at work: the printed key lets nobody in.
    ReferentAtWork,
    /// The cité changed while it was being recovered; nothing was done.
    RecoveryInterrupted,
    /// A colleague printed another recovery key first: the one that was noted here does not count.
    OtherSheetFirst,
    /// Another recovery key was noted here, and the cité has not been told of it yet.
    SheetWaits,
    /// The device has been revoked.
    Revoked,
    /// The server does not answer.
    ServerUnreachable,
    /// The server answered, but its answer cannot be trusted or understood.
    ServerUntrusted,
    /// The server's schema is older than this device's.
    ServerTooOld,
    /// This device's protocol is too old for the server.
    DeviceTooOld,
    /// The disk is full or cannot be written.
    StorageFull,
    /// The store was written by a newer version.
    StoreTooNew,
    /// The store is damaged.
    StoreDamaged,
    /// Too late to undo.
    CannotUndo,
    /// A mistake of ours; the log has its number, no data.
    Internal,
}
