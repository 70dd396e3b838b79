//! One call under each name of the contract, about a person who is there.

use crate::forms::{act, later_encounter};
use crate::{NORTH, PASSPHRASE, PIN, place_in};
use domain::api::audit::{AuditFilter, AuditFormat, ExportAudit, ReadAudit, ReadOpenings};
use domain::api::caseload::{LinkPeople, ReadCaseload, ReadToSettle, SettleField};
use domain::api::cohort::{
    CloseQuarter, CohortFilter, Geography, ListPathways, PathwayOrder, ReadCohort, ReadMap, TakeFigures,
};
use domain::api::copy::CopyForPerson;
use domain::api::draft::*;
use domain::api::encounter::*;
use domain::api::ledger::*;
use domain::api::member::*;
use domain::api::notice::{CheckNotice, ListNotices};
use domain::api::outing::{EndOuting, StartOuting};
use domain::api::person::*;
use domain::api::recovery::*;
use domain::api::referent::*;
use domain::api::rescue::*;
use domain::api::server::{ListDevices, ReadErasures};
use domain::api::session::*;
use domain::api::solution::{ProposeSolutions, SearchSolutions};
use domain::api::sync::{ReadSyncState, SyncNow};
use domain::api::today::ReadToday;
use domain::api::{Call, cite};
use domain::ids::{DeviceId, DraftId, FactId, PathwayId, SolutionId, UserId};
use domain::pathway::Situation;
use domain::role::Role;
use domain::time::{Day, Quarter};
use domain::vocabulary::*;

/// What the calls are about.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Address of the cité's server.
    pub server: String,
    /// A code that was never given to anybody.
    pub unknown_code: String,
    /// A person whom the mediator and the référente follow.
    pub pathway: PathwayId,
    /// Her first encounter.
    pub encounter: FactId,
    /// What was agreed on for later.
    pub follow_up: FactId,
}

/// A person of this device's users: nobody.
const NOBODY: UserId = UserId::from_bytes([0xEE; 16]);

