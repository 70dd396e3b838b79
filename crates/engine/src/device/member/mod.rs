//! People of the cité on a référent's device: founding, letting in, changing, revoking.
//!
//! Every act is a step of the membership chain. It is kept until the cité has it (see `sync::wanted`), and
//! an exchange is begun at once.

mod change;
mod confirm;
mod found;
mod invite;
mod kept;
mod list;
mod pairing;
mod reprint;

pub(super) use found::{Drawn, are_noted, key_view, sheet_check};
pub(super) use list::recovered_by;
pub(super) use pairing::Pairing;
pub(super) use reprint::replaced_by;

use super::Device;
use crate::sync::wanted;
use document::control::Step;
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};

impl Device {
    /// Decides steps: refused where the user at work may not sign them, else kept and sent.
    async fn decide(&self, steps: Vec<Step>) -> Result<Changes, ApiError> {
        self.with_open(|open| {
            let signer = open.signer().id();
            if steps.iter().any(|step| !open.chain.may(&signer, step)) {
                return Err(ErrorCode::NotAllowed.into());
            }
            let user = open.user;
            Ok(open.store.transact(|connection| wanted::add(connection, user, steps))?)
        })?;
        // Without a line it waits, and is said to.
        let mut changes = Changes::of([Topic::Members, Topic::Sync]);
        changes.merge(self.sync_now().await?.1);
        Ok(changes)
    }
}
