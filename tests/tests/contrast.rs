//! The colours of the three themes, computed from the style sheet itself: text 4.5:1 and more on every
//! ground it stands on, borders of controls and marks 3:1 and more.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

type Theme = BTreeMap<String, String>;

/// The custom properties of each theme; what a theme leaves out is that of the light one.
fn themes() -> BTreeMap<&'static str, Theme> {
    let sheet = include_str!("../../ui/style/tokens.css");
    let block = |head: &str| -> Theme {
        let start = sheet.find(head).unwrap() + head.len();
        let body = &sheet[start..start + sheet[start..].find('}').unwrap()];
        let lines = body.split(';').filter_map(|it| it.trim().strip_prefix("--")?.split_once(':'));
        lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
    };
    let light = block(":root {");
    let with = |head: &str| light.clone().into_iter().chain(block(head)).collect::<Theme>();
    [
        ("sunlight", with("[data-theme=\"sunlight\"] {")),
        ("dark", with("[data-theme=\"dark\"] {")),
        ("light", light.clone()),
    ]
    .into()
}

fn luminance(hex: &str) -> f64 {
    let hex = hex.strip_prefix('#').unwrap();
    let parts = (0..3).map(|n| {
        let part = f64::from(u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    parts.zip([0.2126, 0.7152, 0.0722]).map(|(part, share)| part * share).sum()
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_formula_gives_the_known_ratios() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
}

#[test]
fn text_has_four_and_a_half_to_one_on_every_ground_it_stands_on() {
    let pairs = [
        ("ink", &["paper", "card", "press", "soft"][..]),
        ("ink-2", &["paper", "card", "press"]),
        ("main", &["paper", "card", "press", "soft"]),
        ("on-main", &["main", "main-deep"]),
        ("on-soft", &["soft"]),
        ("waiting", &["waiting-ground", "card"]),
        ("done", &["done-ground"]),
        ("trouble", &["trouble-ground", "card", "paper"]),
        ("place", &["place-ground"]),
        ("ink", &["waiting-ground", "trouble-ground", "done-ground"]),
        ("on-rank-1", &["rank-1"]),
        ("on-rank-2", &["rank-2"]),
        ("on-rank-3", &["rank-3"]),
        ("on-rank-4", &["rank-4"]),
    ];
    for (name, theme) in themes() {
        for (text, grounds) in pairs {
            for ground in grounds {
                let ratio = contrast(&theme[text], &theme[*ground]);
                assert!(ratio >= 4.5, "{name}: --{text} on --{ground} is {ratio:.2}:1");
            }
        }
    }
}

#[test]
fn borders_of_controls_and_marks_have_three_to_one() {
    let pairs = [
        ("control", &["card", "paper"][..]),
        ("main", &["card", "paper", "soft"]),
        ("chart-1", &["card"]),
        ("chart-2", &["card"]),
        ("chart-line", &["card"]),
    ];
    for (name, theme) in themes() {
        for (mark, grounds) in pairs {
            for ground in grounds {
                let ratio = contrast(&theme[mark], &theme[*ground]);
                assert!(ratio >= 3.0, "{name}: --{mark} on --{ground} is {ratio:.2}:1");
            }
        }
    }
}
