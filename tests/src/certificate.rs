//! A server's certificate and key, as an administrator has them: files.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What `openssl` is asked for: a certificate of this machine, its own issuer.
const WANTED: &str = "[req]\ndistinguished_name = name\nx509_extensions = more\nprompt = no\n[name]\nCN = localhost\n\
                      [more]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = IP:127.0.0.1\n";

/// Makes a certificate for 127.0.0.1, which it signs itself, and its key, in a folder and under a name; the paths of both.
pub fn certificate(folder: &Path, name: &str) -> [PathBuf; 2] {
    let [wanted, certificate, key] = ["cnf", "pem", "key"].map(|it| folder.join(name).with_extension(it));
    std::fs::write(&wanted, WANTED).unwrap();
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]);
    openssl.arg("-config").arg(&wanted).arg("-out").arg(&certificate).arg("-keyout").arg(&key);
    let made = openssl.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    [certificate, key]
}
