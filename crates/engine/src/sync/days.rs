//! Days that the cité's clock does not bear out: the server notes them as they come, with its own day; devices are
//! told, so that they count the same. The record itself stays as it was signed.

use super::message::Download;
use super::receive::Receiver;
use crate::error::EngineError;
use crate::store::{device, meta, off_day, projection};
use crate::write::Writer;
use document::DocumentKey;
use domain::ids::PathwayId;
use domain::pathway::PathwayDoc;
use domain::retention::{Contact, OffDay};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Name under which a device keeps that its clock is wrong: its day, and the cité's.
pub(crate) const CLOCK_OFF: &str = "clock_off";

/// One as it travels.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub(super) struct SentDay {
    /// Person.
    #[n(0)]
    pub(super) doc: ByteArray<16>,
    /// Contact; see `store::off_day`.
    #[n(1)]
    pub(super) contact: ByteVec,
    #[n(2)]
    pub(super) said: i32,
    #[n(3)]
    pub(super) received: i32,
}

impl SentDay {
    pub(super) fn new(pathway: PathwayId, contact: &Contact, off: OffDay) -> Self {
        Self {
            doc: (*pathway.as_bytes()).into(),
            contact: off_day::bytes_of(contact).into(),
            said: off.said.0,
            received: off.received.0,
        }
    }
}

/// Contacts of a pathway that stand in its document, with the day each bears.
pub(super) fn contacts(
    connection: &Connection,
    key: DocumentKey,
) -> Result<BTreeMap<Contact, Day>, EngineError> {
    if key.kind != DocumentKind::Pathway {
        return Ok(BTreeMap::new());
    }
    let pathway = match projection::get::<PathwayDoc>(connection, key.kind, key.id) {
        Ok(Some(pathway)) => pathway,
        // What does not read has no contact that counts.
        Ok(None) | Err(EngineError::Damaged) => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let met = pathway.encounters.iter().map(|(id, it)| (Contact::Encounter(*id), it.on));
    Ok(met.chain(pathway.first_contact_on.map(|on| (Contact::Opening, on))).collect())
}

impl Receiver<'_> {
    /// Notes contacts of a document that were not `before` what they are now. `made`: the earliest day of the
    /// devices that made what came.
    pub(super) fn note_days(
        &mut self,
        key: DocumentKey,
        before: &BTreeMap<Contact, Day>,
        made: Day,
    ) -> Result<(), EngineError> {
        for (contact, said) in contacts(self.connection, key)? {
            if before.get(&contact) != Some(&said) {
                // A day that was corrected was made when its contact was.
                let made = if before.contains_key(&contact) { self.today } else { made };
                self.note_day(key.id.into(), contact, said, made)?;
            }
        }
        Ok(())
    }

    /// Notes the day of one contact where the cité's clock does not bear it out.
    pub(super) fn note_day(
        &mut self,
        pathway: PathwayId,
        contact: Contact,
        said: Day,
        made: Day,
    ) -> Result<(), EngineError> {
        let Some(off) = OffDay::of(said, made, self.today) else { return Ok(()) };
        // What a restored server is given back came before, on a day that it lost.
        if !off.is_ahead(self.today) && device::regains(self.connection, self.device, self.since_restore())? {
            return Ok(());
        }
        if off_day::keep(self.connection, pathway, (&contact, off), true)? {
            self.days.push(SentDay::new(pathway, &contact, off));
        }
        Ok(())
    }
}

/// The device's half: keeps what it is told of days, and whether its own clock is wrong. It believes that a day
/// was yet to come only once its own has shown it: else a server could end a record before its time.
pub(super) fn take(
    connection: &Connection,
    writer: &Writer<'_>,
    frame: &Download,
) -> Result<Vec<PathwayId>, EngineError> {
    for sent in frame.days.iter().flatten() {
        let off = OffDay { said: Day(sent.said), received: Day(sent.received) };
        if let Some(contact) = off_day::contact_of(&sent.contact) {
            let believed = off.received >= off.said;
            off_day::keep(connection, PathwayId::from_bytes(*sent.doc), (&contact, off), believed)?;
        }
    }
    let mut people = off_day::believe(connection, writer.on)?;
    people.extend(frame.days.iter().flatten().map(|sent| PathwayId::from_bytes(*sent.doc)));
    if let Some(cite) = frame.day.map(Day) {
        let known: Option<(Day, Day)> = meta::get(connection, CLOCK_OFF)?;
        match (writer.on.0.abs_diff(cite.0) > 1, known) {
            (true, _) => meta::put(connection, CLOCK_OFF, &(writer.on, cite))?,
            (false, Some(_)) => meta::forget(connection, CLOCK_OFF)?,
            (false, None) => {}
        }
    }
    Ok(people)
}
