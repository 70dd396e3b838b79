//! How much work a store does, without a clock: what must not grow with the number of people is told from
//! what does on any machine.

use super::Store;
use crate::error::EngineError;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Instructions that SQLite has carried out for a store since they are counted.
#[derive(Debug, Clone, Default)]
pub struct Steps(Arc<AtomicU64>);

impl Steps {
    /// How many since this was last asked.
    pub fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

impl Store {
    /// Counts from now on, until the store is closed. Slow: for measures and tests.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn count_steps(&mut self) -> Result<Steps, EngineError> {
        let steps = Steps::default();
        let counted = steps.clone();
        self.on_each_step(move || {
            counted.0.fetch_add(1, Ordering::Relaxed);
        })?;
        Ok(steps)
    }
}
