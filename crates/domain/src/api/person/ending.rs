//! The end of a record: by its term, by the person's wish, by an order.

use crate::ids::PathwayId;
use crate::time::Day;
use crate::vocabulary::OrderReason;
use serde::{Deserialize, Serialize};

/// The end of a record that is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Why.
    pub cause: EndingCause,
    /// About when: the cité's server decides by its own clock.
    pub on: Day,
}

/// Why a record is going to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndingCause {
    /// No contact for as long as the cité keeps records. A new contact keeps it.
    Retention,
    /// The person asked to stop. Only a new notice, given at their wish, keeps it.
    Stop,
}

/// A record linked as the same person that cannot be opened on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsentRecord {
    /// The record.
    pub pathway: PathwayId,
    /// Day on which it was erased; none: another sector or organisation holds it.
    pub erased_on: Option<Day>,
}

/// Orders that everything about a person is erased: for good, on the server and on every device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderErasure {
    /// Person.
    pub pathway: PathwayId,
    /// Other records linked as the same person that are erased with this one.
    pub with: Vec<PathwayId>,
    /// Why.
    pub reason: OrderReason,
}
