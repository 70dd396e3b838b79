//! Two copies of one tablet, and what each makes of the other's work.

use super::scene::*;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::person::{NamedParts, WritePart};
use domain::api::session::{Lock, Unlock};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::{ObjectionAct, Purpose};
use engine::sync::Outcome;
use journeys::consent::agree;
use journeys::forms::*;
use journeys::line::Line;
use journeys::member::{let_in, newcomer};
use journeys::wire::Answers;
use journeys::{NORTH, PASSPHRASE, call, me, place_in, synchronise};
use std::sync::Mutex;

#[tokio::test]
async fn two_copies_that_wrote_the_same_number_of_one_document_both_keep_everything() {
    for first in [0, 1] {
        let (world, ines, tablet, pathway) = nadia().await;
        let user = me(&tablet).await.unwrap().user;
        // Something waits when the files are copied.
        call(&tablet, later_encounter(2, pathway, place_in(NORTH))).await.unwrap();
        note(&tablet, pathway, "avant la copie").await;
        drop(tablet);
        let folder = world.folder.path();
        copy_files(&folder.join("Nadia B."), &folder.join("copie"));
        let copies = [opened(&world, "Nadia B.", user).await, opened(&world, "copie", user).await];
        for (n, copy) in (10..).zip(&copies) {
            call(copy, later_encounter(n, pathway, place_in(NORTH))).await.unwrap();
            call(copy, first_encounter(n + 10, place_in(NORTH))).await.unwrap();
            note(copy, pathway, &format!("copie {n}")).await;
            note(copy, pathway, &format!("copie {n} encore")).await;
        }
        let mut answers: Vec<Outcome> = Vec::new();
        for turn in 0..4 {
            let copy = &copies[(first + turn) % 2];
            let mut line = Line::new(world.cite.clone(), copy.token().unwrap());
            line.frames = Some(Mutex::default());
            copy.sync_with(&line).await;
            for frame in line.frames.unwrap().into_inner().unwrap() {
                let read = Answers::read(&frame);
                answers.extend(read.groups.into_iter().chain(read.sealed));
            }
        }
        synchronise(&ines).await;
        let clones = answers.iter().filter(|it| **it == Outcome::Clone).count();
        assert_eq!(clones, 3, "one number of the pathway and two of the notes were used twice");
        for device in [&copies[0], &copies[1], &ines] {
            let page = page(device, pathway).await;
            assert_eq!(page.hit.encounters, 4, "{first}: before, waiting, and one of each copy");
            assert_eq!(authors(&page), ["Nadia B."; 4], "{first}");
            let expected =
                [NOTE, "avant la copie", "copie 10", "copie 10 encore", "copie 11", "copie 11 encore"];
            let mut expected = expected.map(str::to_owned);
            expected.sort();
            assert_eq!(notes(&page), expected, "{first}");
            assert!(page.differing.is_empty(), "{first}: nothing was written twice");
            assert_eq!(people(device).await.len(), 3, "{first}");
            let state = state(device).await;
            assert_eq!((state.to_send, state.set_aside), (0, 0), "{first}");
            assert_eq!(state.last_failure, None, "{first}");
        }
    }
}

#[tokio::test]
async fn a_tablet_put_back_from_an_image_gets_back_what_it_had_brought_and_keeps_what_it_wrote_since() {
    for exchanges in 0..4_u8 {
        let (world, ines, tablet, pathway) = nadia().await;
        let user = me(&tablet).await.unwrap().user;
        drop(tablet);
        let folder = world.folder.path();
        copy_files(&folder.join("Nadia B."), &folder.join("image"));
        let tablet = opened(&world, "Nadia B.", user).await;
        for n in 0..exchanges {
            call(&tablet, later_encounter(20 + n, pathway, place_in(NORTH))).await.unwrap();
            call(&tablet, first_encounter(30 + n, place_in(NORTH))).await.unwrap();
            note(&tablet, pathway, &format!("venue avec l’échange {n}")).await;
            synchronise(&tablet).await;
        }
        drop(tablet);
        copy_files(&folder.join("image"), &folder.join("Nadia B."));
        let tablet = opened(&world, "Nadia B.", user).await;
        call(&tablet, later_encounter(40, pathway, place_in(NORTH))).await.unwrap();
        note(&tablet, pathway, "écrite après").await;
        for device in [&tablet, &ines, &tablet, &ines] {
            synchronise(device).await;
        }
        // Whoever works on it is told that its files exist twice; one exchange behind looks like a lost answer.
        assert_eq!(state(&tablet).await.copied_on.is_some(), exchanges > 1, "{exchanges} exchanges since");
        assert_eq!(state(&ines).await.copied_on, None);
        for device in [&tablet, &ines] {
            let page = page(device, pathway).await;
            assert_eq!(page.hit.encounters, 2 + u32::from(exchanges), "{exchanges} exchanges since");
            assert_eq!(page.named.notes.len(), 2 + usize::from(exchanges), "{exchanges} exchanges since");
            assert_eq!(people(device).await.len(), 1 + usize::from(exchanges));
            assert_eq!((state(device).await.to_send, state(device).await.set_aside), (0, 0));
        }
        assert_eq!(shown(&tablet).await.iter().map(|it| it.3).sum::<usize>(), {
            let hers = shown(&ines).await;
            hers.iter().map(|it| it.3).sum::<usize>()
        });
    }
}

