//! The demonstration's folder and what the server wrote about it (`demo.json`).

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The first run makes the invented cité, which takes a while.
const PATIENCE: Duration = Duration::from_secs(300);
const BETWEEN_TRIES: Duration = Duration::from_millis(150);

/// The data folder of the demonstration.
pub struct Demo(PathBuf);

impl Demo {
    /// The demonstration in this folder.
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Deletes it.
    pub fn delete(&self) -> Result<()> {
        gone(fs::remove_dir_all(&self.0)).with_context(|| format!("cannot delete {}", self.0.display()))
    }

    /// Forgets the address of an earlier run: the server writes the one it listens on.
    pub fn forget_the_last_address(&self) -> Result<()> {
        Ok(gone(fs::remove_file(self.notes_file()))?)
    }

    /// Waits until the server has written its notes and answers.
    pub async fn wait_until_it_answers(&self) -> Result<()> {
        let answers = async {
            while !self.answers().await {
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, answers).await;
        waited.with_context(|| format!("the server did not answer within {} s", PATIENCE.as_secs()))
    }

    /// Address and sign-ins, for the person at the terminal.
    pub fn welcome(&self) -> Result<String> {
        let notes = self.notes()?;
        let mut lines = vec![
            String::new(),
            "  Allervers — DEMONSTRATION: everybody and everything in it is invented.".to_owned(),
            String::new(),
            format!("  Address   {}", text(&notes, "/url")),
            "  Sign-ins  (browser)".to_owned(),
        ];
        for account in notes.pointer("/accounts").and_then(Value::as_array).into_iter().flatten() {
            let [login, password] = ["/login", "/password"].map(|name| text(account, name));
            let [role, name] = ["/role", "/name"].map(|name| text(account, name));
            lines.push(format!("    {login:<18} {password:<24} {name} ({role})"));
        }
        lines.push(format!("  Tablet    (app)  {}", text(&notes, "/tablet/user")));
        lines.push(format!("    passphrase  {}", text(&notes, "/tablet/passphrase")));
        lines.push(format!("    PIN         {}", text(&notes, "/tablet/pin")));
        // A demonstration made by an earlier version names no laptop.
        if notes.pointer("/laptop/user").is_some() {
            lines.push(format!("  Laptop    (app)  {}: the same passphrase", text(&notes, "/laptop/user")));
            lines.push("    cargo xtask run --laptop    opens it in the tablet's place".to_owned());
        }
        lines.push(String::new());
        Ok(lines.join("\n"))
    }

    /// The folder of an enrolled device: `tablet` or `laptop`.
    pub fn device_folder(&self, device: &str) -> Result<PathBuf> {
        let notes = self.notes()?;
        let path = notes.pointer(&format!("/{device}/store_path")).and_then(Value::as_str);
        let missing = || format!("demo.json names no {device}: start over with --fresh");
        let path = PathBuf::from(path.with_context(missing)?);
        // The store may be named by its file or by its folder.
        let folder = if path.is_file() { path.parent().map(Path::to_path_buf).unwrap_or(path) } else { path };
        if folder.is_absolute() { Ok(folder) } else { Ok(crate::place::root().join(folder)) }
    }

    async fn answers(&self) -> bool {
        let Ok(notes) = self.notes() else { return false };
        let url = text(&notes, "/url");
        matches!(health(&url).await, Ok(true))
    }

    fn notes(&self) -> Result<Value> {
        let file = self.notes_file();
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        serde_json::from_slice(&bytes).context("demo.json is not JSON")
    }

    fn notes_file(&self) -> PathBuf {
        self.0.join("demo.json")
    }
}

/// Asks `/healthz` of a server on this machine.
async fn health(url: &str) -> Result<bool> {
    let Some(host) = url.strip_prefix("http://") else { bail!("{url} is not plain HTTP on this machine") };
    let host = host.trim_end_matches('/');
    let mut stream = TcpStream::connect(host).await?;
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("–").to_owned()
}

/// What is not there is gone.
fn gone(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
