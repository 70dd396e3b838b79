//! Every call of the contract, in one exhaustive match.

use super::Device;
use domain::api::{Answer, Call, Reply};
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::role::Face;

impl Device {
    /// Serves a call: checks who may make it, then answers.
    ///
    /// # Errors
    /// What the call refuses; nothing is half-done then.
    pub async fn dispatch(&self, call: Call) -> Result<Answer, ApiError> {
        call.access().check(Face::Device, self.role()?)?;
        let session = || Changes::of([Topic::Session]);
        let entries = || Changes::of([Topic::Today, Topic::Drafts, Topic::Sync]);
        let drafts = || Changes::of([Topic::Drafts, Topic::Today]);
        let (reply, changes) = match call {
            Call::Status(_) => (Reply::Status(self.status()?), Changes::none()),
            Call::CheckInvitation(request) => {
                (Reply::CheckInvitation(self.check_invitation(&request).await?), Changes::none())
            }
            Call::Join(request) => (Reply::Join(self.join(&request).await?), session()),
            Call::Unlock(request) => (Reply::Unlock(self.unlock(&request)?), session()),
            Call::UnlockWithPin(request) => {
                (Reply::UnlockWithPin(self.unlock_with_pin(&request)?), session())
            }
            Call::Lock(_) => (Reply::Lock(self.lock()?), session()),
            Call::SetPreferences(request) => {
                (Reply::SetPreferences(self.set_preferences(&request.preferences)?), session())
            }
            Call::Drafts(_) => (Reply::Drafts(self.drafts()?), Changes::none()),
            Call::OpenDraft(request) => (Reply::OpenDraft(self.open_draft(request.id)?), Changes::none()),
            Call::SaveDraft(request) => (Reply::SaveDraft(self.save_draft(&request.draft)?), drafts()),
            Call::DiscardDraft(request) => (Reply::DiscardDraft(self.discard_draft(request.id)?), drafts()),
            Call::Today(_) => (Reply::Today(self.today()?), Changes::none()),
            Call::StartOuting(request) => (Reply::StartOuting(self.start_outing(&request)?), entries()),
            Call::EndOuting(_) => (Reply::EndOuting(self.end_outing()?), entries()),
            Call::RecordPassage(request) => (Reply::RecordPassage(self.record_passage(&request)?), entries()),
            Call::UndoLast(_) => (Reply::UndoLast(self.undo_last()?), entries()),
            Call::SyncState(_) => (Reply::SyncState(self.sync_state()?), Changes::none()),
            // The browser face signs in and out.
            Call::SignIn(_) | Call::SignOut(_) => return Err(ErrorCode::NotHere.into()),
            // Not served by this version: the screen says so, nothing is pretended.
            Call::Cite(_)
            | Call::LocateQpv(_)
            | Call::RecordEncounter(_)
            | Call::AmendEncounter(_)
            | Call::SearchPeople(_)
            | Call::OpenPerson(_)
            | Call::EditProfile(_)
            | Call::SetBarrier(_)
            | Call::SetNeed(_)
            | Call::AddFollowUp(_)
            | Call::SettleFollowUp(_)
            | Call::SetReferral(_)
            | Call::AddFact(_)
            | Call::WritePart(_)
            | Call::FieldHistory(_)
            | Call::ReadNotice(_)
            | Call::AddLedgerEntry(_)
            | Call::Solutions(_)
            | Call::ProposeSolutions(_)
            | Call::SyncNow(_)
            | Call::Cohort(_)
            | Call::CohortMap(_)
            | Call::CohortPathways(_)
            | Call::Devices(_) => return Err(ErrorCode::NotHere.into()),
        };
        Ok(Answer { reply, changes })
    }
}
