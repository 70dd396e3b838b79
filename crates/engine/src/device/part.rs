//! The named parts of a person: reading and writing what this user may open.

use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use crate::random;
use crate::write::{Action, DocumentEdits};
use document::{DocumentKey, Edit, Value};
use domain::api::person::*;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::time::Day;
use domain::vocabulary::*;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Longest name, and longest other line of a named part, characters.
const LONGEST_NAME: usize = 80;
const LONGEST_LINE: usize = 200;
/// Longest note, characters.
const LONGEST_NOTE: usize = 2_000;

/// The notes part, as read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NotesPart {
    pub(super) notes: BTreeMap<FactId, NoteFact>,
    sealed_barriers: BTreeMap<FactId, SealedBarrier>,
    pub(super) sealed_referrals: BTreeMap<FactId, SealedReferral>,
    sealed_partners: BTreeMap<FactId, SealedPartner>,
}

#[derive(Debug, Deserialize)]
pub(super) struct NoteFact {
    pub(super) text: String,
    on: Day,
    #[serde(default)]
    pub(super) encounter: Option<FactId>,
}

#[derive(Debug, Deserialize)]
struct SealedBarrier {
    barrier: FactId,
    #[serde(default)]
    situations: BTreeMap<String, bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SealedReferral {
    pub(super) referral: FactId,
    pub(super) solution: domain::ids::SolutionId,
}

/// Which service a mark stands for: `seal::partner` reads it.
#[derive(Debug, Deserialize)]
struct SealedPartner {
    mark: domain::ids::PartnerMark,
}

impl NotesPart {
    /// Reads it among the parts this user may open; empty where nothing is noted.
    pub(super) fn of(parts: &BTreeMap<DocumentKind, Json>) -> Result<Self, EngineError> {
        match parts.get(&DocumentKind::Notes) {
            Some(values) => serde_json::from_value(values.clone()).map_err(|_| EngineError::Damaged),
            None => Ok(Self::default()),
        }
    }

    /// Whether it says which service a mark of the ledger stands for.
    pub(super) fn says_partner(&self, mark: domain::ids::PartnerMark) -> bool {
        self.sealed_partners.values().any(|it| it.mark == mark)
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
    /// Writes into the named parts, sealed for whom the ledger lets read them.
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
    /// The notes this user may read.
    pub(super) fn notes(&self, pathway: PathwayId) -> Result<NotesPart, EngineError> {
        NotesPart::of(&self.named(pathway)?)
    }
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
        // A foreign telephone number may have 13 digits: it begins with + or 00.
        let foreign = value.starts_with('+') || value.starts_with("00");
        if field != "phone" || !foreign {
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

/// What the parts say together.
pub(super) fn named(parts: &BTreeMap<DocumentKind, Json>, notes: &NotesPart) -> Result<NamedParts, ApiError> {
    let mut all = serde_json::Map::new();
    for (kind, values) in parts {
        if let (false, Json::Object(values)) = (*kind == DocumentKind::Notes, values) {
            all.extend(values.clone());
        }
    }
    let mut named: NamedParts =
        serde_json::from_value(Json::Object(all)).map_err(|_| ErrorCode::StoreDamaged)?;
    named.notes = notes
        .notes
        .iter()
        .map(|(id, it)| NoteView { id: Some(*id), text: it.text.clone(), on: it.on })
        .collect();
    named.notes.sort_by_key(|note| std::cmp::Reverse(note.on));
    Ok(named)
}
