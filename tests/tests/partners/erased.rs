//! After a person was erased: the device of whoever knows a protected partner says which to tell, although nothing
//! of the person is left, and the erasure itself names nobody.

use super::protected::{NAME, clinic, unshared_person};
use super::*;
use domain::api::caseload::ErasedToTell;
use domain::api::member::{Leaving, RevokeMember};
use domain::api::today::ReadToday;
use journeys::line::Line;
use journeys::member::{let_in, newcomer};
use journeys::scene::*;
use journeys::synchronise;

async fn on_the_first_screen(device: &Device) -> Vec<ErasedToTell> {
    call(device, ReadToday {}).await.unwrap().to_tell
}

async fn to_settle(device: &Device) -> Vec<ErasedToTell> {
    call(device, ReadToSettle {}).await.unwrap().to_tell
}

async fn order(scene: &Scene, pathway: PathwayId) {
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::ALL[0] }).await.unwrap();
}

fn names(waiting: &[ErasedToTell]) -> Vec<Option<&str>> {
    waiting.iter().map(|it| it.name.as_deref()).collect()
}

#[tokio::test]
async fn the_author_who_was_offline_is_told_which_partner_to_tell_and_nobody_else_is() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    order(&scene, pathway).await;
    for device in [&scene.ines, &scene.samir] {
        synchronise(device).await;
    }
    let waiting = to_settle(&scene.ines).await;
    assert_eq!(names(&waiting), [None]);
    assert_eq!(waiting[0].known_by.as_ref().unwrap().name.as_deref(), Some("Nadia B."));
    assert!(on_the_first_screen(&scene.nadia).await.is_empty(), "she has not heard of it yet");
    scene.all().await;
    assert!(is_gone(&scene.nadia, pathway).await);
    let hers = on_the_first_screen(&scene.nadia).await;
    assert_eq!(names(&hers), [Some(NAME)]);
    for device in [&scene.ines, &scene.samir] {
        assert!(on_the_first_screen(device).await.is_empty(), "it is not theirs to tell");
    }
    // The coordination sees that one waits, and whom to ask; it names no partner.
    let row = scene.erasures().into_iter().find(|it| !it.partners.is_empty()).unwrap();
    let it = &row.partners[0];
    assert_eq!((it.name.as_deref(), it.known_by.as_deref(), it.told_on), (None, Some("Nadia B."), None));
    // Served again, it changes nothing; told, it is gone from every list.
    scene.all().await;
    assert_eq!(on_the_first_screen(&scene.nadia).await, hers);
    let tell = TellPartner { cause: hers[0].cause.clone(), partner: hers[0].partner };
    assert_eq!(call(&scene.samir, tell.clone()).await.unwrap_err().code, ErrorCode::NotAllowed);
    call(&scene.nadia, tell).await.unwrap();
    scene.all().await;
    assert!(on_the_first_screen(&scene.nadia).await.is_empty() && to_settle(&scene.ines).await.is_empty());
    let row = scene.erasures().into_iter().find(|it| !it.partners.is_empty()).unwrap();
    assert_eq!((row.partners[0].told_on, row.partners[0].by.as_deref()), (Some(today()), Some("Nadia B.")));
}

#[tokio::test]
async fn an_agreement_that_the_cite_never_received_is_told_by_its_author_alone() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    order(&scene, pathway).await;
    synchronise(&scene.ines).await;
    scene.all().await;
    assert!(is_gone(&scene.nadia, pathway).await && to_settle(&scene.ines).await.is_empty());
    let hers = on_the_first_screen(&scene.nadia).await;
    assert_eq!(names(&hers), [Some(NAME)]);
    let (cause, partner) = (hers[0].cause.clone(), hers[0].partner);
    call(&scene.nadia, TellPartner { cause, partner }).await.unwrap();
    assert!(on_the_first_screen(&scene.nadia).await.is_empty());
}

#[tokio::test]
async fn after_everything_was_stopped_who_recorded_it_knows_although_the_notes_went_first() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    say(&scene.samir, pathway, stop()).await;
    scene.all().await;
    let it = partners(&scene.nadia, pathway).await.remove(0);
    assert_eq!((it.name.as_deref(), it.to_tell.is_some()), (Some(NAME), true), "from the objection on");
    assert_eq!(partners(&scene.samir, pathway).await[0].name, None, "the notes are gone for him");
    assert_eq!(scene.world.cite.daily(today().plus(8)).unwrap(), 1);
    scene.all().await;
    assert_eq!(names(&on_the_first_screen(&scene.nadia).await), [Some(NAME)]);
    assert_eq!(names(&to_settle(&scene.ines).await), [None]);
}

