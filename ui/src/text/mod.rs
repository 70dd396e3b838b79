//! Every word of the screen, French beside English, so that none is missing in either.
//!
//! French typography is kept here: curly apostrophes, and a non-breaking space before `: ; ! ?`
//! (the tests read these files and say where one is missing).

pub mod access;
pub mod audit;
pub mod caseload;
pub mod cohort;
pub mod common;
pub mod consent;
pub mod days;
pub mod encounter;
pub mod erasure;
pub mod error;
pub mod fields;
pub mod following;
pub mod ledger;
pub mod members;
pub mod names;
pub mod notices;
pub mod person;
pub mod receipt;
pub mod recover;
pub mod referent;
pub mod rescue;
pub mod rights;
pub mod set_aside;
pub mod sync;
pub mod today;
pub mod typography;

#[cfg(test)]
mod tests;

use domain::vocabulary::Lang;
use std::sync::atomic::{AtomicBool, Ordering};

static ENGLISH: AtomicBool = AtomicBool::new(false);

/// Speaks this language from now on; the screen is drawn anew by whoever changes it.
pub fn speak(language: &str) {
    ENGLISH.store(language == "en", Ordering::Relaxed);
}

/// The language spoken.
pub fn lang() -> Lang {
    if ENGLISH.load(Ordering::Relaxed) { Lang::En } else { Lang::Fr }
}

/// The words in the language spoken.
pub const fn pick_in(lang: Lang, fr: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// The words in the language spoken.
pub fn pick(fr: &'static str, en: &'static str) -> &'static str {
    pick_in(lang(), fr, en)
}

/// Declares words: `name = "français", "English";`.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $fr:literal, $en:literal;)*) => {
        $(#[allow(rustdoc::bare_urls, reason = "an example of an address is shown, not linked")] #[doc = $fr] $(#[$doc])* pub fn $name() -> &'static str { $crate::text::pick($fr, $en) })*
    };
}
pub(crate) use words;
