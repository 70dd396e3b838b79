//! Who may make which call, and what everybody else is told. Written down, not computed: a change of
//! the contract has to be made here too.

use domain::error::ErrorCode;

/// What a call answers: nothing wrong, or this code.
pub type Expected = Option<ErrorCode>;

/// The call is served.
const DONE: Expected = None;
/// Nobody is at work on the device.
const LOCK: Expected = Some(ErrorCode::Locked);
/// Nobody has signed in to the browser.
const SIGN: Expected = Some(ErrorCode::SignedOut);
/// Another role's work.
const ROLE: Expected = Some(ErrorCode::NotAllowed);
/// Another face's work.
const HERE: Expected = Some(ErrorCode::NotHere);
/// Served: the invitation of the sample is nobody's.
const CODE: Expected = Some(ErrorCode::InvitationInvalid);
/// Served: the passphrase, PIN or password of the sample is wrong.
const WORD: Expected = Some(ErrorCode::WrongSecret);
/// Served: the PIN of the sample is nobody's.
const PASS: Expected = Some(ErrorCode::PassphraseNeeded);
/// Served: what the sample names is not there.
const NONE: Expected = Some(ErrorCode::NotFound);

/// A device must found the cité first.
const FIRST: Expected = Some(ErrorCode::NotEstablished);
/// Served: what the sample asks for cannot be.
const BAD: Expected = Some(ErrorCode::Invalid);

/// The device has joined nothing yet.
const NOTJ: Expected = Some(ErrorCode::NotJoined);

/// Columns of a device: not joined, locked, then unlocked by each role in the order of `Role::ALL`.
pub type Device = [Expected; 6];
/// Columns of the browser: nobody signed in, then each role in the order of `Role::ALL`.
pub type Browser = [Expected; 5];

