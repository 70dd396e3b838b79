//! The one place that draws random bytes, from the operating system.

use crate::error::EngineError;

/// Random bytes.
///
/// # Errors
/// [`EngineError::NoRandomness`] where the system gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], EngineError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| EngineError::NoRandomness)?;
    Ok(bytes)
}
