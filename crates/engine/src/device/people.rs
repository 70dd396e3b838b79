//! The people this user may open, kept in memory while unlocked: lists, what is due, and the search.
//!
//! Names never stand in an index on disk: they are unsealed at unlock and forgotten at lock.

use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use crate::store::sealed::view;
use crate::store::{change, off_day, projection};
use crate::sync::visible::{Belongs, sees};
use document::DocumentKey;
use domain::api::person::{Found, NamedParts, PersonHit, SearchPeople};
use domain::api::today::PersonLabel;
use domain::dropout::Signs;
use domain::duplicate::Traits;
use domain::error::ApiError;
use domain::ids::{FactId, OutingId, PathwayId};
use domain::pathway::{PathwayDoc, PersonLink};
use domain::retention::with_counted_days;
use domain::time::Day;
use domain::vocabulary::{BarrierState, DocumentKind, FollowUpKind, FollowUpState};
use std::collections::{BTreeMap, HashMap};
use unicode_normalization::UnicodeNormalization as _;

/// Most hits in one answer.
const MOST: usize = 50;

/// A person in memory.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) hit: PersonHit,
    /// Words to search, without accents, lower case.
    words: Vec<String>,
    /// Follow-ups that are due some day.
    pub(super) due: Vec<(FactId, FollowUpKind, Day)>,
    outings: Vec<OutingId>,
    /// What the risk of drop-out is made of.
    pub(super) signs: Signs,
    /// What duplicates are found by.
    pub(super) traits: Traits,
    /// Links to other records, where they stand in this one.
    pub(super) links: Vec<(FactId, PersonLink)>,
    /// This user is one of the référents.
    pub(super) mine: bool,
    /// Proposed to this user, who has not answered yet.
    pub(super) offered: bool,
}

/// The people in memory.
#[derive(Debug, Default)]
pub(crate) struct People {
    known: HashMap<PathwayId, Known>,
    /// Newest contact first.
    order: Vec<PathwayId>,
}

impl People {
    /// Reads everybody: coded projections, and the user's own named parts.
    pub(super) fn load(open: &Open) -> Result<Self, EngineError> {
        let (pathways, _) = projection::all::<PathwayDoc>(open.store.connection(), DocumentKind::Pathway)?;
        let mut known = HashMap::with_capacity(pathways.len());
        let off_days = off_day::all(open.store.connection())?;
        for (id, pathway) in pathways {
            let pathway = match off_days.get(&id.into()) {
                Some(off) => with_counted_days(pathway, off),
                None => pathway,
            };
            if !may_open(open, id.into(), &pathway)? {
                continue;
            }
            known.insert(PathwayId::from(id), Known::of(open, id.into(), &pathway, &NamedParts::default()));
        }
        for (id, named) in recognised(open, None)? {
            // People who may not be opened any more are left out, whatever is known of them.
            if !known.contains_key(&id) {
                continue;
            }
            if let Some(pathway) = open.pathway(id)? {
                let pathway = match off_days.get(&id) {
                    Some(off) => with_counted_days(pathway, off),
                    None => pathway,
                };
                known.insert(id, Known::of(open, id, &pathway, &named));
            }
        }
        let mut people = Self { known, order: Vec::new() };
        people.sort();
        Ok(people)
    }

    /// Reads one person; none where nothing is left of them here.
    pub(super) fn read_one(open: &Open, pathway: PathwayId) -> Result<Option<Known>, EngineError> {
        let document: Option<PathwayDoc> =
            projection::get(open.store.connection(), DocumentKind::Pathway, pathway.into())?;
        let Some(document) = document else { return Ok(None) };
        if !may_open(open, pathway, &document)? {
            return Ok(None);
        }
        let document = with_counted_days(document, &off_day::of(open.store.connection(), pathway)?);
        let named = recognised(open, Some(pathway))?.remove(&pathway).unwrap_or_default();
        Ok(Some(Known::of(open, pathway, &document, &named)))
    }

