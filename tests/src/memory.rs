//! The memory of a running program, as whoever administers its machine can read it.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

const PAGE: usize = 4096;

/// Everything that a program holds in memory and may write to, pages that hold nothing left out; what lies side by
/// side stays together. None where a system shows no program's memory to another: elsewhere than on Linux.
pub fn of(process: u32) -> Option<Vec<Vec<u8>>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let mut memory = File::open(format!("/proc/{process}/mem")).ok()?;
    let mut pieces = Vec::new();
    for line in maps.lines() {
        let mut fields = line.split_ascii_whitespace();
        let (place, may) = (fields.next()?, fields.next()?);
        // What the program cannot write to is the program itself.
        if may.starts_with("rw")
            && let Some((from, to)) = place.split_once('-')
        {
            let [from, to] = [from, to].map(|it| u64::from_str_radix(it, 16).unwrap());
            read(&mut memory, from, to, &mut pieces);
        }
    }
    Some(pieces)
}

fn read(memory: &mut File, from: u64, to: u64, pieces: &mut Vec<Vec<u8>>) {
    let mut piece = Vec::new();
    let mut page = [0; PAGE];
    for at in (from..to).step_by(PAGE) {
        let there = memory.seek(SeekFrom::Start(at)).is_ok() && memory.read_exact(&mut page).is_ok();
        if there && page != [0; PAGE] {
            piece.extend_from_slice(&page);
        } else if !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces.push(piece);
}
