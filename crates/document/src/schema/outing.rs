//! The outing and its anonymous passages. Field names are those of `domain::outing`.

use super::{Codes, List, Schema, Set, Shape, Type, field, must};
use domain::vocabulary as v;

const MOST_PEOPLE: i64 = 500;

/// Outing.
pub(super) static SCHEMA: Schema = Schema {
    root: Shape {
        fields: &[
            field("on", Type::Day),
            field("half_day", Type::Code(Codes::OneOf(v::HalfDay::CODES))),
            field("contact_place", Type::Location),
            field("place", Type::Id),
            field("organisation", Type::Id),
            field("minutes", Type::Int(0, 24 * 60)),
        ],
        sets: &[super::RECOVERED],
    },
    lists: &[List {
        name: "passages",
        fact: Shape {
            fields: &[
                must("on", Type::Day),
                must("half_day", Type::Code(Codes::OneOf(v::HalfDay::CODES))),
                must("medium", Type::Code(Codes::OneOf(v::Medium::CODES))),
                must("contact_place", Type::Location),
                must("headcount", Type::Int(1, MOST_PEOPLE)),
                field("women", Type::Int(0, MOST_PEOPLE)),
                field("young", Type::Int(0, MOST_PEOPLE)),
                field("leaflets", Type::Int(0, MOST_PEOPLE)),
                field("refused", Type::Bool),
                field("void", Type::Bool),
            ],
            sets: &[
                Set { name: "needs", codes: Codes::OneOf(v::NeedKind::CODES) },
                Set { name: "domains", codes: Codes::OneOf(v::BarrierDomain::CODES) },
            ],
        },
    }],
};
