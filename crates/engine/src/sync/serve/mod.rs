//! The server's half, outwards: answers first, then what is new for this device, frame after frame.

mod frame;
mod row;

use super::error::SyncError;
use super::message::Download;
use super::reconcile::Asked;
use crate::store::digest::Viewer;
use crate::store::log::Bringer;
use crate::store::{control, digest, log};
use frame::Frame;
use rusqlite::Connection;

/// Raw bytes of a frame, about.
const FRAME: usize = 16 * 1024;
/// Raw bytes of an answer, about; the device asks again from where it stands.
const ANSWER: usize = 1024 * 1024;
/// Rows of the log looked at together.
const ROWS: u32 = 256;

/// What is new for a device since the cursor of `first`, as frames: control records and erasures before
/// everything else, wherever on the log they stand. `ahead`: up to where the device has those already;
/// `compares`: it compares the sums after this answer.
pub(super) fn serve(
    connection: &Connection,
    by: Bringer,
    first: Download,
    (ahead, compares): (u64, bool),
    asked: &Asked,
) -> Result<Vec<u8>, SyncError> {
    let chain = control::chain(connection)?;
    let (mut cursor, device) = (first.cursor, by.device);
    let frame = Frame::new(connection, chain.cite(), first);
    let mut server = Server { connection, by, out: Vec::new(), total: 0, frame };
    let end = log::last(connection)?;
    server.frame.ahead = ahead.clamp(cursor, end);
    while server.frame.ahead < end {
        let rows = log::records_after(connection, by, server.frame.ahead, ROWS)?;
        let last = rows.last().map_or(end, |row| row.seq);
        for row in rows {
            if server.total > ANSWER {
                server.close(end)?;
                return Ok(server.out);
            }
            server.row(&row)?;
            server.frame.ahead = row.seq;
            if server.frame.size() > FRAME {
                server.close(end)?;
            }
        }
        server.frame.ahead = last;
    }
    'rows: loop {
        let rows = log::after(connection, by, cursor, end, ROWS)?;
        if rows.is_empty() {
            // Rows that are not for this device are passed over for good.
            server.frame.open |= server.frame.download.cursor < end;
            server.frame.download.cursor = end;
            server.asked(asked, end)?;
            // What was written meanwhile is not in this answer: the next one compares.
            if compares && log::last(connection)? == end {
                server.frame.open = true;
                let seen = digest::total(connection, Some(Viewer::of(&chain, device)))?;
                server.frame.download.digest = Some(seen.to_be_bytes().into());
            }
            break;
        }
        for row in rows {
            if server.total > ANSWER {
                break 'rows;
            }
            server.row(&row)?;
            cursor = row.seq;
            server.frame.download.cursor = cursor;
            // A batch cut in two costs the digests of the other half in each: it may end first.
            let size = server.frame.size();
            if size > FRAME && (server.frame.coded.is_whole() || size > 2 * FRAME) {
                server.close(end)?;
            }
        }
    }
    server.close(end)?;
    Ok(server.out)
}

/// An answer under way.
struct Server<'a> {
    connection: &'a Connection,
    by: Bringer,
    out: Vec<u8>,
    total: usize,
    frame: Frame<'a>,
}

impl Server<'_> {
    /// Ends the frame under way, where there is anything in it.
    fn close(&mut self, end: u64) -> Result<(), SyncError> {
        if let Some(packed) = self.frame.close(end)? {
            self.total += packed.raw;
            self.out.extend(packed.bytes);
        }
        Ok(())
    }
}
