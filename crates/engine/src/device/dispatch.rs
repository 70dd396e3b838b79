//! Every call of the contract, in one exhaustive match.

use super::Device;
use domain::api::{Answer, Call, Reply};
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::vocabulary::AuditAct;

impl Device {
    /// Serves a call: checks who may make it, then answers.
    ///
    /// # Errors
    /// What the call refuses; nothing is half-done then.
    pub async fn dispatch(&self, call: Call) -> Result<Answer, ApiError> {
        let noted = crate::audit::act_of(&call);
        let answer = self.serve_call(call).await?;
        if let Some((act, about)) = noted {
            let begun = match &answer.reply {
                Reply::RecordEncounter(recorded) => recorded.pathway,
                _ => None,
            };
            let done = self.note(act, about.or(begun));
            // Nothing is shown that is not noted. What was written is written: the answer says so.
            if matches!(act, AuditAct::Open | AuditAct::Copy | AuditAct::Unlock) {
                done?;
            }
        }
        Ok(answer)
    }

    async fn serve_call(&self, call: Call) -> Result<Answer, ApiError> {
        self.may(call.access())?;
        let session = || Changes::of([Topic::Session]);
        let entries = || Changes::of([Topic::Today, Topic::Drafts, Topic::Sync]);
        let person = |pathway| {
            let mut changes = entries();
            changes.merge(Changes::of([Topic::People, Topic::Person(pathway)]));
            changes
        };
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
            Call::RecordEncounter(request) => {
                let recorded = self.record_encounter(&request)?;
                let stale = recorded.pathway.map_or_else(entries, person);
                (Reply::RecordEncounter(recorded), stale)
            }
            Call::UndoLast(_) => {
                let undone = self.undo_last()?;
                let stale = undone.pathway.map_or_else(entries, person);
                (Reply::UndoLast(undone), stale)
            }
            Call::AmendEncounter(request) => {
                (Reply::AmendEncounter(self.amend_encounter(&request)?), person(request.pathway))
            }
            Call::SearchPeople(request) => {
                (Reply::SearchPeople(self.search_people(&request)?), Changes::none())
            }
            Call::OpenPerson(request) => (Reply::OpenPerson(self.open_person(&request)?), Changes::none()),
            Call::EditProfile(request) => {
                (Reply::EditProfile(self.edit_profile(&request)?), person(request.pathway))
            }
            Call::SetBarrier(request) => {
                (Reply::SetBarrier(self.set_barrier(&request)?), person(request.pathway))
            }
            Call::SetNeed(request) => (Reply::SetNeed(self.set_need(&request)?), person(request.pathway)),
            Call::AddFollowUp(request) => {
                (Reply::AddFollowUp(self.add_follow_up(&request)?), person(request.pathway))
            }
            Call::SettleFollowUp(request) => {
                (Reply::SettleFollowUp(self.settle_follow_up(&request)?), person(request.pathway))
            }
            Call::SetReferral(request) => {
                (Reply::SetReferral(self.set_referral(&request)?), person(request.pathway))
            }
            Call::AddFact(request) => (Reply::AddFact(self.add_fact(&request)?), person(request.pathway)),
            Call::WritePart(request) => {
                (Reply::WritePart(self.write_part(&request)?), person(request.pathway))
            }
            Call::Referents(_) => (Reply::Referents(self.referents()?), Changes::none()),
            Call::OfferReferent(request) => {
                (Reply::OfferReferent(self.offer_referent(&request)?), person(request.pathway))
            }
            Call::AnswerReferent(request) => {
                (Reply::AnswerReferent(self.answer_referent(&request)?), person(request.pathway))
            }
            Call::EndReferent(request) => {
                (Reply::EndReferent(self.end_referent(&request)?), person(request.pathway))
            }
            Call::CopyForPerson(request) => {
                (Reply::CopyForPerson(self.copy_for_person(&request)?), Changes::none())
            }
            Call::Openings(request) => (Reply::Openings(self.openings(&request)?), Changes::none()),
            Call::FieldHistory(request) => {
                (Reply::FieldHistory(self.field_history(&request)?), Changes::none())
            }
            Call::Caseload(request) => (Reply::Caseload(self.caseload(&request)?), Changes::none()),
            Call::ToSettle(_) => (Reply::ToSettle(self.to_settle()?), Changes::none()),
            Call::LinkPeople(request) => {
                let mut stale = person(request.one);
                stale.merge(person(request.other));
                (Reply::LinkPeople(self.link_people(&request)?), stale)
            }
            Call::SettleField(request) => {
                (Reply::SettleField(self.settle_field(&request)?), person(request.pathway))
            }
            Call::ReadNotice(request) => (Reply::ReadNotice(self.read_notice(&request)?), Changes::none()),
            Call::TellPartner(request) => {
                (Reply::TellPartner(self.tell_partner(&request)?), Changes::of([Topic::People]))
            }
            Call::GiveReceipt(request) => {
                (Reply::GiveReceipt(self.give_receipt(&request)?), Changes::of([Topic::Sync]))
            }
            Call::RequestByCode(request) => {
                let stale = Changes::of([Topic::People, Topic::Today, Topic::Sync]);
                (Reply::RequestByCode(self.request_by_code(&request)?), stale)
            }
            Call::AddLedgerEntry(request) => {
                (Reply::AddLedgerEntry(self.add_ledger_entry(&request)?), person(request.pathway))
            }
            Call::OrderErasure(request) => {
                (Reply::OrderErasure(self.order_erasure(&request)?), person(request.pathway))
            }
            Call::Solutions(request) => (Reply::Solutions(self.solutions(&request)?), Changes::none()),
            Call::ProposeSolutions(request) => {
                (Reply::ProposeSolutions(self.propose_solutions(&request)?), Changes::none())
            }
            Call::AnswerInvitation(request) => {
                (Reply::AnswerInvitation(self.answer_invitation(&request).await?), Changes::none())
            }
            Call::ReadAnswer(_) => {
                let (state, changes) = self.read_answer().await?;
                (Reply::ReadAnswer(state), changes)
            }
            Call::CheckRecoveryWords(request) => {
                (Reply::CheckRecoveryWords(Self::check_recovery_words(&request)), Changes::none())
            }
            Call::OpenRecovery(request) => {
                (Reply::OpenRecovery(self.open_recovery(&request).await?), Changes::none())
            }
            Call::FinishRecovery(request) => {
                (Reply::FinishRecovery(self.finish_recovery(&request).await?), session())
            }
            Call::Members(_) => (Reply::Members(self.members()?), Changes::none()),
            Call::DrawRecoveryKey(_) => (Reply::DrawRecoveryKey(self.draw_recovery_key()?), Changes::none()),
            Call::DrawReplacementKey(_) => {
                (Reply::DrawReplacementKey(self.draw_replacement_key()?), Changes::none())
            }
            Call::ReplaceRecoveryKey(request) => {
                let (view, changes) = self.replace_recovery_key(&request).await?;
                (Reply::ReplaceRecoveryKey(view), changes)
            }
            Call::EstablishCite(request) => {
                let (view, changes) = self.establish(&request).await?;
                (Reply::EstablishCite(view), changes)
            }
            Call::InviteMember(request) => {
                (Reply::InviteMember(self.invite_member(&request).await?), Changes::none())
            }
            Call::ReadInvitation(_) => {
                let (state, changes) = self.read_invitation().await?;
                (Reply::ReadInvitation(state), changes)
            }
            Call::ConfirmInvitation(_) => {
                let (state, changes) = self.confirm_invitation().await?;
                (Reply::ConfirmInvitation(state), changes)
            }
            Call::CancelInvitation(_) => {
                (Reply::CancelInvitation(self.cancel_invitation().await?), Changes::none())
            }
            Call::ChangeMember(request) => {
                let (view, changes) = self.change_member(&request).await?;
                (Reply::ChangeMember(view), changes)
            }
            Call::RevokeMember(request) => {
                let (view, changes) = self.revoke_member(&request).await?;
                (Reply::RevokeMember(view), changes)
            }
            Call::Cite(_) => (Reply::Cite(self.cite()?), Changes::none()),
            Call::LocateQpv(request) => (Reply::LocateQpv(self.locate_qpv(&request)?), Changes::none()),
            Call::Rescues(_) => (Reply::Rescues(self.rescues()?), Changes::none()),
            Call::ListSetAside(_) => (Reply::ListSetAside(self.set_aside()?), Changes::none()),
            Call::DiscardSetAside(request) => {
                let view = self.discard_set_aside(&request)?;
                (Reply::DiscardSetAside(view), Changes::of([Topic::Sync, Topic::Today]))
            }
            Call::RecoverDevice(request) => {
                let (recovered, stale) = self.recover_device(&request)?;
                (Reply::RecoverDevice(recovered), stale)
            }
            Call::OpenWithRescueKey(request) => {
                (Reply::OpenWithRescueKey(self.open_with_rescue_key(&request)?), Changes::none())
            }
            Call::ShowRescueKey(request) => {
                (Reply::ShowRescueKey(self.show_rescue_key(&request)?), Changes::none())
            }
            Call::SyncNow(_) => {
                let (state, changes) = self.sync_now().await?;
                (Reply::SyncNow(state), changes)
            }
            Call::SyncState(_) => (Reply::SyncState(self.sync_state()?), Changes::none()),
            // The browser face signs in and out.
            Call::SignIn(_) | Call::SignOut(_) => return Err(ErrorCode::NotHere.into()),
            // The merged cohort and the devices are read on the server.
            Call::Erasures(_) => (Reply::Erasures(self.erasures()?), Changes::none()),
            Call::Cohort(_)
            | Call::CohortMap(_)
            | Call::CohortPathways(_)
            | Call::TakeFigures(_)
            | Call::CloseQuarter(_)
            | Call::Devices(_)
            | Call::Audit(_)
            | Call::ExportAudit(_)
            | Call::Notices(_)
            | Call::CheckNotice(_) => {
                return Err(ErrorCode::NotHere.into());
            }
        };
        Ok(Answer { reply, changes })
    }
}
