//! A person's page, and the edits of the profile and the named parts.

use super::history::{authorship, text};
use super::{Device, Open, ledger};
use crate::clock::civil;
use crate::error::EngineError;
use crate::random;
use crate::store::{entry, projection};
use crate::write::{Action, DocumentEdits};
use document::{Document, DocumentKey, Edit, SignerId, Value};
use domain::api::person::*;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::pathway::PathwayDoc;
use domain::time::Day;
use domain::vocabulary::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Longest name, and longest other line of a named part, characters.
const LONGEST_NAME: usize = 80;
const LONGEST_LINE: usize = 200;
/// Longest note, characters.
const LONGEST_NOTE: usize = 2_000;

/// The notes part, as read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NotesPart {
    notes: BTreeMap<FactId, NoteFact>,
    sealed_barriers: BTreeMap<FactId, SealedBarrier>,
    sealed_referrals: BTreeMap<FactId, SealedReferral>,
}

#[derive(Debug, Deserialize)]
struct NoteFact {
    text: String,
    on: Day,
    #[serde(default)]
    encounter: Option<FactId>,
}

#[derive(Debug, Deserialize)]
struct SealedBarrier {
    barrier: FactId,
    #[serde(default)]
    situations: BTreeMap<String, bool>,
}

#[derive(Debug, Deserialize)]
struct SealedReferral {
    referral: FactId,
    solution: domain::ids::SolutionId,
}

impl NotesPart {
    /// Reads it among the parts this user may open; empty where nothing is noted.
    fn of(parts: &BTreeMap<DocumentKind, Document>) -> Result<Self, EngineError> {
        match parts.get(&DocumentKind::Notes) {
            Some(document) => Ok(document.read()?),
            None => Ok(Self::default()),
        }
    }

    /// Sealed situations of a barrier, each with the fact that holds it.
    pub(super) fn sealed_of(&self, barrier: FactId) -> impl Iterator<Item = (FactId, &String)> {
        let facts = self.sealed_barriers.iter().filter(move |(_, it)| it.barrier == barrier);
        facts.flat_map(|(fact, it)| {
            it.situations.iter().filter(|(_, on)| **on).map(move |(code, _)| (*fact, code))
        })
    }
}

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

    /// Writes into the named parts, sealed for this user on this device.
    pub(super) fn write_part(&self, request: &WritePart) -> Result<(), ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let parts = part_edits(request.pathway, &request.named, today)?;
            open.write(&*self.clock, &Action { parts, ..Action::default() })?;
            Ok(())
        })
    }
}

impl Open {
    /// The coded record of a person.
    pub(super) fn pathway(&self, pathway: PathwayId) -> Result<Option<PathwayDoc>, EngineError> {
        projection::get(self.store.connection(), DocumentKind::Pathway, pathway.into())
    }

    /// The notes this user may read.
    pub(super) fn notes(&self, pathway: PathwayId) -> Result<NotesPart, EngineError> {
        NotesPart::of(&self.named(pathway)?)
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
        self.store.ledger(pathway)?.may_synchronise().map_err(|refusal| match refusal {
            domain::ledger::Refusal::NoNotice => ErrorCode::NoticeNeeded.into(),
            _ => ErrorCode::ConsentRefuses.into(),
        })
    }
}

/// Edits of the profile; none means unchanged.
pub(super) fn profile_edits(profile: &ProfileForm) -> Result<Vec<Edit>, ApiError> {
    Ok(Edit::set_all(profile).map_err(EngineError::from)?)
}

/// Edits of the named parts; none means unchanged, an empty text clears.
pub(super) fn part_edits(
    pathway: PathwayId,
    named: &NamedParts,
    today: Day,
) -> Result<Vec<DocumentEdits>, ApiError> {
    let mut parts: BTreeMap<DocumentKind, Vec<Edit>> = BTreeMap::new();
    let lines: [(DocumentKind, &str, &Option<String>, usize); 8] = [
        (DocumentKind::Recognition, "first_name", &named.first_name, LONGEST_NAME),
        (DocumentKind::Recognition, "initial", &named.initial, 2),
        (DocumentKind::Identity, "family_name", &named.family_name, LONGEST_NAME),
        (DocumentKind::Contact, "phone", &named.phone, 30),
        (DocumentKind::Contact, "safe_hours", &named.safe_hours, LONGEST_LINE),
        (DocumentKind::Contact, "introduce_as", &named.introduce_as, LONGEST_LINE),
        (DocumentKind::Contact, "email", &named.email, LONGEST_LINE),
        (DocumentKind::Contact, "address", &named.address, LONGEST_LINE),
    ];
    for (kind, field, value, longest) in lines {
        let Some(value) = value.as_deref().map(str::trim) else { continue };
        if value.chars().count() > longest {
            return Err(ApiError::about(ErrorCode::Invalid, field));
        }
        // A phone number may have 13 digits; anything else that looks like the number is refused.
        if field != "phone" {
            refuse_social_security_number(value)?;
        }
        parts.entry(kind).or_default().push(Edit::set(field, value));
    }
    let switches =
        [("phone_shared", named.phone_shared), ("voice_message", named.voice_message), ("sms", named.sms)];
    for (field, value) in switches.into_iter().filter_map(|(field, value)| Some((field, value?))) {
        parts.entry(DocumentKind::Contact).or_default().push(Edit::set(field, value));
    }
    if let Some(day) = named.birth_date {
        parts.entry(DocumentKind::Identity).or_default().push(Edit::set("birth_date", day));
    }
    for it in &named.notes {
        let edit = match it.id {
            None => note(&it.text, today, None)?,
            Some(id) => Edit::set_in("notes", id, "text", checked_note(&it.text)?),
        };
        parts.entry(DocumentKind::Notes).or_default().push(edit);
    }
    Ok(parts
        .into_iter()
        .map(|(kind, edits)| DocumentEdits { key: DocumentKey::first(kind, pathway), edits })
        .collect())
}