/// Name of the call, on a device, in the browser.
#[rustfmt::skip]
pub const TABLE: &[(&str, Device, Browser)] = &[
    //                   not    locked mediat référe coordi admini    nobody mediat référe coordi admini
    ("Status",          [DONE,  DONE,  DONE,  DONE,  DONE,  DONE ],  [DONE,  DONE,  DONE,  DONE,  DONE ]),
    ("CheckInvitation", [CODE,  CODE,  CODE,  CODE,  CODE,  CODE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("Join",            [CODE,  LOCK,  CODE,  CODE,  CODE,  CODE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("Unlock",          [NONE,  NONE,  NONE,  NONE,  NONE,  NONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("UnlockWithPin",   [PASS,  PASS,  PASS,  PASS,  PASS,  PASS ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("Lock",            [DONE,  DONE,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SetPreferences",  [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [SIGN,  DONE,  DONE,  DONE,  DONE ]),
    ("SignIn",          [HERE,  HERE,  HERE,  HERE,  HERE,  HERE ],  [WORD,  WORD,  WORD,  WORD,  WORD ]),
    ("SignOut",         [HERE,  HERE,  HERE,  HERE,  HERE,  HERE ],  [DONE,  DONE,  DONE,  DONE,  DONE ]),

    ("AnswerInvitation",[CODE,  LOCK,  CODE,  CODE,  CODE,  CODE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ReadAnswer",      [DONE,  DONE,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    // The words of the sample are no key's; a device that has joined begins nothing anew.
    ("CheckRecoveryWords",[DONE,DONE,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("OpenRecovery",    [WORD,  ROLE,  ROLE,  ROLE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("FinishRecovery",  [NONE,  NONE,  NONE,  NONE,  NONE,  NONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    // The cité of the table is not founded by a device; what the samples name is nobody's.
    ("Members",         [LOCK,  LOCK,  ROLE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("DrawRecoveryKey", [LOCK,  LOCK,  ROLE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("EstablishCite",   [LOCK,  LOCK,  ROLE,  WORD,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("DrawReplacementKey", [LOCK,  LOCK,  ROLE,  ROLE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ReplaceRecoveryKey", [LOCK,  LOCK,  ROLE,  WORD,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("InviteMember",    [LOCK,  LOCK,  ROLE,  FIRST, ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ReadInvitation",  [LOCK,  LOCK,  ROLE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ConfirmInvitation",[LOCK, LOCK,  ROLE,  CODE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("CancelInvitation",[LOCK,  LOCK,  ROLE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ChangeMember",    [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("RevokeMember",    [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("Cite",            [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [SIGN,  DONE,  DONE,  DONE,  DONE ]),
    ("LocateQpv",       [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("Today",           [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("StartOuting",     [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("EndOuting",       [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("Drafts",          [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("OpenDraft",       [LOCK,  LOCK,  NONE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SaveDraft",       [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("DiscardDraft",    [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("RecordEncounter", [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("RecordPassage",   [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("UndoLast",        [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("AmendEncounter",  [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("SearchPeople",    [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("OpenPerson",      [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("EditProfile",     [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SetBarrier",      [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SetNeed",         [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("AddFollowUp",     [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SettleFollowUp",  [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SetReferral",     [LOCK,  LOCK,  NONE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("AddFact",         [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("WritePart",       [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("CopyForPerson",   [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("FieldHistory",    [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("Openings",        [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("Caseload",        [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ToSettle",        [LOCK,  LOCK,  ROLE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("Referents",       [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("OfferReferent",   [LOCK,  LOCK,  NONE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("AnswerReferent",  [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("EndReferent",     [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("LinkPeople",      [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SettleField",     [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("ReadNotice",      [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("AddLedgerEntry",  [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("TellPartner",     [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("GiveReceipt",     [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("RequestByCode",   [LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("OrderErasure",    [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("Solutions",       [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [SIGN,  DONE,  DONE,  DONE,  DONE ]),
    ("ProposeSolutions",[LOCK,  LOCK,  DONE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("SyncState",       [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("SyncNow",         [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    ("Rescues",         [LOCK,  LOCK,  ROLE,  DONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ListSetAside",    [LOCK,  LOCK,  DONE,  DONE,  DONE,  DONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("DiscardSetAside", [LOCK,  LOCK,  NONE,  NONE,  NONE,  NONE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("RecoverDevice",   [LOCK,  LOCK,  ROLE,  BAD,   ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("OpenWithRescueKey",[NOTJ, WORD,  WORD,  WORD,  WORD,  WORD ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),
    ("ShowRescueKey",   [LOCK,  LOCK,  ROLE,  NONE,  ROLE,  ROLE ],  [HERE,  HERE,  HERE,  HERE,  HERE ]),

    // The merged cohort and the devices are read on the server: on a device the role is looked at first.
    ("Cohort",          [LOCK,  LOCK,  ROLE,  HERE,  HERE,  ROLE ],  [SIGN,  ROLE,  DONE,  DONE,  ROLE ]),
    ("CohortMap",       [LOCK,  LOCK,  ROLE,  HERE,  HERE,  ROLE ],  [SIGN,  ROLE,  DONE,  DONE,  ROLE ]),
    ("CohortPathways",  [LOCK,  LOCK,  ROLE,  HERE,  HERE,  ROLE ],  [SIGN,  ROLE,  DONE,  DONE,  ROLE ]),
    ("TakeFigures",     [LOCK,  LOCK,  ROLE,  HERE,  HERE,  ROLE ],  [SIGN,  ROLE,  DONE,  DONE,  ROLE ]),
    ("CloseQuarter",    [LOCK,  LOCK,  ROLE,  ROLE,  HERE,  ROLE ],  [SIGN,  ROLE,  ROLE,  DONE,  ROLE ]),
    ("Devices",         [LOCK,  LOCK,  ROLE,  ROLE,  HERE,  HERE ],  [SIGN,  ROLE,  ROLE,  DONE,  DONE ]),
    // A référent reads what concerns their organisation, on a device too.
    ("Erasures",        [LOCK,  LOCK,  ROLE,  DONE,  HERE,  HERE ],  [SIGN,  ROLE,  DONE,  DONE,  DONE ]),

    // The settings of the table leave the audit to the administrator alone.
    ("Audit",           [LOCK,  LOCK,  ROLE,  ROLE,  HERE,  HERE ],  [SIGN,  ROLE,  ROLE,  ROLE,  DONE ]),
    ("ExportAudit",     [LOCK,  LOCK,  ROLE,  ROLE,  HERE,  HERE ],  [SIGN,  ROLE,  ROLE,  ROLE,  DONE ]),
    ("Notices",         [LOCK,  LOCK,  ROLE,  ROLE,  HERE,  HERE ],  [SIGN,  ROLE,  ROLE,  DONE,  DONE ]),
    // Served: there is no text in the language of the sample.
    ("CheckNotice",     [LOCK,  LOCK,  ROLE,  ROLE,  HERE,  HERE ],  [SIGN,  ROLE,  ROLE,  NONE,  NONE ]),
];
