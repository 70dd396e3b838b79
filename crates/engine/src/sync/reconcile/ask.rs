//! The device's half: what to ask next, and whether the two sides agree at last.

use super::{Check, Entry, Found, MOST_ENTRIES, Range, short, span};
use crate::error::EngineError;
use crate::store::{digest, offer};
use crate::sync::rollback;
use rusqlite::Connection;
use std::collections::VecDeque;

/// Bytes of one entry in an upload, about.
const ENTRY: usize = 40;
/// Most times that a comparison begins again in one run, as long as each brings something.
const MOST_TIMES: u32 = 64;

/// Where a comparison stands in one run.
#[derive(Debug, Default)]
pub(crate) struct Reconcile {
    /// The server's sum at the end of the last exchange.
    pub(crate) theirs: Option<u128>,
    /// What the server found in the last exchange.
    pub(crate) found: Option<Found>,
    /// What to send along with the next upload.
    check: Option<Check>,
    /// Bits of the spans that were asked for last.
    bits: u8,
    /// Ranges that differ and are still to be listed.
    ranges: VecDeque<([u8; 16], [u8; 16])>,
    times: u32,
    /// What the server lacks may be given back now.
    gives_back: bool,
    /// Both sums when the comparison last began.
    before: Option<(u128, u128)>,
}

/// What follows a whole exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Both sides hold the same.
    Agreed,
    /// Another exchange.
    Again,
    /// They differ, and another comparison would bring nothing more.
    Differ,
}

impl Reconcile {
    /// What to send along with the next upload.
    pub(crate) fn check(&self) -> Option<&Check> {
        self.check.as_ref()
    }

    /// Whether what the server lacks may go with the next upload: a comparison shows what it has before it is
    /// given anything back.
    pub(crate) fn gives_back(&self, connection: &Connection) -> Result<bool, EngineError> {
        Ok(self.check.is_none() && (self.gives_back || rollback::is_suspected(connection)?))
    }

    /// Decides what follows an exchange after which nothing waits and nothing remains. `budget` bounds
    /// what the next upload may carry, raw bytes.
    pub(crate) fn next(&mut self, connection: &Connection, budget: usize) -> Result<Next, EngineError> {
        self.check = None;
        let mut wanted = false;
        if let Some(found) = self.found.take() {
            wanted = !found.wanted.is_empty();
            let mut spans = found.spans;
            spans.retain(|span| usize::from(*span) < 1 << self.bits);
            spans.dedup();
            self.ranges.extend(spans.into_iter().map(|it| span::bounds(it, self.bits)));
        }
        if !self.ranges.is_empty() {
            self.check = Some(self.page(connection, (budget / ENTRY).clamp(64, MOST_ENTRIES))?);
            return Ok(Next::Again);
        }
        let ours = digest::total(connection, None)?;
        let differs = self.theirs.filter(|theirs| *theirs != ours);
        // What the server wants back was put up: it goes with the next upload. What an answer put up waits for
        // the first comparison, which finds all that the server lacks.
        if wanted || (!offer::pending(connection)?.is_empty() && (differs.is_none() || self.times > 0)) {
            self.gives_back = true;
            return Ok(Next::Again);
        }
        let Some(theirs) = differs else { return Ok(Next::Agreed) };
        if self.before == Some((ours, theirs)) || self.times >= MOST_TIMES {
            return Ok(Next::Differ);
        }
        self.before = Some((ours, theirs));
        self.times += 1;
        let all = digest::between(connection, None, [0; 16], [0xff; 16])?;
        self.bits = span::bits_for(all.len());
        self.check = Some(Check::Spans(self.bits, span::sums(&all, self.bits).into()));
        Ok(Next::Again)
    }

    /// Lists documents of the next ranges, about so many: a range is cut where it is too wide.
    fn page(&mut self, connection: &Connection, most: usize) -> Result<Check, EngineError> {
        let (mut listed, mut count) = (Vec::new(), 0);
        while let Some((from, to)) = self.ranges.pop_front() {
            let mut all = digest::between(connection, None, from, to)?;
            let mut end = to;
            if all.len() > most - count
                && let Some((last, _)) = all.get(most - count)
            {
                // What stands under one identifier stays together: the cut is before the next one.
                let cut = *last.id.as_bytes();
                let kept = all.iter().take_while(|(key, _)| *key.id.as_bytes() < cut).count();
                if kept == 0 && count > 0 {
                    self.ranges.push_front((from, to));
                    break;
                }
                if kept > 0 {
                    all.truncate(kept);
                    end = (u128::from_be_bytes(cut).saturating_sub(1)).to_be_bytes();
                    self.ranges.push_front((cut, to));
                }
            }
            count += all.len();
            let entries = all.into_iter().map(|(key, sum)| Entry { key, sum: short(sum).into() }).collect();
            listed.push(Range { from: from.into(), to: end.into(), entries });
            if count >= most {
                break;
            }
        }
        Ok(Check::Ranges(listed, self.times > 1))
    }
}
