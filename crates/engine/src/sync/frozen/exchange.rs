//! What an exchange carries, both ways.

use super::{Frozen, key, part, signer};
use crate::store::sealed::wrap::Wrap;
use crate::sync::answer::{Outcome, Run};
use crate::sync::days::SentDay;
use crate::sync::message::{
    Asset, Download, Item, Presented, Recognised, SentBatch, SentErasure, SentGroup, Upload,
};
use crate::sync::reconcile::{Check, Entry, Found, Range};
use crate::sync::sealed::{SealedBatch, SealedItem, SentSealed, SentWrap};
use document::audit::{AuditBody, AuditEntry, AuditHead, AuditUpload, Seen};
use document::sealed::PartKeyId;
use document::{DocumentKey, SignerId};
use domain::ids::{FactId, PathwayId};
use domain::retention::{Contact, OffDay};
use domain::time::Day;
use domain::vocabulary::DocumentKind;

const OFF: OffDay = OffDay { said: Day(24_000), received: Day(20_780) };

fn batch() -> SentBatch {
    let group =
        SentGroup { key: key(), cursor: 300, on: 20_780, level: 1, changes: vec![vec![1, 2, 3].into()] };
    SentBatch {
        signer: SignerId([9; 16]),
        signature: [8; 64].into(),
        items: vec![Item::Group(group), Item::Digest([6; 32].into())],
    }
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

pub(super) fn exchange(frozen: &mut Frozen) {
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
            found: Some(Found { spans: vec![1], wanted: vec![Entry { key: key(), sum: [6; 8].into() }] }),
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
            day: Some(20_780),
            days: Some(vec![SentDay::new(
                PathwayId::from_bytes([7; 16]),
                &Contact::Encounter(FactId::from_bytes([5; 16])),
                OFF,
            )]),
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

pub(super) fn audit(frozen: &mut Frozen) {
    let entry = entry();
    frozen.message("audit entry", &entry);
    frozen.bytes("audit hash", &entry.hash());
}
