//! The copy of what the server holds on a person, written by the administrator on request.
#![allow(clippy::print_stdout, reason = "this is how a command line answers")]

use anyhow::{Context as _, Result, bail};
use domain::code;
use domain::copy::{file_stem, page};
use domain::time::Day;
use engine::clock::{Clock as _, SystemClock};
use engine::private;
use std::io::Write as _;
use std::path::Path;
use sync_server::config::At;

/// Writes one pair of files for each record of a code; never over a file, readable by their owner only.
pub fn write(at: &At, typed: &str, folder: &Path) -> Result<()> {
    let Some(code) = code::normalise(typed) else { bail!("this is no code repère: six letters and digits") };
    let today = Day::from_instant_ms(SystemClock.now_ms());
    let cite = crate::open(at)?;
    let copies = cite.store(|store| {
        let mut copies = Vec::new();
        for pathway in engine::copy::by_code(store, &code)? {
            copies.extend(engine::copy::on_server(store, pathway, today)?);
        }
        Ok::<_, engine::EngineError>(copies)
    })?;
    if copies.is_empty() {
        bail!("the server holds nothing under this code");
    }
    for (number, copy) in (1..).zip(&copies) {
        let stem = format!("{}-{number}", file_stem(today));
        let data = serde_json::to_string_pretty(copy)?;
        for (ending, content) in [("html", page(copy)), ("json", data)] {
            let path = folder.join(format!("{stem}.{ending}"));
            private::new_file(&path)
                .and_then(|mut file| file.write_all(content.as_bytes()))
                .with_context(|| format!("cannot write {}", path.display()))?;
            println!("Written: {}", path.display());
        }
    }
    println!(
        "Names, contacts and notes are sealed and not in these files: a device of the team gives its own copy.\n\
         You answer for these files: hand them over, then delete them."
    );
    Ok(())
}
