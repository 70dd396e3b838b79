//! Bounds a change chunk before the library sees it.
//!
//! Automerge expands run lengths without a limit: 68 bytes can claim 2^20 operations. So the runs
//! are counted here first. Format: <https://automerge.org/automerge-binary-format-spec/>.

use crate::error::DocumentError;

/// Longest change, bytes.
pub const MAX_CHANGE: usize = 64 * 1024;
/// Most operations in a change.
pub const MAX_OPERATIONS: u64 = 5_000;
/// Most dependencies of a change.
pub const MAX_DEPENDENCIES: u64 = 64;
/// Most other actors a change names.
pub const MAX_ACTORS: u64 = 32;
/// Highest operation counter; far above any real document.
const MAX_COUNTER: u64 = 1 << 24;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Chunk type 1: an uncompressed change.
const CHANGE: u8 = 1;
/// Set in a column's specification where its data is deflated.
const DEFLATED: u64 = 8;

/// Length of magic, checksum and chunk type; the chunk's length follows.
pub(crate) const HEAD: usize = 9;

/// Checks limits and framing.
///
/// # Errors
/// [`DocumentError::Malformed`] or [`DocumentError::TooLarge`].
pub fn scan(bytes: &[u8]) -> Result<(), DocumentError> {
    if bytes.len() > MAX_CHANGE {
        return Err(DocumentError::TooLarge);
    }
    if bytes.len() < HEAD || bytes[..4] != MAGIC || bytes[8] != CHANGE {
        return Err(DocumentError::Malformed);
    }
    let mut at = Reader { rest: &bytes[HEAD..] };
    if at.unsigned()? != at.rest.len() as u64 {
        return Err(DocumentError::Malformed);
    }
    let dependencies = at_most(at.unsigned()?, MAX_DEPENDENCIES)?;
    at.take_many(dependencies, 32)?;
    at.block()?;
    at.unsigned()?;
    at_most(at.unsigned()?, MAX_COUNTER)?;
    at.signed()?;
    at.block()?;
    let actors = at_most(at.unsigned()?, MAX_ACTORS)?;
    for _ in 0..actors {
        at.block()?;
    }
    columns(&mut at)
}

fn columns(at: &mut Reader<'_>) -> Result<(), DocumentError> {
    let count = at_most(at.unsigned()?, 64)?;
    let mut lengths = Vec::new();
    for _ in 0..count {
        let (specification, length) = (at.unsigned()?, at.unsigned()?);
        if specification & DEFLATED != 0 {
            return Err(DocumentError::Malformed);
        }
        lengths.push((specification & 7, length));
    }
    for (kind, length) in lengths {
        let mut column = Reader { rest: at.take(length)? };
        match kind {
            0 => group(&mut column)?,
            1 | 2 | 6 => runs(&mut column, |value| value.unsigned().map(drop))?,
            3 => runs(&mut column, |value| value.signed().map(drop))?,
            4 => booleans(&mut column)?,
            5 => runs(&mut column, |value| value.block())?,
            _ => {}
        }
    }
    Ok(())
}

/// A column of run lengths: positive = repeated value, negative = literals, zero = nulls.
fn runs(
    column: &mut Reader<'_>,
    skip: impl Fn(&mut Reader<'_>) -> Result<(), DocumentError>,
) -> Result<(), DocumentError> {
    let mut total = 0;
    while !column.rest.is_empty() {
        let run = column.signed()?;
        let count = if run == 0 { column.unsigned()? } else { run.unsigned_abs() };
        total = at_most(count.saturating_add(total), MAX_OPERATIONS * 4)?;
        let values = if run > 0 {
            1
        } else if run < 0 {
            count
        } else {
            0
        };
        for _ in 0..values {
            skip(column)?;
        }
    }
    Ok(())
}

/// A column of group sizes: the sizes are bounded too.
fn group(column: &mut Reader<'_>) -> Result<(), DocumentError> {
    let (mut rows, mut members) = (0, 0);
    while !column.rest.is_empty() {
        let run = column.signed()?;
        let count = if run == 0 { column.unsigned()? } else { run.unsigned_abs() };
        rows = at_most(count.saturating_add(rows), MAX_OPERATIONS)?;
        let (values, times) = if run > 0 {
            (1, count)
        } else if run < 0 {
            (count, 1)
        } else {
            (0, 0)
        };
        for _ in 0..values {
            let size = column.unsigned()?.saturating_mul(times);
            members = at_most(size.saturating_add(members), MAX_OPERATIONS * 4)?;
        }
    }
    Ok(())
}

fn booleans(column: &mut Reader<'_>) -> Result<(), DocumentError> {
    let mut total = 0;
    while !column.rest.is_empty() {
        total = at_most(column.unsigned()?.saturating_add(total), MAX_OPERATIONS)?;
    }
    Ok(())
}

fn at_most(count: u64, limit: u64) -> Result<u64, DocumentError> {
    if count > limit { Err(DocumentError::TooLarge) } else { Ok(count) }
}

pub(crate) struct Reader<'a> {
    pub(crate) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn unsigned(&mut self) -> Result<u64, DocumentError> {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = self.take(1)?[0];
            if shift > 63 || (shift == 63 && byte > 1) {
                return Err(DocumentError::Malformed);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    fn signed(&mut self) -> Result<i64, DocumentError> {
        let (mut value, mut shift) = (0_i64, 0);
        loop {
            let byte = self.take(1)?[0];
            if shift > 63 {
                return Err(DocumentError::Malformed);
            }
            value |= i64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                if shift < 64 && byte & 0x40 != 0 {
                    value |= -1 << shift;
                }
                return Ok(value);
            }
        }
    }

    pub(crate) fn take(&mut self, count: u64) -> Result<&'a [u8], DocumentError> {
        let count = usize::try_from(count).map_err(|_| DocumentError::Malformed)?;
        if count > self.rest.len() {
            return Err(DocumentError::Malformed);
        }
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        Ok(taken)
    }

    fn take_many(&mut self, count: u64, size: u64) -> Result<(), DocumentError> {
        self.take(count.saturating_mul(size)).map(drop)
    }

    fn block(&mut self) -> Result<(), DocumentError> {
        let length = self.unsigned()?;
        self.take(length).map(drop)
    }
}
