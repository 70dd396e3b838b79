//! Probable duplicates: proposed with their reasons, linked as one person, unlinked again.

use super::people::{Known, People};
use super::{Device, Open};
use crate::error::EngineError;
use crate::random;
use crate::store::{erased, link, projection};
use crate::write::{Action, DocumentEdits};
use document::control::ErasureCause;
use document::{DocumentKey, Edit};
use domain::api::caseload::{LinkPeople, LinkedPerson, ProbableDuplicate, ToSettleView};
use domain::api::person::{AbsentRecord, PersonHit};
use domain::duplicate::{self, Verdict};
use domain::erasing::{RecordSet, Standing};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::pathway::PersonLink;
use domain::vocabulary::DocumentKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Most pairs in one answer.
const MOST: usize = 50;

impl People {
    /// Links between two records, in either's document.
    fn links_between(&self, one: PathwayId, other: PathwayId) -> Vec<(PathwayId, FactId, &PersonLink)> {
        let of = |from: PathwayId, to: PathwayId| {
            let links = self.get(from).into_iter().flat_map(|known| &known.links);
            links.filter(move |(_, it)| it.other == to).map(move |(fact, it)| (from, *fact, it))
        };
        of(one, other).chain(of(other, one)).collect()
    }

    fn verdict(&self, one: PathwayId, other: PathwayId) -> Verdict {
        duplicate::verdict(self.links_between(one, other).into_iter())
    }

    /// Each linked record with the first of its group; the others stand alone.
    pub(super) fn groups(&self) -> BTreeMap<PathwayId, PathwayId> {
        let links =
            self.all().flat_map(|(id, known)| known.links.iter().map(move |(fact, it)| (id, *fact, it)));
        duplicate::groups(duplicate::in_force(links))
    }

    fn pair(&self, one: (PathwayId, &Known), other: (PathwayId, &Known)) -> Option<ProbableDuplicate> {
        let reasons = duplicate::reasons(&one.1.traits, &other.1.traits);
        if reasons.is_empty() || self.verdict(one.0, other.0) != Verdict::Open {
            return None;
        }
        Some(ProbableDuplicate {
            one: one.1.hit.clone(),
            other: other.1.hit.clone(),
            reasons: reasons.into_iter().map(|it| (it.code.to_owned(), it.weight)).collect(),
        })
    }

    /// Pairs nobody looked at, the likeliest first. Only records that share a first name, or of which
    /// one was *already met by a colleague*, are compared.
    fn duplicates(&self) -> Vec<ProbableDuplicate> {
        let mut by_name: HashMap<&str, Vec<(PathwayId, &Known)>> = HashMap::new();
        for (id, known) in self.all().filter(|(_, known)| known.hit.encounters > 0) {
            if let Some(name) = &known.traits.first_name {
                by_name.entry(name).or_default().push((id, known));
            }
        }
        let mut pairs = BTreeMap::new();
        let mut compare = |one: (PathwayId, &Known), other: (PathwayId, &Known)| {
            let key = (one.0.min(other.0), one.0.max(other.0));
            if one.0 != other.0
                && !pairs.contains_key(&key)
                && let Some(pair) = self.pair(one, other)
            {
                pairs.insert(key, pair);
            }
        };
        for known in by_name.values() {
            for (n, one) in known.iter().enumerate() {
                known[..n].iter().for_each(|other| compare(*one, *other));
            }
        }
        let met = || self.all().filter(|(_, known)| known.hit.encounters > 0);
        for one in met().filter(|(_, known)| known.traits.met_before) {
            met().for_each(|other| compare(one, other));
        }
        let mut pairs: Vec<ProbableDuplicate> = pairs.into_values().collect();
        pairs.sort_by_key(|pair| Reverse(pair.reasons.iter().map(|(_, weight)| weight).sum::<u32>()));
        pairs.truncate(MOST);
        pairs
    }
}

/// Records that may be of the same person as this one.
pub(super) fn proposed_for(open: &Open, id: PathwayId) -> Vec<ProbableDuplicate> {
    let Some(one) = open.people.get(id) else { return Vec::new() };
    let others = open.people.all().filter(|(other, known)| *other != id && known.hit.encounters > 0);
    let mut pairs: Vec<_> = others.filter_map(|other| open.people.pair((id, one), other)).collect();
    pairs.sort_by_key(|pair| Reverse(pair.reasons.iter().map(|(_, weight)| weight).sum::<u32>()));
    pairs.truncate(3);
    pairs
}

/// Records linked as the same person as this one, with who linked them.
pub(super) fn linked(open: &Open, id: PathwayId) -> Result<Vec<LinkedPerson>, EngineError> {
    let groups = open.people.groups();
    let Some(group) = groups.get(&id) else { return Ok(Vec::new()) };
    let others = groups.iter().filter(|(other, first)| **other != id && *first == group);
    let mut linked = Vec::new();
    for (other, _) in others {
        let Some(known) = open.people.get(*other) else { continue };
        let link = open.people.links_between(id, *other).into_iter().rfind(|(_, _, link)| link.active);
        let author = match link {
            Some((pathway, fact, _)) => {
                let (authors, _) = super::history::authorship(&open.pathway_document(pathway)?);
                authors.get(&fact).map(|by| open.author_by(by))
            }
            None => None,
        };
        linked.push(LinkedPerson { hit: known.hit.clone(), author });
    }
    Ok(linked)
}