#[tokio::test]
async fn who_read_the_notes_when_a_referent_ordered_it_knows_and_what_was_told_before_waits_for_nobody() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    let partner = partners(&scene.nadia, pathway).await[0].partner;
    let other = scene.shared_person(5).await;
    say(&scene.nadia, other, clinic()).await;
    say(&scene.nadia, other, super::protected::withdrawal(partners(&scene.nadia, other).await[0].partner))
        .await;
    let it = partners(&scene.nadia, other).await.remove(0);
    assert_ne!(it.partner, partner, "nobody can tell from the marks that two people go to the same service");
    call(&scene.nadia, TellPartner { cause: it.to_tell.unwrap(), partner: it.partner }).await.unwrap();
    scene.all().await;
    for person in [pathway, other] {
        order(&scene, person).await;
    }
    scene.all().await;
    for device in [&scene.ines, &scene.samir, &scene.nadia] {
        let waiting = on_the_first_screen(device).await;
        assert_eq!(
            waiting.iter().map(|it| (it.name.as_deref(), it.partner)).collect::<Vec<_>>(),
            [(Some(NAME), partner)]
        );
    }
}

#[tokio::test]
async fn a_line_that_is_cut_while_the_erasure_comes_leaves_the_person_or_the_partner_to_tell_never_neither() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    order(&scene, pathway).await;
    synchronise(&scene.ines).await;
    let line = Line::new(scene.world.cite.clone(), scene.nadia.token().unwrap());
    for cut in (0..).step_by(97) {
        *line.cut.lock().unwrap() = Some(cut);
        scene.nadia.sync_with(&line).await;
        let gone = is_gone(&scene.nadia, pathway).await;
        let waits = on_the_first_screen(&scene.nadia).await.len();
        assert_eq!(waits, usize::from(gone), "cut after {cut} bytes");
        if gone {
            break;
        }
        assert!(partners(&scene.nadia, pathway).await[0].name.is_some());
    }
}

#[tokio::test]
async fn on_a_shared_tablet_the_author_knows_although_a_colleague_was_at_work_when_it_came() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    let nadia = journeys::me(&scene.nadia).await.unwrap().user;
    let hugo = newcomer("Hugo M.", domain::role::Role::Mediator, vec![journeys::NORTH]);
    let_in(&scene.ines, hugo, &scene.nadia).await;
    assert_ne!(journeys::me(&scene.nadia).await.unwrap().user, nadia, "Hugo is at work");
    order(&scene, pathway).await;
    synchronise(&scene.ines).await;
    synchronise(&scene.nadia).await;
    assert!(is_gone(&scene.nadia, pathway).await, "Hugo is at work");
    assert!(on_the_first_screen(&scene.nadia).await.is_empty(), "he learns of no partner");
    let unlock = domain::api::session::Unlock { user: nadia, passphrase: journeys::PASSPHRASE.into() };
    call(&scene.nadia, unlock).await.unwrap();
    assert_eq!(names(&on_the_first_screen(&scene.nadia).await), [Some(NAME)]);
}

#[tokio::test]
async fn an_ordinary_partner_of_the_same_person_is_the_referents_to_tell() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    say(&scene.nadia, pathway, share(LIBRARY, &[Part::Contact])).await;
    scene.all().await;
    order(&scene, pathway).await;
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert_eq!(names(&on_the_first_screen(device).await), [Some(NAME)]);
    }
    assert_eq!(names(&to_settle(&scene.ines).await), [Some("Médiathèque (Ville)"), Some(NAME)]);
}

#[tokio::test]
async fn where_who_knows_the_partner_of_an_erased_person_works_here_no_longer_that_is_said() {
    let (scene, _) = begin().await;
    let pathway = unshared_person(&scene).await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    order(&scene, pathway).await;
    assert!(!to_settle(&scene.ines).await[0].known_by_left);
    let leaving = Leaving::Person(journeys::me(&scene.nadia).await.unwrap().user);
    call(&scene.ines, RevokeMember { leaving }).await.unwrap();
    synchronise(&scene.ines).await;
    let it = to_settle(&scene.ines).await.remove(0);
    assert_eq!((it.name, it.known_by_left), (None, true));
    // She can be asked no more, or was reached by other means: the référente notes it.
    call(&scene.ines, TellPartner { cause: it.cause, partner: it.partner }).await.unwrap();
    assert!(to_settle(&scene.ines).await.is_empty());
}
