//! The typography of the words, read from the files of the interface and of the code lists.

mod guide;

use super::typography::{clock, code, count, number};
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What stands between quotes in the files of a folder of this repository, comments and tests aside.
fn literals(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = files(&root.join(folder)).into_iter();
    let files = files.filter(|file| !file.ancestors().any(|it| it.ends_with("text/tests")));
    let literals = files.flat_map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let between = lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned);
        between.map(|literal| (file.clone(), literal)).collect::<Vec<_>>()
    });
    literals.collect()
}

#[test]
fn no_french_sign_stands_after_a_breaking_space() {
    let all = [literals("ui/src"), literals("crates/domain/src/vocabulary")].concat();
    assert!(all.len() > 2_000, "the words are read: {}", all.len());
    for (file, text) in all {
        for sign in [" :", " ;", " !", " ?", "« ", " »"] {
            assert!(!text.contains(sign), "{}: {text}", file.display());
        }
    }
}

#[test]
fn apostrophes_are_curly() {
    for (file, text) in literals("ui/src/text") {
        assert!(!text.contains('\''), "{}: {text}", file.display());
    }
}

#[test]
fn numbers_and_hours_are_written_the_french_way() {
    assert_eq!(number(1_482), "1\u{202f}482");
    assert_eq!(number(12), "12");
    assert_eq!(clock(14, 30), "14\u{a0}h\u{a0}30");
    assert_eq!(count(0, ("passage", "passages"), ("passage", "passages")), "0\u{a0}passage");
    assert_eq!(code("K7P4QX"), "K7P\u{a0}4QX");
}
