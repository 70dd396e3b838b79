//! A device's half: carries an erasure out once it has verified the cause, and signs that it did.

use super::partners;
use super::server::kept;
use super::verify::{Verdict, verify};
use crate::error::EngineError;
use crate::store::doubt::{self, Doubt};
use crate::store::{aside, control, erased, person};
use crate::write::Writer;
use document::Hash;
use document::control::{Chain, ErasureBody, ReceiptBody, Record, RecordKind};
use domain::ids::PathwayId;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// What came of the erasures of a frame.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// People who were erased, or are in doubt.
    pub(crate) people: BTreeSet<PathwayId>,
    /// How many of them were erased, and had something here.
    pub(crate) done: u32,
    causes: Vec<Hash>,
}

impl Taken {
    /// Takes an erasure as it came. `confirm`: the server waits for this device's word.
    pub(crate) fn one(
        &mut self,
        connection: &Connection,
        writer: &Writer<'_>,
        chain: &Chain,
        bytes: &[u8],
        confirm: bool,
    ) -> Result<(), EngineError> {
        let claimed = minicbor::decode::<Record>(bytes)
            .ok()
            .and_then(|record| Some((record.read::<ErasureBody>().ok()?, record)));
        let Some((body, record)) = claimed else { return aside::keep(connection, "erasure", bytes) };
        let pathway = body.pathway();
        if erased::is(connection, pathway)? {
            self.causes.extend(confirm.then(|| record.id()));
            return doubt::settle(connection, pathway);
        }
        let signed = ErasureBody::read(&record, chain).is_ok();
        let keep = kept(&body).unwrap_or_default();
        let here = person::is_here(connection, pathway, keep)?;
        let verdict = match (signed, here) {
            (false, _) => Verdict::Unfounded,
            (true, true) => verify(connection, &body, writer.on)?,
            // Nothing is deleted: there is only something to refuse from now on.
            (true, false) => Verdict::Holds,
        };
        self.people.insert(pathway);
        if verdict != Verdict::Holds {
            let too_early = verdict == Verdict::TooEarly;
            let doubted = Doubt { pathway, on: writer.on, too_early, record: bytes.to_vec() };
            return doubt::keep(connection, &doubted);
        }
        control::keep(connection, &record)?;
        carry_out(connection, &record, &body)?;
        self.done += u32::from(here);
        self.causes.extend((here || confirm).then(|| record.id()));
        Ok(())
    }

    /// Looks again at what was in doubt before.
    pub(crate) fn doubted(
        &mut self,
        connection: &Connection,
        writer: &Writer<'_>,
        chain: &Chain,
    ) -> Result<(), EngineError> {
        for doubted in doubt::all(connection)? {
            self.one(connection, writer, chain, &doubted.record, true)?;
        }
        Ok(())
    }

    /// Signs what was carried out.
    pub(crate) fn receipt(&self, connection: &Connection, writer: &Writer<'_>) -> Result<(), EngineError> {
        if self.causes.is_empty() {
            return Ok(());
        }
        let receipt = ReceiptBody::new(writer.device, writer.on, self.causes.iter().copied());
        control::enqueue(connection, &Record::sign(RecordKind::Receipt, &receipt, writer.signer))
    }
}

/// Takes everything about a person out of this device.
pub(super) fn carry_out(
    connection: &Connection,
    record: &Record,
    body: &ErasureBody,
) -> Result<(), EngineError> {
    let pathway = body.pathway();
    partners::outlive(connection, record.id(), body, body.on())?;
    erased::keep(connection, pathway, body.generation(), record.id())?;
    person::delete(connection, pathway, kept(body)?)?;
    doubt::settle(connection, pathway)
}
