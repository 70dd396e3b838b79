//! The typography of the words, read from these very files.

use super::typography::{clock, code, count, number};

const FILES: [&str; 25] = [
    include_str!("access.rs"),
    include_str!("audit.rs"),
    include_str!("caseload.rs"),
    include_str!("cohort.rs"),
    include_str!("common.rs"),
    include_str!("consent.rs"),
    include_str!("days.rs"),
    include_str!("encounter.rs"),
    include_str!("erasure.rs"),
    include_str!("error.rs"),
    include_str!("fields.rs"),
    include_str!("following.rs"),
    include_str!("ledger.rs"),
    include_str!("members.rs"),
    include_str!("names.rs"),
    include_str!("notices.rs"),
    include_str!("person.rs"),
    include_str!("receipt.rs"),
    include_str!("recover.rs"),
    include_str!("referent.rs"),
    include_str!("rescue.rs"),
    include_str!("rights.rs"),
    include_str!("set_aside.rs"),
    include_str!("sync.rs"),
    include_str!("today.rs"),
];

fn literals() -> impl Iterator<Item = &'static str> {
    let lines =
        FILES.iter().flat_map(|file| file.lines()).filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

#[test]
fn no_french_sign_stands_after_a_breaking_space() {
    for text in literals() {
        for sign in [" :", " ;", " !", " ?", "« ", " »"] {
            assert!(!text.contains(sign), "{text}");
        }
    }
}

#[test]
fn apostrophes_are_curly() {
    for text in literals() {
        assert!(!text.contains('\''), "{text}");
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
