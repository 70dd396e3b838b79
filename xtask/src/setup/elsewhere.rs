//! Other systems: nothing is installed, what is missing is said.

use super::Need;
use crate::command;
use crate::progress::say;
use anyhow::{Result, bail};

/// Says what is missing here.
///
/// # Errors
/// Where the build cannot succeed without it, or the window tests cannot run on this system.
pub fn tell(need: Need) -> Result<()> {
    match std::env::consts::OS {
        "macos" => macos(need),
        "windows" => windows(need),
        _ => linux(need),
    }
}

/// Fedora and other Linux systems: pkg-config knows what is there.
fn linux(need: Need) -> Result<()> {
    let libraries = [
        ("webkit2gtk-4.1", "webkit2gtk4.1-devel"),
        ("librsvg-2.0", "librsvg2-devel"),
        ("openssl", "openssl-devel"),
    ];
    let programs = [
        ("Xvfb", "xorg-x11-server-Xvfb"),
        ("chromedriver", "chromedriver chromium"),
        ("WebKitWebDriver", "webkit2gtk4.1"),
    ];
    let mut missing = Vec::new();
    if !command::exists("pkg-config") {
        missing.push("pkgconf-pkg-config gcc");
    }
    missing.extend(
        libraries
            .iter()
            .filter(|(name, _)| command::read("pkg-config", &["--exists", name]).is_none())
            .map(|(_, package)| *package),
    );
    if need == Need::Test {
        missing.extend(
            programs
                .iter()
                .filter(|(name, _)| command::read("which", &[name]).is_none())
                .map(|(_, package)| *package),
        );
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this system has no apt-get, so nothing is installed for you, and these are missing.\n\
         On Fedora (elsewhere, packages of like names):\n\n    sudo dnf install {}\n",
        missing.join(" ")
    )
}

fn macos(need: Need) -> Result<()> {
    if command::read("xcode-select", &["-p"]).is_none() {
        bail!("Apple's command-line tools are missing:\n\n    xcode-select --install\n");
    }
    if need == Need::Test {
        bail!(
            "the window of macOS has no WebDriver: the end-to-end tests run on Debian and Ubuntu only.\n\
             Everything else: cargo test"
        );
    }
    say("macOS: the window is the system's WebKit. This has not been tried by the authors.");
    Ok(())
}

fn windows(need: Need) -> Result<()> {
    if need == Need::Test {
        bail!("the end-to-end tests run on Debian and Ubuntu only. Everything else: cargo test");
    }
    if crate::place::variable("OPENSSL_DIR").is_none() {
        bail!(
            "SQLCipher needs OpenSSL. Install it (for instance `vcpkg install openssl:x64-windows-static-md`)\n\
             and set OPENSSL_DIR to its folder. WebView2 is part of Windows 11; on Windows 10 install\n\
             Microsoft's \"Evergreen\" runtime. This has not been tried by the authors."
        );
    }
    Ok(())
}
