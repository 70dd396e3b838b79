//! The audit on the command line: shown, filtered, exported, verified.
#![allow(clippy::print_stdout, reason = "this is how a command line answers")]

use crate::command::Command;
use anyhow::{Context as _, Result, bail};
use domain::time::Day;
use domain::vocabulary::{AuditAct, Lang};
use engine::audit::{AuditLine, AuditReport};
use std::path::Path;
use sync_server::config::At;

/// What is shown; none: everything.
pub struct Filter {
    /// Name of the person at work.
    pub who: Option<String>,
    /// Name of the device.
    pub device: Option<String>,
    /// Code of the act.
    pub act: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// What a command is to the audit; none where nothing about people is read or changed.
pub fn act_of(command: &Command) -> Option<AuditAct> {
    Some(match command {
        Command::Invite { .. } => AuditAct::Invite,
        Command::Settings { file: Some(_) } => AuditAct::Settings,
        Command::Export { .. } => AuditAct::Export,
        Command::Access { .. } => AuditAct::Copy,
        Command::Revoke { .. } => AuditAct::Revoke,
        Command::Backup { .. } => AuditAct::Backup,
        Command::Account { .. } => AuditAct::Account,
        Command::Retention { dry_run: false } => AuditAct::Erase,
        Command::Audit { export: Some(_), .. } => AuditAct::ExportAudit,
        Command::Audit { .. } => AuditAct::ReadAudit,
        _ => return None,
    })
}

/// Shows or exports the audit; ends with an error where a chain does not hold.
pub fn audit(at: &At, verify: bool, filter: &Filter, export: Option<&Path>) -> Result<()> {
    let mut report = crate::open(at)?.read_audit()?;
    if !verify {
        keep(&mut report.lines, filter)?;
        match export {
            Some(file) => write(&report.lines, file)?,
            None => report.lines.iter().for_each(|line| println!("{}", line.cells(Lang::En).join("  "))),
        }
    }
    say(&report)
}

fn say(report: &AuditReport) -> Result<()> {
    let broken = report.broken();
    for (device, place) in &broken {
        let of = device.unwrap_or("the server");
        println!("BROKEN: the chain of {of} does not hold from entry {place} on.");
    }
    println!("{} chain(s) hold, {} do not.", report.whole(), broken.len());
    if broken.is_empty() { Ok(()) } else { bail!("the audit was changed, or a store was put back") }
}

fn keep(lines: &mut Vec<AuditLine>, filter: &Filter) -> Result<()> {
    let day = |text: &Option<String>| -> Result<Option<Day>> {
        let read =
            |text: &String| Day::parse_iso(text).with_context(|| format!("{text} is no day like 2026-10-01"));
        text.as_ref().map(read).transpose()
    };
    let (from, to) = (day(&filter.from)?, day(&filter.to)?);
    lines.retain(|line| {
        let on = Day::from_instant_ms(line.at_ms);
        filter.who.as_ref().is_none_or(|it| line.who.as_deref() == Some(it.as_str()))
            && filter.device.as_ref().is_none_or(|it| line.device.as_deref() == Some(it.as_str()))
            && filter.act.as_ref().is_none_or(|it| line.act.map(AuditAct::code) == Some(it))
            && from.is_none_or(|from| on >= from)
            && to.is_none_or(|to| on <= to)
    });
    Ok(())
}

fn write(lines: &[AuditLine], file: &Path) -> Result<()> {
    let mut out = csv::Writer::from_writer(std::fs::File::create_new(file)?);
    out.write_record(["at", "who", "device", "act", "about"])?;
    for line in lines {
        // A name that a spreadsheet would take for a formula is written as text.
        out.write_record(
            line.cells(Lang::En)
                .map(|cell| if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }),
        )?;
    }
    out.flush()?;
    println!("{} entries written to {}.", lines.len(), file.display());
    Ok(())
}
