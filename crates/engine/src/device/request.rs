//! The neutral receipt, and what is asked for with its code.

use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use crate::request::{Code, hex, mark, resolve, settle};
use crate::write::Action;
use document::control::{LedgerEntry, Record, RecordKind, RequestBody};
use domain::api::ledger::*;
use domain::api::today::RequestItem;
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::ledger::Ledger;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::{GivenBy, RequestKind};

impl Device {
    /// Gives a person a receipt.
    pub(super) fn give_receipt(&self, request: &GiveReceipt) -> Result<ReceiptView, ApiError> {
        let on = civil(&*self.clock).0;
        self.with_open(|open| {
            if open.people.get(request.pathway).is_none() {
                return Err(ErrorCode::NotFound.into());
            }
            let ledger = open.store.ledger(request.pathway)?;
            let code = Code::draw()?;
            let check = hex(&mark(&code.tag(open.cite()), request.pathway));
            let kind = LedgerActKind::Receipt { check };
            let act = LedgerAct { kind, circumstances: Circumstances::default() };
            let listed = ledger.to_supersede().collect::<Vec<_>>();
            let entry = LedgerEntry::new(request.pathway, on, &act, listed, crate::random::bytes()?);
            let record = Record::sign(RecordKind::Ledger, &entry, open.signer());
            open.write(&*self.clock, &Action { records: vec![record], ..Action::default() })?;
            Ok(ReceiptView { code: code.text().into() })
        })
    }

    /// Records what is asked for with a code. The answer is the same whether the code is known here.
    pub(super) fn request_by_code(&self, request: &RequestByCode) -> Result<(), ApiError> {
        let on = civil(&*self.clock).0;
        let wrong = |field: &str| ApiError::about(ErrorCode::Invalid, field);
        let code = Code::read(request.code.expose()).ok_or_else(|| wrong("code"))?;
        if (request.given_by == GivenBy::Representative) != request.capacity.is_some() {
            return Err(wrong("capacity"));
        }
        self.with_open(|open| {
            let given_by = (request.given_by, request.capacity);
            let tag = code.tag(open.cite());
            let body = RequestBody::new(tag, request.kind, given_by, on, crate::random::bytes()?);
            let record = Record::sign(RecordKind::Request, &body, open.signer());
            open.write(&*self.clock, &Action { records: vec![record], ..Action::default() })?;
            let people = open
                .with_writer(on, |store, writer| store.transact(|connection| settle(connection, writer)))?;
            Ok(open.reindex_all(people.iter())?)
        })
    }
}

/// What a person asked for, newest first, each request once.
pub(super) fn views(
    open: &Open,
    ledger: &Ledger,
    records: &[Record],
) -> Result<Vec<RequestView>, EngineError> {
    let author = |id| records.iter().find(|it| it.id() == id).map(|it| open.author(&it.signer));
    let mut views: Vec<RequestView> = Vec::new();
    for entry in ledger.entries().iter().rev() {
        let LedgerActKind::Request { request, kind } = &entry.act.kind else { continue };
        if views.iter().any(|it| it.request == *request) {
            continue;
        }
        let answered = ledger
            .entries()
            .iter()
            .find(|it| matches!(&it.act.kind, LedgerActKind::Answered { request: of } if of == request));
        views.push(RequestView {
            request: request.clone(),
            kind: *kind,
            on: entry.on,
            by: author(entry.id),
            given_by: entry.act.circumstances.given_by,
            answered: answered.and_then(|it| Some((it.on, author(it.id)?))),
        });
    }
    Ok(views)
}

/// Requests that wait for whoever follows the person: référents, of people they may open; others, of
/// people they are named for.
pub(super) fn waiting(open: &Open, today: Day) -> Result<Vec<RequestItem>, EngineError> {
    let follows = |id| open.member.role == Role::Referent || open.people.get(id).is_some_and(|it| it.mine);
    let asked = unanswered(open, today)?.into_iter().filter(|(id, ..)| follows(*id));
    Ok(asked.map(|(id, kind, on)| RequestItem { person: open.label(id), kind, on }).collect())
}

/// Requests nobody has seen to, of people this user may open, the oldest first.
pub(super) fn unanswered(open: &Open, today: Day) -> Result<Vec<(PathwayId, RequestKind, Day)>, EngineError> {
    let mut items = Vec::new();
    for (pathway, record, body) in resolve(open.store.connection(), today)? {
        if open.people.get(pathway).is_none() {
            continue;
        }
        let request = hex(&record.id());
        let ledger = open.store.ledger(pathway)?;
        let answered = ledger
            .entries()
            .iter()
            .any(|it| matches!(&it.act.kind, LedgerActKind::Answered { request: of } if *of == request));
        if let (false, Ok(kind)) = (answered, body.kind()) {
            items.push((pathway, kind, body.on()));
        }
    }
    items.sort_by_key(|(_, _, on)| *on);
    Ok(items)
}
