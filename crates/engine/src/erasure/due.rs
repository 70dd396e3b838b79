//! The server's daily work: objections whose days of grace have passed, agreements whose last day has, and
//! people with whom nobody has been in contact for as long as the cité keeps records.

use super::partners;
use super::server::carry_out;
use crate::error::EngineError;
use crate::store::{Store, asset, control, ending, erased, link, off_day, person, projection};
use crate::sync::visible;
use document::SignerKey;
use document::control::{ErasureBody, ErasureCause, Record, RecordKind};
use domain::cite::CiteSettings;
use domain::duplicate;
use domain::erasing;
use domain::ids::PathwayId;
use domain::ledger::Ledger;
use domain::pathway::PathwayDoc;
use domain::retention::{OffDays, Term, announced_long_enough, last_contact};
use domain::time::Day;
use domain::vocabulary::{DocumentKind, ObjectionAct};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What is due on a day, over the server's store.
#[derive(Debug)]
pub struct Due<'a> {
    /// Store.
    pub store: &'a mut Store,
    /// The founder's key signs what is carried out.
    pub founder: &'a SignerKey,
    /// The day, by the server's clock.
    pub today: Day,
}

/// Someone whose time ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ended {
    /// First day on which they are erased.
    pub on: Day,
    /// Person.
    pub pathway: PathwayId,
    /// The first of the records that end together; none for a single one.
    pub set: Option<PathwayId>,
}

/// What looking at everybody's time said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retention {
    /// Months after the last contact; 0: the cité has set none, and nobody is erased.
    pub months: u32,
    /// People looked at.
    pub people: u32,
    /// Those whose end is announced, the next first.
    pub announced: Vec<Ended>,
    /// Those who were erased, or would be.
    pub erased: Vec<Ended>,
    /// Records that do not read: left alone.
    pub unread: u32,
}

impl Due<'_> {
    /// Erases people whose objection to everything is in force and whose days of grace have passed.
    /// Returns how many.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn stops(&mut self) -> Result<u32, EngineError> {
        let settings: CiteSettings = self.store.asset(asset::SETTINGS)?.unwrap_or_default();
        let today = self.today;
        self.store.transact(|connection| linked_afterwards(connection, today))?;
        let by = self.today.plus(-i32::try_from(settings.grace_days()).unwrap_or(i32::MAX));
        let due = ending::stopped(self.store.connection(), by)?;
        if due.is_empty() {
            return Ok(0);
        }
        let (founder, today) = (self.founder, self.today);
        self.store.transact(|connection| {
            let mut erased = 0;
            for (objection, pathway) in due {
                let ledger = control::ledger(connection, pathway)?;
                if ledger.stopped_by().any(|id| id == objection) {
                    // Records linked as the same person go with it.
                    let mut people = link::others(connection, pathway)?;
                    people.insert(pathway);
                    let set = erasing::head(&people);
                    for person in people {
                        let cause = ErasureCause::Stop(objection);
                        erased += u32::from(sign(connection, founder, person, today, cause, set)?);
                    }
                }
                // Lifted meanwhile by a notice given with its knowledge, or carried out.
                ending::lift(connection, objection)?;
            }
            Ok(erased)
        })
    }

    /// Shows nobody any more the named parts of people whose agreement has ended, by the cité's day: each
    /// device then drops its copy, and who wrote keeps what they wrote.
    ///
    /// # Errors
    /// What SQLite refuses, or a membership chain that does not hold.
    pub fn agreements(&mut self) -> Result<(), EngineError> {
        let settings: CiteSettings = self.store.asset(asset::SETTINGS)?.unwrap_or_default();
        let (chain, today) = (self.store.chain()?, self.today);
        self.store.transact(|connection| visible::update_lapsed(connection, &chain, &settings, today))
    }

    /// Looks at everybody's time: announces what ends within a month, erases what has ended and was
    /// announced for a month. `dry_run`: only says what it would do.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn retention(&mut self, dry_run: bool) -> Result<Retention, EngineError> {
        let settings: CiteSettings = self.store.asset(asset::SETTINGS)?.unwrap_or_default();
        let months = settings.retention_months;
        let (founder, today) = (self.founder, self.today);
        let mut report = Retention { months, ..Retention::default() };
        if months == 0 {
            return Ok(report);
        }
        self.store.transact(|connection| {
            let near = near(connection, months, today, &mut report)?;
            for pathway in ending::all_announced(connection)? {
                if !dry_run && !near.iter().any(|it| it.pathway == pathway) {
                    ending::take_back(connection, pathway)?;
                }
            }
            for ended in near {
                let since = ending::announced(connection, ended.pathway)?;
                if !dry_run {
                    ending::announce(connection, ended.pathway, today)?;
                }
                let on = ended.on.max(announced_long_enough(since.unwrap_or(today)));
                if on > today {
                    report.announced.push(Ended { on, ..ended });
                    continue;
                }
                if !dry_run {
                    sign(connection, founder, ended.pathway, today, ErasureCause::Retention, ended.set)?;
                }
                report.erased.push(ended);
            }
            report.announced.sort();
            report.erased.sort();
            Ok(report)
        })
    }
}

