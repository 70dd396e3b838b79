//! Types of values.

use crate::edit::Value;
use domain::location::Location;

/// What a register may hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// A code of a list.
    Code(Codes),
    /// Days since 1970-01-01, 1900 to 2200.
    Day,
    /// A whole number between two limits, both included.
    Int(i64, i64),
    /// Yes or no.
    Bool,
    /// An identifier: 32 lower-case hexadecimal digits.
    Id,
    /// A [`Location`].
    Location,
    /// A code repère.
    PersonCode,
    /// Text of at most so many bytes: in sealed kinds only.
    Text(usize),
}

/// Which codes are allowed.
#[derive(Debug, Clone, Copy)]
pub enum Codes {
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Those a rule accepts.
    Rule(fn(&str) -> bool),
}

impl PartialEq for Codes {
    fn eq(&self, other: &Self) -> bool {
        matches!((self, other), (Codes::OneOf(a), Codes::OneOf(b)) if a == b)
    }
}

impl Codes {
    /// Whether a code is allowed.
    pub fn holds(&self, code: &str) -> bool {
        match self {
            Codes::OneOf(codes) => codes.contains(&code),
            Codes::Rule(rule) => rule(code),
        }
    }
}

/// Days a register may hold: 1900-01-01 to 2200-01-01.
const DAYS: std::ops::RangeInclusive<i64> = -25_567..=84_006;

impl Type {
    /// Whether a value is allowed.
    pub fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Type::Code(codes), Value::Text(code)) => codes.holds(code),
            (Type::Day, Value::Int(day)) => DAYS.contains(day),
            (Type::Int(least, most), Value::Int(number)) => (least..=most).contains(&number),
            (Type::Bool, Value::Bool(_)) => true,
            (Type::Id, Value::Text(id)) => id.parse::<domain::ids::FactId>().is_ok(),
            (Type::Location, Value::Text(code)) => code.parse::<Location>().is_ok(),
            (Type::PersonCode, Value::Text(code)) => domain::code::normalise(code).as_deref() == Some(code),
            (Type::Text(most), Value::Text(text)) => text.len() <= *most,
            _ => false,
        }
    }
}
