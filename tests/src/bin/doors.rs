//! `doors FOLDER DOOR`: writes samples of what a well-meaning visitor brings to a door, for a fuzzer to
//! begin with.
#![allow(clippy::unwrap_used)]

use journeys::outside::{Door, Ground};
use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().expect("the folder to write into"));
    let name = arguments.next().expect("a door").into_string().unwrap();
    let door = Door::named(&name).expect("a door of this name");
    std::fs::create_dir_all(&folder).unwrap();
    for (n, seed) in (door.seeds)(&Ground::prepare()).iter().enumerate() {
        std::fs::write(folder.join(format!("sample-{n}")), seed).unwrap();
    }
}
