//! An invitation lets somebody new in; it replaces the keys of nobody.

use domain::error::ErrorCode;
use domain::role::Role;
use engine::enrol::{Invited, organisation_of};
use journeys::foreign::{Foreign, join_request};
use journeys::{ASSOCIATION, NORTH, World, call, me, synchronise};

#[tokio::test]
async fn a_stranger_with_an_invitation_does_not_pass_for_a_colleagues_tablet() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let device = *me(&nadia).await.unwrap().device.unwrap().as_bytes();
    let before = world.cite.store(|store| store.chain()).unwrap();
    let code = world.invite_as("Samir D.", Role::Mediator, vec![NORTH]);
    let signer = document::SignerKey::from_secret(&[9; 32]);
    let request = join_request(&code, &signer, device);
    let other = Foreign::join(&world, 3, vec![NORTH]).unwrap();
    for shown in [None, Some([7_u8; 32].as_slice()), Some(other.token.as_slice())] {
        let refused = world.cite.host(|host| host.join(shown, &request)).map(drop).unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvitationInvalid);
    }
    let after = world.cite.store(|store| store.chain()).unwrap();
    assert_eq!(after.length(), before.length() + 1, "the other one only");
    // On her tablet itself, which shows its token, the code still serves.
    synchronise(&nadia).await;
    call(&nadia, world.join(&code)).await.unwrap();
    let samir = me(&nadia).await.unwrap();
    assert_eq!((samir.name.as_str(), *samir.device.unwrap().as_bytes()), ("Samir D.", device));
}

#[tokio::test]
async fn an_invitation_of_the_server_for_a_user_who_is_known_gives_them_no_other_keys() {
    let world = World::begin().await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let user = me(&nadia).await.unwrap().user;
    let invited = Invited {
        user,
        user_name: "Nadia B.".into(),
        role: Role::Mediator,
        organisation: organisation_of(ASSOCIATION),
        organisation_name: ASSOCIATION.into(),
        sectors: vec![NORTH],
    };
    let code = world.cite.host(|host| host.invite(invited)).unwrap().text();
    let tablet = world.tablet("another");
    assert_eq!(call(&tablet, world.join(&code)).await.unwrap_err().code, ErrorCode::InvitationInvalid);
    let chain = world.cite.store(|store| store.chain()).unwrap();
    assert_eq!(chain.members().filter(|(_, it)| it.user == user).count(), 1);
}
