//! Commands of the administrator that answer in the terminal.
#![allow(clippy::print_stdout, reason = "this is how a command line answers")]

use anyhow::{Context as _, Result, bail};
use domain::api::cite::QpvName;
use domain::api::cohort::{CohortFilter, Geography, ListPathways, PathwayOrder};
use domain::cite::CiteSettings;
use domain::ids::SolutionId;
use domain::solution::import;
use domain::territory::{self, QpvShape};
use domain::time::{Day, InstantMs, Period};
use engine::clock::{Clock as _, SystemClock, civil};
use engine::cohort::{self, Pathways};
use engine::enrol::named_id;
use engine::erasure::Ended;
use engine::store::asset;
use std::path::Path;
use sync_server::config::At;
use sync_server::{Restore, settings};

/// Publishes settings, or prints an example.
pub fn settings(at: &At, file: Option<&Path>) -> Result<()> {
    let Some(file) = file else {
        print!("{}", settings::EXAMPLE);
        return Ok(());
    };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let cite = crate::open(at)?;
    let demonstration = cite.store(|store| store.meta("demonstration"))?.unwrap_or_default();
    let mut read = settings::read(&text, demonstration)?;
    cite.store(|store| {
        // Translations marked as checked on screen stay so, where neither they nor the French changed.
        let old: CiteSettings = store.asset(asset::SETTINGS)?.unwrap_or_default();
        domain::notice::keep_checks(&mut read, &old);
        store.publish_asset(asset::SETTINGS, &read)
    })?;
    println!("Published: {} sector(s), {} place(s).", read.sectors.len(), read.places.len());
    if !read.is_ready() {
        println!(
            "Controllers, data protection officer or basis are empty: nothing is recorded about people yet."
        );
    }
    Ok(())
}

/// Imports QPV; says what it took and what it refused.
pub fn import_qpv(at: &At, file: &Path, of_sectors: bool) -> Result<()> {
    let size = std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len();
    if size > territory::MOST_BYTES as u64 {
        bail!(territory::TerritoryError::TooLarge);
    }
    let import = territory::read(&std::fs::read_to_string(file)?)?;
    for refused in &import.refused {
        println!("Feature {} refused: {}.", refused.position, refused.reason);
    }
    let cite = crate::open(at)?;
    let known: CiteSettings = cite.store(|store| store.asset(asset::SETTINGS))?.unwrap_or_default();
    let read = import.taken.len();
    let mine = |shape: &QpvShape| known.sectors.values().any(|sector| sector.qpvs.contains(&shape.code));
    let taken: Vec<QpvShape> = import.taken.into_iter().filter(|shape| !of_sectors || mine(shape)).collect();
    let names: Vec<QpvName> =
        taken.iter().map(|shape| QpvName { code: shape.code, name: shape.name.clone() }).collect();
    for code in known.sectors.values().flat_map(|sector| &sector.qpvs) {
        if !taken.iter().any(|shape| shape.code == *code) {
            println!("{code} is in a sector of the settings and not in this file.");
        }
    }
    cite.store(|store| {
        store.publish_asset(asset::QPV, &taken)?;
        store.publish_asset(asset::QPV_NAMES, &names)
    })?;
    println!("{read} QPV read, {} refused, {} taken for this cité.", import.refused.len(), taken.len());
    Ok(())
}

/// Looks at everybody's time; says what was done, or would be. People are told by the beginning of
/// their identifier.
pub fn retention(at: &At, dry_run: bool) -> Result<()> {
    let today = civil(&SystemClock).0;
    let report = crate::open(at)?.retention(today, dry_run)?;
    if report.months == 0 {
        println!("The settings name no retention_months: nobody is erased.");
        return Ok(());
    }
    println!(
        "{today}: {} record(s) looked at, kept {} months after the last contact.",
        report.people, report.months
    );
    let line = |it: &Ended| format!("  {}…  {}", &it.pathway.to_string()[..8], it.on);
    println!(
        "{} announced, erased on the day named unless there is a contact before:",
        report.announced.len()
    );
    report.announced.iter().for_each(|it| println!("{}", line(it)));
    let done = if dry_run { "would be erased today, over since" } else { "erased today, over since" };
    println!("{} {done}:", report.erased.len());
    report.erased.iter().for_each(|it| println!("{}", line(it)));
    if report.unread > 0 {
        println!("{} record(s) do not read and were left alone.", report.unread);
    }
    Ok(())
}

/// Lists the devices.
pub fn devices(at: &At) -> Result<()> {
    let now_ms = SystemClock.now_ms();
    let view = crate::open(at)?.store(|store| cohort::devices(store, now_ms))?;
    for it in view.devices {
        let state = if it.revoked { "revoked" } else { "active" };
        println!(
            "{}  {state}  {}  {} ({})  {}  {} waiting",
            it.device,
            it.name,
            it.user_name,
            it.role.code(),
            it.last_seen_ms.map_or_else(|| "never seen".to_owned(), |at| ago(now_ms - at)),
            it.announced
        );
    }
    Ok(())
}

