//! A tablet that was found: who may recover what was not sent, and with which key.

use super::scene::*;
use domain::api::member::{Leaving, RevokeMember};
use domain::api::person::OpenPerson;
use domain::api::rescue::RecoverDevice;
use domain::api::session::*;
use domain::error::ErrorCode;
use domain::hold::Hold;
use domain::role::Role;
use journeys::disk::by_hand;
use journeys::{NORTH, PASSPHRASE, PIN, World, call, me, synchronise};

#[tokio::test]
async fn on_a_shared_tablet_a_revoked_colleagues_entries_wait_for_a_referent_and_nobody_else_sends_them() {
    let (world, [ines, nadia, _]) = founded().await;
    let nadia_is = me(&nadia).await.unwrap();
    let shared = nadia;
    let lea = journeys::member::newcomer("Léa M.", Role::Mediator, vec![NORTH]);
    journeys::member::let_in(&ines, lea, &shared).await;
    call(&shared, UnlockWithPin { user: nadia_is.user, pin: PIN.into() }).await.unwrap();
    let person = met(&shared, 1).await;
    // Only Nadia is revoked; the tablet stays Léa's.
    synchronise(&ines).await;
    call(&ines, RevokeMember { leaving: Leaving::Person(nadia_is.user) }).await.unwrap();
    let lea = match call(&shared, Lock {}).await.unwrap().state {
        SessionState::Locked { users } => users.into_iter().find(|it| it.name == "Léa M.").unwrap().user,
        other => panic!("{other:?}"),
    };
    call(&shared, Unlock { user: lea, passphrase: PASSPHRASE.into() }).await.unwrap();
    for _ in 0..2 {
        assert_eq!(synchronise(&shared).await.to_send, 1, "kept, and not sent under another's hand");
    }
    let held = call(&shared, UnlockWithPin { user: nadia_is.user, pin: PIN.into() }).await.unwrap();
    assert!(matches!(held.state, SessionState::Held { hold: Hold::Revoked, to_send: 1, .. }));
    synchronise(&ines).await;
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    call(&ines, RecoverDevice { folder, recovery: None }).await.unwrap();
    synchronise(&ines).await;
    synchronise(&ines).await;
    assert!(call(&ines, OpenPerson { pathway: person }).await.is_ok());
}

#[tokio::test]
async fn a_referent_of_another_organisation_and_a_folder_that_is_no_tablet_recover_nothing() {
    let world = World::begin().await;
    let other = world.joined_of("Autre Association", "Omar R.", Role::Referent, vec![NORTH]).await;
    let (world, [ines, nadia, _]) = world.founded_by_three().await;
    for _ in 0..2 {
        synchronise(&other).await;
        synchronise(&nadia).await;
    }
    met(&nadia, 1).await;
    let folder = |name: &str| world.folder.path().join(name).to_str().unwrap().to_owned();
    let refused =
        call(&other, RecoverDevice { folder: folder("Nadia B."), recovery: None }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoKeyForDevice);
    for wrong in [folder("server"), folder("Inès R."), folder("nowhere"), String::new()] {
        let refused = call(&ines, RecoverDevice { folder: wrong, recovery: None }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
    // A damaged store is refused, not half read.
    let copy = world.image("Nadia B.", "damaged");
    std::fs::write(copy.join("store.db"), [7_u8; 8192]).unwrap();
    let refused = call(&ines, RecoverDevice { folder: folder("damaged"), recovery: None }).await.unwrap_err();
    assert!(matches!(refused.code, ErrorCode::NoKeyForDevice | ErrorCode::StoreDamaged));
}

#[tokio::test]
async fn a_key_that_is_not_signed_by_whom_it_names_is_not_taken_from_a_found_tablet() {
    for signed in [true, false] {
        let (world, [ines, nadia, _]) = founded().await;
        let user = me(&nadia).await.unwrap().user;
        let person = met(&nadia, 1).await;
        share_all(&nadia, person).await;
        drop(nadia);
        let folder = world.folder.path().join("Nadia B.");
        if !signed {
            let changed = by_hand(&folder, user).execute("UPDATE wrap SET signature = zeroblob(64)", []);
            assert!(changed.unwrap() > 0);
        }
        let folder = folder.to_str().unwrap().to_owned();
        let recovered = call(&ines, RecoverDevice { folder, recovery: None }).await.unwrap();
        assert_eq!((recovered.people, recovered.parts > 0), (1, signed));
    }
}

#[tokio::test]
async fn the_printed_recovery_key_opens_what_is_in_no_referents_hands() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    synchronise(&ines).await;
    let words = journeys::member::establish(&ines).await;
    synchronise(&nadia).await;
    synchronise(&nadia).await;
    let person = met(&nadia, 1).await;
    drop(nadia);
    // Paul came later: nothing was sealed to him. The key on paper opens it, another one does not.
    let paul = world.let_in(&ines, "Paul T.", Role::Referent, vec![NORTH]).await;
    synchronise(&paul).await;
    let folder = world.folder.path().join("Nadia B.").to_str().unwrap().to_owned();
    let request =
        |recovery: Option<&str>| RecoverDevice { folder: folder.clone(), recovery: recovery.map(Into::into) };
    assert_eq!(call(&paul, request(None)).await.unwrap_err().code, ErrorCode::NoKeyForDevice);
    let refused = call(&paul, request(Some(&words.replacen(' ', " x", 1)))).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongSecret);
    assert_eq!(call(&paul, request(Some(&words))).await.unwrap().people, 1);
    synchronise(&paul).await;
    synchronise(&paul).await;
    assert!(call(&paul, OpenPerson { pathway: person }).await.is_ok());
}
