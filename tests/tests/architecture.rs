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

/// Papers in which a test is named by its function, or by how its name begins (…), and files by how their path ends.
const PAPERS: [&str; 4] = ["THREAT-MODEL", "PRIVACY", "CRYPTOGRAPHY", "AIPD"];

/// Whether a word between backticks names a function as tests are named: a fact, in many words.
fn names_a_test(word: &str) -> bool {
    let word = word.trim_end_matches('…');
    word.matches('_').count() >= 3 && word.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn names_a_file(word: &str) -> bool {
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_./-".contains(&b));
    plain && !word.starts_with('/') && (word.ends_with(".rs") || word.contains('/'))
}

#[test]
fn what_the_papers_name_as_their_proof_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    let folders =
        ["crates", "src-tauri/src", "sync-server", "ui/src", "tests/src", "tests/tests", "tests/e2e"];
    folders.iter().for_each(|folder| rust_files(&root.join(folder), &mut files));
    let mut functions = BTreeSet::new();
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let names = text.split("fn ").skip(1).filter_map(|it| it.split(['(', '<']).next());
        functions.extend(names.map(str::to_owned));
    }
    let paths: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    let is_there = |word: &str| match word.strip_suffix('…') {
        _ if names_a_file(word) => {
            let (file, folder) = (format!("/{word}"), format!("/{}/", word.trim_end_matches('/')));
            root.join(word).exists()
                || paths.iter().any(|path| path.ends_with(&file) || path.contains(&folder))
        }
        Some(begins) => functions.iter().any(|it| it.starts_with(begins)),
        None => functions.contains(word),
    };
    let (mut named, mut missing) = (0, Vec::new());
    for paper in PAPERS {
        let text = std::fs::read_to_string(root.join("docs").join(paper).with_extension("md")).unwrap();
        for word in text.split('`').skip(1).step_by(2).filter(|it| names_a_test(it) || names_a_file(it)) {
            named += 1;
            if !is_there(word) {
                missing.push(format!("{paper}: {word}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(named > 100, "{named} proofs are named: the papers are read");
}
