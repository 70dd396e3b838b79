//! The bytes of everything that travels or is signed, frozen: a change of format is seen here first.
//!
//! Written anew, once a change is meant, by `cargo xtask freeze`; the difference in `frozen.txt` then
//! says what moved.

use super::answer::{Outcome, Run};
use super::message::{
    Asset, Download, Item, Presented, Recognised, SentBatch, SentErasure, SentGroup, Upload,
};
use super::reconcile::{Check, Entry, Found, Range};
use super::sealed::{SealedBatch, SealedItem, SentSealed, SentWrap};
use crate::enrol::{CheckReply, CheckRequest, JoinReply, JoinRequest};
use crate::store::sealed::wrap::Wrap;
use document::audit::{AuditBody, AuditEntry, AuditHead, AuditUpload, Seen};
use document::control::{
    Alteration, Enrolment, EpochBody, ErasureBody, ErasureCause, EscrowBody, GroupId, LedgerEntry,
    MembershipBody, ReceiptBody, Record, RecordKind, Recovery, RecoveryKeys, Reprint, RequestBody, Step,
    TellBody,
};
use document::sealed::{PartKey, PartKeyId, seal};
use document::{Actor, Batch, Document, DocumentKey, Edit, Group, SignerId, SignerKey};
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, PartnerShare};
use domain::ids::{CiteId, DeviceId, OrganisationId, PathwayId, SectorId, SolutionId, UserId};
use domain::time::Day;
use domain::vocabulary::{
    Capacity, Channel, DocumentKind, GivenBy, ObjectionAct, OrderReason, Part, Purpose, RequestKind,
};
use minicbor::{Decode, Encode};
use std::fmt::Write as _;

const CITE: CiteId = CiteId::from_bytes([1; 16]);
const FROZEN: &str = "src/sync/frozen.txt";

/// A frame as packed by zstd 1.5, level 9, dictionary 1, and what was in it. Never written anew.
const EARLIER: &[u8] = b"\0\0\0\x1d\x01\x01\0\0\0\x0a\x28\xb5\x2f\xfd\x04\0\x51\0\0\x87\x01\x05\x19\x01\x2c\x01\0\x80\x80\x7c\xe3\xe0\xf0";
const EARLIER_RAW: &[u8] = b"\x87\x01\x05\x19\x01\x2c\x01\0\x80\x80";

/// What is frozen so far, as lines of a name and hexadecimal digits.
#[derive(Default)]
struct Frozen(String);

impl Frozen {
    fn bytes(&mut self, name: &str, bytes: &[u8]) {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(self.0, "{name} {hex}").unwrap();
    }

    /// A message: its bytes, which must also read back to themselves.
    fn message<T: Encode<()> + for<'b> Decode<'b, ()>>(&mut self, name: &str, message: &T) {
        let bytes = minicbor::to_vec(message).unwrap();
        let again: T = minicbor::decode(&bytes).unwrap();
        assert_eq!(minicbor::to_vec(&again).unwrap(), bytes, "{name} reads back as something else");
        self.bytes(name, &bytes);
    }
}

fn key() -> DocumentKey {
    DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]))
}

fn signer() -> SignerKey {
    SignerKey::from_secret(&[3; 32])
}

fn batch() -> SentBatch {
    let group =
        SentGroup { key: key(), cursor: 300, on: 20_780, level: 1, changes: vec![vec![1, 2, 3].into()] };
    SentBatch {
        signer: SignerId([9; 16]),
        signature: [8; 64].into(),
        items: vec![Item::Group(group), Item::Digest([6; 32].into())],
    }
}

fn part() -> DocumentKey {
    DocumentKey { kind: DocumentKind::Contact, generation: 2, ..key() }
}

fn wrap() -> SentWrap {
    let wrap = Wrap {
        key: part(),
        part_key: PartKeyId([7; 16]),
        recipient: [6; 16],
        sealed: vec![5; 80],
        by: SignerId([9; 16]),
        cursor: 300,
        signature: [8; 64],
    };
    SentWrap::from(wrap)
}

fn sealed() -> SealedBatch {
    let group = SentSealed {
        cursor: 300,
        on: 20_780,
        level: 1,
        relied_on: [4; 32].into(),
        envelope: vec![1, 2, 3].into(),
    };
    SealedBatch {
        signer: SignerId([9; 16]),
        signature: [8; 64].into(),
        items: vec![SealedItem::Group(group), SealedItem::Digest([6; 32].into())],
    }
}

fn ranges() -> Check {
    let entries = vec![Entry { key: key(), sum: [7; 8].into() }];
    Check::Ranges(vec![Range { from: [0; 16].into(), to: [0xff; 16].into(), entries }], true)
}

