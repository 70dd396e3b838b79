//! A forgotten passphrase.

use super::scene::*;
use domain::api::member::{InviteMember, Invitee};
use domain::api::person::{NamedParts, OpenPerson, WritePart};
use domain::api::rescue::{OpenWithRescueKey, ShowRescueKey};
use domain::api::session::*;
use domain::error::ErrorCode;
use journeys::forms::PHONE;
use journeys::{PASSPHRASE, call, me, synchronise};

#[tokio::test]
async fn who_forgot_the_passphrase_joins_again_on_the_same_tablet_and_loses_no_entry() {
    let (world, [ines, nadia, samir]) = founded().await;
    let shared = met(&nadia, 1).await;
    share_all(&nadia, shared).await;
    synchronise(&nadia).await;
    let unsent = met(&nadia, 2).await;
    let (user, device) = me(&nadia).await.map(|it| (it.user, it.device.unwrap())).unwrap();
    drop(nadia);
    synchronise(&ines).await;

    let tablet = world.tablet("Nadia B.");
    assert_eq!(call(&samir, ShowRescueKey { device }).await.unwrap_err().code, ErrorCode::NotAllowed);
    let key = call(&ines, ShowRescueKey { device }).await.unwrap().key;
    let wrong = key.expose().replacen(|c: char| c.is_ascii_digit(), "Z", 1);
    let refused = call(&tablet, OpenWithRescueKey { key: wrong.as_str().into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongSecret);
    let opened = call(&tablet, OpenWithRescueKey { key }).await.unwrap();
    assert_eq!((opened.to_send, opened.losses.len()), (1, 1));
    assert_eq!((opened.losses[0].parts, opened.losses[0].drafts), (3, 0), "said before, not after");
    // The key alone shows nothing: nobody is at work, no call is served.
    assert_eq!(call(&tablet, OpenPerson { pathway: shared }).await.unwrap_err().code, ErrorCode::Locked);

    let again = InviteMember { who: Invitee::Known { user } };
    journeys::member::let_in(&ines, again, &tablet).await;
    assert_eq!(me(&tablet).await.map(|it| (it.user, it.device)), Some((user, Some(device))));
    assert_eq!(synchronise(&tablet).await.to_send, 0);
    for device in [&ines, &samir, &tablet] {
        synchronise(device).await;
    }
    // What was not sent has arrived under her name; what is shared opens with her new keys.
    let page = call(&samir, OpenPerson { pathway: unsent }).await.unwrap();
    assert!(page.timeline.iter().all(|it| format!("{it:?}").contains("Nadia B.")));
    let page = call(&tablet, OpenPerson { pathway: shared }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE));
    // What she had shared with nobody is lost with the passphrase; she can write it again.
    let page = call(&tablet, OpenPerson { pathway: unsent }).await.unwrap();
    assert_eq!(page.named.phone, None);
    let named = NamedParts { phone: Some(PHONE.into()), ..NamedParts::default() };
    call(&tablet, WritePart { pathway: unsent, named }).await.unwrap();
    let page = call(&tablet, OpenPerson { pathway: unsent }).await.unwrap();
    assert_eq!(page.named.phone.as_deref(), Some(PHONE));
    drop(tablet);
    let tablet = world.tablet("Nadia B.");
    call(&tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}
