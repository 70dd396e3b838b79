//! How the server is configured: flags win over the environment, the environment over the file, the
//! file over what is usual. The file is TOML; a wrong key in it is refused by name.

use crate::cite::journal_path;
use clap::Args;
use std::fmt;
use std::fs;
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// A file to begin with.
pub const EXAMPLE: &str = include_str!("config.example.toml");
/// Longest file, bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// Where the cité is: options of every command.
#[derive(Debug, Clone, Default, Args)]
pub struct Place {
    /// Configuration file, TOML; `sync-server config --example` prints one
    #[arg(long, value_name = "FILE", env = "ALLERVERS_SERVER_CONFIG", global = true)]
    pub config: Option<PathBuf>,
    /// Data folder of the cité: its store and the founder's key. Back it up; show it to nobody
    /// [usual: data/server]
    #[arg(long, value_name = "FOLDER", env = "ALLERVERS_SERVER_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// Journal of revocations, members and ledgers, best on another disk than the data folder
    /// [usual: control.journal in the data folder]
    #[arg(long, value_name = "FILE", env = "ALLERVERS_SERVER_JOURNAL", global = true)]
    pub journal: Option<PathBuf>,
}

/// How it is served: options of `serve` and `demo`.
#[derive(Debug, Clone, Default, Args)]
pub struct Serving {
    /// Folder of the browser face [usual: ui/dist]
    #[arg(long, value_name = "FOLDER", env = "ALLERVERS_SERVER_INTERFACE")]
    pub interface: Option<PathBuf>,
    /// Address to listen on; without a certificate, put TLS in front before it is any other than this
    /// machine [usual: 127.0.0.1:8787]
    #[arg(long, value_name = "ADDRESS", env = "ALLERVERS_SERVER_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Certificate chain, PEM; with the key, TLS is spoken
    #[arg(long, value_name = "FILE", env = "ALLERVERS_SERVER_CERTIFICATE")]
    pub certificate: Option<PathBuf>,
    /// Key of the certificate, PEM
    #[arg(long, value_name = "FILE", env = "ALLERVERS_SERVER_KEY")]
    pub key: Option<PathBuf>,
}

/// Certificate chain and key, PEM files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// Certificate chain.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// Where the cité is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// Data folder.
    pub data: PathBuf,
    /// The control journal.
    pub journal: PathBuf,
}

/// What holds once flags, environment and file are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Data folder and journal.
    pub at: At,
    /// Folder of the browser face.
    pub interface: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// TLS, where it is spoken.
    pub tls: Option<Tls>,
}

/// Why a configuration was refused. None of it is personal.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {} cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// Over 64 KiB.
    #[error("the configuration file is too large")]
    TooLarge,
    /// Not TOML; the source names the line.
    #[error("the configuration file is no TOML")]
    NotToml(#[source] toml::de::Error),
    /// A key that is none of ours.
    #[error("“{0}” is no option: data, journal, interface, listen, certificate and key are")]
    UnknownKey(String),
    /// A key whose value is of another kind.
    #[error("“{0}” must be {1}")]
    WrongValue(&'static str, &'static str),
    /// A certificate without its key, or a key without its certificate: the one that is missing.
    #[error("“{0}” is missing: a certificate and its key are given together")]
    Half(&'static str),
}

/// What a file says.
#[derive(Debug, Default)]
struct File {
    place: Place,
    serving: Serving,
}

/// Where the cité is: what every command needs.
///
/// # Errors
/// [`ConfigError`].
pub fn at(place: &Place) -> Result<At, ConfigError> {
    Ok(found(place)?.place.at(place))
}

/// Reads the whole configuration.
///
/// # Errors
/// [`ConfigError`].
pub fn read(place: &Place, serving: &Serving) -> Result<Config, ConfigError> {
    let file = found(place)?;
    let first = |given: &Option<PathBuf>, filed: Option<PathBuf>| given.clone().or(filed);
    let at = file.place.at(place);
    let interface = first(&serving.interface, file.serving.interface).unwrap_or_else(|| "ui/dist".into());
    let usual = SocketAddr::from(([127, 0, 0, 1], 8787));
    let listen = serving.listen.or(file.serving.listen).unwrap_or(usual);
    let certificate = first(&serving.certificate, file.serving.certificate);
    let tls = match (certificate, first(&serving.key, file.serving.key)) {
        (Some(certificate), Some(key)) => Some(Tls { certificate, key }),
        (None, None) => None,
        (Some(_), None) => return Err(ConfigError::Half("key")),
        (None, Some(_)) => return Err(ConfigError::Half("certificate")),
    };
    Ok(Config { at, interface, listen, tls })
}

impl Place {
    /// Where the cité is, these options being a file's.
    fn at(&self, given: &Place) -> At {
        let first =
            |given: &Option<PathBuf>, filed: &Option<PathBuf>| given.clone().or_else(|| filed.clone());
        let data = first(&given.data, &self.data).unwrap_or_else(|| "data/server".into());
        let journal = first(&given.journal, &self.journal).unwrap_or_else(|| journal_path(&data));
        At { data, journal }
    }
}

fn found(place: &Place) -> Result<File, ConfigError> {
    Ok(place.config.as_deref().map(read_file).transpose()?.unwrap_or_default())
}

fn read_file(path: &Path) -> Result<File, ConfigError> {
    let unreadable = |error| ConfigError::Unreadable(path.to_path_buf(), error);
    let mut text = String::new();
    let opened = fs::File::open(path).map_err(unreadable)?;
    opened.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(ConfigError::TooLarge);
    }
    parse(&text, path.parent().unwrap_or(Path::new("")))
}

