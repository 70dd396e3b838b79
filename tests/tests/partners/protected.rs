//! A protected partner: what the ledger says, what the notes say, and who knows.

use super::*;
use domain::api::caseload::LinkPeople;
use domain::api::copy::CopyForPerson;
use domain::copy::AccessCopy;
use journeys::bytes::holds;
use journeys::disk::Disk;
use journeys::forms::first_encounter;
use journeys::line::Line;
use journeys::scene::*;
use journeys::wire::opened;
use journeys::{NORTH, place_in};

pub const NAME: &str = "CSAPA (Ville)";

/// A person whose notes Nadia shares with nobody.
pub async fn unshared_person(scene: &Scene) -> PathwayId {
    let pathway = call(&scene.nadia, first_encounter(2, place_in(NORTH))).await.unwrap().pathway.unwrap();
    scene.all().await;
    pathway
}

pub fn clinic() -> LedgerActKind {
    share(CLINIC, &[Part::Contact])
}

/// What each of them sees of the first partner: its name, and whether it holds.
pub async fn seen_by(device: &Device, pathway: PathwayId) -> (Option<String>, bool) {
    let it = partners(device, pathway).await.remove(0);
    (it.name, it.granted)
}

pub fn withdrawal(partner: PartnerId) -> LedgerActKind {
    LedgerActKind::Withdrawal { purpose: Purpose::ShareWithPartner, keep_on: None, partner: Some(partner) }
}

#[tokio::test]
async fn the_ledger_says_a_protected_partner_and_who_reads_the_notes_knows_which() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    for device in [&scene.nadia, &scene.samir, &scene.ines] {
        assert_eq!(seen_by(device, pathway).await, (Some(NAME.to_owned()), true));
        let it = partners(device, pathway).await.remove(0);
        assert!(matches!(it.partner, PartnerId::Protected(_)), "the ledger names it by a mark");
        assert_eq!((it.parts, it.by.unwrap().name.as_deref()), (vec![Part::Contact], Some("Nadia B.")));
    }
}

#[tokio::test]
async fn where_notes_are_shared_with_nobody_only_who_recorded_it_knows_until_the_person_agrees() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    assert_eq!(seen_by(&scene.nadia, pathway).await, (Some(NAME.to_owned()), true));
    for device in [&scene.samir, &scene.ines] {
        assert_eq!(seen_by(device, pathway).await, (None, true));
        let by = partners(device, pathway).await.remove(0).by.unwrap();
        assert_eq!(by.name.as_deref(), Some("Nadia B."), "she knows which it is");
    }
    say(&scene.nadia, pathway, agreement(Purpose::ShareNotes)).await;
    scene.all().await;
    assert_eq!(seen_by(&scene.ines, pathway).await, (Some(NAME.to_owned()), true));
    // No longer shared: who recorded it still knows whom to tell one day, and nobody else does.
    let kind = LedgerActKind::Withdrawal { purpose: Purpose::ShareNotes, keep_on: None, partner: None };
    say(&scene.samir, pathway, kind).await;
    scene.all().await;
    assert_eq!(seen_by(&scene.nadia, pathway).await, (Some(NAME.to_owned()), true));
    for device in [&scene.samir, &scene.ines] {
        assert_eq!(seen_by(device, pathway).await, (None, true));
    }
}

#[tokio::test]
async fn which_protected_partner_it_is_stands_nowhere_on_the_line_or_on_the_server() {
    let (scene, pathway) = begin().await;
    let mut line = Line::new(scene.world.cite.clone(), scene.nadia.token().unwrap());
    line.uploads = Some(Default::default());
    say(&scene.nadia, pathway, share(LIBRARY, &[Part::Contact])).await;
    say(&scene.nadia, pathway, clinic()).await;
    let mark = partners(&scene.nadia, pathway).await.into_iter().find_map(|it| match it.partner {
        PartnerId::Protected(mark) => Some(mark),
        PartnerId::Open(_) => None,
    });
    let mark = mark.unwrap();
    scene.nadia.sync_with(&line).await;
    say(&scene.nadia, pathway, withdrawal(PartnerId::Protected(mark))).await;
    scene.nadia.sync_with(&line).await;
    let cause = partners(&scene.nadia, pathway).await.into_iter().find_map(|it| it.to_tell).unwrap();
    call(&scene.nadia, TellPartner { cause, partner: PartnerId::Protected(mark) }).await.unwrap();
    scene.nadia.sync_with(&line).await;
    scene.all().await;
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::ALL[0] }).await.unwrap();
    scene.all().await;
    let uploads = line.uploads.take().unwrap().into_inner().unwrap();
    let mut sent = uploads.iter().flat_map(|it| [it.clone(), opened(it)]).collect::<Vec<_>>();
    sent.push(std::fs::read(scene.world.folder.path().join("server/control.journal")).unwrap());
    let find = |hay: &[u8], needle: &[u8]| hay.windows(needle.len()).any(|it| it == needle);
    assert!(sent.iter().any(|it| find(it, LIBRARY.as_bytes())), "an ordinary one is named");
    assert!(sent.iter().any(|it| find(it, mark.as_bytes())), "the mark is sent");
    for bytes in &sent {
        assert!(
            !find(bytes, CLINIC.as_bytes()) && !holds(bytes, &CLINIC.to_string()) && !holds(bytes, "CSAPA")
        );
    }
    // The directory on the server knows its identifier as text, whoever goes there: as bytes it stands nowhere.
    let disk = Disk::of_server(&scene.world.folder.path().join("server"));
    assert!(disk.holds(mark.as_bytes()), "what is told stays, without a name");
    assert!(disk.holds(LIBRARY.as_bytes()));
    assert!(!disk.holds(CLINIC.as_bytes()));
}

