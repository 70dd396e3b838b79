//! Damage by seed: what a line, a disk or somebody who means harm does to good bytes.

use rand::{Rng as _, RngExt as _};
use rand_chacha::ChaCha8Rng;

/// Numbers at the edges of what fits.
const EDGES: &[&str] = &[
    "0",
    "-1",
    "255",
    "65536",
    "2147483647",
    "-2147483648",
    "4294967295",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "1e308",
    "-0.0",
];
/// Longest input.
const MOST: usize = 64 * 1024;

/// Damages one of the seeds; now and then the bytes are just random.
pub fn mutate(random: &mut ChaCha8Rng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.random_range(0..seeds.len())].clone();
    for _ in 0..random.random_range(1..5) {
        once(random, seeds, &mut bytes);
    }
    bytes.truncate(MOST);
    bytes
}

fn once(random: &mut ChaCha8Rng, seeds: &[Vec<u8>], bytes: &mut Vec<u8>) {
    if bytes.is_empty() || random.random_ratio(1, 40) {
        *bytes = vec![0; random.random_range(0..300)];
        random.fill_bytes(bytes);
        return;
    }
    let at = random.random_range(0..bytes.len());
    let until = (at + random.random_range(1..40)).min(bytes.len());
    match random.random_range(0..9) {
        0 => bytes[at] ^= 1 << random.random_range(0..8),
        1 => bytes[at] = random.random_range(0..=255),
        2 => bytes[at] = [0, 1, 0x7F, 0x80, 0xFF, 0x1B, 0x3B, 0x9F, 0xBF][random.random_range(0..9)],
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(at..until)),
        5 => {
            let twice = bytes[at..until].to_vec();
            bytes.splice(at..at, twice);
        }
        6 => {
            let other = &seeds[random.random_range(0..seeds.len())];
            let from = random.random_range(0..=other.len());
            let piece = other[from..(from + 60).min(other.len())].to_vec();
            bytes.splice(at..until, piece);
        }
        7 => number(random, bytes, at),
        _ => {
            let mut noise = vec![0; until - at];
            random.fill_bytes(&mut noise);
            bytes.splice(at..until, noise);
        }
    }
}

/// Puts a number of the edges in the place of the next one written in digits.
fn number(random: &mut ChaCha8Rng, bytes: &mut Vec<u8>, at: usize) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|it| at + it) else { return };
    let end = bytes[start..].iter().position(|it| !it.is_ascii_digit()).map_or(bytes.len(), |it| start + it);
    let edge = EDGES[random.random_range(0..EDGES.len())];
    bytes.splice(start..end, edge.bytes());
}
