//! Filled forms, about people who are obviously invented.

use domain::api::encounter::*;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind};
use domain::api::person::{NamedParts, ProfileForm};
use domain::ids::{DraftId, PathwayId};
use domain::location::Location;
use domain::vocabulary::*;

/// A name that no coded document may ever hold.
pub const FIRST_NAME: &str = "Zébulonne";
/// A phone number of the range kept for fiction.
pub const PHONE: &str = "06 39 98 00 01";
/// A note.
pub const NOTE: &str = "cherche un mode de garde le mercredi";

/// The notice, spoken.
pub fn notice() -> LedgerAct {
    act(LedgerActKind::Notice { version: 1, language: "fr".into() })
}

/// The agreement that a sensitive difficulty be recorded, spoken.
pub fn sensitive_agreed() -> LedgerAct {
    act(agreement(Purpose::RecordSensitive))
}

/// An agreement to a purpose: with the whole team, without an end.
pub fn agreement(purpose: Purpose) -> LedgerActKind {
    LedgerActKind::Agreement {
        purpose,
        organisations: vec![],
        excluded: vec![],
        channel: None,
        until: None,
        partner: None,
    }
}

/// An act, spoken in private by the person.
pub fn act(kind: LedgerActKind) -> LedgerAct {
    LedgerAct { kind, circumstances: Circumstances::default() }
}

/// A draft's identifier.
pub fn draft(n: u8) -> DraftId {
    DraftId::from_bytes([n; 16])
}

/// A first rencontre: a young woman without childcare, with a name, a phone, a note and an agreement
/// that what is sensitive be recorded.
pub fn first_encounter(n: u8, contact_place: Location) -> RecordEncounter {
    let person = NewPerson {
        profile: ProfileForm {
            age: Some(AgeBand::From18To25),
            gender: Some(Gender::Woman),
            household: Some(Household::SingleParent),
            residence: Some(contact_place),
            residence_evidence: None,
        },
        named: NamedParts {
            first_name: Some(FIRST_NAME.into()),
            initial: Some("T".into()),
            phone: Some(PHONE.into()),
            ..NamedParts::default()
        },
    };
    let childcare = BarrierForm {
        domain: BarrierDomain::Family,
        situations: ["24/13".to_owned(), "24/14".to_owned()].into(),
        impact: Some(Impact::Strong),
        priority: Some(Priority::High),
    };
    let form = EncounterForm {
        whom: Whom::New(Box::new(person)),
        contact_place: Some(contact_place),
        ledger: vec![notice(), sensitive_agreed()],
        needs: [NeedKind::Job].into(),
        barriers: vec![childcare],
        acts: [Act::Listen].into(),
        note: Some(NOTE.into()),
        ..EncounterForm::default()
    };
    RecordEncounter { draft: draft(n), form }
}

/// A later rencontre with someone known.
pub fn later_encounter(n: u8, pathway: PathwayId, contact_place: Location) -> RecordEncounter {
    let form = EncounterForm {
        whom: Whom::Known(pathway),
        contact_place: Some(contact_place),
        acts: [Act::HelpProcedure].into(),
        ..EncounterForm::default()
    };
    RecordEncounter { draft: draft(n), form }
}
