//! What a person sees and does: read, press, fill in, look.

mod script;

use crate::driver::Vendor;
use crate::place;
use anyhow::{Context, Result, bail};
use fantoccini::Client;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::PrintConfiguration;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a page may take to show something; a slow machine under load is no failure.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

/// A page in a browser or a window.
#[derive(Debug, Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    /// The page of a session.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// Where it cannot be loaded.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("cannot load {url}"))
    }

    /// Goes to another path of the same interface, without loading it anew.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn turn_to(&self, path: &str) -> Result<()> {
        self.run(script::TURN_TO, vec![path.into()]).await.map(drop)
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// Where it cannot be loaded.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Waits until these words stand on the page, capitals and spaces aside.
    ///
    /// # Errors
    /// Where they do not come; the error holds what stands there instead.
    pub async fn see(&self, words: &str) -> Result<()> {
        if self.until(|| self.shows(words)).await? {
            return Ok(());
        }
        bail!("the page does not show “{words}”, but:\n{}", self.words().await?)
    }

    /// Waits until these words are gone from the page.
    ///
    /// # Errors
    /// Where they stay.
    pub async fn see_no_more(&self, words: &str) -> Result<()> {
        if self.until(|| async { Ok(!self.shows(words).await?) }).await? {
            return Ok(());
        }
        bail!("the page still shows “{words}”")
    }

    /// Whether these words stand on the page now.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn shows(&self, words: &str) -> Result<bool> {
        Ok(fold(&self.words().await?).contains(&fold(words)))
    }

    /// All words on the page.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn words(&self) -> Result<String> {
        let words = self.run(script::WORDS, vec![]).await?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// Presses the control that bears these words, once it is there.
    ///
    /// # Errors
    /// Where there is none, or it cannot be pressed.
    pub async fn press(&self, words: &str) -> Result<()> {
        let start = Instant::now();
        loop {
            let control = self.find(script::CONTROL, words).await?;
            // As a person does: brought to the middle, away from what sticks to the edges. A control
            // that moves or is redrawn under the finger is tried again.
            let shown = "arguments[0].scrollIntoView({ block: 'center' })";
            let element = serde_json::to_value(&control)?;
            self.client.execute(shown, vec![element]).await?;
            let pressed = control.click().await;
            match pressed {
                Ok(()) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE => {
                    return Err(error).with_context(|| format!("cannot press “{words}”"));
                }
                Err(_) => tokio::time::sleep(BETWEEN_LOOKS).await,
            }
        }
    }

    /// Fills in the field of this label.
    ///
    /// # Errors
    /// Where there is none, or it takes no text.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.find(script::FIELD, label).await?;
        field.clear().await?;
        field.send_keys(text).await.with_context(|| format!("cannot fill in “{label}”"))
    }

    /// Strikes keys one after the other, wherever the focus is.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn strike(&self, keys: &[char]) -> Result<()> {
        let strokes =
            keys.iter().flat_map(|key| [KeyAction::Down { value: *key }, KeyAction::Up { value: *key }]);
        let all = strokes.fold(KeyActions::new("keyboard".into()), |all, stroke| all.then(stroke));
        Ok(self.client.perform_actions(all).await?)
    }

    /// What has the focus, and what is wrong with it as a stop of the Tab key.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn focus(&self) -> Result<Value> {
        self.run(script::FOCUS, vec![]).await
    }

    /// What the control or the field of these words is called in full, folded, once it is there.
    ///
    /// # Errors
    /// Where none comes.
    pub async fn full_name(&self, words: &str) -> Result<String> {
        let start = Instant::now();
        loop {
            let found = self.run(script::FULL_NAME, vec![words.into()]).await?;
            if let Some(name) = found.as_str() {
                return Ok(name.to_owned());
            }
            if start.elapsed() > PATIENCE {
                bail!("the page has no “{words}”, but:\n{}", self.words().await?)
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Makes one call of the contract from the page, as the interface does.
    ///
    /// # Errors
    /// Where the call is refused; the error holds the code.
    pub async fn call(&self, name: &str, with: Value) -> Result<Value> {
        let call = json!({ "call": name, "with": with });
        let answer = self.client.execute_async(script::CALL, vec![call]).await?;
        match answer.get("error") {
            Some(error) => bail!("{name}: {error}"),
            None => Ok(answer["answer"]["reply"]["with"].clone()),
        }
    }

    /// Waits until the next two frames are drawn.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn drawn(&self) -> Result<()> {
        self.client.execute_async(script::TWO_FRAMES, vec![]).await?;
        Ok(())
    }

    /// Takes a picture of what is shown into `tests/output`.
    ///
    /// # Errors
    /// Where the driver or the disk refuses.
    pub async fn picture(&self, name: &str) -> Result<PathBuf> {
        let file = place::output().join(format!("{name}.png"));
        self.picture_into(&file).await?;
        Ok(file)
    }

    /// Takes a picture of what is shown into a file.
    ///
    /// # Errors
    /// Where the driver or the disk refuses.
    pub async fn picture_into(&self, file: &Path) -> Result<()> {
        // Else an older frame may be shown.
        self.drawn().await?;
        let png = self.client.screenshot().await?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Prints the page into a PDF file.
    ///
    /// # Errors
    /// Where the driver or the disk refuses.
    pub async fn print_into(&self, file: &Path) -> Result<()> {
        let pdf = self.client.print(PrintConfiguration::default()).await?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, pdf).with_context(|| format!("cannot write {}", file.display()))
    }

    /// What is wrong with the page as it stands: controls without a name or smaller than `touch` CSS
    /// pixels, text its ground swallows, what is cut off or runs out of the screen.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn audit(&self, touch: u32) -> Result<Vec<String>> {
        let found = self.run(script::AUDIT, vec![touch.into()]).await?;
        let lines = found.as_array().cloned().unwrap_or_default();
        Ok(lines.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Waits until the page no longer changes and waits for nothing.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn settle(&self) -> Result<()> {
        self.client.execute_async(script::QUIET, vec![]).await?;
        Ok(())
    }

    /// Runs a script.
    ///
    /// # Errors
    /// Where it fails.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// A command of the browser's own.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub async fn vendor(&self, command: Vendor) -> Result<Value> {
        Ok(self.client.issue_cmd(command).await?)
    }

    /// Waits for the element that a script finds for these words.
    async fn find(&self, script: &str, words: &str) -> Result<Element> {
        let start = Instant::now();
        loop {
            let found = self.run(script, vec![words.into()]).await?;
            if let Some(id) = found.as_object().and_then(|object| object.values().next()?.as_str()) {
                return Ok(Element::from_element_id(self.client.clone(), id.to_owned().into()));
            }
            if start.elapsed() > PATIENCE {
                bail!("the page has no “{words}”, but:\n{}", self.words().await?);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Looks again and again until it is so, or patience ends.
    async fn until<F: Future<Output = Result<bool>>>(&self, look: impl Fn() -> F) -> Result<bool> {
        let start = Instant::now();
        while !look().await? {
            if start.elapsed() > PATIENCE {
                return Ok(false);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Ok(true)
    }
}

/// Lower case, one space between words, plain apostrophes.
pub(crate) fn fold(text: &str) -> String {
    let plain = text.to_lowercase().replace('’', "'").replace(['\u{a0}', '\u{202f}'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
