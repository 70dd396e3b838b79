//! The allowed arrows between crates, read from Cargo itself.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("document", &["domain"]),
    ("engine", &["document", "domain"]),
    ("allervers", &["engine", "domain"]),
    ("sync-server", &["engine", "document", "domain"]),
    ("ui", &["domain"]),
    ("journeys", &["sync-server", "engine", "document", "domain"]),
    ("e2e", &["sync-server", "engine", "document", "domain"]),
    ("xtask", &[]),
];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    metadata["packages"].as_array().expect("a list of packages").clone()
}

fn names(package: &Value) -> (String, BTreeSet<String>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependencies = package["dependencies"].as_array().expect("a list of dependencies");
    (text(&package["name"]), dependencies.iter().map(|it| text(&it["name"])).collect())
}

#[test]
fn crates_depend_only_along_the_allowed_arrows() {
    let ours: BTreeSet<String> = packages().iter().map(|it| names(it).0).collect();
    for package in packages() {
        let (name, dependencies) = names(&package);
        let (_, allowed) = ALLOWED
            .iter()
            .find(|(it, _)| *it == name)
            .unwrap_or_else(|| panic!("{name} is not in the list of crates"));
        for dependency in dependencies.intersection(&ours) {
            assert!(allowed.contains(&dependency.as_str()), "{name} may not depend on {dependency}");
        }
    }
}

#[test]
fn the_domain_knows_neither_disk_nor_network_nor_automerge() {
    const FORBIDDEN: &[&str] =
        &["automerge", "rusqlite", "reqwest", "axum", "tokio", "getrandom", "tauri", "leptos"];
    let package = packages().into_iter().find(|it| it["name"] == "domain").expect("the domain is a crate");
    let (_, dependencies) = names(&package);
    let found: Vec<_> = FORBIDDEN.iter().filter(|name| dependencies.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

/// Words that begin a statement of SQL in a string.
const SQL: [&str; 5] = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"CREATE "];

fn rust_files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn sql_stands_in_the_store_and_nowhere_else() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["crates", "src-tauri/src", "sync-server/src", "ui/src"] {
        rust_files(&root.join(folder), &mut files);
    }
    let elsewhere: Vec<_> = files
        .iter()
        .filter(|path| !path.components().any(|it| it.as_os_str() == "store"))
        .filter(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            SQL.iter().any(|word| text.contains(word))
        })
        .collect();
    assert_eq!(elsewhere, Vec::<&std::path::PathBuf>::new());
}
