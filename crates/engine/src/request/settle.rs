//! Requests find their ledger, and take effect: wherever both are known first, once.

use super::{hex, mark};
use crate::error::EngineError;
use crate::seal;
use crate::store::sealed::due;
use crate::store::{control, erased, receipt};
use crate::write::Writer;
use document::control::{LedgerEntry, Record, RecordKind, RequestBody};
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, PurposeStateView};
use domain::ids::PathwayId;
use domain::time::Day;
use domain::vocabulary::{ObjectionAct, Purpose, RequestKind};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Requests that are older than this are looked at no more: their ledger never came.
const YEAR: i32 = 366;

/// Every request of the last year whose person is known here, with its signed record.
pub(crate) fn resolve(
    connection: &Connection,
    today: Day,
) -> Result<Vec<(PathwayId, Record, RequestBody)>, EngineError> {
    let requests = control::list(connection, RecordKind::Request)?;
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let receipts = receipt::all(connection)?;
    let mut found = Vec::new();
    for record in requests {
        let Ok(body) = record.read::<RequestBody>() else { continue };
        if body.on().0 < today.0 - YEAR {
            continue;
        }
        let tag = body.tag();
        let whose = receipts.iter().find(|(pathway, known)| mark(&tag, *pathway) == *known);
        if let Some((pathway, _)) = whose {
            found.push((*pathway, record, body));
        }
    }
    Ok(found)
}

/// Writes what requests ask for into the ledgers they belong to, where it is not there yet. Returns the
/// people concerned.
pub(crate) fn settle(
    connection: &Connection,
    writer: &Writer<'_>,
) -> Result<BTreeSet<PathwayId>, EngineError> {
    let mut people = BTreeSet::new();
    if !writer.holds_keys {
        return Ok(people);
    }
    for (pathway, record, body) in resolve(connection, writer.on)? {
        let request = hex(&record.id());
        let ledger = control::ledger(connection, pathway)?;
        let done = ledger.entries().iter().any(
            |entry| matches!(&entry.act.kind, LedgerActKind::Request { request: of, .. } if *of == request),
        );
        let (Ok(kind), Ok((given_by, capacity)), false, false) =
            (body.kind(), body.given_by(), done, erased::is(connection, pathway)?)
        else {
            continue;
        };
        let mut acts = vec![LedgerActKind::Request { request, kind }];
        match kind {
            RequestKind::NoContact => {
                acts.push(LedgerActKind::Objection { act: ObjectionAct::NoContact });
            }
            RequestKind::Withdraw => {
                let agreed =
                    |purpose: &&Purpose| ledger.purpose(**purpose, writer.on).0 == PurposeStateView::Granted;
                acts.extend(Purpose::ALL.iter().filter(agreed).map(|purpose| LedgerActKind::Withdrawal {
                    purpose: *purpose,
                    keep_on: None,
                    partner: None,
                }));
            }
            RequestKind::Access | RequestKind::Rectify => {}
        }
        let mut known: Vec<[u8; 32]> = ledger.to_supersede().collect();
        for kind in acts {
            let says_no = !matches!(kind, LedgerActKind::Request { .. });
            let circumstances = Circumstances { given_by, capacity, ..Circumstances::default() };
            let act = LedgerAct { kind, circumstances };
            let listed = known.iter().copied();
            let entry = LedgerEntry::new(pathway, writer.on, &act, listed, crate::random::bytes()?);
            let record = Record::sign(RecordKind::Ledger, &entry, writer.signer);
            known.extend(says_no.then(|| record.id()));
            control::enqueue(connection, &record)?;
        }
        seal::settle::settle(connection, writer, pathway)?;
        seal::settle::carry(connection, writer, pathway)?;
        due::mark(connection, pathway)?;
        people.insert(pathway);
    }
    Ok(people)
}
