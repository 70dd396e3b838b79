//! The story, told to the end.

use super::scene::*;
use domain::api::draft::{Draft, DraftForm, SaveDraft};
use domain::api::encounter::{EncounterForm, NewPerson, Whom};
use domain::api::member::{InviteMember, Invitee, Leaving, RevokeMember};
use domain::api::person::{OpenPerson, SearchPeople};
use domain::api::rescue::{ListRescues, RecoverDevice};
use domain::api::session::*;
use domain::api::sync::SyncNow;
use domain::error::ErrorCode;
use domain::hold::Hold;
use domain::ids::DraftId;
use journeys::bytes::found_in;
use journeys::forms::*;
use journeys::{NORTH, PASSPHRASE, PIN, World, call, me, place_in, synchronise};
use std::path::PathBuf;

#[tokio::test]
async fn a_lost_tablet_with_unsent_entries_told_to_the_end() {
    let (world, [ines, nadia, samir]) = founded().await;
    // Nadia meets three people without a network. One lets her share with the team, one does not; she leaves
    // a form half filled, and loses the tablet.
    let before = met(&nadia, 1).await;
    share_all(&nadia, before).await;
    synchronise(&nadia).await;
    let shared = met(&nadia, 2).await;
    share_all(&nadia, shared).await;
    let alone = met(&nadia, 3).await;
    let later = call(&nadia, later_encounter(4, before, place_in(NORTH))).await.unwrap();
    let mut person = NewPerson::default();
    person.named.first_name = Some("Théodulphe".into());
    let form = EncounterForm { whom: Whom::New(Box::new(person)), ..EncounterForm::default() };
    let draft =
        Draft { id: DraftId::from_bytes([8; 16]), revision: 1, form: DraftForm::Encounter(Box::new(form)) };
    call(&nadia, SaveDraft { draft }).await.unwrap();
    let (user, device) = me(&nadia).await.map(|it| (it.user, it.device.unwrap())).unwrap();
    drop(nadia);

    // Inès has it revoked.
    synchronise(&ines).await;
    call(&ines, RevokeMember { leaving: Leaving::Device(device) }).await.unwrap();

    // Whoever copies the disk reads nothing: no name, no phone, no code, no identifier of a person, no PIN.
    let copy = world.image("Nadia B.", "image");
    let ids = [before, shared, alone].map(|it| it.to_string());
    let words = [FIRST_NAME, PHONE, NOTE, "Théodulphe", PIN, PASSPHRASE, "24/13", "qpv:QN09997M"];
    for words in words.into_iter().chain(ids.iter().map(String::as_str)) {
        assert_eq!(found_in(&copy, words), Vec::<PathBuf>::new(), "{words}");
    }
    // Nor with the PIN: it never stands beside the file and opens nothing after a cold start.
    let thief = journeys::device(&copy);
    let refused = call(&thief, UnlockWithPin { user, pin: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseNeeded);
    let refused = call(&thief, Unlock { user, passphrase: PIN.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongSecret);
    drop(thief);

    // The tablet is found again. Whoever tries it is told what to do with it, and reads nothing.
    let found = world.tablet("Nadia B.");
    call(&found, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    let refused = call(&found, SyncNow {}).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Revoked);
    let SessionState::Locked { users } = call(&found, Status {}).await.unwrap().state else { panic!() };
    assert_eq!((users[0].hold, users[0].pin_is_enough), (Some(Hold::Revoked), false));
    call(&found, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
    let SessionState::Held { hold, to_send, beside, .. } = call(&found, Status {}).await.unwrap().state
    else {
        panic!()
    };
    assert_eq!((hold, to_send), (Hold::Revoked, 3), "nothing was destroyed");
    // What can be recovered is told apart from what only she could open.
    assert_eq!((beside.parts, beside.alone, beside.drafts), (3, 3, 1));
    assert!(beside.records > 0);
    for refused in [
        call(&found, SearchPeople { query: "zeb".into(), limit: 5 }).await.unwrap_err(),
        call(&found, OpenPerson { pathway: alone }).await.unwrap_err(),
        call(&found, later_encounter(9, alone, place_in(NORTH))).await.unwrap_err(),
    ] {
        assert_eq!(refused.code, ErrorCode::Revoked);
    }
    drop(found);

    // Samir is no référent; Inès recovers what the tablet had not sent, from its folder.
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request = RecoverDevice { folder, recovery: None };
    assert_eq!(call(&samir, request.clone()).await.unwrap_err().code, ErrorCode::NotAllowed);
    let rescues = call(&ines, ListRescues {}).await.unwrap();
    let listed = rescues.devices.iter().find(|it| it.device == device).unwrap();
    assert!(listed.revoked && listed.has_key);
    let recovered = call(&ines, request.clone()).await.unwrap();
    assert_eq!(recovered.changes.len(), 1);
    assert_eq!(recovered.changes[0].0, "Nadia B.", "each under her own name");
    assert_eq!((recovered.people, recovered.refused), (3, 0));
    // Of the person who agreed to nothing the name, the phone and the note are lost with the passphrase.
    assert_eq!((recovered.unreadable_parts, recovered.unreadable_drafts), (3, 1));
    assert!(recovered.parts > 0 && recovered.records > 0);
    let again = call(&ines, request.clone()).await.unwrap();
    assert_eq!((again.people, again.changes.len()), (0, 0), "twice is once");
    assert_eq!(std::fs::read_dir(world.folder.path().join("Inès R.")).unwrap().count(), file_count(&world));

    // Sent with her signatures; then everybody who may has it.
    synchronise(&ines).await;
    assert_eq!(call(&ines, ListRescues {}).await.unwrap().waiting, 0);
    synchronise(&ines).await;
    synchronise(&samir).await;
    for colleague in [&ines, &samir] {
        let page = call(colleague, OpenPerson { pathway: shared }).await.unwrap();
        assert_eq!(page.hit.label.name.as_deref(), Some("Zébulonne T."));
        assert_eq!(page.named.phone.as_deref(), Some(PHONE));
        let page = call(colleague, OpenPerson { pathway: alone }).await.unwrap();
        assert_eq!((page.hit.label.name, page.named.phone), (None, None));
        let page = call(colleague, OpenPerson { pathway: before }).await.unwrap();
        assert!(page.timeline.iter().any(|it| format!("{it:?}").contains(&later.encounter.to_string())));
        assert!(page.timeline.iter().all(|it| format!("{it:?}").contains("Nadia B.")), "attributed to her");
    }

    // A new tablet for Nadia: two exchanges, and she has her sector.
    let new = world.tablet("Nouvelle tablette");
    let again = InviteMember { who: Invitee::Known { user } };
    journeys::member::let_in(&ines, again, &new).await;
    synchronise(&ines).await;
    synchronise(&new).await;
    for pathway in [before, shared, alone] {
        call(&new, OpenPerson { pathway }).await.unwrap();
    }
    let page = call(&new, OpenPerson { pathway: shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE), "what is shared opens");
}

/// Files of a device that has joined and is at rest: nothing of a recovery is left.
fn file_count(world: &World) -> usize {
    std::fs::read_dir(world.folder.path().join("Samir D.")).unwrap().count()
}
