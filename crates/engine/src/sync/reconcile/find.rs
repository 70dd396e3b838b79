//! The server's half: compares what a device sent with what that device may see.

use super::{Check, Entry, Found, MOST_BITS, MOST_ENTRIES, Range, short, span};
use crate::error::EngineError;
use crate::store::digest::{self, Viewer};
use document::DocumentKey;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What comparing led to.
#[derive(Debug, Default)]
pub(in super::super) struct Asked {
    /// For the device.
    pub(in super::super) found: Option<Found>,
    /// Documents to serve whole.
    pub(in super::super) serve: Vec<DocumentKey>,
    /// Documents the device holds and may not see, of which the server lacks nothing.
    pub(in super::super) revoked: Vec<DocumentKey>,
}

/// Compares; what is not within the limits is not compared.
pub(in super::super) fn find(
    connection: &Connection,
    viewer: Viewer,
    check: &Check,
) -> Result<Asked, EngineError> {
    let mut asked = Asked::default();
    match check {
        Check::Spans(bits, sums) => {
            if *bits > MOST_BITS || sums.len() != 8 << bits {
                return Ok(asked);
            }
            let seen = digest::between(connection, Some(viewer), [0; 16], [0xff; 16])?;
            let ours = span::sums(&seen, *bits);
            let pairs = ours.chunks(8).zip(sums.chunks(8));
            let spans = (0_u16..).zip(pairs).filter(|(_, (a, b))| a != b).map(|(span, _)| span).collect();
            asked.found = Some(Found { spans, wanted: Vec::new() });
        }
        Check::Ranges(ranges, offered) => {
            if ranges.iter().map(|range| range.entries.len()).sum::<usize>() > MOST_ENTRIES {
                return Ok(asked);
            }
            let mut found = Found::default();
            for range in ranges {
                compare(connection, viewer, range, *offered, &mut asked, &mut found)?;
            }
            asked.found = Some(found);
        }
    }
    Ok(asked)
}

fn compare(
    connection: &Connection,
    viewer: Viewer,
    range: &Range,
    offered: bool,
    asked: &mut Asked,
    found: &mut Found,
) -> Result<(), EngineError> {
    let within = |entry: &&Entry| {
        let id = entry.key.id.as_bytes();
        *range.from <= *id && *id <= *range.to
    };
    let theirs: BTreeMap<DocumentKey, [u8; 8]> =
        range.entries.iter().filter(within).map(|entry| (entry.key, *entry.sum)).collect();
    let mut seen = BTreeMap::new();
    for (key, sum) in digest::between(connection, Some(viewer), *range.from, *range.to)? {
        if theirs.get(&key) != Some(&short(sum)) {
            asked.serve.push(key);
        }
        seen.insert(key, sum);
    }
    for (key, sum) in theirs {
        match seen.get(&key) {
            Some(ours) if short(*ours) == sum => {}
            Some(ours) => found.wanted.push(Entry { key, sum: short(*ours).into() }),
            None => match digest::of(connection, key)? {
                Some(ours) if offered || short(ours) == sum => asked.revoked.push(key),
                _ => found.wanted.push(Entry { key, sum: [0; 8].into() }),
            },
        }
    }
    Ok(())
}
