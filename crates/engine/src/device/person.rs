//! A person's page, and the edits of the profile.

use super::history::authorship;
use super::part::{NotesPart, named};
use super::{Device, Open, differing, duplicate, ledger, sharing};
use crate::clock::civil;
use crate::error::EngineError;
use crate::store::{entry, projection};
use crate::write::Action;
use document::{By, Document, DocumentKey, Edit};
use domain::api::FOLLOWING;
use domain::api::person::*;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::ledger::{Ledger, Refusal};
use domain::pathway::PathwayDoc;
use domain::time::Day;
use domain::vocabulary::*;
use std::collections::{BTreeMap, BTreeSet};

impl Device {
    /// A person's page.
    pub(super) fn open_person(&self, request: &OpenPerson) -> Result<PersonView, ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| view(open, request.pathway, today))
    }

    /// Edits the coded profile.
    pub(super) fn edit_profile(&self, request: &EditProfile) -> Result<(), ApiError> {
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let key = DocumentKey::first(DocumentKind::Pathway, request.pathway);
            open.write(&*self.clock, &Action::edit(key, profile_edits(&request.profile)?))?;
            Ok(())
        })
    }
}

impl Open {
    /// The coded record of a person.
    pub(super) fn pathway(&self, pathway: PathwayId) -> Result<Option<PathwayDoc>, EngineError> {
        projection::get(self.store.connection(), DocumentKind::Pathway, pathway.into())
    }

    /// Its document.
    pub(super) fn pathway_document(&self, pathway: PathwayId) -> Result<Document, EngineError> {
        self.store.document(self.cite(), DocumentKey::first(DocumentKind::Pathway, pathway))
    }

    /// Whether this person is here and their ledger allows writing.
    pub(super) fn may_edit(&self, pathway: PathwayId) -> Result<(), ApiError> {
        if self.people.get(pathway).is_none() {
            return Err(ErrorCode::NotFound.into());
        }
        allows(&self.store.ledger(pathway)?)
    }

    /// Whether this person is here and a link may be written: what linked records say is no obstacle,
    /// else nothing could be undone.
    pub(super) fn may_link(&self, pathway: PathwayId) -> Result<(), ApiError> {
        if self.people.get(pathway).is_none() {
            return Err(ErrorCode::NotFound.into());
        }
        allows(&self.store.ledger(pathway)?.alone())
    }
}

fn allows(ledger: &Ledger) -> Result<(), ApiError> {
    ledger.may_synchronise().map_err(|refusal| match refusal {
        Refusal::NoNotice => ErrorCode::NoticeNeeded.into(),
        Refusal::NoSharing | Refusal::Stopped => ErrorCode::ConsentRefuses.into(),
    })
}

/// Edits of the profile; none means unchanged.
pub(super) fn profile_edits(profile: &ProfileForm) -> Result<Vec<Edit>, ApiError> {
    Ok(Edit::set_all(profile).map_err(EngineError::from)?)
}

/// Gathers the page.
fn view(open: &Open, id: PathwayId, today: Day) -> Result<PersonView, ApiError> {
    let known = open.people.get(id).ok_or(ErrorCode::NotFound)?;
    let pathway = open.pathway(id)?.ok_or(ErrorCode::NotFound)?;
    let document = open.pathway_document(id)?;
    let (authors, amended) = authorship(&document);
    let parts = open.named(id)?;
    let notes = NotesPart::of(&parts)?;
    let follows = FOLLOWING.contains(&open.member.role);
    let page = Page { open, authors, amended, pathway: &pathway, notes: &notes, id };
    Ok(PersonView {
        residence_evidence: pathway.residence_evidence,
        publics: domain::publics::of(pathway.age, pathway.gender, pathway.household)
            .into_iter()
            .map(|public| public.code().to_owned())
            .collect(),
        named: named(&parts, &notes)?,
        parts: sharing::states(open, id, &parts, today)?,
        needs: page.needs(),
        barriers: page.barriers(),
        strengths: pathway.strengths.iter().filter(|(_, on)| **on).map(|(code, _)| code.clone()).collect(),
        timeline: page.timeline()?,
        follow_ups: page.follow_ups(),
        referrals: page.referrals()?,
        episodes: pathway.episodes.iter().map(|(id, it)| (*id, it.clone())).collect(),
        situations: pathway.situations.iter().map(|(id, it)| (*id, it.clone())).collect(),
        outcomes: pathway.outcomes.iter().map(|(id, it)| (*id, it.clone())).collect(),
        referents: open.referents_of(&pathway, &page.authors),
        ledger: ledger::view(open, id, today)?,
        differing: if follows { differing::fields(open, &document) } else { Vec::new() },
        linked: duplicate::linked(open, id)?,
        absent: duplicate::absent(open, id)?,
        duplicates: if follows { duplicate::proposed_for(open, id) } else { Vec::new() },
        risk: known
            .signs
            .risk(today)
            .into_iter()
            .map(|reason| (reason.code.to_owned(), reason.weight))
            .collect(),
        ending: super::ending::of(open, id, today)?,
        hit: known.hit.clone(),
    })
}

