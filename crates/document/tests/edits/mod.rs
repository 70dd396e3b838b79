//! Edits drawn from the schema itself, so that a new kind, field or set is proved without a line here.

use document::schema::{Codes, List, Schema, Shape, Type};
use document::{Edit, Value};
use domain::catalogue;
use domain::ids::FactId;
use domain::vocabulary::{BarrierDomain, DocumentKind};
use proptest::prelude::*;

/// Kinds that are documents of this version.
pub fn kinds() -> Vec<DocumentKind> {
    DocumentKind::ALL.iter().copied().filter(|kind| Schema::of(*kind).is_some()).collect()
}

/// What is drawn: it becomes an edit once the kind is known.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    /// Where: the root, or one of the lists.
    place: usize,
    /// Adding a fact rather than changing one.
    adding: bool,
    /// Few facts, so that replicas meet on them.
    fact: u8,
    field: usize,
    value: usize,
}

/// Draws an edit.
pub fn drawn() -> impl Strategy<Value = Drawn> {
    (any::<prop::sample::Index>(), any::<bool>(), 0..5_u8, 0..100_usize, 0..4_usize).prop_map(
        |(place, adding, fact, field, value)| Drawn {
            place: place.index(10_000),
            adding,
            fact,
            field,
            value,
        },
    )
}

impl Drawn {
    /// The edit of a document of this kind.
    pub fn edit(self, schema: &Schema) -> Edit {
        let at_root = schema.root.fields.len() + schema.root.sets.len() > 0;
        let places = schema.lists.len() + usize::from(at_root);
        let place = self.place % places;
        let Some(list) = schema.lists.get(place) else {
            let (key, value) = self.register(&schema.root);
            return Edit::set(key, value);
        };
        let id = FactId::from_bytes([self.fact; 16]);
        if self.adding {
            return Edit::Add { list: list.name.into(), id, values: self.fact(list) };
        }
        let (key, value) = self.register(&list.fact);
        Edit::set_in(list.name, id, key, value)
    }

    /// Every register of a fact: a fact without what every fact has would not read.
    fn fact(self, list: &List) -> Vec<(String, Value)> {
        list.fact.fields.iter().map(|field| (field.name.into(), value(field.holds, self.value))).collect()
    }

    /// A register, or a member of a set.
    fn register(self, shape: &Shape) -> (String, Value) {
        let n = self.field % (shape.fields.len() + shape.sets.len());
        match shape.fields.get(n) {
            Some(field) => (field.name.into(), value(field.holds, self.value)),
            None => {
                let set = &shape.sets[n - shape.fields.len()];
                (
                    format!("{}:{}", set.name, code(set.codes, self.value / 2)),
                    self.value.is_multiple_of(2).into(),
                )
            }
        }
    }
}

/// The n-th value of a type.
pub fn value(holds: Type, n: usize) -> Value {
    match holds {
        Type::Code(codes) => code(codes, n).into(),
        Type::Day => Value::Int(20_000 + n as i64),
        Type::Int(least, most) => Value::Int((least + n as i64).min(most)),
        Type::Bool => n.is_multiple_of(2).into(),
        Type::Id => FactId::from_bytes([n as u8; 16]).to_string().into(),
        Type::Location => ["qpv:QN09997M", "qpv:QN09998M", "out:93066", "out:93001"][n % 4].into(),
        Type::PersonCode => domain::code::from_random([n as u8; 6]).into(),
        Type::Text(most) => "Awa Koné"[..most.min(2 + n)].into(),
    }
}

fn code(codes: Codes, n: usize) -> String {
    match codes {
        Codes::OneOf(codes) => codes[n % codes.len()].into(),
        Codes::Rule(rule) => {
            let domains = BarrierDomain::ALL.iter().copied();
            let entries = domains.flat_map(|it| catalogue::situations(it).chain(catalogue::objectives(it)));
            let fitting: Vec<String> = entries
                .chain(catalogue::strengths())
                .map(|entry| entry.code.to_owned())
                // For whom a change was recovered.
                .chain([1, 2].map(|seed| format!("{}-{}", "ab".repeat(16), format!("{seed:x}").repeat(16))))
                .filter(|code| rule(code))
                .collect();
            fitting[n % fitting.len()].clone()
        }
    }
}
