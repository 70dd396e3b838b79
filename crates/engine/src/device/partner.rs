//! Partners that a person agreed something be passed on to: who they are, what is to be told, and by whom.

use super::{Device, Open};
use crate::clock::civil;
use crate::erasure::partners::{Told, told};
use crate::erasure::{named, number};
use crate::error::EngineError;
use crate::request::{hex, unhex};
use crate::store::sealed::partner;
use crate::store::{control, link};
use crate::write::Action;
use document::control::{ErasureBody, Record, RecordKind, TellBody};
use document::{Hash, SignerId};
use domain::api::caseload::ErasedToTell;
use domain::api::ledger::{PartnerId, PartnerView, TellPartner};
use domain::api::person::Author;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{PartnerMark, SolutionId};
use domain::ledger::Ledger;
use domain::role::Role;
use domain::time::Day;
use std::collections::BTreeMap;

/// Which services marks stand for, as far as a user knows.
pub(super) type Known = BTreeMap<PartnerMark, SolutionId>;

impl Open {
    /// What this user knows of the protected partners of a person (16 bytes), or since an erasure (32).
    pub(super) fn known_partners(&self, about: &[u8]) -> Result<Known, EngineError> {
        partner::of(self.store.connection(), self.user, self.own_key(), about)
    }

    /// A partner by name and structure; its identifier where the directory has it no more, nothing where it is
    /// a protected one that this user does not know.
    pub(super) fn partner(&self, id: PartnerId, known: &Known) -> Result<Option<String>, EngineError> {
        let solution = match id {
            PartnerId::Open(solution) => Some(solution),
            PartnerId::Protected(mark) => known.get(&mark).copied(),
        };
        let name = |id| Ok(self.solution(id)?.map_or_else(|| id.to_string(), |it| named(&it)));
        solution.map(name).transpose()
    }

    /// Whether somebody works here no longer, on any device.
    fn has_left(&self, signer: &SignerId) -> bool {
        let user = self.chain.member(signer).map(|it| it.user);
        user.is_some_and(|user| !self.chain.members().any(|(_, it)| it.user == user && !it.revoked))
    }
}

fn said(open: &Open, told: &Told, causes: &[Hash], partner: PartnerId) -> Option<(Day, Author)> {
    let first = causes.iter().filter_map(|cause| told.get(&(*cause, partner))).min()?;
    Some((first.0, open.author(&first.1)))
}

/// The partners of a person, as a screen shows them.
pub(super) fn views(
    open: &Open,
    ledger: &Ledger,
    records: &[Record],
    known: &Known,
    today: Day,
) -> Result<Vec<PartnerView>, EngineError> {
    let told = told(open.store.connection())?;
    let view = |it: domain::ledger::Partner| {
        let record = records.iter().find(|record| record.id() == it.agreement);
        Ok(PartnerView {
            partner: it.partner,
            name: open.partner(it.partner, known)?,
            parts: it.parts.into_iter().collect(),
            on: it.on,
            by: record.map(|record| open.author(&record.signer)),
            by_left: record.is_some_and(|record| open.has_left(&record.signer)),
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
        waiting_of(open, &record, &told, &mut waiting)?;
    }
    Ok(waiting)
}

/// Of those, the protected ones that the user at work knows: whoever they are, it is theirs to tell them.
pub(super) fn mine_to_tell(open: &Open) -> Result<Vec<ErasedToTell>, EngineError> {
    let connection = open.store.connection();
    let causes = partner::causes(connection, open.user)?;
    let mut mine = Vec::new();
    if causes.is_empty() {
        return Ok(mine);
    }
    let told = told(connection)?;
    for cause in causes {
        if let Some(record) = control::get(connection, &cause)? {
            waiting_of(open, &record, &told, &mut mine)?;
        }
    }
    mine.retain(|it| matches!(it.partner, PartnerId::Protected(_)) && it.name.is_some());
    mine.sort_by_key(|it| it.on);
    Ok(mine)
}

/// The partners of one erasure that nobody has told yet.
fn waiting_of(
    open: &Open,
    record: &Record,
    told: &Told,
    waiting: &mut Vec<ErasedToTell>,
) -> Result<(), EngineError> {
    let (id, body): (Hash, ErasureBody) = (record.id(), record.read()?);
    let known = open.known_partners(&id)?;
    let waits = |partner, known_by: Option<SignerId>| {
        Ok::<_, EngineError>(ErasedToTell {
            number: number(id),
            on: body.on(),
            cause: hex(&id),
            partner,
            name: open.partner(partner, &known)?,
            known_by: known_by.map(|it| open.author(&it)),
            known_by_left: known_by.is_some_and(|it| open.has_left(&it)),
        })
    };
    let solutions = body.partners().map(|(solution, before)| (PartnerId::Open(solution), before, None));
    let marks = body.protected().map(|it| (PartnerId::Protected(it.mark), it.told_on, Some(it.known_by)));
    for (partner, before, known_by) in solutions.chain(marks) {
        if before.is_none() && !told.contains_key(&(id, partner)) {
            waiting.push(waits(partner, known_by)?);
        }
    }
    // Of agreements that the cité had not received when the person was erased: only this user knows.
    let unsent = known.keys().filter(|mark| !body.protected().any(|it| it.mark == **mark));
    for mark in unsent {
        waiting.push(waits(PartnerId::Protected(*mark), Some(open.signer().id()))?);
    }
    Ok(())
}

/// Whether the user at work may say that a partner was told: a référent, or who knows which protected one it is.
fn may_tell(open: &Open, cause: &Hash, partner: PartnerId) -> Result<bool, EngineError> {
    let PartnerId::Protected(mark) = partner else { return Ok(open.member.role == Role::Referent) };
    let mut known = open.known_partners(cause)?;
    if let Some(person) = control::whose(open.store.connection(), cause)? {
        // What is said in one record binds those that are linked with it.
        let mut people = link::others(open.store.connection(), person)?;
        people.insert(person);
        for person in people {
            known.extend(open.known_partners(person.as_bytes())?);
        }
    }
    Ok(known.contains_key(&mark) || open.member.role == Role::Referent)
}

impl Device {
    /// A partner was told.
    pub(super) fn tell_partner(&self, request: &TellPartner) -> Result<(), ApiError> {
        let on = civil(&*self.clock).0;
        let cause: Hash =
            unhex(&request.cause).ok_or_else(|| ApiError::about(ErrorCode::Invalid, "cause"))?;
        self.with_open(|open| {
            if !may_tell(open, &cause, request.partner)? {
                return Err(ErrorCode::NotAllowed.into());
            }
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
