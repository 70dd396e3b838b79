//! Spans of identifiers: by their first bits, which are random.

use super::{MOST_BITS, short};
use document::DocumentKey;

/// How many bits make spans of about 32 documents.
pub(super) fn bits_for(documents: usize) -> u8 {
    let spans = (documents / 32).max(1).next_power_of_two();
    (spans.trailing_zeros() as u8).min(MOST_BITS)
}

/// The span of an identifier.
pub(super) fn of(id: &[u8; 16], bits: u8) -> u16 {
    u16::from_be_bytes([id[0], id[1]]).checked_shr(16 - u32::from(bits)).unwrap_or(0)
}

/// First and last identifier of a span.
pub(super) fn bounds(span: u16, bits: u8) -> ([u8; 16], [u8; 16]) {
    let width = 1_u32 << (16 - bits);
    let first = u32::from(span) * width;
    let (mut from, mut to) = ([0; 16], [0xff; 16]);
    from[..2].copy_from_slice(&(first as u16).to_be_bytes());
    to[..2].copy_from_slice(&((first + width - 1) as u16).to_be_bytes());
    (from, to)
}

/// The sums of all spans, eight bytes each.
pub(super) fn sums(documents: &[(DocumentKey, u128)], bits: u8) -> Vec<u8> {
    let mut sums = vec![0_u128; 1 << bits];
    for (key, sum) in documents {
        let span = usize::from(of(key.id.as_bytes(), bits));
        sums[span] = sums[span].wrapping_add(*sum);
    }
    sums.into_iter().flat_map(short).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_identifier_lies_within_the_bounds_of_its_span() {
        for bits in 0..=MOST_BITS {
            for first in (0..=u16::MAX).step_by(97) {
                let mut id = [0x5a; 16];
                id[..2].copy_from_slice(&first.to_be_bytes());
                let (from, to) = bounds(of(&id, bits), bits);
                assert!(from <= id && id <= to, "{bits} bits, {first}");
            }
            assert_eq!(bounds(0, bits).0, [0; 16]);
            assert_eq!(bounds(((1_u32 << bits) - 1) as u16, bits).1, [0xff; 16]);
        }
        assert_eq!((bits_for(0), bits_for(64), bits_for(10_000), bits_for(10_000_000)), (0, 1, 9, 12));
    }
}
