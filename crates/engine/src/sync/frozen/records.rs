//! Control records other than those of the ledger.

use super::{Frozen, signer};
use document::SignerId;
use document::control::{
    Alteration, Enrolment, EpochBody, ErasureBody, ErasureCause, EscrowBody, GroupId, MembershipBody,
    ProtectedPartner, ReceiptBody, Record, RecordKind, Recovery, RecoveryKeys, Reprint, RequestBody, Step,
    TellBody,
};
use domain::api::ledger::PartnerId;
use domain::ids::{DeviceId, OrganisationId, PartnerMark, PathwayId, SectorId, SolutionId, UserId};
use domain::time::Day;
use domain::vocabulary::{Capacity, GivenBy, OrderReason, RequestKind};

pub(super) fn records(frozen: &mut Frozen) {
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
    let library = SolutionId::from_bytes([6; 16]);
    let (partner, mark) = (PartnerId::Open(library), PartnerMark::from_bytes([0x2a; 16]));
    let told = [(library, None), (SolutionId::from_bytes([5; 16]), Some(Day(20_770)))];
    let telling = ErasureBody::new(person, 1, Day(20_780), ErasureCause::Retention, 12).telling(told);
    frozen.message("erasure telling partners", &telling);
    let protected = ProtectedPartner { mark, known_by: SignerId([9; 16]), told_on: Some(Day(20_770)) };
    frozen.message("erasure telling protected partners", &telling.telling_protected([protected]));
    let told = TellBody::new([8; 32], PartnerId::Protected(mark), Day(20_780));
    frozen.message("tell protected", &told);
    let tell = TellBody::new([8; 32], partner, Day(20_780));
    frozen.message("tell", &tell);
    frozen.message("record tell", &Record::sign(RecordKind::Tell, &tell, &signer()));
    let who = (GivenBy::Representative, Some(Capacity::Parent));
    let request = RequestBody::new([4; 16], RequestKind::Withdraw, who, Day(20_780), [3; 8]);
    frozen.message("request", &request);
    frozen.message("record request", &Record::sign(RecordKind::Request, &request, &signer()));
}
