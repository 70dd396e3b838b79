//! The coded record of one person. Field names are those of `domain::pathway`.

use super::{Codes, List, Schema, Set, Shape, Type, field, must};
use Type::{Bool, Code, Day, Id, Location, PersonCode};
use domain::vocabulary as v;

const EVIDENCE: &[&str] = &["declared", "map", "verified"];
const SITUATION: Codes = Codes::Rule(domain::catalogue::is_open_barrier);
const OBJECTIVE: Codes = Codes::Rule(domain::catalogue::is_open_objective);

macro_rules! code {
    ($list:ident) => {
        Code(Codes::OneOf(v::$list::CODES))
    };
}

/// Pathway.
pub(super) static SCHEMA: Schema = Schema {
    root: Shape {
        fields: &[
            field("code", PersonCode),
            field("age", code!(AgeBand)),
            field("gender", code!(Gender)),
            field("household", code!(Household)),
            field("residence", Location),
            field("residence_evidence", Code(Codes::OneOf(EVIDENCE))),
            field("first_contact_on", Day),
        ],
        sets: &[
            Set { name: "strengths", codes: Codes::Rule(domain::catalogue::is_strength) },
            super::RECOVERED,
        ],
    },
    lists: &[
        List {
            name: "needs",
            fact: plain(&[
                must("kind", code!(NeedKind)),
                must("state", code!(NeedState)),
                must("on", Day),
                field("encounter", Id),
                field("void", Bool),
            ]),
        },
        List {
            name: "barriers",
            fact: Shape {
                fields: &[
                    must("domain", code!(BarrierDomain)),
                    field("impact", code!(Impact)),
                    field("priority", code!(Priority)),
                    must("state", code!(BarrierState)),
                    must("on", Day),
                    field("state_on", Day),
                    field("encounter", Id),
                    field("void", Bool),
                ],
                sets: &[
                    Set { name: "situations", codes: SITUATION },
                    Set { name: "objectives", codes: OBJECTIVE },
                ],
            },
        },
        List {
            name: "encounters",
            fact: Shape {
                fields: &[
                    must("on", Day),
                    must("medium", code!(Medium)),
                    field("direction", code!(Direction)),
                    field("counterpart", code!(Counterpart)),
                    field("duration", code!(DurationBand)),
                    must("contact_place", Location),
                    field("place", Id),
                    field("outing", Id),
                    field("void", Bool),
                    field("met_before", code!(YesNo)),
                ],
                sets: &[Set { name: "acts", codes: Codes::OneOf(v::Act::CODES) }],
            },
        },
        List {
            name: "follow_ups",
            fact: plain(&[
                must("kind", code!(FollowUpKind)),
                must("due", Day),
                must("state", code!(FollowUpState)),
                field("settled_on", Day),
                field("encounter", Id),
                field("void", Bool),
            ]),
        },
        List {
            name: "referrals",
            fact: plain(&[
                field("solution", Id),
                field("protected", Bool),
                field("barrier", Id),
                must("on", Day),
                field("accompanied", Bool),
                must("state", code!(ReferralState)),
                field("state_on", Day),
                field("encounter", Id),
                field("void", Bool),
            ]),
        },
        List {
            name: "episodes",
            fact: plain(&[
                must("entered_on", Day),
                must("entry_reason", code!(EntryReason)),
                field("stage", code!(Stage)),
                field("exited_on", Day),
                field("exit_reason", code!(ExitReason)),
            ]),
        },
        List {
            name: "situations",
            fact: plain(&[
                must("on", Day),
                must("moment", code!(SituationMoment)),
                field("activity", code!(Activity)),
                field("registration", code!(Registration)),
                field("education", code!(Education)),
                field("time_without_work", code!(TimeWithoutWork)),
                field("rsa", code!(YesNo)),
                field("followed", code!(YesNo)),
            ]),
        },
        List {
            name: "outcomes",
            fact: plain(&[
                must("kind", code!(OutcomeKind)),
                must("from", Day),
                field("to", Day),
                field("at_3_months", code!(YesNo)),
                field("at_6_months", code!(YesNo)),
            ]),
        },
        List {
            name: "referents",
            fact: plain(&[
                must("user", Id),
                must("organisation", Id),
                field("lead", Bool),
                must("from", Day),
                field("to", Day),
                field("accepted", Bool),
            ]),
        },
        List {
            name: "funding",
            fact: plain(&[
                must("operation", code!(FundingOperation)),
                must("organisation", Id),
                must("from", Day),
                field("to", Day),
            ]),
        },
        List {
            name: "memberships",
            fact: plain(&[must("programme", Id), must("from", Day), field("to", Day)]),
        },
        List { name: "links", fact: plain(&[must("other", Id), field("active", Bool)]) },
    ],
};

const fn plain(fields: &'static [super::Field]) -> Shape {
    Shape { fields, sets: &[] }
}
