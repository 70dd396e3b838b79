//! Walks from state to state, and keeps what was wrong and a picture of each.

use anyhow::Result;
use domain::api::Reply;
use e2e::browser::Browser;
use e2e::page::Page;
use e2e::put;
use e2e::size::Size;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Least side of what is touched, in CSS pixels.
const TOUCH: u32 = 48;
/// A page of every role that asks for nothing: leaving it loads what comes next anew.
const NEUTRAL: &str = "#/reglages";

pub struct Gallery<'a> {
    page: &'a Page,
    size: Size,
    wrong: Vec<String>,
}

impl<'a> Gallery<'a> {
    pub async fn open(browser: &'a Browser, url: &str, size: Size) -> Result<Self> {
        put::allow(browser).await?;
        browser.page().goto(url).await?;
        browser.page().settle().await?;
        Ok(Self { page: browser.page(), size, wrong: Vec::new() })
    }

    pub fn page(&self) -> &Page {
        self.page
    }

    /// A call as the page makes it, and its answer as the contract has it.
    pub async fn real<T: DeserializeOwned>(&self, call: &str, with: Value) -> Result<T> {
        Ok(serde_json::from_value(self.page.call(call, with).await?)?)
    }

    pub async fn put(&self, reply: Reply) -> Result<()> {
        put::put(self.page, &reply).await
    }

    /// Goes to a page, which asks anew for what it shows.
    pub async fn go(&self, path: &str) -> Result<()> {
        self.page.turn_to(NEUTRAL).await?;
        self.page.drawn().await?;
        self.page.turn_to(path).await?;
        self.page.settle().await
    }

    /// The page with this answer, then the real ones again.
    pub async fn with(&mut self, name: &str, path: &str, reply: Reply) -> Result<()> {
        self.put(reply).await?;
        self.go(path).await?;
        self.look(name).await?;
        put::clear(self.page).await
    }

    /// The whole screen with this answer, the door included.
    pub async fn anew(&mut self, name: &str, reply: Reply) -> Result<()> {
        self.put(reply).await?;
        self.page.reload().await?;
        self.look(name).await?;
        put::clear(self.page).await
    }

    /// Judges what stands there, and keeps a picture.
    pub async fn look(&mut self, name: &str) -> Result<()> {
        self.page.settle().await?;
        let at = format!("{name}-{}", self.size);
        self.page.picture(&format!("states/{at}")).await?;
        let found = self.page.audit(TOUCH).await?;
        self.wrong.extend(found.into_iter().map(|line| format!("{at}: {line}")));
        Ok(())
    }

    /// Escape.
    pub async fn close(&self) -> Result<()> {
        let cancel = "document.querySelector('dialog[open]')
            ?.dispatchEvent(new Event('cancel', { cancelable: true }))";
        self.page.run(cancel, vec![]).await?;
        self.page.settle().await
    }

    pub fn wrong(self) -> Vec<String> {
        self.wrong
    }
}