/// Every record of a person that this device knows of, by how it stands here.
pub(super) fn records(open: &Open, id: PathwayId) -> Result<RecordSet, EngineError> {
    let connection = open.store.connection();
    let mut set = RecordSet::from([(id, Standing::Here)]);
    for other in link::others(connection, id)? {
        let standing = if open.people.get(other).is_some() {
            Standing::Here
        } else if erased::is(connection, other)? {
            Standing::Erased
        } else {
            Standing::NotHere
        };
        set.insert(other, standing);
    }
    Ok(set)
}

/// Records linked as the same person that are not here.
pub(super) fn absent(open: &Open, id: PathwayId) -> Result<Vec<AbsentRecord>, EngineError> {
    let set = records(open, id)?.into_iter().filter(|(_, standing)| *standing != Standing::Here);
    set.map(|(pathway, standing)| {
        let gone = (standing == Standing::Erased).then(|| erased::body(open.store.connection(), pathway));
        Ok(AbsentRecord { pathway, erased_on: gone.transpose()?.flatten().map(|body| body.on()) })
    })
    .collect()
}

/// People of whom another record was erased on order while this one was not known to be theirs, or was
/// left: whoever follows them looks whether it is to go too.
fn left(open: &Open) -> Result<Vec<PersonHit>, EngineError> {
    let connection = open.store.connection();
    let mut left = Vec::new();
    for (record, gone) in link::to_erased(connection)? {
        let cause = erased::cause(connection, gone)?;
        let known = open.people.get(record).filter(|_| matches!(cause, Some(ErasureCause::Order(_))));
        left.extend(known.map(|known| known.hit.clone()));
    }
    left.dedup_by_key(|hit: &mut PersonHit| hit.label.pathway);
    Ok(left)
}

impl Device {
    /// What waits for a référent's eye.
    pub(super) fn to_settle(&self) -> Result<ToSettleView, ApiError> {
        self.with_open(|open| {
            let differing = projection::differing(open.store.connection(), DocumentKind::Pathway)?;
            let differing = differing.into_iter().map(PathwayId::from).collect::<Vec<_>>();
            let mut people = Vec::new();
            for id in differing {
                // What differs only in the day of a state is nothing to settle.
                if let Some(known) = open.people.get(id)
                    && !super::differing::fields(open, &open.pathway_document(id)?).is_empty()
                {
                    people.push(known.hit.clone());
                }
            }
            let to_tell = super::partner::erased_to_tell(open)?;
            let left = left(open)?;
            Ok(ToSettleView { duplicates: open.people.duplicates(), differing: people, left, to_tell })
        })
    }

    /// Links two records as one person, or says that they are two.
    pub(super) fn link_people(&self, request: &LinkPeople) -> Result<(), ApiError> {
        let (one, other) = (request.one, request.other);
        if one == other {
            return Err(ApiError::about(ErrorCode::Invalid, "other"));
        }
        self.with_open(|open| {
            // What is frozen by an objection takes no edit; what is frozen only by the link does.
            let mut writable = Vec::new();
            for id in [one, other] {
                match open.may_link(id) {
                    Ok(()) => writable.push(id),
                    Err(error) if error.code == ErrorCode::ConsentRefuses => {}
                    // Of whom was erased nothing is written any more; the other record lets go of it.
                    Err(_) if !request.same && erased::is(open.store.connection(), id)? => {}
                    Err(error) => return Err(error),
                }
            }
            if writable.is_empty() {
                return Err(ErrorCode::ConsentRefuses.into());
            }
            let present = open.people.links_between(one, other);
            let mut edits: BTreeMap<PathwayId, Vec<Edit>> = BTreeMap::new();
            if request.same && open.people.verdict(one, other) != Verdict::Same
                || !request.same && present.is_empty()
            {
                let id = FactId::from_bytes(random::bytes()?);
                for record in writable {
                    let link =
                        PersonLink { other: if record == one { other } else { one }, active: request.same };
                    let edit = Edit::add("links", id, &link).map_err(EngineError::from)?;
                    edits.entry(record).or_default().push(edit);
                }
            } else if !request.same {
                let active =
                    present.iter().filter(|(record, _, link)| link.active && writable.contains(record));
                for (record, fact, _) in active {
                    let edit = Edit::set_in("links", *fact, "active", false);
                    edits.entry(*record).or_default().push(edit);
                }
            }
            let documents = edits.into_iter().map(|(pathway, edits)| DocumentEdits {
                key: DocumentKey::first(DocumentKind::Pathway, pathway),
                edits,
            });
            let action = Action { documents: documents.collect(), ..Action::default() };
            open.write(&*self.clock, &action)?;
            Ok(())
        })
    }
}