fn idle() -> Upload {
    Upload {
        version: 1,
        epoch: 5,
        cursor: 300,
        level: 1,
        announced: 0,
        controls: Vec::new(),
        batches: Vec::new(),
        wraps: Vec::new(),
        beside: None,
        sealed: Vec::new(),
        check: None,
        store: Some(Presented { token: Some([3; 8].into()), incarnation: 1 }),
        audit_seen: Some(212),
        regaining: None,
        ahead: None,
        audit: None,
        more: None,
    }
}

fn exchange(frozen: &mut Frozen) {
    frozen.message("upload idle", &idle());
    frozen.message(
        "upload",
        &Upload {
            version: 1,
            epoch: u64::MAX,
            cursor: 300,
            level: 1,
            announced: 70_000,
            controls: vec![vec![0xC0; 3].into()],
            batches: vec![batch()],
            wraps: vec![wrap()],
            sealed: vec![sealed()],
            check: Some(ranges()),
            store: Some(Presented { token: None, incarnation: 70_000 }),
            audit_seen: Some(u64::MAX),
            regaining: Some(true),
            ahead: Some(400),
            audit: AuditUpload::of(2, &[entry()]),
            more: Some(true),
            beside: Some(70_000),
        },
    );
    frozen.message("spans", &Check::Spans(1, vec![8; 16].into()));
    frozen.message("download empty", &Download::default());
    frozen.message(
        "download",
        &Download {
            epoch: 5,
            cursor: 301,
            level: 1,
            remaining: 2,
            controls_taken: vec![Run { count: 2, outcome: Outcome::Accepted }],
            groups_taken: vec![Run { count: 1, outcome: Outcome::ConsentPending }],
            controls: vec![vec![0xC0; 3].into()],
            assets: vec![Asset { name: "settings".into(), content: b"{}".to_vec().into() }],
            batches: vec![batch()],
            revoked: vec![key()],
            chain_length: 3,
            chain_head: [4; 32],
            wraps: vec![wrap()],
            sealed: vec![sealed()],
            wraps_taken: vec![Run { count: 1, outcome: Outcome::Accepted }],
            sealed_taken: vec![Run { count: 1, outcome: Outcome::Erased }],
            erased: vec![SentErasure { record: vec![0xC0; 3].into(), confirm: true }],
            digest: Some([4; 16].into()),
            found: Some(Found { spans: vec![1], wanted: vec![key()] }),
            store: Some(Recognised {
                token: [3; 8].into(),
                copied: true,
                incarnation: Some(2),
                copies: Some(2),
            }),
            audit: Some(AuditHead {
                end: Seen { count: 212, hash: [13; 32].into() },
                digests: vec![[14; 32].into()],
                signature: [15; 64].into(),
            }),
            ahead: Some(400),
            audit_taken: Some(3),
        },
    );
    for outcome in 0..=u8::MAX {
        if let Ok(known) = minicbor::decode::<Outcome>(&minicbor::to_vec(outcome).unwrap()) {
            frozen.message(&format!("outcome {}", known.code()), &known);
        }
    }
    for kind in DocumentKind::ALL {
        frozen.message(&format!("document key {}", kind.code()), &DocumentKey { kind: *kind, ..key() });
    }
}

fn entry() -> AuditEntry {
    let body = AuditBody {
        source: [4; 16].into(),
        seq: 3,
        previous: [5; 32].into(),
        at_ms: 1_800_000_000_000,
        act: "open".into(),
        user: Some([1; 16].into()),
        about: Some([6; 8].into()),
        seen: Some(Seen { count: 212, hash: [13; 32].into() }),
    };
    AuditEntry::new(&body, &signer())
}

fn audit(frozen: &mut Frozen) {
    let entry = entry();
    frozen.message("audit entry", &entry);
    frozen.bytes("audit hash", &entry.hash());
}

fn documents(frozen: &mut Frozen) {
    let actor = Actor { signer: signer().id(), incarnation: 2 };
    let mut document = Document::begin(CITE, key()).unwrap();
    let genesis = document.heads()[0];
    frozen.bytes("genesis", &genesis);
    let edits = [Edit::set("age", "18_25"), Edit::set("strengths:22/43", true)];
    let change = document.edit(actor, &edits).unwrap().unwrap();
    frozen.bytes("change", &change.bytes);
    frozen.bytes("change stripped", &document::wire::strip(&change.bytes, Some(&genesis)).unwrap());
    frozen.bytes("edits kept", &serde_json::to_vec(&edits).unwrap());
    let mut contact = Document::begin(CITE, part()).unwrap();
    let change_of_part = contact.edit(actor, &[Edit::set("phone", "06 39 98 00 01")]).unwrap().unwrap();
    let part_key = PartKey::from_secret([11; 32]);
    frozen.bytes("part key id", &part_key.id().0);
    frozen.bytes("sealed change", &seal(CITE, part(), &change_of_part, &part_key, [12; 24]).unwrap());
    let group = Group { key: key(), hashes: vec![change.hash.into()], cursor: 300, on: 20_780, level: 1 };
    frozen.message("group", &group);
    frozen.bytes("group digest", &group.digest(CITE));
    frozen.bytes("batch signature", &Batch::sign(&signer(), vec![group.digest(CITE)]).signature);
}

