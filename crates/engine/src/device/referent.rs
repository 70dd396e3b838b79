//! Who follows a person, and handing them over. Nobody is taken from anybody in silence: the receiver
//! accepts, and whatever the one before writes without knowing of it is kept and attributed.

use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use crate::random;
use crate::write::Action;
use document::{By, DocumentKey, Edit};
use domain::api::person::Author;
use domain::api::referent::*;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId, UserId};
use domain::pathway::{PathwayDoc, ReferentLink};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use std::collections::BTreeMap;

impl Device {
    /// The référents of the cité, by organisation and name.
    pub(super) fn referents(&self) -> Result<Vec<Colleague>, ApiError> {
        self.with_open(|open| Ok(open.colleagues()?))
    }

    /// Proposes a référent.
    pub(super) fn offer_referent(&self, request: &OfferReferent) -> Result<(), ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let colleague = open.colleagues()?.into_iter().find(|it| it.user == request.user);
            let colleague = colleague.ok_or(ApiError::about(ErrorCode::Invalid, "user"))?;
            let pathway = open.pathway(request.pathway)?.ok_or(ErrorCode::NotFound)?;
            let running = |it: &&ReferentLink| it.to.is_none() && it.user == request.user;
            if pathway.referents.values().find(running).is_some_and(|it| it.lead || !request.lead) {
                return Ok(()); // Follows already, or was asked already.
            }
            let link = ReferentLink {
                user: request.user,
                organisation: colleague.organisation,
                lead: request.lead,
                from: today,
                to: None,
                accepted: colleague.me,
            };
            let id = FactId::from_bytes(random::bytes()?);
            let mut edits = vec![Edit::add("referents", id, &link).map_err(EngineError::from)?];
            if colleague.me {
                edits.extend(taken_over(&pathway, id, &link, today));
            }
            self.save(open, request.pathway, edits)
        })
    }

    /// Accepts or declines what was proposed to this user.
    pub(super) fn answer_referent(&self, request: &AnswerReferent) -> Result<(), ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let pathway = open.pathway(request.pathway)?.ok_or(ErrorCode::NotFound)?;
            let link = pathway.referents.get(&request.link).filter(|it| it.to.is_none() && !it.accepted);
            let link = link.filter(|it| it.user == open.user).ok_or(ErrorCode::NotFound)?;
            let mut edits = Vec::new();
            if request.accept {
                edits.push(Edit::set_in("referents", request.link, "accepted", true));
                edits.push(Edit::set_in("referents", request.link, "from", today));
                edits.extend(taken_over(&pathway, request.link, link, today));
            } else {
                edits.push(Edit::set_in("referents", request.link, "to", today));
            }
            self.save(open, request.pathway, edits)
        })
    }

    /// Ends a following.
    pub(super) fn end_referent(&self, request: &EndReferent) -> Result<(), ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let pathway = open.pathway(request.pathway)?.ok_or(ErrorCode::NotFound)?;
            let running = pathway.referents.get(&request.link).filter(|it| it.to.is_none());
            running.ok_or(ErrorCode::NotFound)?;
            self.save(open, request.pathway, vec![Edit::set_in("referents", request.link, "to", today)])
        })
    }

    fn save(&self, open: &mut Open, pathway: PathwayId, edits: Vec<Edit>) -> Result<(), ApiError> {
        let key = DocumentKey::first(DocumentKind::Pathway, pathway);
        open.write(&*self.clock, &Action::edit(key, edits)).map(drop)
    }
}

/// The other leads, and other links of the same user, end where a lead is taken over.
fn taken_over(pathway: &PathwayDoc, id: FactId, link: &ReferentLink, today: Day) -> Vec<Edit> {
    let over = |it: &ReferentLink| {
        it.to.is_none() && (it.user == link.user || (link.lead && it.lead && it.accepted))
    };
    let others = pathway.referents.iter().filter(|(other, it)| **other != id && over(it));
    others.map(|(other, _)| Edit::set_in("referents", *other, "to", today)).collect()
}

impl Open {
    /// Active référents, each once, by organisation and name.
    fn colleagues(&self) -> Result<Vec<Colleague>, EngineError> {
        let mut colleagues: BTreeMap<UserId, Colleague> = BTreeMap::new();
        for (_, member) in self.chain.members() {
            if member.revoked || member.role != Role::Referent {
                continue;
            }
            let organisation_name = self.organisation_name(member.organisation)?.unwrap_or_default();
            colleagues.insert(
                member.user,
                Colleague {
                    user: member.user,
                    name: member.user_name.clone(),
                    organisation: member.organisation,
                    organisation_name,
                    me: member.user == self.user,
                },
            );
        }
        let mut colleagues: Vec<Colleague> = colleagues.into_values().collect();
        colleagues.sort_by(|a, b| (&a.organisation_name, &a.name).cmp(&(&b.organisation_name, &b.name)));
        Ok(colleagues)
    }

    /// Who a user is, as a colleague sees it.
    fn user(&self, user: UserId) -> Author {
        let signer = self.chain.members().find(|(_, it)| it.user == user).map(|(signer, _)| *signer);
        signer.map_or(Author::UNKNOWN, |it| self.author(&it))
    }

    /// The référents of a person: those who follow now first, the lead before the others.
    pub(super) fn referents_of(
        &self,
        pathway: &PathwayDoc,
        authors: &BTreeMap<FactId, By>,
    ) -> Vec<ReferentView> {
        let nobody = Author::UNKNOWN;
        let mut views: Vec<ReferentView> = pathway
            .referents
            .iter()
            .map(|(id, it)| ReferentView {
                id: *id,
                referent: self.user(it.user),
                lead: it.lead,
                from: it.from,
                to: it.to,
                accepted: it.accepted,
                by: authors.get(id).map_or_else(|| nobody.clone(), |by| self.author_by(by)),
            })
            .collect();
        views.sort_by_key(|it| (it.to.is_some(), !it.accepted, !it.lead, std::cmp::Reverse(it.from), it.id));
        views
    }
}