/// Records that were linked with a person after that person, who had asked for it, was erased: they are
/// frozen since the link, and have days of grace of their own, in which a mistaken link can be undone.
fn linked_afterwards(connection: &Connection, today: Day) -> Result<(), EngineError> {
    for (record, gone) in link::to_erased(connection)? {
        if let Some(ErasureCause::Stop(objection)) = erased::cause(connection, gone)?
            && control::ledger(connection, record)?.stopped_by().any(|id| id == objection)
        {
            ending::stop(connection, objection, record, today)?;
        }
    }
    Ok(())
}

/// People whose time ends within a month or has ended. Records linked as one person end together, with
/// the last contact of all; whoever objected to everything is erased by another road.
fn near(
    connection: &Connection,
    months: u32,
    today: Day,
    report: &mut Retention,
) -> Result<Vec<Ended>, EngineError> {
    let (documents, unread) = projection::all::<PathwayDoc>(connection, DocumentKind::Pathway)?;
    let mut people: BTreeMap<PathwayId, Option<PathwayDoc>> =
        documents.into_iter().map(|(id, document)| (id.into(), Some(document))).collect();
    for pathway in control::subjects(connection)? {
        people.entry(pathway).or_insert(None);
    }
    (report.people, report.unread) = (people.len() as u32, unread);
    let links = people.iter().flat_map(|(id, document)| {
        let links = document.iter().flat_map(|it| &it.links);
        links.map(|(fact, link)| (*id, *fact, link))
    });
    let groups = duplicate::groups(duplicate::in_force(links));
    let (off_days, none) = (off_day::all(connection)?, OffDays::new());
    let off = |id: &PathwayId| off_days.get(id).unwrap_or(&none);
    // What is near without its ledger is looked at with it; nothing else costs a look.
    let is_near = |day: Day| Term::of(day, months).is_some_and(|term| term.is_announced(today));
    let mut candidates: BTreeMap<PathwayId, Vec<PathwayId>> = BTreeMap::new();
    let mut later: BTreeSet<PathwayId> = BTreeSet::new();
    for (id, document) in &people {
        let group = *groups.get(id).unwrap_or(id);
        match document.as_ref().and_then(|it| last_contact(Some(it), &Ledger::default(), off(id))) {
            Some(day) if !is_near(day) => drop(later.insert(group)),
            _ => candidates.entry(group).or_default().push(*id),
        }
    }
    let mut found = Vec::new();
    for (_, members) in candidates.into_iter().filter(|(group, _)| !later.contains(group)) {
        let mut last = None;
        let mut stopped = false;
        for id in &members {
            let ledger = control::ledger(connection, *id)?;
            stopped |= ledger.objections().contains(&ObjectionAct::Stop);
            last = last.max(last_contact(people[id].as_ref(), &ledger, off(id)));
        }
        let term = last.and_then(|last| Term::of(last, months));
        if let (Some(term), false) = (term.filter(|it| it.is_announced(today)), stopped) {
            let set = erasing::head(&members);
            found.extend(members.into_iter().map(|pathway| Ended { on: term.ends_on, pathway, set }));
        }
    }
    Ok(found)
}

fn sign(
    connection: &Connection,
    founder: &SignerKey,
    pathway: PathwayId,
    today: Day,
    cause: ErasureCause,
    set: Option<PathwayId>,
) -> Result<bool, EngineError> {
    let chain = control::chain(connection)?;
    let generation = person::generation(connection, pathway)?;
    let body = ErasureBody::new(pathway, generation, today, cause, chain.length()).of_set(set);
    let body = partners::name(connection, body, today)?;
    let record = Record::sign(RecordKind::Erasure, &body, founder);
    carry_out(connection, &chain, &record, &body)
}
