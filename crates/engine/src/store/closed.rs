//! Quarters that were closed: their figures as they were shown, never changed again.

use super::Store;
use crate::error::EngineError;
use domain::indicators::ClosedQuarter;
use domain::time::Quarter;
use rusqlite::{OptionalExtension as _, params};

fn name(quarter: Quarter) -> String {
    format!("{}-{}", quarter.year, quarter.quarter)
}

impl Store {
    /// Keeps the figures of a quarter for good; false (and nothing changed) where it was closed before.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn close_quarter(&mut self, closed: &ClosedQuarter) -> Result<bool, EngineError> {
        let content = serde_json::to_string(closed).map_err(|_| EngineError::Damaged)?;
        self.transact(|connection| {
            let kept = connection
                .prepare_cached(
                    "INSERT INTO closed_quarter (quarter, closed_at_ms, content) VALUES (?1, ?2, ?3)
                     ON CONFLICT (quarter) DO NOTHING",
                )?
                .execute(params![name(closed.quarter), closed.at_ms, content])?;
            Ok(kept == 1)
        })
    }

    /// The figures of a quarter as they were when it was closed; none where it is open.
    ///
    /// # Errors
    /// What SQLite refuses; [`EngineError::Damaged`] where what is kept does not read.
    pub fn closed_quarter(&self, quarter: Quarter) -> Result<Option<ClosedQuarter>, EngineError> {
        let mut statement =
            self.connection().prepare_cached("SELECT content FROM closed_quarter WHERE quarter = ?1")?;
        let content: Option<String> = statement.query_row([name(quarter)], |row| row.get(0)).optional()?;
        content.map(|content| serde_json::from_str(&content).map_err(|_| EngineError::Damaged)).transpose()
    }
}