/// One call under each name, in the order of the contract. `column` tells the forms of one device
/// from those of another.
pub fn samples(about: &About, column: u8) -> Vec<Call> {
    let About { pathway, encounter, follow_up, .. } = *about;
    let draft = |n: u8| DraftId::from_bytes([column, n, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
    let form = DraftForm::Passage(PassageForm::default());
    let filter = || CohortFilter {
        period: Quarter { year: 2026, quarter: 3 }.period(),
        geography: Geography::Residence,
        location: None,
        public: None,
        organisation: None,
        programme: None,
    };
    let situation = Situation {
        on: Day(20_000),
        moment: SituationMoment::ALL[0],
        activity: None,
        registration: None,
        education: None,
        time_without_work: None,
        rsa: None,
        followed: None,
    };
    let agreement = LedgerActKind::Agreement {
        purpose: Purpose::Recognise,
        organisations: vec![],
        excluded: vec![],
        channel: None,
        until: None,
        partner: None,
    };
    vec![
        Status {}.into(),
        CheckInvitation { server: about.server.clone(), code: about.unknown_code.as_str().into() }.into(),
        Join {
            server: about.server.clone(),
            code: about.unknown_code.as_str().into(),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
            device_name: "Tablette inventée".into(),
        }
        .into(),
        Unlock { user: NOBODY, passphrase: PASSPHRASE.into() }.into(),
        UnlockWithPin { user: NOBODY, pin: PIN.into() }.into(),
        Lock {}.into(),
        SetPreferences { preferences: Preferences::default() }.into(),
        SignIn { login: format!("nobody {column}"), password: "faux".into() }.into(),
        SignOut {}.into(),
        AnswerInvitation {
            join: Join {
                server: about.server.clone(),
                code: about.unknown_code.as_str().into(),
                passphrase: PASSPHRASE.into(),
                pin: PIN.into(),
                device_name: "Tablette inventée".into(),
            },
        }
        .into(),
        ReadAnswer {}.into(),
        CheckRecoveryWords { words: vec!["abaisser".into(), "faux".into()] }.into(),
        OpenRecovery { server: about.server.clone(), words: "faux".into() }.into(),
        FinishRecovery {
            who: Recoverer::Former(NOBODY),
            words: vec!["faux".into()],
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
            device_name: "Tablette inventée".into(),
        }
        .into(),
        ListMembers {}.into(),
        DrawRecoveryKey {}.into(),
        EstablishCite { words: vec!["faux".into()] }.into(),
        DrawReplacementKey {}.into(),
        ReplaceRecoveryKey { words: vec!["faux".into()] }.into(),
        InviteMember { who: Invitee::Known { user: NOBODY } }.into(),
        ReadInvitation {}.into(),
        ConfirmInvitation {}.into(),
        CancelInvitation {}.into(),
        ChangeMember { user: NOBODY, role: Role::Mediator, sectors: vec![] }.into(),
        RevokeMember { leaving: Leaving::Person(NOBODY) }.into(),
        cite::ReadCite {}.into(),
        cite::LocateQpv { lon: 2.4, lat: 48.9 }.into(),
        ReadToday {}.into(),
        StartOuting { place: None, contact_place: place_in(NORTH) }.into(),
        EndOuting {}.into(),
        ListDrafts {}.into(),
        OpenDraft { id: draft(0) }.into(),
        SaveDraft { draft: Draft { id: draft(1), revision: 1, form } }.into(),
        DiscardDraft { id: draft(1) }.into(),
        RecordEncounter { draft: draft(2), ..later_encounter(0, pathway, place_in(NORTH)) }.into(),
        RecordPassage { draft: draft(3), form: PassageForm::default() }.into(),
        UndoLast {}.into(),
        AmendEncounter {
            pathway,
            encounter,
            on: None,
            medium: Some(Medium::Street),
            duration: None,
            contact_place: None,
            acts: None,
            void: None,
        }
        .into(),
        SearchPeople { query: String::new(), limit: 5 }.into(),
        OpenPerson { pathway }.into(),
        EditProfile { pathway, profile: ProfileForm::default() }.into(),
        SetBarrier::of(pathway, None, BarrierDomain::Housing).into(),
        SetNeed { pathway, need: None, kind: NeedKind::Job, state: NeedState::ALL[0] }.into(),
        AddFollowUp { pathway, kind: FollowUpKind::ALL[0], due: Day(30_000) }.into(),
        SettleFollowUp { pathway, follow_up, state: FollowUpState::ALL[1] }.into(),
        SetReferral {
            pathway,
            referral: None,
            solution: Some(SolutionId::from_bytes([0xEE; 16])),
            accompanied: false,
            state: ReferralState::ALL[0],
        }
        .into(),
        AddFact { pathway, id: None, fact: NewFact::Situation(situation) }.into(),
        WritePart {
            pathway,
            named: NamedParts { first_name: Some("Zébulonne".into()), ..NamedParts::default() },
        }
        .into(),
        CopyForPerson { pathway }.into(),
        ReadFieldHistory { pathway, fact: None, field: None }.into(),
        ReadOpenings { pathway }.into(),
        ReadCaseload { mine: false, limit: 5 }.into(),
        ReadToSettle {}.into(),
        ListReferents {}.into(),
        OfferReferent { pathway: PathwayId::from_bytes([0xEE; 16]), user: NOBODY, lead: true }.into(),
        AnswerReferent { pathway: PathwayId::from_bytes([0xEE; 16]), link: encounter, accept: true }.into(),
        EndReferent { pathway: PathwayId::from_bytes([0xEE; 16]), link: encounter }.into(),
        LinkPeople { one: PathwayId::from_bytes([0xEE; 16]), other: pathway, same: true }.into(),
        SettleField {
            pathway: PathwayId::from_bytes([0xEE; 16]),
            fact: None,
            field: "age".into(),
            value: AgeBand::ALL[0].code().into(),
        }
        .into(),
        ReadNotice { language: "fr".into() }.into(),
        AddLedgerEntry { pathway, act: act(agreement) }.into(),
        TellPartner { cause: "0".repeat(64), partner: PartnerId::Open(SolutionId::from_bytes([0xEE; 16])) }
            .into(),
        GiveReceipt { pathway }.into(),
        RequestByCode {
            code: "0".repeat(20).into(),
            kind: RequestKind::ALL[0],
            given_by: GivenBy::Person,
            capacity: None,
        }
        .into(),
        OrderErasure {
            pathway: PathwayId::from_bytes([0xEE; 16]),
            with: vec![],
            reason: OrderReason::ALL[0],
        }
        .into(),
        SearchSolutions::default().into(),
        ProposeSolutions { domains: [].into(), situations: [].into(), place: None }.into(),
        ReadSyncState {}.into(),
        SyncNow {}.into(),
        ListRescues {}.into(),
        domain::api::set_aside::ListSetAside {}.into(),
        domain::api::set_aside::DiscardSetAside { id: 1 }.into(),
        RecoverDevice { folder: "/nowhere".into(), recovery: None }.into(),
        OpenWithRescueKey { key: "0000".into() }.into(),
        ShowRescueKey { device: DeviceId::from_bytes([0xEE; 16]) }.into(),
        ReadCohort { filter: filter() }.into(),
        ReadMap { filter: filter() }.into(),
        ListPathways { filter: filter(), offset: 0, limit: 10, order: PathwayOrder::LastContact }.into(),
        TakeFigures {}.into(),
        CloseQuarter { quarter: Quarter { year: 2026, quarter: 2 } }.into(),
        ListDevices {}.into(),
        ReadErasures {}.into(),
        ReadAudit { limit: 5, ..ReadAudit::default() }.into(),
        ExportAudit { filter: AuditFilter::default(), format: AuditFormat::Csv, language: "fr".into() }
            .into(),
        ListNotices {}.into(),
        CheckNotice { language: "xx".into(), text: String::new(), french: String::new(), by: None }.into(),
    ]
}