/// A new note.
pub(super) fn note(text: &str, on: Day, encounter: Option<FactId>) -> Result<Edit, ApiError> {
    let mut values = vec![("text".into(), checked_note(text)?.into()), ("on".into(), on.into())];
    values.extend(encounter.map(|id| ("encounter".into(), Value::Text(id.to_string()))));
    Ok(Edit::Add { list: "notes".into(), id: FactId::from_bytes(random::bytes()?), values })
}

fn checked_note(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.chars().count() > LONGEST_NOTE {
        return Err(ApiError::about(ErrorCode::Invalid, "note"));
    }
    refuse_social_security_number(text)?;
    Ok(text.to_owned())
}

/// There is no field for the social security number, and a text is none either.
fn refuse_social_security_number(text: &str) -> Result<(), ApiError> {
    if domain::text::looks_like_social_security_number(text) {
        return Err(ErrorCode::LooksLikeSocialSecurityNumber.into());
    }
    Ok(())
}

/// Gathers the page.
fn view(open: &Open, id: PathwayId, today: Day) -> Result<PersonView, ApiError> {
    let hit = open.people.get(id).ok_or(ErrorCode::NotFound)?.hit.clone();
    let pathway = open.pathway(id)?.ok_or(ErrorCode::NotFound)?;
    let document = open.pathway_document(id)?;
    let (authors, amended) = authorship(&document);
    let parts = open.named(id)?;
    let notes = NotesPart::of(&parts)?;
    let page = Page { open, authors, amended, pathway: &pathway, notes: &notes, id };
    Ok(PersonView {
        residence_evidence: pathway.residence_evidence,
        publics: domain::publics::of(pathway.age, pathway.gender, pathway.household)
            .into_iter()
            .map(|public| public.code().to_owned())
            .collect(),
        named: named(&parts, &notes)?,
        parts: Part::ALL.iter().map(|part| part_state(*part, &parts)).collect(),
        needs: page.needs(),
        barriers: page.barriers(),
        strengths: pathway.strengths.iter().filter(|(_, on)| **on).map(|(code, _)| code.clone()).collect(),
        timeline: page.timeline()?,
        follow_ups: page.follow_ups(),
        referrals: page.referrals()?,
        episodes: pathway.episodes.iter().map(|(id, it)| (*id, it.clone())).collect(),
        situations: pathway.situations.iter().map(|(id, it)| (*id, it.clone())).collect(),
        outcomes: pathway.outcomes.iter().map(|(id, it)| (*id, it.clone())).collect(),
        ledger: ledger::view(open, id, today)?,
        differing: page.differing(&document),
        risk: domain::dropout::risk(&pathway, today)
            .into_iter()
            .map(|reason| (reason.code.to_owned(), reason.weight))
            .collect(),
        hit,
    })
}

fn named(parts: &BTreeMap<DocumentKind, Document>, notes: &NotesPart) -> Result<NamedParts, ApiError> {
    let mut all = serde_json::Map::new();
    for (kind, document) in parts {
        if let (false, serde_json::Value::Object(values)) = (*kind == DocumentKind::Notes, document.values())
        {
            all.extend(values);
        }
    }
    let mut named: NamedParts =
        serde_json::from_value(serde_json::Value::Object(all)).map_err(|_| ErrorCode::StoreDamaged)?;
    named.notes = notes
        .notes
        .iter()
        .map(|(id, it)| NoteView { id: Some(*id), text: it.text.clone(), on: it.on })
        .collect();
    named.notes.sort_by_key(|note| std::cmp::Reverse(note.on));
    Ok(named)
}

fn part_state(part: Part, parts: &BTreeMap<DocumentKind, Document>) -> PartState {
    let kind = match part {
        Part::Recognition => DocumentKind::Recognition,
        Part::Identity => DocumentKind::Identity,
        Part::Contact => DocumentKind::Contact,
        Part::Notes => DocumentKind::Notes,
    };
    let written = parts.contains_key(&kind);
    // Nothing of a named part leaves a device before sharing exists.
    PartState { part, written, only_here: written }
}

struct Page<'a> {
    open: &'a Open,
    authors: BTreeMap<FactId, SignerId>,
    amended: BTreeSet<FactId>,
    pathway: &'a PathwayDoc,
    notes: &'a NotesPart,
    id: PathwayId,
}

impl Page<'_> {
    fn author(&self, fact: &FactId) -> Author {
        self.authors
            .get(fact)
            .map_or(Author { name: None, organisation: None, me: false }, |signer| self.open.author(signer))
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
            let state = entry::get(connection, *id)?
                .map(|kept| entry::whereabouts(connection, kept.key))
                .transpose()?;
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
        for (on, line, author) in ledger::lines(self.open, self.id)? {
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

    fn differing(&self, document: &Document) -> Vec<DifferingField> {
        let fields = document.differing().into_iter();
        fields
            .map(|it| DifferingField {
                field: it.key,
                values: it
                    .values
                    .iter()
                    .map(|(value, actor)| {
                        let unknown = Author { name: None, organisation: None, me: false };
                        (text(value), actor.map_or(unknown, |actor| self.open.author(&actor.signer)))
                    })
                    .collect(),
            })
            .collect()
    }
}

fn plain(on: Day, event: TimelineEvent, author: Author) -> TimelineItem {
    TimelineItem { id: None, on, event, author, amended: false, void: false, state: None }
}
