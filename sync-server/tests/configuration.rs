//! Which option holds: a flag, else the environment, else the file, else what is usual.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

/// The program in an environment that holds nothing but what the test gives.
fn program(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
    command.args(arguments).env_clear().envs(variables.iter().copied()).current_dir(folder);
    command.output().unwrap()
}

/// What `config` says of one option.
fn holds(folder: &Path, arguments: &[&str], variables: &[(&str, &str)], key: &str) -> String {
    let output = program(folder, &[&["config"], arguments].concat(), variables);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table: toml::Table = toml::from_str(std::str::from_utf8(&output.stdout).unwrap()).unwrap();
    table[key].as_str().unwrap().to_owned()
}

fn folder_with(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("server.toml"), text).unwrap();
    folder
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let folder = folder_with("listen = \"127.0.0.1:1001\"\ndata = \"filed\"\ninterface = \"filed-face\"\n");
    let path = folder.path();
    let filed = [("ALLERVERS_SERVER_CONFIG", "server.toml")];
    let both = [filed[0], ("ALLERVERS_SERVER_LISTEN", "127.0.0.1:1002"), ("ALLERVERS_SERVER_DATA", "around")];
    let flags = ["--listen", "127.0.0.1:1003", "--data", "flagged"];
    for (key, usual, file, environment, flag) in [
        ("listen", "127.0.0.1:8787", "127.0.0.1:1001", "127.0.0.1:1002", "127.0.0.1:1003"),
        ("data", "data/server", "filed", "around", "flagged"),
    ] {
        assert_eq!(holds(path, &[], &[], key), usual);
        assert_eq!(holds(path, &[], &filed, key), file);
        assert_eq!(holds(path, &["--config", "server.toml"], &[], key), file);
        assert_eq!(holds(path, &[], &both, key), environment);
        assert_eq!(holds(path, &flags, &both, key), flag);
    }
    assert_eq!(holds(path, &flags, &both, "interface"), "filed-face", "an option not given is the file's");
}

#[test]
fn a_certificate_of_the_file_and_a_key_of_the_environment_belong_together() {
    let folder = folder_with("certificate = \"chain.pem\"\n");
    let path = folder.path();
    let file = ("ALLERVERS_SERVER_CONFIG", "server.toml");
    let refused = program(path, &["config"], &[file]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("“key” is missing"));
    assert_eq!(holds(path, &[], &[file, ("ALLERVERS_SERVER_KEY", "key.pem")], "certificate"), "chain.pem");
}

#[test]
fn a_wrong_key_of_the_file_is_named_and_nothing_is_begun() {
    let folder = folder_with("date = \"elsewhere\"\n");
    let arguments = ["init", "--name", "Cité inventée", "--config", "server.toml"];
    let refused = program(folder.path(), &arguments, &[]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("“date” is no option"));
    assert!(!folder.path().join("data").exists());
}

#[test]
fn the_file_says_where_the_cite_is_for_every_command() {
    let folder = folder_with("data = \"here\"\n");
    let path = folder.path();
    let arguments = ["init", "--name", "Cité inventée", "--config", "server.toml"];
    assert!(program(path, &arguments, &[]).status.success());
    assert!(path.join("here/server.db").exists());
    assert!(program(path, &["devices", "--config", "server.toml"], &[]).status.success());
    assert!(!program(path, &["devices"], &[]).status.success());
}

#[test]
fn the_printed_example_is_a_file_that_reads_and_help_gives_the_order_of_steps() {
    let folder = tempfile::tempdir().unwrap();
    let example = program(folder.path(), &["config", "--example"], &[]);
    std::fs::write(folder.path().join("server.toml"), &example.stdout).unwrap();
    assert_eq!(holds(folder.path(), &["--config", "server.toml"], &[], "data"), "/var/lib/allervers");
    let help = program(folder.path(), &["--help"], &[]);
    let help = String::from_utf8(help.stdout).unwrap();
    let steps: Vec<_> = ["config --example", "init", "settings >", "invite", "serve", "backup"]
        .iter()
        .map(|step| help.find(&format!("sync-server {step}")).unwrap())
        .collect();
    assert!(steps.is_sorted(), "the steps stand in their order");
}
