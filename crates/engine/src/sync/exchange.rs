//! The one trait between device and server: implemented over HTTP, and in one process for tests.

use super::error::SyncError;
use std::future::Future;

/// What takes frames that are whole, opened, in order: applied at once, so that a cut loses nothing that
/// came before. On a slow line they come one by one, on a fast one several share a transaction.
pub type Taken<'a> = &'a mut (dyn FnMut(&[Vec<u8>]) -> Result<(), SyncError> + Send);

/// One exchange: an upload out, frames in.
pub trait Exchange: Send + Sync {
    /// Sends an upload and hands frames on as soon as they are whole.
    ///
    /// # Errors
    /// [`SyncError`]; frames handed on before are kept.
    fn exchange<'a>(
        &'a self,
        upload: Vec<u8>,
        each: Taken<'a>,
    ) -> impl Future<Output = Result<(), SyncError>> + Send + 'a;
}
