//! Days and instants in words. The zone is the device's own.

use super::typography::{NBSP, clock};
use super::{lang, pick};
use domain::time::{Day, InstantMs, Month, Period};
use domain::vocabulary::Lang;
use wasm_bindgen::JsValue;

const WEEKDAYS_FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `mardi`.
pub fn weekday(day: Day) -> &'static str {
    let names = if lang() == Lang::Fr { WEEKDAYS_FR } else { WEEKDAYS_EN };
    names[day.weekday() as usize % 7]
}

/// Single letters or short names of the days of the week, Monday first.
pub fn weekday_heads() -> [&'static str; 7] {
    match lang() {
        Lang::Fr => ["lu", "ma", "me", "je", "ve", "sa", "di"],
        Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    }
}

/// `novembre`.
pub fn month_name(month: u32) -> &'static str {
    let names = if lang() == Lang::Fr { MONTHS_FR } else { MONTHS_EN };
    names[(month.clamp(1, 12) - 1) as usize]
}

/// `novembre 2026`.
pub fn month(month: Month) -> String {
    format!("{}{NBSP}{}", month_name(month.month), month.year)
}

/// `24 novembre`, `1er décembre`.
pub fn plain(day: Day) -> String {
    let (_, month, number) = day.ymd();
    match (lang(), number) {
        (Lang::Fr, 1) => format!("1er{NBSP}{}", month_name(month)),
        _ => format!("{number}{NBSP}{}", month_name(month)),
    }
}

/// `24 novembre`, with the year where it is not this one.
pub fn date(day: Day, today: Day) -> String {
    let (year, ..) = day.ymd();
    if year == today.ymd().0 { plain(day) } else { format!("{}{NBSP}{year}", plain(day)) }
}

/// `Mardi 24 novembre`.
pub fn full(day: Day) -> String {
    let name = weekday(day);
    let mut letters = name.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{} {}", letters.as_str(), plain(day))
}

/// `mardi 24 novembre`, inside a sentence.
pub fn within(day: Day) -> String {
    format!("{} {}", weekday(day), plain(day))
}

/// `aujourd’hui`, `hier`, `il y a 6 jours`, `demain`, `dans 3 jours`, then the date.
pub fn near(day: Day, today: Day) -> String {
    let days = day.0 - today.0;
    match days {
        0 => pick("aujourd’hui", "today").into(),
        -1 => pick("hier", "yesterday").into(),
        1 => pick("demain", "tomorrow").into(),
        -20..0 if lang() == Lang::Fr => format!("il y a {}{NBSP}jours", -days),
        -20..0 => format!("{}{NBSP}days ago", -days),
        2..=20 if lang() == Lang::Fr => format!("dans {days}{NBSP}jours"),
        2..=20 => format!("in {days}{NBSP}days"),
        _ if lang() == Lang::Fr => format!("le {}", date(day, today)),
        _ => format!("on {}", date(day, today)),
    }
}

/// `T4 2026`, or the two days where the period is no quarter.
pub fn period(period: Period) -> String {
    let quarter = period.from.quarter();
    if quarter.period() == period {
        return format!("{}{}{NBSP}{}", pick("T", "Q"), quarter.quarter, quarter.year);
    }
    format!("{} – {}", date(period.from, period.to), date(period.to, period.to))
}

/// The device's own day now.
pub fn today() -> Day {
    local(js_sys::Date::now() as InstantMs).0
}

/// Hour and minute of an instant: `14 h 30`.
pub fn time(at_ms: InstantMs) -> String {
    let (_, hours, minutes) = local(at_ms);
    clock(hours, minutes)
}

/// `11 h 02` today, `hier`, then the date.
pub fn when(at_ms: InstantMs, today: Day) -> String {
    let day = local(at_ms).0;
    match today.0 - day.0 {
        0 => time(at_ms),
        1 => pick("hier", "yesterday").into(),
        _ => short(day),
    }
}

/// `aujourd’hui à 14 h 30`, `hier à 9 h 05`, `le 3 novembre à 17 h 40`.
pub fn moment(at_ms: InstantMs) -> String {
    let day = local(at_ms).0;
    format!("{} {} {}", near_day(day), pick("à", "at"), time(at_ms))
}

/// `12 octobre 2026 à 9 h 40`: for what is read on another day.
pub fn stamp(at_ms: InstantMs) -> String {
    let (day, hours, minutes) = local(at_ms);
    format!("{}{NBSP}{} {} {}", plain(day), day.ymd().0, pick("à", "at"), clock(hours, minutes))
}

fn near_day(day: Day) -> String {
    let today = today();
    match today.0 - day.0 {
        0 | 1 => near(day, today),
        _ if lang() == Lang::Fr => format!("le {}", date(day, today)),
        _ => format!("on {}", date(day, today)),
    }
}

/// `3 nov.`: narrow places only.
pub fn short(day: Day) -> String {
    let (_, month, number) = day.ymd();
    let names: [&str; 12] = match lang() {
        Lang::Fr => [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ],
        Lang::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    };
    format!("{number}{NBSP}{}", names[(month.clamp(1, 12) - 1) as usize])
}

/// `nov.`: heads of columns.
pub fn short_month(month: Month) -> &'static str {
    let names = match lang() {
        Lang::Fr => [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ],
        Lang::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    };
    names[(month.month.clamp(1, 12) - 1) as usize]
}

/// Minutes since an instant.
pub fn minutes_since(at_ms: InstantMs) -> i64 {
    ((js_sys::Date::now() as InstantMs - at_ms) / 60_000).max(0)
}

fn local(at_ms: InstantMs) -> (Day, u32, u32) {
    let date = js_sys::Date::new(&JsValue::from_f64(at_ms as f64));
    let day = Day::from_ymd(date.get_full_year() as i32, date.get_month() + 1, date.get_date());
    (day.unwrap_or(Day::from_instant_ms(at_ms)), date.get_hours(), date.get_minutes())
}
