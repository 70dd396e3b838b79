//! A référent's order, signed on their device and carried out there at once.

use super::device::carry_out;
use super::partners;
use crate::error::EngineError;
use crate::store::{control, person};
use crate::write::Writer;
use document::control::{ErasureBody, ErasureCause, ReceiptBody, Record, RecordKind};
use domain::ids::PathwayId;
use domain::vocabulary::OrderReason;
use rusqlite::Connection;

/// Signs an order for one record of `set`, carries it out here, and lets it travel with the receipt of this device.
pub(crate) fn order(
    connection: &Connection,
    writer: &Writer<'_>,
    pathway: PathwayId,
    reason: OrderReason,
    set: Option<PathwayId>,
) -> Result<(), EngineError> {
    let generation = person::generation(connection, pathway)?;
    let cause = ErasureCause::Order(reason);
    let body = ErasureBody::new(pathway, generation, writer.on, cause, writer.chain).of_set(set);
    let body = partners::name(connection, body, writer.on)?;
    let record = Record::sign(RecordKind::Erasure, &body, writer.signer);
    control::enqueue(connection, &record)?;
    carry_out(connection, &record, &body)?;
    let receipt = ReceiptBody::new(writer.device, writer.on, [record.id()]);
    control::enqueue(connection, &Record::sign(RecordKind::Receipt, &receipt, writer.signer))
}
