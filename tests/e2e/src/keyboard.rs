//! Hands on the keys, none on the mouse or the glass. Every stop of the Tab key is looked at: the focus
//! must be shown, marked, named, and go on.

use crate::page::Page;
use anyhow::{Result, bail, ensure};
pub use fantoccini::key::Key;
use serde_json::Value;
use std::cell::RefCell;
use std::time::Duration;

/// Stops of the Tab key on one page at most: a year of days and a long list stay well below.
const STOPS: usize = 250;

/// How often, and how far apart, the focus is looked for before it is said to be stuck.
const TRIES: u32 = 50;
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

/// What has the focus.
#[derive(Debug, Default, Clone)]
pub struct Stop {
    /// What a person may call it, folded.
    pub names: Vec<String>,
    /// Where nothing has the focus.
    pub nowhere: bool,
    /// It differs from the last one looked at.
    pub moved: bool,
    /// As it is told in a report.
    pub said: String,
    wrong: Vec<String>,
}

/// A keyboard before a page.
#[derive(Debug)]
pub struct Keyboard<'a> {
    page: &'a Page,
    wrong: RefCell<Vec<String>>,
}

impl<'a> Keyboard<'a> {
    /// Before this page.
    pub fn before(page: &'a Page) -> Self {
        Self { page, wrong: RefCell::default() }
    }

    /// Presses a key and lets it go.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.page.strike(&[key.into()]).await
    }

    /// Types a text into what has the focus.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.page.strike(&text.chars().collect::<Vec<_>>()).await
    }

    /// Goes on by Tab to the control or the field of these words.
    ///
    /// # Errors
    /// Where no stop is called so, or the focus stays where it is.
    pub async fn reach(&self, words: &str) -> Result<()> {
        let wanted = self.page.full_name(words).await?;
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            let stop = self.look().await?;
            if stop.names.contains(&wanted) {
                return Ok(());
            }
            passed.push(stop.said);
            self.step(Key::Tab).await?;
        }
        bail!("no stop of the Tab key is called “{words}”: {}", passed.join(", "))
    }

    /// Goes on to the control of these words and presses it: Enter, as on any button or link.
    ///
    /// # Errors
    /// Where it cannot be reached.
    pub async fn enter(&self, words: &str) -> Result<()> {
        self.reach(words).await?;
        self.press(Key::Enter).await
    }

    /// Moves the focus by a key, and looks where it went.
    ///
    /// # Errors
    /// Where it did not move.
    pub async fn step(&self, key: Key) -> Result<Stop> {
        let before = self.look().await?;
        self.press(key).await?;
        let mut stop = self.look().await?;
        for _ in 0..TRIES {
            if stop.moved {
                break;
            }
            // A month that is turned is drawn first.
            tokio::time::sleep(BETWEEN_LOOKS).await;
            stop = self.look().await?;
        }
        ensure!(stop.moved, "the focus does not leave {}", before.said);
        // Where it stands is judged once it is drawn: what was out of sight is scrolled into it.
        self.page.drawn().await?;
        let there = self.look().await?;
        self.wrong.borrow_mut().extend(there.wrong);
        Ok(stop)
    }

    /// What has the focus now.
    ///
    /// # Errors
    /// Where the page is gone.
    pub async fn look(&self) -> Result<Stop> {
        let found = self.page.focus().await?;
        let list = |name: &str| -> Vec<String> {
            let all = found[name].as_array().into_iter().flatten();
            all.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Ok(Stop {
            names: list("names"),
            nowhere: found["body"] == true,
            moved: found["moved"] == true,
            said: found["said"].as_str().unwrap_or("nothing").to_owned(),
            wrong: list("wrong"),
        })
    }

    /// Waits until what has the focus is called so.
    ///
    /// # Errors
    /// Where the focus is elsewhere.
    pub async fn is_on(&self, words: &str) -> Result<()> {
        let wanted = crate::page::fold(words);
        self.page.settle().await?;
        let stop = self.look().await?;
        ensure!(fits(&stop, &wanted), "the focus is on {} and not on “{words}”", stop.said);
        Ok(())
    }

    /// Goes round the whole page by Tab, from wherever the focus is, until it is back at the beginning.
    /// Says how many stops there were.
    ///
    /// # Errors
    /// Where the focus is caught somewhere.
    pub async fn round(&self) -> Result<usize> {
        let mut stops = 0;
        let first = self.step(Key::Tab).await?.said;
        for _ in 0..STOPS {
            stops += 1;
            let stop = self.step(Key::Tab).await?;
            if stop.nowhere || stop.said == first {
                return Ok(stops);
            }
        }
        bail!("the focus never comes round")
    }

    /// What was wrong at any stop so far.
    pub fn wrong(&self) -> Vec<String> {
        let mut wrong = self.wrong.take();
        wrong.sort();
        wrong.dedup();
        wrong
    }
}

fn fits(stop: &Stop, words: &str) -> bool {
    stop.names.iter().any(|name| name.contains(words))
}
