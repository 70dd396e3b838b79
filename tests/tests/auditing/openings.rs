//! Who opened the record of a given person: each device answers for the user at work.

use super::{report, worked};
use domain::api::audit::ReadOpenings;
use domain::api::copy::CopyForPerson;
use domain::api::person::OpenPerson;
use domain::error::ErrorCode;
use domain::role::Role;
use domain::vocabulary::AuditAct;
use journeys::forms::*;
use journeys::{NORTH, World, call, place_in, synchronise};

#[tokio::test]
async fn a_referent_sees_what_she_did_with_a_persons_record_on_this_device() {
    let world = World::begin().await;
    let (nadia, pathway) = worked(&world).await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let other = call(&ines, first_encounter(5, place_in(NORTH))).await.unwrap().pathway.unwrap();
    call(&ines, OpenPerson { pathway }).await.unwrap();
    call(&ines, OpenPerson { pathway: other }).await.unwrap();
    call(&ines, CopyForPerson { pathway }).await.unwrap();
    let seen = call(&ines, ReadOpenings { pathway }).await.unwrap();
    let acts: Vec<_> = seen.lines.iter().filter_map(|(_, act)| *act).collect();
    assert_eq!(acts, [AuditAct::Copy, AuditAct::Open], "hers alone, about this person alone, newest first");
    assert_eq!((seen.who.as_str(), seen.others.len(), seen.pseudonyms.len()), ("Inès R.", 0, 1));
    // Asking is itself noted, about the same person.
    let again = call(&ines, ReadOpenings { pathway }).await.unwrap();
    assert_eq!(again.lines[0].1, Some(AuditAct::ReadAudit));
    // The administrator finds the same entries under the pseudonym she gives, and no colleague's.
    synchronise(&ines).await;
    synchronise(&nadia).await;
    let filter = domain::api::audit::AuditFilter {
        about: Some(seen.pseudonyms[0].to_uppercase()),
        ..Default::default()
    };
    let request = domain::api::audit::ReadAudit { filter, offset: 0, limit: 50 };
    let page = report(&world).page(&request);
    assert_eq!(page.total, 4, "{:?}", page.lines);
    assert!(page.lines.iter().all(|it| it.who.as_deref() == Some("Inès R.")));
}

#[tokio::test]
async fn a_mediator_answers_for_herself_about_people_she_may_open_and_nobody_about_others() {
    let world = World::begin().await;
    let (nadia, pathway) = worked(&world).await;
    call(&nadia, OpenPerson { pathway }).await.unwrap();
    let seen = call(&nadia, ReadOpenings { pathway }).await.unwrap();
    assert!(seen.lines.iter().any(|(_, act)| *act == Some(AuditAct::Open)));
    assert_eq!((seen.who.as_str(), seen.pseudonyms.len()), ("Nadia B.", 1));
    let mediator = world.joined("Samir D.", Role::Mediator, vec![journeys::SOUTH]).await;
    let refused = call(&mediator, ReadOpenings { pathway }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    let south = world.joined("Karim S.", Role::Referent, vec![journeys::SOUTH]).await;
    let refused = call(&south, ReadOpenings { pathway }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
}