/// Paths in a file are relative to the folder it stands in.
fn parse(text: &str, folder: &Path) -> Result<File, ConfigError> {
    let table: toml::Table = toml::from_str(text).map_err(ConfigError::NotToml)?;
    let mut file = File::default();
    for (key, value) in table {
        let path = |name| match &value {
            toml::Value::String(text) if !text.is_empty() => Ok(Some(folder.join(text))),
            _ => Err(ConfigError::WrongValue(name, "a path, in quotes")),
        };
        match key.as_str() {
            "data" => file.place.data = path("data")?,
            "journal" => file.place.journal = path("journal")?,
            "interface" => file.serving.interface = path("interface")?,
            "certificate" => file.serving.certificate = path("certificate")?,
            "key" => file.serving.key = path("key")?,
            "listen" => {
                let wrong =
                    ConfigError::WrongValue("listen", "an address and a port, like \"127.0.0.1:8787\"");
                let address = value.as_str().and_then(|text| text.parse().ok());
                file.serving.listen = Some(address.ok_or(wrong)?);
            }
            _ => return Err(ConfigError::UnknownKey(key)),
        }
    }
    Ok(file)
}

/// The configuration as a file would say it.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, key: &str, value: String| {
            writeln!(f, "{key} = {}", toml::Value::String(value))
        };
        line(f, "data", self.at.data.display().to_string())?;
        line(f, "journal", self.at.journal.display().to_string())?;
        line(f, "interface", self.interface.display().to_string())?;
        line(f, "listen", self.listen.to_string())?;
        if let Some(tls) = &self.tls {
            line(f, "certificate", tls.certificate.display().to_string())?;
            line(f, "key", tls.key.display().to_string())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> ConfigError {
        parse(text, Path::new("/etc")).unwrap_err()
    }

    #[test]
    fn the_example_reads_and_its_commented_options_are_all_known() {
        parse(EXAMPLE, Path::new("")).unwrap();
        let all: String = EXAMPLE
            .lines()
            .map(|line| line.strip_prefix("#= ").unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        let file = parse(&all, Path::new("/etc/allervers")).unwrap();
        assert_eq!(file.place.journal.as_deref(), Some(Path::new("/mnt/other-disk/control.journal")));
        assert_eq!(file.serving.key.as_deref(), Some(Path::new("/etc/allervers/tls/key.pem")));
        assert!(file.serving.certificate.is_some() && file.serving.interface.is_some());
    }

    #[test]
    fn a_wrong_key_or_value_is_refused_by_its_name() {
        assert!(matches!(refused("lisen = \"127.0.0.1:1\""), ConfigError::UnknownKey(key) if key == "lisen"));
        assert!(matches!(refused("[serve]\nlisten = 1"), ConfigError::UnknownKey(key) if key == "serve"));
        assert!(matches!(refused("listen = \"here\""), ConfigError::WrongValue("listen", _)));
        assert!(matches!(refused("data = 3"), ConfigError::WrongValue("data", _)));
        assert!(matches!(refused("data = "), ConfigError::NotToml(_)));
    }

    #[test]
    fn a_certificate_without_its_key_is_refused() {
        let half = Serving { certificate: Some("chain.pem".into()), ..Serving::default() };
        assert!(matches!(read(&Place::default(), &half), Err(ConfigError::Half("key"))));
    }
}
