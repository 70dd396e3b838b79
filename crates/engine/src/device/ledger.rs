//! The ledger of a person: reading it, adding to it. The rule itself is `domain::ledger`.

use super::protected::{self, InClear};
use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use crate::store::{control, link};
use crate::write::{Action, DocumentEdits};
use document::control::{LedgerEntry, Record, RecordKind};
use document::{DocumentKey, Edit};
use domain::api::ledger::*;
use domain::api::person::Author;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, OrganisationId, PathwayId, UserId};
use domain::ledger::Ledger;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::*;

/// Longest signature drawn on the screen, bytes.
const LONGEST_SIGNATURE: usize = 8 * 1024;
/// Most organisations, and most excluded agents, that an agreement names.
const MOST_NAMED: usize = 256;

impl Device {
    /// The notice to be spoken.
    pub(super) fn read_notice(&self, request: &ReadNotice) -> Result<NoticeView, ApiError> {
        self.with_open(|open| {
            let view = domain::notice::view(&open.settings, &request.language);
            Ok(view.ok_or(ErrorCode::CiteNotReady)?)
        })
    }

    /// Adds an act to a person's ledger.
    pub(super) fn add_ledger_entry(&self, request: &AddLedgerEntry) -> Result<LedgerView, ApiError> {
        let on = civil(&*self.clock).0;
        self.with_open(|open| {
            let key = DocumentKey::first(DocumentKind::Pathway, request.pathway);
            if open.people.get(key.id.into()).is_none() {
                return Err(ErrorCode::NotFound.into());
            }
            let ledger = open.store.ledger(request.pathway)?;
            let mut action = Action::default();
            let acts = std::slice::from_ref(&request.act);
            append(open, request.pathway, on, &ledger, acts, &mut action)?;
            open.write(&*self.clock, &action)?;
            Ok(view(open, request.pathway, on)?)
        })
    }
}

/// Checks acts and adds their signed records, and their drawn signatures as a named part, to an
/// action. Each lists every *no* known here, those of the same action included.
pub(super) fn append(
    open: &Open,
    pathway: PathwayId,
    on: Day,
    ledger: &Ledger,
    acts: &[LedgerAct],
    action: &mut Action,
) -> Result<(), ApiError> {
    let mut known: Vec<[u8; 32]> = ledger.to_supersede().collect();
    let mut informed = ledger.notice_on().is_some();
    for said in acts {
        check(open, said, on, &mut informed)?;
        let InClear { acts: in_clear, sealed } = protected::in_clear(open, pathway, ledger, said, acts, on)?;
        if let Some(edit) = sealed {
            let key = DocumentKey::first(DocumentKind::Notes, pathway);
            action.parts.push(DocumentEdits { key, edits: vec![edit] });
        }
        for act in &in_clear {
            let entry = LedgerEntry::new(pathway, on, act, known.iter().copied(), crate::random::bytes()?);
            let record = Record::sign(RecordKind::Ledger, &entry, open.signer());
            let says_no = matches!(
                act.kind,
                LedgerActKind::Refusal { .. }
                    | LedgerActKind::Withdrawal { .. }
                    | LedgerActKind::Objection { .. }
            );
            if says_no {
                known.push(record.id());
            }
            if let Some(path) = &act.circumstances.signature {
                let hex: String = record.id().iter().map(|byte| format!("{byte:02x}")).collect();
                let id = FactId::from_bytes(crate::random::bytes()?);
                let values = vec![("entry".into(), hex.into()), ("path".into(), path.clone().into())];
                let edits = vec![Edit::Add { list: "signatures".into(), id, values }];
                action
                    .parts
                    .push(DocumentEdits { key: DocumentKey::first(DocumentKind::Notes, pathway), edits });
            }
            action.records.push(record);
        }
    }
    Ok(())
}

/// Whether something sensitive may be noted of a person: they agreed to it before or in these acts.
pub(super) fn may_seal(ledger: &Ledger, acts: &[LedgerAct], today: Day) -> Result<(), ApiError> {
    let said = acts.iter().rev().find_map(|act| match &act.kind {
        LedgerActKind::Agreement { purpose: Purpose::RecordSensitive, .. } => Some(true),
        LedgerActKind::Refusal { purpose: Purpose::RecordSensitive }
        | LedgerActKind::Withdrawal { purpose: Purpose::RecordSensitive, .. } => Some(false),
        _ => None,
    });
    let before = || ledger.purpose(Purpose::RecordSensitive, today).0 == PurposeStateView::Granted;
    if said.unwrap_or_else(before) { Ok(()) } else { Err(ErrorCode::SensitiveNotAgreed.into()) }
}

