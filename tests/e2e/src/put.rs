//! Answers put in the place of the real ones, in a browser: for states that take weeks, a hostile server or
//! many people to come about. They are answers of the contract, so a screen cannot tell them from real ones.

use crate::browser::Browser;
use crate::driver::Vendor;
use crate::page::Page;
use anyhow::{Context as _, Result};
use domain::api::Reply;
use serde_json::{Value, json};

/// Runs in every page before its own scripts.
const BETWEEN: &str = include_str!("put.js");

/// From now on answers can be put into the pages of this browser.
///
/// # Errors
/// Where the browser refuses.
pub async fn allow(browser: &Browser) -> Result<()> {
    let script = json!({
        "cmd": "Page.addScriptToEvaluateOnNewDocument",
        "params": { "source": BETWEEN },
    });
    browser.page().vendor(Vendor::post("goog/cdp/execute", script)).await.map(drop)
}

/// Whoever makes this call from now on receives this answer.
///
/// # Errors
/// Where the page is gone.
pub async fn put(page: &Page, reply: &Reply) -> Result<()> {
    let reply: Value = serde_json::to_value(reply)?;
    let call = reply["reply"].as_str().context("a reply has a name")?.to_owned();
    let answer = json!({ "reply": reply, "changes": [] }).to_string();
    let keep = "sessionStorage.setItem('answer:' + arguments[0], arguments[1])";
    page.run(keep, vec![call.into(), answer.into()]).await.map(drop)
}

/// The real answers are given again.
///
/// # Errors
/// Where the page is gone.
pub async fn clear(page: &Page) -> Result<()> {
    page.run("sessionStorage.clear()", vec![]).await.map(drop)
}
