//! What an act about a partner says in the ledger, which the server reads: a protected service is named there by
//! a mark, and the notes part says, sealed, which service that is.

use super::partner::Known;
use super::{Open, ledger};
use crate::error::EngineError;
use crate::random;
use crate::seal::partner;
use crate::store::link;
use document::Edit;
use domain::api::ledger::{LedgerAct, LedgerActKind, PartnerId, PartnerShare};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{PartnerMark, PathwayId, SolutionId};
use domain::ledger::Ledger;
use domain::time::Day;
use domain::vocabulary::Purpose;
use std::collections::BTreeSet;

/// An act as it is signed.
pub(super) struct InClear {
    /// The act; of a withdrawal from a protected partner one for each mark that stands for it here.
    pub(super) acts: Vec<LedgerAct>,
    /// What the notes part says with it.
    pub(super) sealed: Option<Edit>,
}

fn wrong<T>() -> Result<T, ApiError> {
    Err(ApiError::about(ErrorCode::Invalid, "partner"))
}

/// Marks that stand for services here, of this record and of those linked as the same person.
fn marks(open: &Open, pathway: PathwayId) -> Result<Vec<(PathwayId, Known)>, EngineError> {
    let mut records = vec![pathway];
    records.extend(link::others(open.store.connection(), pathway)?);
    records.into_iter().map(|id| Ok((id, open.known_partners(id.as_bytes())?))).collect()
}

/// Says an act in clear. `said` are all acts of the action it belongs to.
pub(super) fn in_clear(
    open: &Open,
    pathway: PathwayId,
    ledger: &Ledger,
    act: &LedgerAct,
    said: &[LedgerAct],
    today: Day,
) -> Result<InClear, ApiError> {
    let plain = || Ok(InClear { acts: vec![act.clone()], sealed: None });
    match &act.kind {
        LedgerActKind::Agreement { purpose, partner, .. } => {
            let Some(share) = partner else {
                return if *purpose == Purpose::ShareWithPartner { wrong() } else { plain() };
            };
            // A mark means nothing to whoever asks: they name the service.
            let PartnerId::Open(solution) = share.partner else { return wrong() };
            let known = open.solution(solution)?;
            if *purpose != Purpose::ShareWithPartner || known.is_none() || share.parts.is_empty() {
                return wrong();
            }
            if !known.is_some_and(|it| it.protected) {
                return plain();
            }
            // Which protected service somebody goes to is sensitive, as a protected referral is.
            ledger::may_seal(ledger, said, today)?;
            let (mark, sealed) = mark_of(open, pathway, solution)?;
            let partner = PartnerShare { partner: PartnerId::Protected(mark), parts: share.parts.clone() };
            Ok(InClear { acts: vec![naming(act, partner)], sealed })
        }
        LedgerActKind::Withdrawal { partner: Some(PartnerId::Open(solution)), .. } => {
            // One that became protected after the ledger named it stays named: it is withdrawn as it was agreed to.
            let named = ledger.partners(today).iter().any(|it| it.partner == PartnerId::Open(*solution));
            if !named && open.solution(*solution)?.is_some_and(|it| it.protected) {
                return wrong();
            }
            plain()
        }
        LedgerActKind::Withdrawal { partner: Some(PartnerId::Protected(mark)), .. } => {
            let acts = same(open, pathway, *mark)?.into_iter().map(|mark| withdrawing(act, mark)).collect();
            Ok(InClear { acts, sealed: None })
        }
        _ => plain(),
    }
}

/// The mark of a service in a person's record: the one that stands for it here or in a linked record, else a new
/// one; and what the notes part is to say, unless it does.
fn mark_of(
    open: &Open,
    pathway: PathwayId,
    solution: SolutionId,
) -> Result<(PartnerMark, Option<Edit>), EngineError> {
    let known = marks(open, pathway)?;
    let stands = |known: &Known| known.iter().find(|(_, it)| **it == solution).map(|(mark, _)| *mark);
    let mark = match known.iter().find_map(|(_, known)| stands(known)) {
        Some(mark) => mark,
        None => PartnerMark::from_bytes(random::bytes()?),
    };
    let says = open.notes(pathway)?.says_partner(mark);
    let edit = if says { None } else { Some(partner::edit(mark, solution)?) };
    Ok((mark, edit))
}

/// A mark, and every other that stands for the same service here: two people may have agreed apart, on two tablets
/// or in two records.
fn same(open: &Open, pathway: PathwayId, mark: PartnerMark) -> Result<BTreeSet<PartnerMark>, EngineError> {
    let known = marks(open, pathway)?;
    let mut same = BTreeSet::from([mark]);
    if let Some(solution) = known.iter().find_map(|(_, known)| known.get(&mark)) {
        let all = known.iter().flat_map(|(_, known)| known.iter());
        same.extend(all.filter(|(_, it)| *it == solution).map(|(mark, _)| *mark));
    }
    Ok(same)
}

fn naming(act: &LedgerAct, share: PartnerShare) -> LedgerAct {
    let mut act = act.clone();
    if let LedgerActKind::Agreement { partner, .. } = &mut act.kind {
        *partner = Some(share);
    }
    act
}

fn withdrawing(act: &LedgerAct, mark: PartnerMark) -> LedgerAct {
    let mut act = act.clone();
    if let LedgerActKind::Withdrawal { partner, .. } = &mut act.kind {
        *partner = Some(PartnerId::Protected(mark));
    }
    act
}
