//! The folder `ui/dist`: what both shells serve.

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What of the folder `ui` goes into `ui/dist` as it stands, where it is there.
const ASSETS: &[&str] = &["index.html", "boot.js", "style", "fonts", "icons"];
/// Files worth a compressed copy.
const COMPRESSED: &[&str] = &["css", "html", "js", "json", "svg", "wasm"];

/// The folders of the interface.
pub struct Dist {
    source: PathBuf,
    dist: PathBuf,
}

impl Dist {
    /// The interface in this folder.
    pub fn at(ui: &Path) -> Self {
        Self { source: ui.to_path_buf(), dist: ui.join("dist") }
    }

    /// A line for every input, with its size and time.
    pub fn stamp(&self, wasm: &Path) -> Result<String> {
        let mut stamp = format!("{}\n", line(wasm)?);
        for (name, file) in self.assets()? {
            stamp.push_str(&format!("{} {}\n", name.display(), line(&file)?));
        }
        Ok(stamp)
    }

    /// Whether the folder was written from these inputs.
    pub fn is_up_to_date(&self, stamp: &str) -> bool {
        self.dist.join("ui_bg.wasm").exists()
            && fs::read_to_string(self.stamp_file()).is_ok_and(|last| last == stamp)
    }

    /// Writes the folder: generated files, assets, compressed copies. Removes what is no longer there.
    pub fn write(&self, generated: &Path, compressed: bool, stamp: &str) -> Result<()> {
        let mut files = self.assets()?;
        files.extend(walk(generated, generated)?);
        let mut kept = BTreeSet::new();
        for (name, file) in files {
            let bytes = fs::read(&file)?;
            let extension = name.extension().and_then(|it| it.to_str()).unwrap_or_default();
            if compressed && bytes.len() > 1000 && COMPRESSED.contains(&extension) {
                let mut copy = name.clone().into_os_string();
                copy.push(".gz");
                self.put(copy.as_ref(), &gzip(&bytes)?)?;
                kept.insert(PathBuf::from(copy));
            }
            self.put(&name, &bytes)?;
            kept.insert(name);
        }
        for (name, file) in walk(&self.dist, &self.dist)? {
            if !kept.contains(&name) {
                fs::remove_file(file)?;
            }
        }
        fs::write(self.stamp_file(), stamp)?;
        Ok(())
    }

    /// Beside the folder, so that no shell serves it.
    fn stamp_file(&self) -> PathBuf {
        self.source.join("dist.stamp")
    }

    fn assets(&self) -> Result<Vec<(PathBuf, PathBuf)>> {
        let mut files = Vec::new();
        for name in ASSETS {
            files.extend(walk(&self.source, &self.source.join(name))?);
        }
        Ok(files)
    }

    /// Replaces a file in one step, so that a server never reads half of it.
    fn put(&self, name: &Path, bytes: &[u8]) -> Result<()> {
        let file = self.dist.join(name);
        if fs::read(&file).is_ok_and(|same| same == bytes) {
            return Ok(());
        }
        let folder = file.parent().expect("a file stands in a folder");
        fs::create_dir_all(folder)?;
        let new = folder.join(".new");
        fs::write(&new, bytes)?;
        fs::rename(&new, &file).with_context(|| format!("cannot write {}", name.display()))
    }
}

/// Every file below, with its name relative to `base`; nothing where there is nothing.
fn walk(base: &Path, at: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    if at.is_file() {
        let name = at.strip_prefix(base).expect("walked from the base").to_path_buf();
        return Ok(vec![(name, at.to_path_buf())]);
    }
    if !at.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = fs::read_dir(at)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        files.extend(walk(base, &entry)?);
    }
    Ok(files)
}

fn line(file: &Path) -> Result<String> {
    let metadata = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    let modified_ns = metadata.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
    Ok(format!("{} {modified_ns}", metadata.len()))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
