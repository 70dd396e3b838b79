//! A page of figures as a file to take away: exactly the masked figures shown, and nothing else.

use super::set;
use crate::api::cohort::{CohortView, Figure};
use crate::indicators::Zone;
use crate::text::csv_cell;
use crate::vocabulary::Lang;

/// Semicolons and a byte order mark, as French spreadsheets expect. `head` stands above the figures.
pub fn csv(
    view: &CohortView,
    head: &[(String, String)],
    lang: Lang,
    zone: impl Fn(Zone) -> String,
    public: impl Fn(&str) -> String,
) -> String {
    let mut out = String::from("\u{feff}");
    let mut line = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        out.push_str(&cells.join(";"));
        out.push_str("\r\n");
    };
    head.iter().for_each(|(name, value)| line(&[name, value]));
    line(&[]);
    let (masked, heads) = match lang {
        Lang::Fr => ("masqué", ["Code", "Indicateur", "Détail", "Valeur"]),
        Lang::En => ("masked", ["Code", "Indicator", "Detail", "Value"]),
    };
    line(&heads);
    for indicator in &set::current().indicators {
        for (cell, figure) in view.figures.0.iter().filter(|(cell, _)| cell.indicator() == indicator.code) {
            let detail = match cell {
                super::Cell::Public(it) => public(it.code()),
                other => other.detail(lang, &zone),
            };
            let value = match figure {
                Figure::Count(count) => count.to_string(),
                Figure::Masked => masked.to_owned(),
            };
            line(&[&indicator.code, indicator.name(lang), &detail, &value]);
        }
    }
    out
}