    /// Replaces people.
    pub(super) fn put(&mut self, entries: Vec<(PathwayId, Option<Known>)>) {
        if entries.is_empty() {
            return;
        }
        // One person moves in the order; after an exchange it is made anew.
        let one = entries.len() == 1;
        for (pathway, entry) in entries {
            if one {
                self.order.retain(|id| *id != pathway);
            }
            match entry {
                Some(entry) => drop(self.known.insert(pathway, entry)),
                None => drop(self.known.remove(&pathway)),
            }
            if one && let Some(known) = self.known.get(&pathway) {
                let place = (std::cmp::Reverse(known.hit.last_on), pathway);
                let at = self
                    .order
                    .partition_point(|id| (std::cmp::Reverse(self.known[id].hit.last_on), *id) < place);
                self.order.insert(at, pathway);
            }
        }
        if !one {
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.order = self.known.keys().copied().collect();
        self.order.sort_unstable_by_key(|id| (std::cmp::Reverse(self.known[id].hit.last_on), *id));
    }

    /// One person.
    pub(super) fn get(&self, pathway: PathwayId) -> Option<&Known> {
        self.known.get(&pathway)
    }

    /// How many.
    pub(super) fn count(&self) -> u32 {
        self.known.len() as u32
    }

    /// Everybody, newest contact first.
    pub(super) fn all(&self) -> impl Iterator<Item = (PathwayId, &Known)> {
        self.order.iter().filter_map(|id| self.known.get(id).map(|known| (*id, known)))
    }

    /// Encounters of an outing.
    pub(super) fn encounters_of(&self, outing: OutingId) -> u32 {
        self.known.values().map(|it| it.outings.iter().filter(|id| **id == outing).count() as u32).sum()
    }

    fn search(&self, query: &str, limit: usize) -> Found {
        let meanings = meanings(query);
        let mut hits = Vec::new();
        let mut more = false;
        for (_, known) in self.all() {
            let begins = |word: &String| known.words.iter().any(|it| it.starts_with(word.as_str()));
            let matches = if meanings.is_empty() {
                known.hit.encounters > 0
            } else {
                meanings.iter().any(|wanted| wanted.iter().all(begins))
            };
            if matches {
                if hits.len() == limit {
                    more = true;
                    break;
                }
                hits.push(known.hit.clone());
            }
        }
        Found { hits, total: self.count(), asked: Vec::new(), more }
    }
}

impl Known {
    fn of(open: &Open, id: PathwayId, pathway: &PathwayDoc, named: &NamedParts) -> Self {
        let user = open.user;
        let met = || pathway.encounters.values().filter(|encounter| !encounter.void);
        let open = |state| matches!(state, BarrierState::Spotted | BarrierState::InProgress);
        let mut found: Vec<String> = [&named.first_name, &named.family_name, &named.initial, &pathway.code]
            .into_iter()
            .flatten()
            .flat_map(|text| words(text))
            .collect();
        found.extend(named.phone.as_deref().map(digits).filter(|digits| !digits.is_empty()));
        Self {
            hit: PersonHit {
                label: label(id, pathway.code.clone(), named),
                age: pathway.age,
                gender: pathway.gender,
                household: pathway.household,
                residence: pathway.residence,
                last_on: met().map(|encounter| encounter.on).max(),
                encounters: met().count() as u32,
                open_barriers: pathway.barriers.values().filter(|it| !it.void && open(it.state)).count()
                    as u32,
            },
            words: found,
            due: pathway
                .follow_ups
                .iter()
                .filter(|(_, it)| it.state == FollowUpState::Due && !it.void)
                .map(|(id, it)| (*id, it.kind, it.due))
                .collect(),
            outings: met().filter_map(|encounter| encounter.outing).collect(),
            signs: Signs::of(pathway),
            traits: Traits::of(pathway, folded(&named.first_name), folded(&named.initial)),
            links: pathway.links.iter().map(|(id, it)| (*id, it.clone())).collect(),
            mine: pathway.referents.values().any(|it| it.to.is_none() && it.accepted && it.user == user),
            offered: pathway.referents.values().any(|it| it.to.is_none() && !it.accepted && it.user == user),
        }
    }
}

/// Whether this user may open a person: of their sectors, assigned to them, or met by them. On a shared
/// tablet a colleague's people stay closed; the server's own rule is the same.
fn may_open(open: &Open, id: PathwayId, pathway: &PathwayDoc) -> Result<bool, EngineError> {
    let member = &open.member;
    let assigned = |it: &domain::pathway::ReferentLink| it.to.is_none() && it.user == open.user;
    if member.role == domain::role::Role::Coordinator || pathway.referents.values().any(assigned) {
        return Ok(true);
    }
    let mut sectors = member.sectors.iter().filter_map(|id| open.settings.sectors.get(id));
    let places =
        || pathway.residence.into_iter().chain(pathway.encounters.values().map(|it| it.contact_place));
    if sectors.any(|sector| places().any(|place| sector.covers(&place))) {
        return Ok(true);
    }
    let key = DocumentKey::first(DocumentKind::Pathway, id);
    let authors = change::authors(open.store.connection(), key)?;
    let belongs = Belongs::pathway(&open.chain, &authors, pathway);
    Ok(sees(member, &open.settings, DocumentKind::Pathway, &belongs))
}

/// How a person is shown to whoever may read these parts.
fn label(pathway: PathwayId, code: Option<String>, named: &NamedParts) -> PersonLabel {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let first = filled(&named.first_name);
    let family = filled(&named.family_name);
    let initial = filled(&named.initial).or_else(|| family.as_ref()?.chars().next().map(|c| c.to_string()));
    let name = match (&first, &family, &initial) {
        (Some(first), Some(family), _) => Some(format!("{first} {family}")),
        (Some(first), None, Some(initial)) => Some(format!("{first} {}.", initial.trim_end_matches('.'))),
        (Some(first), None, None) => Some(first.clone()),
        (None, Some(family), _) => Some(family.clone()),
        (None, None, _) => None,
    };
    let letters: String =
        [&first, &initial].into_iter().flatten().filter_map(|text| text.trim().chars().next()).collect();
    PersonLabel { pathway, name, initials: (!letters.is_empty()).then(|| letters.to_uppercase()), code }
}

/// The parts people are recognised and searched by: of one, or of everybody.
fn recognised(open: &Open, of: Option<PathwayId>) -> Result<BTreeMap<PathwayId, NamedParts>, EngineError> {
    let mut all: BTreeMap<PathwayId, serde_json::Map<String, serde_json::Value>> = BTreeMap::new();
    for (pathway, kind, values) in view::of(open.store.connection(), open.user, open.own_key(), of)? {
        if let (false, serde_json::Value::Object(values)) = (kind == DocumentKind::Notes, values) {
            all.entry(pathway).or_default().extend(values);
        }
    }
    let read = |(id, values)| {
        let named = serde_json::from_value(serde_json::Value::Object(values));
        Ok((id, named.map_err(|_| EngineError::Damaged)?))
    };
    all.into_iter().map(read).collect()
}

/// Words of a text: without accents, lower case; a phone number's digits are one word.
fn words(text: &str) -> impl Iterator<Item = String> + use<> {
    let plain: String = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let numbers = digits(&plain);
    let only_number = numbers.len() >= 4 && plain.chars().all(|c| c.is_ascii_digit() || " .-+".contains(c));
    let split: Vec<String> = if only_number {
        vec![numbers]
    } else {
        plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    split.into_iter()
}

/// What a query may mean: words, a telephone number typed in pieces, a code repère in two halves. A first name
/// and an initial may have the six characters of a code: one meaning never takes the place of another.
fn meanings(query: &str) -> Vec<Vec<String>> {
    let number = query.chars().all(|c| c.is_ascii_digit() || " .-+".contains(c)).then(|| digits(query));
    let code = domain::code::normalise(query).map(|code| code.to_lowercase());
    let mut all = vec![words(query).collect::<Vec<_>>()];
    all.extend([number, code].into_iter().flatten().map(|word| vec![word]));
    all.retain(|wanted| wanted.iter().any(|word| !word.is_empty()));
    all
}

/// A name as it is compared: its words without accents, lower case; none where nothing is written.
fn folded(text: &Option<String>) -> Option<String> {
    let folded = words(text.as_deref()?).collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Device {
    /// Searches as one types.
    pub(super) fn search_people(&self, request: &SearchPeople) -> Result<Found, ApiError> {
        let limit = (request.limit as usize).clamp(1, MOST);
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            let mut found = open.people.search(&request.query, limit);
            if request.query.is_empty() {
                let asked = super::request::unanswered(open, today)?;
                let listed = found.hits.iter().map(|hit| hit.label.pathway);
                found.asked = listed.filter(|id| asked.iter().any(|(of, ..)| of == id)).collect();
            }
            Ok(found)
        })
    }
}

impl Open {
    /// Label of a person.
    pub(super) fn label(&self, pathway: PathwayId) -> PersonLabel {
        self.people.get(pathway).map_or_else(
            || PersonLabel { pathway, name: None, initials: None, code: None },
            |known| known.hit.label.clone(),
        )
    }

    /// Every named part of a person that this user may read.
    pub(super) fn named(
        &self,
        pathway: PathwayId,
    ) -> Result<BTreeMap<DocumentKind, serde_json::Value>, EngineError> {
        let parts = view::of(self.store.connection(), self.user, self.own_key(), Some(pathway))?;
        Ok(parts.into_iter().map(|(_, kind, values)| (kind, values)).collect())
    }
}
