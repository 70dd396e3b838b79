//! *Aujourd'hui*.

use super::outing::{running, view};
use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use crate::store::{KeptEntry, change, entry, outbox, projection};
use domain::api::today::{DueItem, RecentEntry, TodayView};
use domain::error::ApiError;
use domain::ids::PathwayId;
use domain::outing::OutingDoc;
use domain::pathway::PathwayDoc;
use domain::time::Day;
use domain::vocabulary::DocumentKind;

/// Entries listed on the first screen.
const LISTED: u32 = 8;
/// Due items listed; their number is told in full.
const LISTED_DUE: usize = 30;

/// An entry as its document says now.
pub(super) struct Recorded {
    pub(super) kept: KeptEntry,
    pub(super) void: bool,
    headcount: Option<u32>,
    follow_up_on: Option<Day>,
}

/// This user's last entries on this device, newest first.
pub(super) fn recorded(open: &Open, most: u32) -> Result<Vec<Recorded>, EngineError> {
    let connection = open.store.connection();
    let mut found = Vec::new();
    for kept in entry::list(connection, open.user, most)? {
        if kept.key.kind == DocumentKind::Pathway {
            let pathway: Option<PathwayDoc> = projection::get(connection, kept.key.kind, kept.key.id)?;
            let Some(pathway) = pathway else { continue };
            let Some(encounter) = pathway.encounters.get(&kept.id) else { continue };
            let mut follow_ups =
                pathway.follow_ups.values().filter(|it| it.encounter == Some(kept.id) && !it.void);
            let follow_up_on = follow_ups.next().map(|it| it.due);
            found.push(Recorded { void: encounter.void, headcount: None, follow_up_on, kept });
        } else {
            let outing: Option<OutingDoc> = projection::get(connection, kept.key.kind, kept.key.id)?;
            let Some(outing) = outing else { continue };
            let Some(passage) = outing.passages.get(&kept.id) else { continue };
            let headcount = Some(passage.headcount as u32);
            found.push(Recorded { void: passage.void, headcount, follow_up_on: None, kept });
        }
    }
    Ok(found)
}

impl Device {
    /// The first screen.
    pub(super) fn today(&self) -> Result<TodayView, ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            let outing = running(open)?.map(|running| view(open, &running)).transpose()?;
            let recorded = recorded(open, LISTED)?;
            let mut recent = Vec::with_capacity(recorded.len());
            for it in &recorded {
                let person = (it.kept.key.kind == DocumentKind::Pathway)
                    .then(|| open.label(PathwayId::from(it.kept.key.id)));
                recent.push(RecentEntry {
                    encounter: it.kept.id.into(),
                    person,
                    headcount: it.headcount,
                    recorded_at_ms: it.kept.recorded_at_ms,
                    follow_up_on: it.follow_up_on,
                    void: it.void,
                    state: entry::whereabouts(open.store.connection(), &it.kept)?,
                });
            }
            let due = due(open, today)?;
            let (to_send, _) = outbox::counts(open.store.connection())?;
            let set_aside = super::set_aside::mine(open)?;
            Ok(TodayView {
                set_aside,
                clock_off: open.store.meta::<(Day, Day)>(crate::sync::CLOCK_OFF)?.is_some(),
                today,
                outing,
                requests: super::request::waiting(open, today)?,
                to_tell: super::partner::mine_to_tell(open)?,
                due_count: due.len() as u32,
                due: due.into_iter().take(LISTED_DUE).collect(),
                can_undo: recorded.iter().any(|it| !it.void),
                recent,
                to_send,
                closes_in_days: open.closes_in_days(),
                drafts: open.store.drafts(open.user)?.len() as u32,
            })
        })
    }
}

/// What is due for this user, late first: people they met or are assigned to.
fn due(open: &Open, today: Day) -> Result<Vec<DueItem>, EngineError> {
    let mut due = Vec::new();
    for (pathway, known) in open.people.all() {
        let mut items = known.due.iter().filter(|(_, _, day)| *day <= today).peekable();
        if items.peek().is_none() || !is_mine(open, pathway)? {
            continue;
        }
        let may_contact = open.store.ledger(pathway)?.may_contact();
        let items = items.filter(|(_, kind, _)| may_contact || !kind.contacts());
        due.extend(items.map(|(follow_up, kind, day)| DueItem {
            follow_up: *follow_up,
            person: known.hit.label.clone(),
            kind: *kind,
            due: *day,
            days_late: today.0 - day.0,
        }));
    }
    due.sort_by_key(|item| (item.due, item.follow_up));
    Ok(due)
}

fn is_mine(open: &Open, pathway: PathwayId) -> Result<bool, EngineError> {
    let connection = open.store.connection();
    let key = document::DocumentKey::first(DocumentKind::Pathway, pathway);
    let authors = change::authors(connection, key)?;
    if authors.iter().any(|signer| open.chain.member(signer).is_some_and(|it| it.user == open.user)) {
        return Ok(true);
    }
    let document: Option<PathwayDoc> = projection::get(connection, DocumentKind::Pathway, pathway.into())?;
    Ok(document.is_some_and(|it| it.referents.values().any(|it| it.to.is_none() && it.user == open.user)))
}
