//! What each kind of document may hold: registers, sets of codes, lists of facts.
//!
//! A register holds one value; a set is one register a code, keyed `set:code`, so that choices of
//! different codes merge; a list is a map of facts keyed by random identifier, so that adding wins.
//! Readable kinds have no type that could hold text: the server refuses whatever is not here.

mod outing;
mod part;
mod pathway;
mod value;

pub use value::{Codes, Type};

use domain::vocabulary::DocumentKind;

/// Level of this schema and of the code lists, announced in each exchange.
pub const LEVEL: u16 = 1;

/// A register.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Key in the document.
    pub name: &'static str,
    /// What it may hold.
    pub holds: Type,
    /// Whether every fact has it from its beginning: one without would hide the others from a reader.
    pub required: bool,
}

/// A set of codes.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// Prefix of its keys.
    pub name: &'static str,
    /// Codes it may hold.
    pub codes: Codes,
}

/// Registers and sets of a map.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Registers.
    pub fields: &'static [Field],
    /// Sets.
    pub sets: &'static [Set],
}

/// A list of facts.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// Key in the document.
    pub name: &'static str,
    /// Shape of a fact.
    pub fact: Shape,
}

/// A kind of document.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Registers and sets at the root.
    pub root: Shape,
    /// Lists, in the order in which the genesis makes them: only ever appended to.
    pub lists: &'static [List],
}

impl Schema {
    /// The schema of a kind; none for kinds that are not documents of this version.
    pub fn of(kind: DocumentKind) -> Option<&'static Schema> {
        match kind {
            DocumentKind::Pathway => Some(&pathway::SCHEMA),
            DocumentKind::Outing => Some(&outing::SCHEMA),
            DocumentKind::Recognition => Some(&part::RECOGNITION),
            DocumentKind::Identity => Some(&part::IDENTITY),
            DocumentKind::Contact => Some(&part::CONTACT),
            DocumentKind::Notes => Some(&part::NOTES),
            _ => None,
        }
    }

    /// A list by its name.
    pub fn list(&self, name: &str) -> Option<&'static List> {
        self.lists.iter().find(|list| list.name == name)
    }
}

impl Shape {
    /// What the register or member of a set under this key may hold.
    pub fn at(&self, key: &str) -> Option<Type> {
        if let Some((set, code)) = key.split_once(':') {
            let set = self.sets.iter().find(|it| it.name == set)?;
            return set.codes.holds(code).then_some(Type::Bool);
        }
        self.fields.iter().find(|field| field.name == key).map(|field| field.holds)
    }

    /// Names of the registers that every fact has.
    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().filter(|field| field.required).map(|field| field.name)
    }

    /// Whether a name is one of its sets.
    pub fn has_set(&self, name: &str) -> bool {
        self.sets.iter().any(|set| set.name == name)
    }
}

/// For whom changes were recovered: see `behalf`.
pub(crate) const RECOVERED: Set =
    Set { name: crate::behalf::SET, codes: Codes::Rule(crate::behalf::is_mark) };

/// A register that may be absent.
pub(crate) const fn field(name: &'static str, holds: Type) -> Field {
    Field { name, holds, required: false }
}

/// A register that every fact has from its beginning.
pub(crate) const fn must(name: &'static str, holds: Type) -> Field {
    Field { name, holds, required: true }
}
