//! `doors`: the names of the doors, one a line. `doors FOLDER DOOR [MORE]`: writes samples of what a
//! well-meaning visitor brings to a door, for a fuzzer to begin with; and those of another folder.
#![allow(clippy::unwrap_used)]
#![allow(clippy::print_stdout, reason = "this is how a program answers")]

use journeys::outside::{DOORS, Door, Ground};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

fn main() {
    match &std::env::args_os().skip(1).collect::<Vec<OsString>>()[..] {
        [] => DOORS.iter().for_each(|door| println!("{}", door.name)),
        [folder, door, more @ ..] => {
            let (folder, door) = (PathBuf::from(folder), door.to_str().and_then(Door::named));
            std::fs::create_dir_all(&folder).unwrap();
            for (n, seed) in (door.expect("a door of this name").seeds)(&Ground::prepare()).iter().enumerate()
            {
                std::fs::write(folder.join(format!("sample-{n}")), seed).unwrap();
            }
            more.iter().for_each(|more| bring(Path::new(more), &folder));
        }
        _ => panic!("doors [FOLDER DOOR [MORE]]"),
    }
}

/// Files of a folder, as they are, and after each first byte by which a door tells two ways in.
fn bring(more: &Path, folder: &Path) {
    for entry in std::fs::read_dir(more).unwrap().map(Result::unwrap) {
        let bytes = std::fs::read(entry.path()).unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        for (way, first) in [("", &[][..]), ("0-", &[0]), ("1-", &[1])] {
            std::fs::write(folder.join(format!("more-{way}{name}")), [first, &bytes].concat()).unwrap();
        }
    }
}
