//! A device's word that it erased what a record told it to.

use crate::change::Hash;
use crate::error::DocumentError;
use domain::ids::DeviceId;
use domain::time::Day;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// Most causes one receipt names.
const MAX_CAUSES: usize = 256;

/// The body of a receipt: what was carried out, where, on which day by that device's clock. It names no
/// person. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ReceiptBody {
    #[n(0)]
    device: ByteArray<16>,
    #[n(1)]
    on: i32,
    #[n(2)]
    causes: Vec<ByteArray<32>>,
}

impl ReceiptBody {
    /// A receipt to be signed.
    pub fn new(device: DeviceId, on: Day, causes: impl IntoIterator<Item = Hash>) -> Self {
        let causes = causes.into_iter().take(MAX_CAUSES).map(ByteArray::from).collect();
        Self { device: (*device.as_bytes()).into(), on: on.0, causes }
    }

    /// Refuses what is over a limit.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`].
    pub fn check(&self) -> Result<(), DocumentError> {
        if self.causes.len() > MAX_CAUSES { Err(DocumentError::TooLarge) } else { Ok(()) }
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        DeviceId::from_bytes(*self.device)
    }

    /// Its day.
    pub fn on(&self) -> Day {
        Day(self.on)
    }

    /// The records that were carried out.
    pub fn causes(&self) -> impl Iterator<Item = Hash> + '_ {
        self.causes.iter().map(|id| **id)
    }
}