fn records(frozen: &mut Frozen) {
    let enrolment = Enrolment {
        user: [1; 16].into(),
        user_name: "Nadia B.".into(),
        role: "mediator".into(),
        organisation: [2; 16].into(),
        sectors: vec![[3; 16].into()],
        device: [4; 16].into(),
        device_name: "Tablette 3".into(),
        sign: [5; 32].into(),
        agree: [6; 32].into(),
        organisation_name: "Association Inventée".into(),
    };
    let role = Some(domain::role::Role::Referent);
    let alteration = Alteration::new(UserId::from_bytes([1; 16]), role, Some(&[]));
    let printed = RecoveryKeys { agree: [8; 32].into(), sign: [0xA; 32].into() };
    let recovery = Recovery {
        enrolment: enrolment.clone(),
        next: printed,
        known: [7; 32].into(),
        former: vec![6; 80].into(),
    };
    let steps = [
        Step::Found(signer().public().into()),
        Step::Enrol(enrolment.clone()),
        Step::Revoke(SignerId([9; 16])),
        Step::Establish { recovery: printed, known: [7; 32].into() },
        Step::Change(alteration),
        Step::Recover(recovery),
        Step::Reprint(Reprint { next: printed, known: [7; 32].into(), instead: [0xB; 32].into() }),
    ];
    for (position, step) in (0..).zip(steps) {
        // A new step needs a sample above.
        let name = match &step {
            Step::Found(_) => "found",
            Step::Enrol(_) => "enrol",
            Step::Revoke(_) => "revoke",
            Step::Establish { .. } => "establish",
            Step::Change(_) => "change",
            Step::Recover(_) => "recover",
            Step::Reprint(_) => "reprint",
        };
        let body = MembershipBody { position, previous: [0xAA; 32].into(), cite: [1; 16].into(), step };
        frozen.message(&format!("membership {name}"), &body);
        frozen.message(&format!("record {name}"), &Record::sign(RecordKind::Membership, &body, &signer()));
    }
    let group =
        GroupId { organisation: OrganisationId::from_bytes([2; 16]), sector: SectorId::from_bytes([3; 16]) };
    let epoch = EpochBody::new(group, 1, 4, [5; 32], [(SignerId([9; 16]), vec![6; 80])], Some(vec![7; 80]));
    frozen.message("epoch", &epoch);
    frozen.message("record epoch", &Record::sign(RecordKind::Epoch, &epoch, &signer()));
    let receipt = ReceiptBody::new(DeviceId::from_bytes([4; 16]), Day(20_780), [[8; 32]]);
    frozen.message("receipt", &receipt);
    frozen.message("record receipt", &Record::sign(RecordKind::Receipt, &receipt, &signer()));
    let person = PathwayId::from_bytes([7; 16]);
    for (name, cause) in [
        ("erasure stop", ErasureCause::Stop([8; 32])),
        ("erasure retention", ErasureCause::Retention),
        ("erasure order", ErasureCause::Order(OrderReason::Request)),
    ] {
        let erasure = ErasureBody::new(person, 1, Day(20_780), cause, 12);
        frozen.message(name, &erasure);
        frozen.message(&format!("record {name}"), &Record::sign(RecordKind::Erasure, &erasure, &signer()));
    }
    let escrow =
        EscrowBody::new(DeviceId::from_bytes([4; 16]), 5, [(SignerId([9; 16]), vec![6; 80])], vec![7; 80]);
    frozen.message("escrow", &escrow);
    frozen.message("record escrow", &Record::sign(RecordKind::Escrow, &escrow, &signer()));
    let partner = SolutionId::from_bytes([6; 16]);
    let told = [(partner, None), (SolutionId::from_bytes([5; 16]), Some(Day(20_770)))];
    let telling = ErasureBody::new(person, 1, Day(20_780), ErasureCause::Retention, 12).telling(told);
    frozen.message("erasure telling partners", &telling);
    let tell = TellBody::new([8; 32], partner, Day(20_780));
    frozen.message("tell", &tell);
    frozen.message("record tell", &Record::sign(RecordKind::Tell, &tell, &signer()));
    let who = (GivenBy::Representative, Some(Capacity::Parent));
    let request = RequestBody::new([4; 16], RequestKind::Withdraw, who, Day(20_780), [3; 8]);
    frozen.message("request", &request);
    frozen.message("record request", &Record::sign(RecordKind::Request, &request, &signer()));
    let purpose = Purpose::ShareIdentity;
    let acts = [
        ("notice", LedgerActKind::Notice { version: 1, language: "fr".into() }),
        (
            "agreement",
            LedgerActKind::Agreement {
                purpose,
                organisations: vec![OrganisationId::from_bytes([2; 16])],
                excluded: vec![UserId::from_bytes([1; 16])],
                channel: Some(Channel::ALL[0]),
                until: Some(Day(21_000)),
                partner: None,
            },
        ),
        ("refusal", LedgerActKind::Refusal { purpose }),
        (
            "withdrawal",
            LedgerActKind::Withdrawal {
                purpose,
                keep_on: Some(DeviceId::from_bytes([4; 16])),
                partner: None,
            },
        ),
        ("objection", LedgerActKind::Objection { act: ObjectionAct::Stop }),
        (
            "agreement with a partner",
            LedgerActKind::Agreement {
                purpose: Purpose::ShareWithPartner,
                organisations: vec![],
                excluded: vec![],
                channel: None,
                until: None,
                partner: Some(PartnerShare { partner, parts: vec![Part::Contact] }),
            },
        ),
        ("receipt of the person", LedgerActKind::Receipt { check: "0a".repeat(16) }),
        (
            "request of the person",
            LedgerActKind::Request { request: "0b".repeat(32), kind: RequestKind::Access },
        ),
        ("answered", LedgerActKind::Answered { request: "0b".repeat(32) }),
    ];
    for (name, kind) in acts {
        let act = LedgerAct { kind, circumstances: Circumstances::default() };
        let entry = LedgerEntry::new(PathwayId::from_bytes([7; 16]), Day(20_780), &act, [[5; 32]], [4; 8]);
        frozen.message(&format!("ledger {name}"), &entry);
    }
}

