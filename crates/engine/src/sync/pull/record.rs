//! Taking a control record that the server serves.

use super::Pulled;
use crate::seal::{escrow, settle, take_epoch};
use crate::store::digest::holds_escrows;
use crate::store::sealed::due;
use crate::store::{aside, control, erased};
use crate::sync::error::SyncError;
use crate::sync::records::request_reads;
use crate::write::Writer;
use document::control::{Chain, EscrowBody, LedgerEntry, Record, RecordKind, TellBody};
use domain::changes::{Changes, Topic};
use rusqlite::Connection;

/// Keeps what it is entitled to keep; sets aside what is not signed by whom it must be.
pub(super) fn take_control(
    connection: &Connection,
    writer: &Writer<'_>,
    chain: &mut Chain,
    bytes: &[u8],
    pulled: &mut Pulled,
) -> Result<(), SyncError> {
    let Ok(record) = minicbor::decode::<Record>(bytes) else {
        return Ok(aside::keep(connection, "record", bytes)?);
    };
    match record.kind {
        RecordKind::Membership => {
            if let Some(known) = Chain::position_of(&record).and_then(|position| chain.id_at(position)) {
                // Known since joining; another record in its place is a fork.
                return if known == record.id() { Ok(()) } else { Err(SyncError::Untrusted) };
            }
            // A chain that does not follow is a server to mistrust, not a record to skip.
            chain.add(&record).map_err(|_| SyncError::Untrusted)?;
            control::keep(connection, &record).map_err(SyncError::from)?;
            due::mark_all(connection)?;
            pulled.changes.merge(Changes::of([Topic::Session, Topic::Members]));
        }
        RecordKind::Ledger => {
            let signed =
                chain.member(&record.signer).is_some_and(|member| record.verify(&member.sign).is_ok());
            let about = record.read::<LedgerEntry>().and_then(|entry| entry.act().map(|_| entry.pathway()));
            match about {
                Ok(pathway) if erased::is(connection, pathway)? => {}
                Ok(pathway) if signed => {
                    control::keep(connection, &record)?;
                    settle::settle(connection, writer, pathway)?;
                    due::mark(connection, pathway)?;
                    pulled.bound.insert(pathway);
                    pulled.requests = true;
                    pulled.touch([pathway]);
                }
                _ => aside::keep(connection, "record", bytes)?,
            }
        }
        RecordKind::Epoch => {
            if !take_epoch(connection, chain, &record)? {
                aside::keep(connection, "record", bytes)?;
            }
            pulled.keys = true;
        }
        RecordKind::Tell | RecordKind::Request => {
            let member = chain.member(&record.signer);
            // Whose role allowed it then may have another now: the server looked at that.
            let may = match record.kind {
                RecordKind::Tell => record.read::<TellBody>().is_ok_and(|it| it.partner().is_ok()),
                _ => request_reads(&record),
            };
            if may && member.is_some_and(|it| record.verify(&it.sign).is_ok()) {
                control::keep(connection, &record)?;
                pulled.requests = true;
                pulled.changes.merge(Changes::of([Topic::People, Topic::Today]));
            } else {
                aside::keep(connection, "record", bytes)?;
            }
        }
        // Receipts are for the cité; an erasure comes in its own place.
        RecordKind::Receipt | RecordKind::Erasure => {}
        // Référents keep them: one may have to open what is sealed to them, or to the recovery key.
        RecordKind::Escrow => {
            let own = record.read::<EscrowBody>().is_ok_and(|it| it.device() == writer.device);
            if (own || holds_escrows(chain, writer.device)) && escrow::may_keep(chain, &record) {
                control::keep(connection, &record)?;
            }
        }
    }
    pulled.received += 1;
    Ok(())
}
