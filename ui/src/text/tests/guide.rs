//! The guides name what is on the screen in the very words of the screen: whatever stands there in italics
//! or bold and begins with a capital.

use super::{files, literals};
use std::fs;
use std::path::Path;

/// One space between words, none that breaks or does not.
fn plain(text: &str) -> String {
    let text = text.replace("\\u{a0}", " ").replace('\'', "’");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between stars.
fn emphasised(text: &str) -> Vec<String> {
    let marked = text.replace("**", "*");
    let parts = marked.split('*').skip(1).step_by(2).map(plain);
    parts.filter(|it| it.chars().next().is_some_and(char::is_uppercase)).collect()
}

#[test]
fn the_guides_say_what_the_screen_says() {
    let said = [literals("ui/src"), literals("crates/domain/src")].concat();
    let said: Vec<String> = said.iter().map(|(_, text)| plain(text)).collect();
    let guides = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide"));
    let mut named = 0;
    for guide in guides.iter().filter(|it| it.extension().is_some_and(|it| it == "md")) {
        let text = fs::read_to_string(guide).unwrap();
        // Each paragraph for itself: a lone star of a list does not reach the next.
        for words in text.split("\n\n").flat_map(emphasised) {
            let words = words.trim_end_matches(['.', '…', ',']);
            assert!(said.iter().any(|it| it.contains(words)), "{}: “{words}”", guide.display());
            named += 1;
        }
    }
    assert!(named > 80, "the guides name screens: {named}");
}
