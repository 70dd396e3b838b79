//! What comes back to another organisation than that of whoever recovered, and what does not.

use domain::api::ledger::LedgerActKind;
use domain::api::member::{InviteMember, Invitee};
use domain::ids::{OrganisationId, PathwayId};
use domain::role::Role;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::consent::say;
use journeys::forms::PHONE;
use journeys::member::{establish, let_in, new_referent, recover};
use journeys::person::{self, phone};
use journeys::{NORTH, World, me, synchronise};

const MISSION: &str = "Mission Inventée";

/// Somebody who agreed that their phone number be shared with some organisations; with all, where none is named.
async fn met(tablet: &Device, n: u8, organisations: Vec<OrganisationId>) -> PathwayId {
    let pathway = person::met(tablet, n).await;
    let kind = LedgerActKind::Agreement {
        purpose: Purpose::ShareContact,
        organisations,
        excluded: vec![],
        channel: None,
        until: None,
        partner: None,
    };
    say(tablet, pathway, kind).await;
    pathway
}

#[tokio::test]
async fn another_organisation_reads_again_what_the_whole_team_may_read_and_not_what_was_for_it_alone() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    let maud = world.joined_of(MISSION, "Maud K.", Role::Referent, vec![NORTH]).await;
    let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let words = establish(&ines).await;
    for device in [&ines, &maud, &nadia, &ines, &maud, &nadia] {
        synchronise(device).await;
    }
    let team = met(&nadia, 1, vec![]).await;
    let own = me(&maud).await.unwrap().organisation;
    let alone = met(&maud, 2, vec![own]).await;
    for device in [&nadia, &maud, &ines, &nadia, &maud] {
        synchronise(device).await;
    }
    assert_eq!(phone(&maud, team).await.as_deref(), Some(PHONE));
    // Both référents' laptops are lost and revoked; the sheet brings the association back.
    for lost in [&ines, &maud] {
        assert!(world.cite.revoke(me(lost).await.unwrap().device.unwrap()).unwrap() > 0);
    }
    let laptop = world.tablet("Portable neuf");
    recover(&laptop, &world.address, &words, new_referent("Paul T.")).await.unwrap();
    for device in [&laptop, &nadia, &laptop] {
        synchronise(device).await;
    }
    assert_eq!(phone(&laptop, team).await.as_deref(), Some(PHONE));
    assert_eq!(phone(&laptop, alone).await, None, "the sheet's words could; this device does not keep them");
    let omar = world.tablet("Omar S.");
    let who = Invitee::New {
        name: "Omar S.".into(),
        role: Role::Referent,
        organisation: MISSION.into(),
        sectors: vec![NORTH],
    };
    let_in(&laptop, InviteMember { who }, &omar).await;
    for _ in 0..3 {
        for device in [&omar, &nadia, &laptop] {
            synchronise(device).await;
        }
    }
    assert_eq!(phone(&omar, team).await.as_deref(), Some(PHONE), "from a colleague who holds the key");
    assert_eq!(phone(&omar, alone).await, None, "nobody at work holds those keys");
}
