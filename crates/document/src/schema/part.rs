//! The named parts: sealed kinds, the only ones with text. The server never reads them.

use super::{Codes, List, Schema, Set, Shape, Type, field};

const NAME: Type = Type::Text(200);
const LINE: Type = Type::Text(400);

/// First name or nickname, and an initial.
pub(super) static RECOGNITION: Schema = Schema {
    root: Shape { fields: &[field("first_name", NAME), field("initial", Type::Text(8))], sets: &[] },
    lists: &[],
};

/// Family name and birth date.
pub(super) static IDENTITY: Schema = Schema {
    root: Shape { fields: &[field("family_name", NAME), field("birth_date", Type::Day)], sets: &[] },
    lists: &[],
};

/// Channels and address.
pub(super) static CONTACT: Schema = Schema {
    root: Shape {
        fields: &[
            field("phone", NAME),
            field("phone_shared", Type::Bool),
            field("voice_message", Type::Bool),
            field("sms", Type::Bool),
            field("safe_hours", LINE),
            field("introduce_as", LINE),
            field("email", LINE),
            field("address", LINE),
        ],
        sets: &[],
    },
    lists: &[],
};

/// Free notes, sensitive situations of barriers, protected referrals, signatures of the ledger, protected partners.
pub(super) static NOTES: Schema = Schema {
    root: Shape { fields: &[], sets: &[] },
    lists: &[
        List {
            name: "notes",
            fact: Shape {
                fields: &[
                    field("text", Type::Text(8_000)),
                    field("on", Type::Day),
                    field("encounter", Type::Id),
                ],
                sets: &[],
            },
        },
        List {
            name: "sealed_barriers",
            fact: Shape {
                fields: &[field("barrier", Type::Id)],
                sets: &[Set { name: "situations", codes: Codes::Rule(domain::catalogue::is_sealed_barrier) }],
            },
        },
        List {
            name: "sealed_referrals",
            fact: Shape { fields: &[field("referral", Type::Id), field("solution", Type::Id)], sets: &[] },
        },
        List {
            name: "signatures",
            fact: Shape {
                fields: &[field("entry", Type::Text(64)), field("path", Type::Text(8_192))],
                sets: &[],
            },
        },
        // Which protected service a mark of the ledger stands for.
        List {
            name: "sealed_partners",
            fact: Shape { fields: &[field("mark", Type::Id), field("solution", Type::Id)], sets: &[] },
        },
    ],
};