fn ago(ms: InstantMs) -> String {
    let minutes = ms / 60_000;
    match minutes {
        ..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

/// Imports a directory; says what it took and what it refused.
pub fn import_solutions(at: &At, services: &Path, structures: &Path) -> Result<()> {
    let read = |path: &Path| -> Result<String> {
        let size = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len();
        if size > import::MOST_BYTES as u64 {
            bail!(import::ImportError::TooLarge);
        }
        Ok(std::fs::read_to_string(path)?)
    };
    let identify = |id: &str| SolutionId::from_bytes(named_id("solution", id));
    let import = import::read(&read(services)?, &read(structures)?, &identify)?;
    for position in &import.refused {
        println!("Service {position} refused: not a service of the data·inclusion schema v1.");
    }
    crate::open(at)?.store(|store| store.publish_asset(asset::SOLUTIONS, &import.taken))?;
    let protected = import.taken.iter().filter(|it| it.protected).count();
    println!("{} taken ({protected} protected), {} refused.", import.taken.len(), import.refused.len());
    Ok(())
}

/// A new file that its owner alone may read: coded, but about persons.
fn for_owner_only(path: &Path) -> Result<std::fs::File> {
    engine::private::new_file(path).with_context(|| format!("cannot make {}", path.display()))
}

/// Writes the pathways met in a period as CSV, codes as in the documents; never over a file.
pub fn export(at: &At, from: &str, to: &str, file: &Path) -> Result<()> {
    let day = |text: &str| Day::parse_iso(text).with_context(|| format!("{text} is no day like 2026-10-01"));
    let filter = CohortFilter {
        period: Period { from: day(from)?, to: day(to)? },
        geography: Geography::Residence,
        location: None,
        public: None,
        organisation: None,
        programme: None,
    };
    if filter.period.to < filter.period.from {
        bail!("the last day is before the first");
    }
    let now_ms = SystemClock.now_ms();
    let pathways = crate::open(at)?.store(|store| Pathways::read(store, now_ms))?;
    let mut out = csv::Writer::from_writer(for_owner_only(file)?);
    out.write_record([
        "code",
        "age",
        "gender",
        "household",
        "residence",
        "first_on",
        "last_on",
        "encounters",
        "open_barriers",
        "in_episode",
    ])?;
    let written = |day: Option<Day>| {
        day.map_or_else(String::new, |day| {
            let (year, month, number) = day.ymd();
            format!("{year:04}-{month:02}-{number:02}")
        })
    };
    let mut offset = 0;
    loop {
        let order = PathwayOrder::FirstContact;
        let request = ListPathways { filter: filter.clone(), offset, limit: 100, order };
        let page = pathways.page(&request);
        if page.rows.is_empty() {
            break;
        }
        offset += page.rows.len() as u32;
        for row in page.rows {
            let barriers: Vec<&str> = row.open_barriers.iter().map(|domain| domain.code()).collect();
            out.write_record([
                row.code.unwrap_or_default(),
                row.age.map_or_else(String::new, |it| it.code().to_owned()),
                row.gender.map_or_else(String::new, |it| it.code().to_owned()),
                row.household.map_or_else(String::new, |it| it.code().to_owned()),
                row.residence.map_or_else(String::new, |it| it.to_string()),
                written(row.first_on),
                written(row.last_on),
                row.encounters.to_string(),
                barriers.join(" "),
                row.in_episode.to_string(),
            ])?;
        }
    }
    out.flush()?;
    println!(
        "{offset} pathways written to {}: nothing in it is masked, it is personal data and no report.",
        file.display()
    );
    Ok(())
}

/// Restores a cité; says what was done and what to do next.
pub fn restore(at: &At, backup: &Path, journal: Option<&Path>, founder: Option<&Path>) -> Result<()> {
    let restore = Restore { backup, data: &at.data, journal, kept: &at.journal, founder };
    let done = restore.run()?;
    println!("Restored into {}; its epoch is new: every device will notice.", at.data.display());
    match journal {
        Some(_) => println!(
            "From the journal: {} record(s) applied, {} known already, {} device(s) that had joined since.",
            done.applied, done.known, done.tokens
        ),
        None => println!(
            "The gap is accepted: revocations, members and ledger entries since the backup are missing until a\n\
             device that holds them synchronises. Let the devices synchronise before inviting anybody; revoke\n\
             again whoever was revoked since. Devices that joined since the backup need a new invitation."
        ),
    }
    if done.refused > 0 {
        println!("{} record(s) of the journal were left out: their signature does not hold.", done.refused);
    }
    if done.torn {
        println!("The journal’s last entry was cut off and left out; nobody had been told it was kept.");
    }
    println!(
        "{} open invitation(s) are void and {} browser(s) signed out. Settings, polygons and directory are\n\
         the backup’s: publish them again where they changed. Accounts and passwords are the backup’s too.",
        done.invitations, done.sessions
    );
    println!("Next: sync-server serve. Devices offer again what they had sent since the backup.");
    Ok(())
}
