//! Partners that a person agreed something be passed on to: which may be named, what is to be told.

use super::{Device, Open};
use crate::clock::civil;
use crate::erasure::partners::{Told, told};
use crate::erasure::{named, number};
use crate::error::EngineError;
use crate::request::{hex, unhex};
use crate::store::control;
use crate::write::Action;
use document::Hash;
use document::control::{ErasureBody, Record, RecordKind, TellBody};
use domain::api::caseload::ErasedToTell;
use domain::api::ledger::{PartnerShare, PartnerView, TellPartner};
use domain::api::person::Author;
use domain::error::{ApiError, ErrorCode};
use domain::ids::SolutionId;
use domain::ledger::Ledger;
use domain::time::Day;
use domain::vocabulary::Purpose;

/// Whether an agreement names a partner where its purpose asks for one: of the directory, with what is
/// passed on. One whose referral is protected would say to the server what the person lives with.
pub(super) fn fits(open: &Open, purpose: Purpose, share: Option<&PartnerShare>) -> Result<bool, EngineError> {
    let Some(share) = share else { return Ok(purpose != Purpose::ShareWithPartner) };
    let known = open.solution(share.partner)?.is_some_and(|it| !it.protected);
    Ok(purpose == Purpose::ShareWithPartner && known && !share.parts.is_empty())
}

impl Open {
    /// A partner by name and structure; its identifier where the directory has it no more.
    fn partner(&self, id: SolutionId) -> Result<String, EngineError> {
        Ok(self.solution(id)?.map_or_else(|| id.to_string(), |it| named(&it)))
    }
}

fn said(open: &Open, told: &Told, causes: &[Hash], partner: SolutionId) -> Option<(Day, Author)> {
    let first = causes.iter().filter_map(|cause| told.get(&(*cause, partner))).min()?;
    Some((first.0, open.author(&first.1)))
}

/// The partners of a person, as a screen shows them.
pub(super) fn views(
    open: &Open,
    ledger: &Ledger,
    records: &[Record],
    today: Day,
) -> Result<Vec<PartnerView>, EngineError> {
    let told = told(open.store.connection())?;
    let view = |it: domain::ledger::Partner| {
        let record = records.iter().find(|record| record.id() == it.agreement);
        Ok(PartnerView {
            partner: it.partner,
            name: open.partner(it.partner)?,
            parts: it.parts.into_iter().collect(),
            on: it.on,
            by: record.map(|record| open.author(&record.signer)),
            granted: it.granted,
            to_tell: it.ended_by.first().map(|id| hex(id)),
            told: said(open, &told, &it.ended_by, it.partner),
        })
    };
    ledger.partners(today).into_iter().map(view).collect()
}

/// Partners of people who were erased that nobody has told yet.
pub(super) fn erased_to_tell(open: &Open) -> Result<Vec<ErasedToTell>, EngineError> {
    let connection = open.store.connection();
    let told = told(connection)?;
    let mut waiting = Vec::new();
    for record in control::list(connection, RecordKind::Erasure)? {
        let body: ErasureBody = record.read()?;
        for (partner, before) in body.partners() {
            if before.is_none() && !told.contains_key(&(record.id(), partner)) {
                waiting.push(ErasedToTell {
                    number: number(record.id()),
                    on: body.on(),
                    cause: hex(&record.id()),
                    partner,
                    name: open.partner(partner)?,
                });
            }
        }
    }
    Ok(waiting)
}

impl Device {
    /// A référent has told a partner.
    pub(super) fn tell_partner(&self, request: &TellPartner) -> Result<(), ApiError> {
        let on = civil(&*self.clock).0;
        let cause: Hash =
            unhex(&request.cause).ok_or_else(|| ApiError::about(ErrorCode::Invalid, "cause"))?;
        self.with_open(|open| {
            if !control::has(open.store.connection(), &cause)? {
                return Err(ErrorCode::NotFound.into());
            }
            let body = TellBody::new(cause, request.partner, on);
            let record = Record::sign(RecordKind::Tell, &body, open.signer());
            open.write(&*self.clock, &Action { records: vec![record], ..Action::default() })?;
            Ok(())
        })
    }
}
