//! What the server does every day while it runs: erases what is due.

use crate::cite::Cite;
use engine::clock::{SystemClock, civil};
use std::sync::Arc;
use std::time::Duration;

/// How often it looks whether another day has begun.
const LOOK: Duration = Duration::from_secs(15 * 60);

/// Does the work of each day as soon as it has begun, the first at once; ends when it is dropped.
pub(crate) async fn daily(cite: Arc<Cite>) {
    let mut look = tokio::time::interval(LOOK);
    let mut done = None;
    loop {
        look.tick().await;
        let today = civil(&SystemClock).0;
        if done == Some(today) {
            continue;
        }
        let work = cite.clone();
        match tokio::task::spawn_blocking(move || work.daily(today)).await {
            Ok(Ok(erased)) => {
                tracing::info!(erased, "the work of the day is done");
                if cite.store(|store| store.journal_is_stale()).unwrap_or(true) {
                    tracing::warn!(
                        "the journal could not be written anew: it still holds ledgers of people who were erased"
                    );
                }
                done = Some(today);
            }
            // Tried again at the next look.
            _ => tracing::error!("the work of the day failed"),
        }
    }
}
