//! Several protected partners of one person, and one partner in several records of one person.

use super::protected::{NAME, clinic, seen_by, withdrawal};
use super::*;
use domain::api::caseload::LinkPeople;

const PROBATION: SolutionId = SolutionId::from_bytes([0x5b; 16]);

async fn linked() -> (Scene, PathwayId, PathwayId) {
    let (scene, one) = begin().await;
    let other = scene.shared_person(3).await;
    (scene, one, other)
}

async fn link(scene: &Scene, one: PathwayId, other: PathwayId) {
    scene.all().await;
    call(&scene.ines, LinkPeople { one, other, same: true }).await.unwrap();
    scene.all().await;
}

#[tokio::test]
async fn each_protected_partner_has_its_mark_and_the_withdrawal_from_one_leaves_the_other() {
    let (scene, pathway) = begin().await;
    let mut all = directory();
    all.push(solution(PROBATION, "SPIP", true));
    scene.world.cite.store(|store| store.publish_asset(asset::SOLUTIONS, &all)).unwrap();
    scene.all().await;
    say(&scene.nadia, pathway, clinic()).await;
    say(&scene.nadia, pathway, share(PROBATION, &[Part::Identity])).await;
    scene.all().await;
    let known = async |device| {
        let all = partners(device, pathway).await;
        let mut all = all.into_iter().map(|it| (it.name.unwrap(), it.granted)).collect::<Vec<_>>();
        all.sort();
        all
    };
    let (clinic, probation) = (NAME.to_owned(), "SPIP (Ville)".to_owned());
    assert_eq!(known(&scene.samir).await, [(clinic.clone(), true), (probation.clone(), true)]);
    let all = partners(&scene.samir, pathway).await;
    let partner = all.iter().find(|it| it.name.as_deref() == Some(NAME)).unwrap().partner;
    say(&scene.samir, pathway, withdrawal(partner)).await;
    scene.all().await;
    assert_eq!(known(&scene.ines).await, [(clinic, false), (probation, true)]);
}

#[tokio::test]
async fn agreed_to_in_a_linked_record_it_is_the_same_partner_and_the_notes_of_that_record_say_which() {
    let (scene, one, other) = linked().await;
    say(&scene.nadia, one, clinic()).await;
    link(&scene, one, other).await;
    say(&scene.samir, other, clinic()).await;
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        let (here, there) = (partners(device, one).await, partners(device, other).await);
        assert_eq!((here.len(), there.len(), here[0].partner), (1, 1, there[0].partner));
        assert_eq!(seen_by(device, other).await, (Some(NAME.to_owned()), true));
    }
}

#[tokio::test]
async fn who_knows_the_partner_from_a_linked_record_says_there_that_it_was_told() {
    let (scene, one, other) = linked().await;
    say(&scene.nadia, one, clinic()).await;
    say(&scene.samir, other, clinic()).await;
    link(&scene, one, other).await;
    let partner = partners(&scene.nadia, one).await[0].partner;
    say(&scene.nadia, one, withdrawal(partner)).await;
    scene.all().await;
    let ended = partners(&scene.samir, other).await.remove(0);
    assert_ne!(ended.partner, partner, "each record has its mark");
    let tell = TellPartner { cause: ended.to_tell.unwrap(), partner: ended.partner };
    call(&scene.samir, tell).await.unwrap();
    scene.all().await;
    let told = partners(&scene.nadia, other).await.remove(0).told.unwrap();
    assert_eq!(told.1.name.as_deref(), Some("Samir D."));
}
