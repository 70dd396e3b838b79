//! Acts of the ledger.

use super::Frozen;
use document::control::LedgerEntry;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, PartnerId, PartnerShare};
use domain::ids::{DeviceId, OrganisationId, PartnerMark, PathwayId, SolutionId, UserId};
use domain::time::Day;
use domain::vocabulary::{Channel, ObjectionAct, Part, Purpose, RequestKind};

pub(super) fn ledger(frozen: &mut Frozen) {
    let partner = PartnerId::Open(SolutionId::from_bytes([6; 16]));
    let protected = PartnerId::Protected(PartnerMark::from_bytes([0x2a; 16]));
    let purpose = Purpose::ShareIdentity;
    let passing_on = |partner| LedgerActKind::Agreement {
        purpose: Purpose::ShareWithPartner,
        organisations: vec![],
        excluded: vec![],
        channel: None,
        until: None,
        partner: Some(PartnerShare { partner, parts: vec![Part::Contact] }),
    };
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
        ("agreement with a partner", passing_on(partner)),
        ("agreement with a protected partner", passing_on(protected)),
        (
            "withdrawal from a protected partner",
            LedgerActKind::Withdrawal {
                purpose: Purpose::ShareWithPartner,
                keep_on: None,
                partner: Some(protected),
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
