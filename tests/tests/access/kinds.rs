//! What the server's half says to each role that signs each kind of thing with software of its own. Written down, not
//! computed: what a device of the role would never make counts here too.

use engine::sync::Outcome;

/// Taken.
const YES: Outcome = Outcome::Accepted;
/// Not this role's, or of somebody it is not shown.
const NO: Outcome = Outcome::NotEntitled;
/// It cannot be, whoever signs it.
const BAD: Outcome = Outcome::Invalid;
/// Signed by somebody who left, and not brought by a référent of theirs.
const LEFT: Outcome = Outcome::SignerRevoked;

/// Who signs: a member of each role in the north; a mediator of the south, who is shown nobody; a mediator of the
/// north who was revoked, whose work a colleague brings, then a référente.
pub const WHO: [&str; 7] =
    ["a mediator", "a référent", "a coordinator", "an administrator", "elsewhere", "left", "left, recovered"];

/// What is signed, and what is answered to each.
#[rustfmt::skip]
pub const TABLE: &[(&str, [Outcome; 7])] = &[
    //                                     mediat réfère coordi admini  south  left   recovered
    ("pathway of a person",               [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("pathway of somebody new",           [YES,   YES,   NO,    NO,    YES,   LEFT,  YES ]),
    ("outing of a colleague",             [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("outing, new",                       [YES,   YES,   NO,    NO,    YES,   LEFT,  YES ]),
    // What has no schema yet is nobody's.
    ("action",                            [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("solution",                          [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("employer",                          [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("partner",                           [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("programme",                         [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("cite",                              [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),

    // Named parts: sealed, by whoever holds keys and is shown the person; readable, by nobody.
    ("recognition, sealed",               [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("identity, sealed",                  [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("contact, sealed",                   [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("notes, sealed",                     [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("recognition, readable",             [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("identity, readable",                [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("contact, readable",                 [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("notes, readable",                   [BAD,   BAD,   NO,    NO,    BAD,   LEFT,  BAD ]),
    ("key of a part, wrapped",            [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),

    // The ledger: what lets more be shared, from who meets people and is shown this one; a *no*, from any member.
    ("notice",                            [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("notice to somebody new",            [YES,   YES,   NO,    NO,    YES,   LEFT,  YES ]),
    ("agreement",                         [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("receipt given",                     [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("request noted",                     [YES,   YES,   NO,    NO,    YES,   LEFT,  YES ]),
    ("request seen to",                   [NO,    YES,   NO,    NO,    NO,    LEFT,  NO  ]),
    ("refusal",                           [YES,   YES,   YES,   YES,   YES,   LEFT,  YES ]),
    ("withdrawal",                        [YES,   YES,   YES,   YES,   YES,   LEFT,  YES ]),
    ("objection",                         [YES,   YES,   YES,   YES,   YES,   LEFT,  YES ]),

    // Keys: a group's, by who is of the group and for who is; a store's own, sealed to référents.
    ("epoch of the north",                [YES,   YES,   NO,    NO,    NO,    LEFT,  YES ]),
    ("epoch for a stranger to the group", [NO,    NO,    NO,    NO,    NO,    LEFT,  NO  ]),
    ("escrow of its own store",           [YES,   YES,   YES,   YES,   YES,   LEFT,  NO  ]),
    ("escrow for a mediator",             [NO,    NO,    NO,    NO,    NO,    LEFT,  NO  ]),
    ("escrow of another's store",         [NO,    NO,    NO,    NO,    NO,    LEFT,  NO  ]),

    ("request by a code",                 [YES,   YES,   NO,    NO,    YES,   LEFT,  YES ]),
    ("a partner was told",                [NO,    YES,   NO,    NO,    NO,    LEFT,  NO  ]),
    ("it erased",                         [YES,   YES,   YES,   YES,   YES,   LEFT,  YES ]),
    ("another erased",                    [BAD,   BAD,   BAD,   BAD,   BAD,   LEFT,  BAD ]),
    ("order to erase",                    [NO,    YES,   NO,    NO,    NO,    NO,    NO  ]),
    ("the time has come to erase",        [NO,    NO,    NO,    NO,    NO,    NO,    NO  ]),

    // Who is a member: a référent says, and nobody else once a device has founded.
    ("another cité is founded",           [NO,    NO,    NO,    NO,    NO,    NO,    NO  ]),
    ("the cité is founded again",         [NO,    NO,    NO,    NO,    NO,    NO,    NO  ]),
    ("recovery without the sheet",        [NO,    NO,    NO,    NO,    NO,    NO,    NO  ]),
    ("somebody joins",                    [NO,    YES,   NO,    NO,    NO,    NO,    NO  ]),
    // A référent is one already.
    ("itself becomes a référent",         [NO,    YES,   NO,    NO,    NO,    NO,    NO  ]),
    ("another's sectors change",          [NO,    YES,   NO,    NO,    NO,    NO,    NO  ]),
    ("another is revoked",                [NO,    YES,   NO,    NO,    NO,    NO,    NO  ]),
    ("another printed key",               [NO,    YES,   NO,    NO,    NO,    NO,    NO  ]),
];
