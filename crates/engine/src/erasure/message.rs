//! The list of erasures on its way to a référent's device, which keeps it for when there is no network.

use super::of_organisation;
use crate::error::EngineError;
use crate::store::Store;
use domain::api::server::ErasuresView;
use domain::ids::DeviceId;
use domain::role::Role;
use domain::time::InstantMs;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// Longest list, bytes of JSON.
pub(crate) const MOST_LIST: usize = 512 * 1024;
/// Most erasures of a list, the newest.
const MOST_ROWS: usize = 500;

/// What a device asks: the list, unless it is this one.
#[derive(Debug, Clone, Default, Encode, Decode)]
#[cbor(array)]
pub struct ErasuresAsked {
    /// Digest of the list it has.
    #[n(0)]
    pub known: Option<ByteArray<32>>,
}

/// The answer.
#[derive(Debug, Clone, Default, Encode, Decode)]
#[cbor(array)]
pub struct ErasuresSent {
    /// The server's moment.
    #[n(0)]
    pub at_ms: InstantMs,
    /// The list as JSON; none where the device has it.
    #[n(1)]
    pub list: Option<ByteVec>,
}

/// Answers a device: the erasures of the organisation of a référent who uses it; of nobody else's.
///
/// # Errors
/// What SQLite refuses, or a chain that does not hold.
pub fn answer(
    store: &Store,
    device: DeviceId,
    asked: &ErasuresAsked,
    now_ms: InstantMs,
) -> Result<Option<ErasuresSent>, EngineError> {
    let chain = store.chain()?;
    let mut users = chain.members().map(|(_, it)| it);
    let Some(referent) = users.find(|it| it.device == device && it.role == Role::Referent && !it.revoked)
    else {
        return Ok(None);
    };
    let ErasuresView { mut erasures, .. } = of_organisation(store, referent.organisation, now_ms)?;
    erasures.truncate(MOST_ROWS);
    let json = serde_json::to_vec(&erasures).map_err(|_| EngineError::Damaged)?;
    let known = asked.known.is_some_and(|it| *it == <[u8; 32]>::from(Sha256::digest(&json)));
    Ok(Some(ErasuresSent { at_ms: now_ms, list: (!known).then(|| json.into()) }))
}