struct Page<'a> {
    open: &'a Open,
    authors: BTreeMap<FactId, By>,
    amended: BTreeSet<FactId>,
    pathway: &'a PathwayDoc,
    notes: &'a NotesPart,
    id: PathwayId,
}

impl Page<'_> {
    fn author(&self, fact: &FactId) -> Author {
        self.authors.get(fact).map_or(Author::UNKNOWN, |by| self.open.author_by(by))
    }

    fn needs(&self) -> Vec<NeedView> {
        let needs = self.pathway.needs.iter().filter(|(_, it)| !it.void);
        needs
            .map(|(id, it)| NeedView {
                id: *id,
                kind: it.kind,
                state: it.state,
                on: it.on,
                author: self.author(id),
            })
            .collect()
    }

    fn barriers(&self) -> Vec<BarrierView> {
        let chosen = |set: &BTreeMap<String, bool>| -> Vec<String> {
            set.iter().filter(|(_, on)| **on).map(|(code, _)| code.clone()).collect()
        };
        let mut barriers: Vec<BarrierView> = self
            .pathway
            .barriers
            .iter()
            .filter(|(_, it)| !it.void)
            .map(|(id, it)| {
                let sealed: Vec<String> = self.notes.sealed_of(*id).map(|(_, code)| code.clone()).collect();
                BarrierView {
                    id: *id,
                    domain: it.domain,
                    situations: chosen(&it.situations).into_iter().chain(sealed.iter().cloned()).collect(),
                    sealed_situations: sealed,
                    objectives: chosen(&it.objectives),
                    impact: it.impact,
                    priority: it.priority,
                    state: it.state,
                    on: it.on,
                    state_on: it.state_on,
                    author: self.author(id),
                }
            })
            .collect();
        barriers.sort_by_key(|it| (it.state, it.on, it.id));
        barriers
    }

    fn follow_ups(&self) -> Vec<FollowUpView> {
        let mut views: Vec<FollowUpView> = self
            .pathway
            .follow_ups
            .iter()
            .filter(|(_, it)| !it.void)
            .map(|(id, it)| FollowUpView { id: *id, follow_up: it.clone(), author: self.author(id) })
            .collect();
        views.sort_by_key(|it| (it.follow_up.state != FollowUpState::Due, it.follow_up.due, it.id));
        views
    }

    fn referrals(&self) -> Result<Vec<ReferralView>, EngineError> {
        let solutions = self.open.solutions()?;
        let name = |id| solutions.iter().find(|it| it.id == id).map(|it| it.name.clone());
        let mut views: Vec<ReferralView> = self
            .pathway
            .referrals
            .iter()
            .filter(|(_, it)| !it.void)
            .map(|(id, it)| {
                let sealed = self.notes.sealed_referrals.values().find(|sealed| sealed.referral == *id);
                ReferralView {
                    id: *id,
                    solution: it.solution.or(sealed.map(|sealed| sealed.solution)).and_then(name),
                    protected: it.protected,
                    on: it.on,
                    accompanied: it.accompanied,
                    state: it.state,
                    author: self.author(id),
                }
            })
            .collect();
        views.sort_by_key(|it| (std::cmp::Reverse(it.on), it.id));
        Ok(views)
    }

    fn timeline(&self) -> Result<Vec<TimelineItem>, EngineError> {
        let connection = self.open.store.connection();
        let mut items = Vec::new();
        for (id, it) in &self.pathway.encounters {
            let state =
                entry::get(connection, *id)?.map(|kept| entry::whereabouts(connection, &kept)).transpose()?;
            let mut noted = self.notes.notes.values().filter(|note| note.encounter == Some(*id));
            items.push(TimelineItem {
                id: Some(*id),
                on: it.on,
                event: TimelineEvent::Encounter {
                    medium: it.medium,
                    contact_place: it.contact_place,
                    acts: it
                        .acts
                        .iter()
                        .filter(|(_, on)| **on)
                        .filter_map(|(code, _)| Act::from_code(code))
                        .collect(),
                    duration: it.duration,
                    note: noted.next().map(|note| note.text.clone()),
                },
                author: self.author(id),
                amended: self.amended.contains(id),
                void: it.void,
                state,
            });
        }
        for (on, line, author) in ledger::lines(self.open, self.id, &Ledger::default())? {
            items.push(plain(on, TimelineEvent::Ledger(line), author));
        }
        let solved =
            self.pathway.barriers.iter().filter(|(_, it)| !it.void && it.state != BarrierState::Spotted);
        for (id, it) in solved {
            let event = TimelineEvent::Barrier { domain: it.domain, state: it.state };
            items.push(plain(it.state_on.unwrap_or(it.on), event, self.author(id)));
        }
        for it in self.referrals()? {
            let event = TimelineEvent::Referral { solution: it.solution, state: it.state };
            items.push(plain(it.on, event, it.author));
        }
        for (id, it) in &self.pathway.outcomes {
            items.push(plain(it.from, TimelineEvent::Outcome(it.kind), self.author(id)));
        }
        items.sort_by_key(|item| std::cmp::Reverse(item.on));
        Ok(items)
    }
}

fn plain(on: Day, event: TimelineEvent, author: Author) -> TimelineItem {
    TimelineItem { id: None, on, event, author, amended: false, void: false, state: None }
}
