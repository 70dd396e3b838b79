//! The audit as a page of the browser face shows it, and as files.

use super::read::{AuditLine, AuditReport};
use crate::error::EngineError;
use domain::api::audit::*;
use domain::time::Day;
use domain::vocabulary::{AuditAct, Lang};
use serde::Serialize;

/// Most lines of a page, and of a file.
const MOST_ROWS: usize = 100;
const MOST_LINES: usize = 50_000;

impl AuditReport {
    /// Only what passes a filter, newest first.
    fn kept<'a>(&'a self, filter: &'a AuditFilter) -> impl Iterator<Item = &'a AuditLine> {
        let about = filter.about.as_ref().map(|it| it.trim().to_lowercase()).filter(|it| !it.is_empty());
        self.lines.iter().filter(move |line| {
            let on = Day::from_instant_ms(line.at_ms);
            let source = line.source.map_or(AuditSource::Server, AuditSource::Device);
            filter.act.is_none_or(|it| line.act == Some(it))
                && filter.user.is_none_or(|it| line.user == Some(it))
                && filter.source.is_none_or(|it| source == it)
                && about.as_ref().is_none_or(|it| line.about.as_ref() == Some(it))
                && filter.from.is_none_or(|it| on >= it)
                && filter.to.is_none_or(|it| on <= it)
        })
    }

    /// A page.
    pub fn page(&self, request: &ReadAudit) -> AuditPage {
        let total = self.kept(&request.filter).count() as u32;
        let limit = (request.limit as usize).min(MOST_ROWS);
        let shown = self.kept(&request.filter).skip(request.offset as usize).take(limit);
        let mut users: Vec<_> =
            self.lines.iter().filter_map(|it| Some((it.user?, it.who.as_deref()?.to_owned()))).collect();
        users.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        users.dedup();
        AuditPage {
            chains: self.chains(),
            lines: shown.map(AuditLine::view).collect(),
            total,
            users,
            head: self.head(),
        }
    }

    fn chains(&self) -> Vec<ChainView> {
        let mut chains: Vec<ChainView> = self
            .chains
            .iter()
            .map(|it| ChainView {
                source: it.source.map_or(AuditSource::Server, AuditSource::Device),
                device: it.device.as_deref().map(str::to_owned),
                users: it.users.clone(),
                entries: it.entries,
                last_ms: it.last_ms,
                broken_from: it.broken_from,
                contradicted: it.contradicted,
            })
            .collect();
        chains.sort_by(|one, other| {
            let key = |it: &ChainView| (it.broken_from.is_none(), it.device.clone());
            key(one).cmp(&key(other))
        });
        chains
    }

    fn head(&self) -> Option<HeadView> {
        let own = self.chains.iter().find(|it| it.source.is_none() && it.end.0 > 0)?;
        Some(head_view(own.end.0, &own.end.1))
    }

    /// A file of what passes a filter, made on a day.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] where the file cannot be written in memory.
    pub fn file(&self, request: &ExportAudit, today: Day) -> Result<AuditFile, EngineError> {
        let total = self.kept(&request.filter).count();
        let lines = self.kept(&request.filter).take(MOST_LINES);
        let lang = if request.language == "en" { Lang::En } else { Lang::Fr };
        let (ending, content) = match request.format {
            AuditFormat::Csv => ("csv", csv(lines, lang)),
            AuditFormat::Json => {
                let file = JsonFile {
                    on: today.to_string(),
                    chains: self.chains(),
                    server_head: self.head(),
                    entries: lines.map(JsonLine::of).collect(),
                };
                ("json", serde_json::to_string_pretty(&file).map_err(|_| EngineError::Damaged)?)
            }
        };
        Ok(AuditFile {
            name: format!("allervers-audit-{today}.{ending}"),
            content,
            left_out: total.saturating_sub(MOST_LINES) as u32,
        })
    }
}

/// An end of the server's chain as it is shown.
pub(crate) fn head_view(count: u64, hash: &document::Hash) -> HeadView {
    HeadView { count, mark: hash[..4].iter().map(|byte| format!("{byte:02x}")).collect() }
}

impl AuditLine {
    fn view(&self) -> AuditLineView {
        AuditLineView {
            at_ms: self.at_ms,
            who: self.who.as_deref().map(str::to_owned),
            device: self.device.as_deref().map(str::to_owned),
            act: self.act,
            about: self.about.clone(),
        }
    }

    /// Moment (UTC), who, device, act, whom it is about: cells of a file or of a terminal.
    pub fn cells(&self, lang: Lang) -> [String; 5] {
        let here = match lang {
            Lang::Fr => "serveur",
            Lang::En => "server",
        };
        [
            moment(self.at_ms),
            self.who.as_deref().unwrap_or("–").to_owned(),
            self.device.as_deref().unwrap_or(here).to_owned(),
            self.act.map_or("?", |act| act.label(lang)).to_owned(),
            self.about.clone().unwrap_or_default(),
        ]
    }
}

/// `2026-11-25 18:02:11Z`.
fn moment(at_ms: i64) -> String {
    let seconds = at_ms.div_euclid(1000).rem_euclid(86_400);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{} {hour:02}:{minute:02}:{second:02}Z", Day::from_instant_ms(at_ms))
}

/// Semicolons and a byte order mark, as French spreadsheets expect.
fn csv<'a>(lines: impl Iterator<Item = &'a AuditLine>, lang: Lang) -> String {
    let heads = match lang {
        Lang::Fr => ["Moment (UTC)", "Qui", "Appareil", "Acte", "Pseudonyme de la personne"],
        Lang::En => ["Moment (UTC)", "Who", "Device", "Act", "Pseudonym of the person"],
    };
    let mut out = String::from("\u{feff}");
    let mut row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| domain::text::csv_cell(cell)).collect();
        out.push_str(&cells.join(";"));
        out.push_str("\r\n");
    };
    row(&heads.map(str::to_owned));
    lines.for_each(|line| row(&line.cells(lang)));
    out
}

#[derive(Serialize)]
struct JsonFile {
    on: String,
    chains: Vec<ChainView>,
    server_head: Option<HeadView>,
    entries: Vec<JsonLine>,
}

/// An entry with its identifiers, so that a program can join what names cannot.
#[derive(Serialize)]
struct JsonLine {
    at_ms: i64,
    at: String,
    user: Option<String>,
    who: Option<String>,
    device_id: Option<String>,
    device: Option<String>,
    act: Option<AuditAct>,
    about: Option<String>,
}

impl JsonLine {
    fn of(line: &AuditLine) -> Self {
        let AuditLineView { at_ms, who, device, act, about } = line.view();
        let user = line.user.map(|it| it.to_string());
        let device_id = line.source.map(|it| it.to_string());
        Self { at_ms, at: moment(at_ms), user, who, device_id, device, act, about }
    }
}