#[tokio::test]
async fn what_a_colleague_on_the_tablet_wrote_on_top_is_made_again_under_their_own_name() {
    let (world, ines, tablet, pathway) = nadia().await;
    let nadia = me(&tablet).await.unwrap().user;
    let_in(&ines, newcomer("Samir D.", Role::Mediator, vec![NORTH]), &tablet).await;
    let samir = me(&tablet).await.unwrap().user;
    for device in [&tablet, &ines, &tablet] {
        synchronise(device).await;
    }
    drop(tablet);
    let folder = world.folder.path();
    copy_files(&folder.join("Nadia B."), &folder.join("copie"));
    // On the tablet Nadia writes, then Samir on top of it, and neither exchanges.
    let tablet = opened(&world, "Nadia B.", nadia).await;
    call(&tablet, later_encounter(10, pathway, place_in(NORTH))).await.unwrap();
    note(&tablet, pathway, "de Nadia").await;
    call(&tablet, Lock {}).await.unwrap();
    call(&tablet, Unlock { user: samir, passphrase: PASSPHRASE.into() }).await.unwrap();
    call(&tablet, later_encounter(11, pathway, place_in(NORTH))).await.unwrap();
    note(&tablet, pathway, "de Samir").await;
    call(&tablet, Lock {}).await.unwrap();
    // The copy exchanges first, under the same numbers.
    let copy = opened(&world, "copie", nadia).await;
    call(&copy, later_encounter(12, pathway, place_in(NORTH))).await.unwrap();
    note(&copy, pathway, "de la copie").await;
    synchronise(&copy).await;
    // Nadia exchanges on the tablet: her edits are made again at once, Samir's once he is at work.
    call(&tablet, Unlock { user: nadia, passphrase: PASSPHRASE.into() }).await.unwrap();
    synchronise(&tablet).await;
    assert_eq!(state(&tablet).await.to_send, 1, "Samir's waits for him");
    assert_eq!(page(&tablet, pathway).await.hit.encounters, 3);
    call(&tablet, Lock {}).await.unwrap();
    call(&tablet, Unlock { user: samir, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(page(&tablet, pathway).await.hit.encounters, 4, "there as soon as he is");
    for device in [&tablet, &copy, &ines, &tablet, &copy, &ines] {
        synchronise(device).await;
    }
    for device in [&tablet, &copy, &ines] {
        let page = page(device, pathway).await;
        let mut authors = authors(&page);
        authors.sort();
        assert_eq!(authors, ["Nadia B.", "Nadia B.", "Nadia B.", "Samir D."]);
        let state = state(device).await;
        assert_eq!((state.to_send, state.set_aside), (0, 0));
    }
    let mut expected = [NOTE, "de Nadia", "de Samir", "de la copie"].map(str::to_owned);
    expected.sort();
    assert_eq!(notes(&page(&ines, pathway).await), expected);
}

#[tokio::test]
async fn what_arrives_under_a_number_that_something_withheld_has_is_taken_and_both_stay() {
    let (world, ines, tablet, pathway) = nadia().await;
    let user = me(&tablet).await.unwrap().user;
    let other = call(&tablet, first_encounter(2, place_in(NORTH))).await.unwrap().pathway.unwrap();
    synchronise(&tablet).await;
    drop(tablet);
    let folder = world.folder.path();
    copy_files(&folder.join("Nadia B."), &folder.join("copie"));
    let tablet = opened(&world, "Nadia B.", user).await;
    let copy = opened(&world, "copie", user).await;
    // The tablet is told that the identity may be shared, and writes; the copy writes and was not told.
    agree(&tablet, pathway, &[Purpose::ShareIdentity]).await;
    let named = NamedParts { family_name: Some("Inventée".into()), ..NamedParts::default() };
    call(&tablet, WritePart { pathway, named }).await.unwrap();
    let named = NamedParts { birth_date: Some(Day(10_000)), ..NamedParts::default() };
    call(&copy, WritePart { pathway, named }).await.unwrap();
    // Somebody else tells the copy that the cité is not to have anything more, after both wrote.
    call(&tablet, later_encounter(10, other, place_in(NORTH))).await.unwrap();
    call(&copy, later_encounter(11, other, place_in(NORTH))).await.unwrap();
    let kind = LedgerActKind::Objection { act: ObjectionAct::NoSharing };
    call(&copy, AddLedgerEntry { pathway: other, act: act(kind) }).await.unwrap();
    for device in [&tablet, &copy] {
        synchronise(device).await;
    }
    let seen = page(&copy, other).await;
    assert_eq!(seen.hit.encounters, 3, "its own and the tablet's");
    assert_eq!(state(&copy).await.to_send, 1, "its own is withheld, not lost");
    for device in [&copy, &tablet, &ines] {
        synchronise(device).await;
    }
    for device in [&copy, &tablet, &ines] {
        let named = page(device, pathway).await.named;
        assert_eq!((named.family_name.as_deref(), named.birth_date), (Some("Inventée"), Some(Day(10_000))));
    }
}
