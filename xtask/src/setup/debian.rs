//! Packages on Debian and Ubuntu.

use super::Need;
use crate::command;
use crate::progress::{say, step};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::process::Command;

/// A linker, WebKit for the window, OpenSSL below SQLCipher.
const BUILD: &[&str] = &[
    "build-essential",
    "ca-certificates",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "pkg-config",
];
/// A display of its own for the tests, the driver of the window, the browser and its driver.
const TEST: &[&str] = &["fonts-dejavu-core", "openssl", "webkit2gtk-driver", "xauth", "xvfb"];
const TEST_BROWSER: &[&str] = &["chromium", "chromium-driver"];
/// Ubuntu ships the browser as a snap behind packages of other names.
const TEST_BROWSER_UBUNTU: &[&str] = &["chromium-browser", "chromium-chromedriver"];

/// Installs what is missing of the packages that `need` asks for.
pub fn packages(need: Need) -> Result<()> {
    let missing = missing(&wanted(need))?;
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.iter().copied().collect::<Vec<_>>().join(" ");
    let mut apt = apt(&list)?;
    step(&format!("Installing system packages: {list}"), || {
        if let Err(error) = apt(&["update", "-q"]) {
            say(format_args!(
                "  the lists of packages could not be refreshed ({error:#}); trying with those at hand"
            ));
        }
        let mut words = vec!["install", "--yes", "--no-install-recommends"];
        words.extend(&missing);
        apt(&words)
    })
}

fn wanted(need: Need) -> Vec<&'static str> {
    let mut wanted = BUILD.to_vec();
    if need == Need::Test {
        wanted.extend(TEST);
        wanted.extend(if is_ubuntu() { TEST_BROWSER_UBUNTU } else { TEST_BROWSER });
    }
    wanted
}

fn is_ubuntu() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}

/// Asks the package database once; a package it has never heard of is missing too.
fn missing<'a>(wanted: &[&'a str]) -> Result<BTreeSet<&'a str>> {
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .context("cannot ask dpkg-query which packages are installed")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let installed: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    Ok(wanted.iter().copied().filter(|name| !installed.contains(name)).collect())
}

/// How `apt-get` is called here: as root, or through sudo.
fn apt(list: &str) -> Result<impl FnMut(&[&str]) -> Result<()> + use<>> {
    let is_root = command::read("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !is_root && !command::exists("sudo") {
        bail!("these packages are missing and sudo is not here; as root:\n\n    apt-get install {list}\n");
    }
    Ok(move |words: &[&str]| {
        let mut apt = if is_root { Command::new("env") } else { Command::new("sudo") };
        if !is_root {
            apt.arg("env");
        }
        command::run(apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(words))
    })
}
