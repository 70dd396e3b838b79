//! The list of calls: request, reply, access. Everything else follows from it.

use super::access::{
    Access, COHORT, COORDINATION, DEVICES, ERASURES, FIELD, FOLLOWING, LETTING_IN, OVERSIGHT,
};
use super::*;
use crate::changes::Changes;
use serde::{Deserialize, Serialize};

/// A request type, its reply and its place in [`Call`].
pub trait Request: Into<Call> {
    /// What a successful call returns.
    type Reply;
    /// Takes the reply out of its envelope.
    ///
    /// # Errors
    /// [`UnexpectedReply`] where the serving side answered another call.
    fn take(reply: Reply) -> Result<Self::Reply, UnexpectedReply>;
}

/// The serving side answered another call: a mistake of ours, never of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reply of another call")]
pub struct UnexpectedReply;

/// A reply and what the call made stale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The reply.
    pub reply: Reply,
    /// Topics that became stale; empty for a read.
    #[serde(default)]
    pub changes: Changes,
}

macro_rules! calls {
    ($($name:ident($request:ty) -> $reply:ty, $access:expr;)*) => {
        /// Every call of the contract.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case", tag = "call", content = "with")]
        pub enum Call { $(#[doc = concat!("See [`", stringify!($request), "`].")] $name($request),)* }

        /// Every reply, under the name of its call.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[allow(clippy::large_enum_variant, reason = "one reply at a time, serialised at once")]
        #[serde(rename_all = "snake_case", tag = "reply", content = "with")]
        pub enum Reply { $(#[doc = concat!("Reply of [`Call::", stringify!($name), "`].")] $name($reply),)* }

        impl Call {
            /// What the call needs.
            pub fn access(&self) -> Access { match self { $(Call::$name(_) => $access,)* } }
            /// The call's name, for logs and tests; holds no data.
            pub fn name(&self) -> &'static str { match self { $(Call::$name(_) => stringify!($name),)* } }
            /// Every name, in order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
        }

        $(impl From<$request> for Call { fn from(request: $request) -> Self { Call::$name(request) } }
        impl Request for $request {
            type Reply = $reply;
            fn take(reply: Reply) -> Result<Self::Reply, UnexpectedReply> {
                match reply { Reply::$name(reply) => Ok(reply), _ => Err(UnexpectedReply) }
            }
        })*
    };
}

calls! {
    // Session: joining, unlocking, signing in.
    Status(session::Status) -> session::StatusView, Access::Anyone;
    CheckInvitation(session::CheckInvitation) -> session::InvitationView, Access::Anyone;
    Join(session::Join) -> session::StatusView, Access::Anyone;
    Unlock(session::Unlock) -> session::StatusView, Access::Anyone;
    UnlockWithPin(session::UnlockWithPin) -> session::StatusView, Access::Anyone;
    Lock(session::Lock) -> session::StatusView, Access::Anyone;
    SetPreferences(session::SetPreferences) -> session::Preferences, Access::SignedIn;
    SignIn(session::SignIn) -> session::StatusView, Access::Anyone;
    SignOut(session::SignOut) -> session::StatusView, Access::Anyone;

    // Joining by the invitation of a colleague's device.
    AnswerInvitation(member::AnswerInvitation) -> member::AnswerState, Access::Anyone;
    ReadAnswer(member::ReadAnswer) -> member::AnswerState, Access::Anyone;

    // Coming back with the printed recovery key, where no référent is left.
    CheckRecoveryWords(recovery::CheckRecoveryWords) -> recovery::RecoveryWordsView, Access::Anyone;
    OpenRecovery(recovery::OpenRecovery) -> recovery::RecoveryOpened, Access::Anyone;
    FinishRecovery(recovery::FinishRecovery) -> session::StatusView, Access::Anyone;

    // Members: founding, letting in, changing, revoking.
    Members(member::ListMembers) -> member::MembersView, Access::DeviceRoles(LETTING_IN);
    DrawRecoveryKey(member::DrawRecoveryKey) -> member::RecoveryKeyView, Access::DeviceRoles(LETTING_IN);
    EstablishCite(member::EstablishCite) -> member::MembersView, Access::DeviceRoles(LETTING_IN);
    DrawReplacementKey(member::DrawReplacementKey) -> member::RecoveryKeyView, Access::DeviceRoles(LETTING_IN);
    ReplaceRecoveryKey(member::ReplaceRecoveryKey) -> member::MembersView, Access::DeviceRoles(LETTING_IN);
    InviteMember(member::InviteMember) -> member::InvitationShown, Access::DeviceRoles(LETTING_IN);
    ReadInvitation(member::ReadInvitation) -> member::InvitationState, Access::DeviceRoles(LETTING_IN);
    ConfirmInvitation(member::ConfirmInvitation) -> member::InvitationState, Access::DeviceRoles(LETTING_IN);
    CancelInvitation(member::CancelInvitation) -> (), Access::DeviceRoles(LETTING_IN);
    ChangeMember(member::ChangeMember) -> member::MembersView, Access::DeviceRoles(LETTING_IN);
    RevokeMember(member::RevokeMember) -> member::MembersView, Access::DeviceRoles(LETTING_IN);

    // Cité: settings, sectors, places, polygons.
    Cite(cite::ReadCite) -> cite::CiteView, Access::SignedIn;
    LocateQpv(cite::LocateQpv) -> cite::Located, Access::Device;

    // Aujourd'hui and outings.
    Today(today::ReadToday) -> today::TodayView, Access::DeviceRoles(FIELD);
    StartOuting(outing::StartOuting) -> outing::OutingView, Access::DeviceRoles(FIELD);
    EndOuting(outing::EndOuting) -> outing::OutingView, Access::DeviceRoles(FIELD);

    // Drafts, encounters, passages.
    Drafts(draft::ListDrafts) -> Vec<draft::DraftSummary>, Access::DeviceRoles(FIELD);
    OpenDraft(draft::OpenDraft) -> draft::Draft, Access::DeviceRoles(FIELD);
    SaveDraft(draft::SaveDraft) -> draft::DraftSaved, Access::DeviceRoles(FIELD);
    DiscardDraft(draft::DiscardDraft) -> (), Access::DeviceRoles(FIELD);
    RecordEncounter(encounter::RecordEncounter) -> encounter::Recorded, Access::DeviceRoles(FIELD);
    RecordPassage(encounter::RecordPassage) -> encounter::Recorded, Access::DeviceRoles(FIELD);
    UndoLast(encounter::UndoLast) -> encounter::Undone, Access::DeviceRoles(FIELD);
    AmendEncounter(encounter::AmendEncounter) -> (), Access::DeviceRoles(FIELD);

    // People.
    SearchPeople(person::SearchPeople) -> person::Found, Access::DeviceRoles(FIELD);
    OpenPerson(person::OpenPerson) -> person::PersonView, Access::DeviceRoles(FIELD);
    EditProfile(person::EditProfile) -> (), Access::DeviceRoles(FIELD);
    SetBarrier(person::SetBarrier) -> (), Access::DeviceRoles(FIELD);
    SetNeed(person::SetNeed) -> (), Access::DeviceRoles(FIELD);
    AddFollowUp(person::AddFollowUp) -> (), Access::DeviceRoles(FIELD);
    SettleFollowUp(person::SettleFollowUp) -> (), Access::DeviceRoles(FIELD);
    SetReferral(person::SetReferral) -> (), Access::DeviceRoles(FIELD);
    AddFact(person::AddFact) -> (), Access::DeviceRoles(FIELD);
    WritePart(person::WritePart) -> (), Access::DeviceRoles(FIELD);
    CopyForPerson(copy::CopyForPerson) -> copy::CopyMade, Access::DeviceRoles(FIELD);
    FieldHistory(person::ReadFieldHistory) -> Vec<person::EarlierValue>, Access::DeviceRoles(FIELD);

    Openings(audit::ReadOpenings) -> audit::OpeningsView, Access::DeviceRoles(FIELD);

    // A référent's morning.
    Caseload(caseload::ReadCaseload) -> caseload::CaseloadView, Access::DeviceRoles(FIELD);
    ToSettle(caseload::ReadToSettle) -> caseload::ToSettleView, Access::DeviceRoles(FOLLOWING);
    Referents(referent::ListReferents) -> Vec<referent::Colleague>, Access::DeviceRoles(FIELD);
    OfferReferent(referent::OfferReferent) -> (), Access::DeviceRoles(FIELD);
    AnswerReferent(referent::AnswerReferent) -> (), Access::DeviceRoles(FOLLOWING);
    EndReferent(referent::EndReferent) -> (), Access::DeviceRoles(FOLLOWING);
    LinkPeople(caseload::LinkPeople) -> (), Access::DeviceRoles(FOLLOWING);
    SettleField(caseload::SettleField) -> (), Access::DeviceRoles(FOLLOWING);

    // Ledger.
    ReadNotice(ledger::ReadNotice) -> ledger::NoticeView, Access::DeviceRoles(FIELD);
    AddLedgerEntry(ledger::AddLedgerEntry) -> ledger::LedgerView, Access::DeviceRoles(FIELD);
    TellPartner(ledger::TellPartner) -> (), Access::DeviceRoles(FIELD);
    GiveReceipt(ledger::GiveReceipt) -> ledger::ReceiptView, Access::DeviceRoles(FIELD);
    RequestByCode(ledger::RequestByCode) -> (), Access::DeviceRoles(FIELD);
    OrderErasure(person::OrderErasure) -> (), Access::DeviceRoles(FOLLOWING);

    // Solutions.
    Solutions(solution::SearchSolutions) -> Vec<solution::SolutionView>, Access::SignedIn;
    ProposeSolutions(solution::ProposeSolutions) -> Vec<solution::Proposal>, Access::DeviceRoles(FIELD);

    // Synchronisation.
    SyncState(sync::ReadSyncState) -> sync::SyncStateView, Access::DeviceEvenHeld;
    SyncNow(sync::SyncNow) -> sync::SyncStateView, Access::DeviceEvenHeld;

    // Lost, found and locked-out tablets.
    Rescues(rescue::ListRescues) -> rescue::RescuesView, Access::DeviceRoles(FOLLOWING);
    ListSetAside(set_aside::ListSetAside) -> set_aside::SetAsideView, Access::Device;
    DiscardSetAside(set_aside::DiscardSetAside) -> set_aside::SetAsideView, Access::Device;
    RecoverDevice(rescue::RecoverDevice) -> rescue::Recovered, Access::DeviceRoles(FOLLOWING);
    OpenWithRescueKey(rescue::OpenWithRescueKey) -> rescue::RescueOpened, Access::Anyone;
    ShowRescueKey(rescue::ShowRescueKey) -> rescue::RescueKeyView, Access::DeviceRoles(FOLLOWING);

    // The merged cohort.
    Cohort(cohort::ReadCohort) -> cohort::CohortView, Access::Roles(COHORT);
    CohortMap(cohort::ReadMap) -> cohort::MapView, Access::Roles(COHORT);
    CohortPathways(cohort::ListPathways) -> cohort::PathwayPage, Access::Roles(COHORT);
    TakeFigures(cohort::TakeFigures) -> (), Access::Roles(COHORT);
    CloseQuarter(cohort::CloseQuarter) -> cohort::Closed, Access::Roles(COORDINATION);

    // The cité's devices.
    Devices(server::ListDevices) -> server::DevicesView, Access::Roles(DEVICES);
    Erasures(server::ReadErasures) -> server::ErasuresView, Access::Roles(ERASURES);

    // Oversight: the audit, translations of the notice.
    Audit(audit::ReadAudit) -> audit::AuditPage, Access::Roles(OVERSIGHT);
    ExportAudit(audit::ExportAudit) -> audit::AuditFile, Access::Roles(OVERSIGHT);
    Notices(notice::ListNotices) -> notice::NoticesView, Access::Roles(OVERSIGHT);
    CheckNotice(notice::CheckNotice) -> notice::NoticesView, Access::Roles(OVERSIGHT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_reads_back_from_json_under_its_own_name() {
        let call: Call = session::UnlockWithPin { user: Default::default(), pin: "123456".into() }.into();
        let json = serde_json::to_string(&call).unwrap();
        assert!(json.starts_with(r#"{"call":"unlock_with_pin","with":{"#), "{json}");
        assert_eq!(serde_json::from_str::<Call>(&json).unwrap(), call);
    }
}
