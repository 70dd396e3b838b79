//! The simulated world: devices that record, exchange over a line that is cut at any byte, repeat,
//! restart, whose clocks somebody sets to another year, over the same server half as HTTP serves, which
//! restarts too, but with no network. People agree, withdraw, are handed over and erased meanwhile, and a
//! mediator is moved to another sector and back. By seed.
//!
//! `ALLERVERS_STORIES` tells so many, `ALLERVERS_SEED` begins with that one: for a long night, or one story again.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod player;
mod story;

use story::Story;

/// Stories told; each has its own seed.
const STORIES: u64 = 32;
const STEPS: usize = 40;

/// A number of the environment, where it holds one.
#[allow(clippy::disallowed_methods, reason = "a test is told by whoever starts it")]
fn asked(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not “{text}”")))
}

#[tokio::test]
async fn whatever_is_cut_repeated_or_restarted_everybody_ends_with_the_same_and_nothing_is_lost() {
    let first = asked("ALLERVERS_SEED").unwrap_or(0);
    for seed in first..first + asked("ALLERVERS_STORIES").unwrap_or(STORIES) {
        eprintln!("seed {seed}");
        let mut story = Story::begin(seed).await;
        for _ in 0..STEPS {
            story.step().await;
        }
        story.end().await;
    }
}
