//! Changes, control records, messages and codes of joining.

use super::Ground;
use document::control::{Chain, LedgerEntry, MembershipBody, Record, RecordKind};
use document::{Actor, Document, DocumentKey, Edit, RawChange, SignerId, SignerKey, wire};
use domain::ids::{CiteId, FactId, OutingId, PathwayId};
use domain::outing::OutingDoc;
use domain::pathway::PathwayDoc;
use domain::vocabulary::DocumentKind;
use engine::enrol::recovery::{PastRequest, RecoverRequest};
use engine::enrol::{CheckRequest, InvitationCode, JoinRequest};

const CITE: CiteId = CiteId::from_bytes([1; 16]);
const ACTOR: Actor = Actor { signer: SignerId([9; 16]), incarnation: 1 };

fn keys() -> [DocumentKey; 3] {
    [
        DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16])),
        DocumentKey::first(DocumentKind::Outing, OutingId::from_bytes([7; 16])),
        DocumentKey::first(DocumentKind::Notes, PathwayId::from_bytes([7; 16])),
    ]
}

/// A document of each shape with something in it.
fn documents() -> Vec<(Document, Vec<Vec<u8>>)> {
    let id = FactId::from_bytes([4; 16]);
    let day = || ("on".to_owned(), 20_000_i64.into());
    let fact = |list: &str, more: (&str, &str)| Edit::Add {
        list: list.into(),
        id,
        values: vec![day(), (more.0.into(), more.1.into())],
    };
    let edits = [
        vec![Edit::set("age", "18_25"), Edit::set("strengths:22/43", true)],
        vec![Edit::set("half_day", "morning"), Edit::set("minutes", 90_i64)],
        vec![fact("notes", ("text", "cherche un mode de garde"))],
    ];
    let begun = keys().into_iter().zip(edits).map(|(key, edits)| {
        let mut document = Document::begin(CITE, key).unwrap();
        let change = document.edit(ACTOR, &edits).unwrap().unwrap();
        (document, vec![change.bytes])
    });
    begun.collect()
}

pub(super) fn changes(_: &Ground) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (document, changes) in documents() {
        let genesis = Document::begin(CITE, document.key()).unwrap().heads()[0];
        for bytes in changes {
            all.push([&[0], wire::strip(&bytes, Some(&genesis)).unwrap().as_slice()].concat());
            all.push([&[1], bytes.as_slice()].concat());
        }
    }
    all
}

/// The first byte says whether the rest travels stripped, as it does between devices, or whole.
pub(super) fn change(_: &Ground, bytes: &[u8]) {
    let Some((how, bytes)) = bytes.split_first() else { return };
    for key in keys() {
        let mut document = Document::begin(CITE, key).unwrap();
        let genesis = document.heads()[0];
        let whole = match how {
            0 => wire::restore(bytes, Some(&genesis)),
            _ => Ok(bytes.to_vec()),
        };
        let Ok(change) = whole.and_then(|whole| RawChange::read(&whole)) else { continue };
        if document.apply(&change).is_ok() {
            // What was let in can be read, asked and edited.
            let _ = document.read::<PathwayDoc>();
            let _ = document.read::<OutingDoc>();
            let _ = (document.values(), document.differing(), document.history());
            let _ = document.edit(Actor { incarnation: 2, ..ACTOR }, &[Edit::set("age", "26_29")]);
        }
    }
}

pub(super) fn controls(ground: &Ground) -> Vec<Vec<u8>> {
    let membership = ground.world.cite.store(|store| store.membership()).unwrap();
    let body = Record::sign(
        document::control::RecordKind::Ledger,
        &LedgerEntry::new(
            ground.about.pathway,
            domain::time::Day(20_000),
            &crate::forms::notice(),
            [],
            [7; 8],
        ),
        &SignerKey::from_secret(&[3; 32]),
    );
    membership.iter().chain([&body]).map(|record| minicbor::to_vec(record).unwrap()).collect()
}

pub(super) fn control(ground: &Ground, bytes: &[u8]) {
    let Ok(record) = minicbor::decode::<Record>(bytes) else { return };
    let _ = record.id();
    let _ = record.read::<LedgerEntry>().map(|entry| entry.act().map(drop));
    let _ = record.read::<MembershipBody>();
    let chain = ground.world.cite.store(|store| store.chain()).unwrap();
    let _ = chain.clone().add(&record);
    let _ = Chain::read([&record]);
    // Past the signature too: as if the founder had signed it.
    let founder = SignerKey::from_secret(&[3; 32]);
    if let Ok(body) = record.read::<MembershipBody>() {
        let signed = Record::sign(record.kind, &body, &founder);
        let mut records = Vec::new();
        if let Ok(mut chain) = Chain::found(&signed) {
            let _ = chain.add(&signed);
            records.push(signed);
        }
        let _ = Chain::read(&records);
    }
}

pub(super) fn enrolments(ground: &Ground) -> Vec<Vec<u8>> {
    let code = InvitationCode::read(&ground.world.invite()).unwrap();
    let join = JoinRequest {
        id: code.id().into(),
        device: [4; 16].into(),
        device_name: "Tablette 3".into(),
        sign: [5; 32].into(),
        agree: [6; 32].into(),
        mac: [2; 32].into(),
    };
    let recover = RecoverRequest {
        record: minicbor::to_vec(Record::sign(
            RecordKind::Membership,
            &7_u8,
            &SignerKey::from_secret(&[3; 32]),
        ))
        .unwrap()
        .into(),
        token_hash: [7; 32].into(),
        proof: [8; 64].into(),
    };
    vec![
        minicbor::to_vec(join).unwrap(),
        minicbor::to_vec(CheckRequest { id: code.id().into() }).unwrap(),
        minicbor::to_vec(recover).unwrap(),
        minicbor::to_vec(PastRequest { sign: [5; 32].into() }).unwrap(),
    ]
}

pub(super) fn enrolment(ground: &Ground, bytes: &[u8]) {
    ground.world.cite.host(|host| {
        if let Ok(request) = minicbor::decode::<JoinRequest>(bytes) {
            assert!(host.join(None, &request).is_err(), "let in without the code");
        }
        if let Ok(request) = minicbor::decode::<CheckRequest>(bytes) {
            let _ = host.check(&request);
        }
        if let Ok(request) = minicbor::decode::<RecoverRequest>(bytes) {
            assert!(host.recover(&request).is_err(), "let in without the sheet");
        }
        if let Ok(request) = minicbor::decode::<PastRequest>(bytes) {
            assert!(host.past(&request).is_err(), "the past without the sheet");
        }
    });
}

pub(super) fn codes(ground: &Ground) -> Vec<Vec<u8>> {
    vec![ground.about.unknown_code.clone().into_bytes(), ground.world.invite().into_bytes()]
}

pub(super) fn code(_: &Ground, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(code) = InvitationCode::read(text) {
        assert_eq!(InvitationCode::read(&code.text()), Some(code), "a code that reads is written the same");
    }
}
