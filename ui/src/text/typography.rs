//! Numbers, times and counts as French typography wants them.

use super::lang;
use domain::vocabulary::Lang;

/// Non-breaking space.
pub const NBSP: char = '\u{a0}';
/// Narrow non-breaking space, between thousands.
pub const NARROW: char = '\u{202f}';

/// `1 482` (or `1,482` in English).
pub fn number(value: impl Into<i64>) -> String {
    let value: i64 = value.into();
    let digits = value.unsigned_abs().to_string();
    let separator = if lang() == Lang::Fr { NARROW } else { ',' };
    let mut out = String::from(if value < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A count and its noun: `1 passage`, `5 passages`. French keeps the singular for zero.
pub fn count(value: u32, fr: (&str, &str), en: (&str, &str)) -> String {
    let (one, many, single) = match lang() {
        Lang::Fr => (fr.0, fr.1, value < 2),
        Lang::En => (en.0, en.1, value == 1),
    };
    format!("{}{NBSP}{}", number(value), if single { one } else { many })
}

/// `14 h 30` (or `14:30` in English).
pub fn clock(hours: u32, minutes: u32) -> String {
    match lang() {
        Lang::Fr => format!("{hours}{NBSP}h{NBSP}{minutes:02}"),
        Lang::En => format!("{hours}:{minutes:02}"),
    }
}

/// A length of time: `1 h 12`, `8 min`.
pub fn length(minutes: i64) -> String {
    let minutes = minutes.max(0);
    if minutes < 60 {
        format!("{minutes}{NBSP}min")
    } else {
        format!("{}{NBSP}h{NBSP}{:02}", minutes / 60, minutes % 60)
    }
}

/// `1re`, `2e`: the number and what stands raised after it.
pub fn rank(value: u32) -> (String, &'static str) {
    let raised = match (lang(), value) {
        (Lang::Fr, 1) => "re",
        (Lang::Fr, _) => "e",
        (Lang::En, 1) => "st",
        (Lang::En, 2) => "nd",
        (Lang::En, 3) => "rd",
        (Lang::En, _) => "th",
    };
    (number(value), raised)
}

/// A code repère in two groups of three, read aloud more easily: `K7P 4QX`.
pub fn code(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(first), Some(second)) if code.len() == 6 => format!("{first}{NBSP}{second}"),
        _ => code.to_owned(),
    }
}

/// `38 ko`, `1,2 Mo`.
pub fn bytes(value: u64) -> String {
    let comma = if lang() == Lang::Fr { ',' } else { '.' };
    let unit = if lang() == Lang::Fr { 'o' } else { 'B' };
    match value {
        0..1_000 => format!("{value}{NBSP}{}", super::pick("octets", "bytes")),
        1_000..1_000_000 => format!("{}{NBSP}k{unit}", value / 1_000),
        _ => format!("{}{comma}{}{NBSP}M{unit}", value / 1_000_000, value % 1_000_000 / 100_000),
    }
}

/// The text with a full stop, unless it ends with one already: `Arrêté par Claire V.`
pub fn sentence(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// What a control does, and of whom or what: `Marquer fait : relance, A. K.`
pub fn about(verb: &str, what: &str) -> String {
    match lang() {
        Lang::Fr => format!("{verb}{NBSP}: {what}"),
        Lang::En => format!("{verb}: {what}"),
    }
}