/// The circumstances of `docs/PRIVACY.md`: nothing but a *no* before the notice; agreements only in
/// private; a notice only in words the cité has checked; a signature where one is claimed.
fn check(open: &Open, act: &LedgerAct, on: Day, informed: &mut bool) -> Result<(), ApiError> {
    let wrong = |field: &str| Err(ApiError::about(ErrorCode::Invalid, field));
    let how = &act.circumstances;
    match &act.kind {
        LedgerActKind::Notice { language, .. } => {
            let checked = open.settings.notices.get(language).is_some_and(|notice| notice.checked);
            if !checked {
                return wrong("language");
            }
            *informed = true;
        }
        LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, .. } => {
            if !*informed {
                return Err(ErrorCode::NoticeNeeded.into());
            }
            if how.setting == Setting::OthersNear {
                return wrong("setting");
            }
            let known = |id: &OrganisationId| open.chain.members().any(|(_, it)| it.organisation == *id);
            if organisations.len() > MOST_NAMED || !organisations.iter().all(known) {
                return wrong("organisations");
            }
            let agent = |id: &UserId| open.chain.members().any(|(_, it)| it.user == *id);
            if excluded.len() > MOST_NAMED || !excluded.iter().all(agent) {
                return wrong("excluded");
            }
            if until.is_some_and(|until| until < on) {
                return wrong("until");
            }
            if channel.is_some() && *purpose != Purpose::ContactAgain {
                return wrong("channel");
            }
        }
        LedgerActKind::Withdrawal { purpose, partner: Some(_), .. }
            if *purpose != Purpose::ShareWithPartner =>
        {
            return wrong("partner");
        }
        LedgerActKind::Answered { request } => {
            if open.member.role != Role::Referent {
                return Err(ErrorCode::NotAllowed.into());
            }
            if crate::request::unhex::<32>(request).is_none() {
                return wrong("request");
            }
        }
        // Made by what the person is given, and by what they ask for with it.
        LedgerActKind::Receipt { .. } | LedgerActKind::Request { .. } => return wrong("kind"),
        LedgerActKind::Refusal { .. }
        | LedgerActKind::Withdrawal { .. }
        | LedgerActKind::Objection { .. } => {}
    }
    if (how.given_by == GivenBy::Representative) != how.capacity.is_some() {
        return wrong("capacity");
    }
    let path = how.signature.as_deref();
    let drawn = path.is_some_and(|path| !path.is_empty() && path.len() <= LONGEST_SIGNATURE);
    if (how.form == ConsentForm::Signed) != drawn || path.is_some() != drawn {
        return wrong("signature");
    }
    Ok(())
}

/// The ledger as a screen shows it.
pub(super) fn view(open: &Open, pathway: PathwayId, today: Day) -> Result<LedgerView, EngineError> {
    let ledger = open.store.ledger(pathway)?;
    let mut records = control::ledger_records(open.store.connection(), pathway)?;
    for other in link::others(open.store.connection(), pathway)? {
        records.extend(control::ledger_records(open.store.connection(), other)?);
    }
    let purposes = Purpose::ALL.iter().map(|purpose| {
        let (state, entry) = ledger.spoken(*purpose, today);
        let record = entry.and_then(|entry| records.iter().find(|record| record.id() == entry.id));
        let grant = ledger.grant(*purpose, today);
        PurposeView {
            purpose: *purpose,
            state,
            on: entry.map(|entry| entry.on),
            by: record.map(|record| open.author(&record.signer)),
            with: grant.iter().filter(|_| purpose.is_sharing()).flat_map(|it| open.reached(it)).collect(),
            until: grant.as_ref().and_then(|grant| grant.until),
            channels: grant.map(|grant| grant.channels.into_iter().collect()).unwrap_or_default(),
        }
    });
    let known = open.known_partners(pathway.as_bytes())?;
    Ok(LedgerView {
        notice_on: ledger.notice_on(),
        purposes: purposes.collect(),
        objections: ledger.objections(),
        partners: super::partner::views(open, &ledger, &records, &known, today)?,
        requests: super::request::views(open, &ledger, &records)?,
        lines: lines(open, pathway, &ledger)?,
    })
}

/// Every entry with its author, newest first; and those of linked records that bind this one.
pub(super) fn lines(
    open: &Open,
    pathway: PathwayId,
    ledger: &Ledger,
) -> Result<Vec<(Day, LedgerLine, Author)>, EngineError> {
    let connection = open.store.connection();
    let mut records: Vec<(Record, bool)> =
        control::ledger_records(connection, pathway)?.into_iter().rev().map(|it| (it, false)).collect();
    for other in link::others(connection, pathway)? {
        let binding = control::ledger_records(connection, other)?
            .into_iter()
            .filter(|record| ledger.linked().iter().any(|it| it.id == record.id()));
        records.extend(binding.map(|it| (it, true)));
    }
    let mut lines = Vec::new();
    for (record, linked) in &records {
        let entry: LedgerEntry = record.read()?;
        let act = entry.act()?;
        let mut kind = act.kind;
        // Whom a person excludes does not learn of it.
        if let LedgerActKind::Agreement { excluded, .. } = &mut kind {
            excluded.retain(|user| *user != open.user);
        }
        let line = LedgerLine { kind, circumstances: act.circumstances, linked: *linked };
        lines.push((entry.on(), line, open.author(&record.signer)));
    }
    lines.sort_by_key(|(on, ..)| std::cmp::Reverse(*on));
    Ok(lines)
}