fn joining(frozen: &mut Frozen) {
    frozen.message("check request", &CheckRequest { id: [1; 16].into() });
    frozen.message(
        "check reply",
        &CheckReply {
            cite_name: "Cité inventée".into(),
            demonstration: true,
            user_name: "Nadia B.".into(),
            role: "mediator".into(),
            organisation_name: "Association Inventée".into(),
            mac: [2; 32],
            card: None,
        },
    );
    frozen.message(
        "join request",
        &JoinRequest {
            id: [1; 16].into(),
            device: [4; 16].into(),
            device_name: "Tablette 3".into(),
            sign: [5; 32].into(),
            agree: [6; 32].into(),
            mac: [2; 32].into(),
        },
    );
    frozen.message(
        "join reply",
        &JoinReply {
            chain: vec![vec![0xC0; 3].into()],
            token: [3; 32].into(),
            cite_name: "Cité inventée".into(),
            demonstration: true,
            organisations: vec![("02".repeat(16), "Association Inventée".into())],
            mac: [2; 32].into(),
        },
    );
}

#[test]
fn the_bytes_of_everything_that_travels_or_is_signed_are_frozen() {
    let mut frozen = Frozen::default();
    exchange(&mut frozen);
    audit(&mut frozen);
    documents(&mut frozen);
    records(&mut frozen);
    joining(&mut frozen);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FROZEN);
    #[allow(clippy::disallowed_methods, reason = "how `cargo xtask freeze` says that a change is meant")]
    if std::env::var_os("ALLERVERS_FREEZE").is_some() {
        std::fs::write(&path, &frozen.0).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for (is, was) in lines(&frozen.0).iter().zip(&lines(&kept)) {
        assert_eq!(is, was, "a format changed; if that is meant: cargo xtask freeze");
    }
    assert_eq!(frozen.0, kept, "something new travels: cargo xtask freeze");
}

#[test]
fn a_frame_opens_to_what_was_packed_and_begins_with_its_frozen_head() {
    let frame = super::frame::pack(b"premier").unwrap();
    assert_eq!(frame[..4], (frame.len() as u32 - 4).to_be_bytes(), "length");
    assert_eq!(frame[4..10], [1, 1, 0, 0, 0, 7], "format, dictionary, raw length");
    assert_eq!(super::frame::unpack_upload(&frame).unwrap(), b"premier");
    // A frame of an earlier version of the compression library opens all the same.
    assert_eq!(super::frame::unpack_upload(EARLIER).unwrap(), EARLIER_RAW);
}