#[tokio::test]
async fn which_partner_it_is_is_not_recorded_of_who_did_not_agree_to_what_is_sensitive() {
    let (scene, pathway) = begin().await;
    let purpose = Purpose::RecordSensitive;
    say(&scene.nadia, pathway, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }).await;
    let request = AddLedgerEntry { pathway, act: act(clinic()) };
    let refused = call(&scene.nadia, request).await.unwrap_err().code;
    assert_eq!((refused, partners(&scene.nadia, pathway).await.len()), (ErrorCode::SensitiveNotAgreed, 0));
    say(&scene.nadia, pathway, share(LIBRARY, &[Part::Contact])).await;
}

#[tokio::test]
async fn in_a_first_encounter_it_is_recorded_with_what_else_the_person_agrees_to() {
    let (scene, _) = begin().await;
    let mut first = first_encounter(4, place_in(NORTH));
    first.form.ledger.push(act(clinic()));
    let pathway = call(&scene.nadia, first).await.unwrap().pathway.unwrap();
    assert_eq!(seen_by(&scene.nadia, pathway).await, (Some(NAME.to_owned()), true));
    // Without the agreement to note what is sensitive nothing of the encounter is written.
    let mut first = first_encounter(5, place_in(NORTH));
    first.form.barriers.clear();
    first.form.ledger = vec![journeys::forms::notice(), act(clinic())];
    assert_eq!(call(&scene.nadia, first).await.unwrap_err().code, ErrorCode::SensitiveNotAgreed);
}

#[tokio::test]
async fn a_mark_is_no_partner_to_ask_for_and_a_protected_service_is_not_withdrawn_by_its_name() {
    let (scene, pathway) = begin().await;
    let mark = PartnerId::Protected(domain::ids::PartnerMark::from_bytes([7; 16]));
    let LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, .. } = clinic() else {
        unreachable!()
    };
    let partner = Some(PartnerShare { partner: mark, parts: vec![Part::Contact] });
    let by_mark = LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, partner };
    for kind in [by_mark, withdrawal(PartnerId::Open(CLINIC))] {
        let refused = call(&scene.nadia, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
}

#[tokio::test]
async fn agreed_to_again_it_is_one_partner_and_there_is_nothing_to_tell() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    let partner = partners(&scene.nadia, pathway).await[0].partner;
    say(&scene.nadia, pathway, withdrawal(partner)).await;
    scene.all().await;
    assert!(partners(&scene.samir, pathway).await[0].to_tell.is_some());
    say(&scene.samir, pathway, clinic()).await;
    scene.all().await;
    let all = partners(&scene.ines, pathway).await;
    assert_eq!(all.iter().map(|it| (it.granted, it.to_tell.is_some())).collect::<Vec<_>>(), [(true, false)]);
}

#[tokio::test]
async fn two_colleagues_who_recorded_it_apart_have_it_withdrawn_together() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    say(&scene.samir, pathway, clinic()).await;
    scene.all().await;
    let both = partners(&scene.ines, pathway).await;
    assert_eq!(both.len(), 2, "neither knew of the other");
    say(&scene.ines, pathway, withdrawal(both[0].partner)).await;
    scene.all().await;
    let ended = partners(&scene.samir, pathway).await;
    assert!(ended.iter().all(|it| !it.granted && it.to_tell.is_some()), "{ended:?}");
}

#[tokio::test]
async fn what_is_withdrawn_in_one_record_binds_the_records_linked_with_it() {
    let (scene, one) = begin().await;
    let other = scene.shared_person(3).await;
    say(&scene.nadia, one, clinic()).await;
    say(&scene.samir, other, clinic()).await;
    scene.all().await;
    call(&scene.ines, LinkPeople { one, other, same: true }).await.unwrap();
    scene.all().await;
    let partner = partners(&scene.nadia, one).await[0].partner;
    say(&scene.nadia, one, withdrawal(partner)).await;
    scene.all().await;
    for record in [one, other] {
        let it = partners(&scene.ines, record).await.remove(0);
        assert_eq!((it.granted, it.to_tell.is_some()), (false, true));
    }
}

#[tokio::test]
async fn the_copy_for_the_person_names_it_and_what_the_server_holds_does_not() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    let made = call(&scene.nadia, CopyForPerson { pathway }).await.unwrap();
    let copy: AccessCopy = serde_json::from_str(&made.data).unwrap();
    let names =
        |copy: &AccessCopy| copy.recipients.iter().filter_map(|it| it.name.clone()).collect::<Vec<_>>();
    assert!(names(&copy).contains(&NAME.to_owned()) && made.page.contains("Partenaires protégés"));
    let said = |copy: &AccessCopy| copy.ledger.iter().any(|line| line.act.contains(NAME));
    assert!(said(&copy));
    let made = call(&scene.samir, CopyForPerson { pathway }).await.unwrap();
    let copy: AccessCopy = serde_json::from_str(&made.data).unwrap();
    assert!(names(&copy).contains(&"partenaire protégé, connu de Nadia B.".to_owned()) && !said(&copy));
    let copy = scene.world.cite.store(|store| engine::copy::on_server(store, pathway, today())).unwrap();
    let copy = serde_json::to_string(&copy).unwrap();
    assert!(copy.contains("partenaire protégé, connu de Nadia B.") && !copy.contains("CSAPA"));
}
