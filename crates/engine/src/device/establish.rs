//! Founding a cité from a référent's device.

use super::Device;
use crate::clock::civil;
use crate::error::EngineError;
use crate::write::Action;
use document::control::{Record, RecordKind, Step};
use domain::error::ApiError;

impl Device {
    /// Signs the founding step: from now on this cité's keys are people's, and can be recovered with the
    /// secret of this public key.
    ///
    /// # Errors
    /// [`domain::error::ErrorCode::Locked`], or what the chain refuses.
    pub fn establish(&self, recovery: [u8; 32]) -> Result<(), ApiError> {
        let _ = civil(&*self.clock);
        self.with_open(|open| {
            let step = Step::Establish { recovery: recovery.into() };
            let record = Record::sign(RecordKind::Membership, &open.chain.next(step), open.signer());
            let mut chain = open.chain.clone();
            chain.add(&record).map_err(EngineError::from)?;
            open.write(&*self.clock, &Action { records: vec![record], ..Action::default() })?;
            open.chain = chain;
            Ok(())
        })
    }
}
