//! A restored server and the work of somebody who left: from whom it is taken, and until when.

use super::founded;
use domain::api::member::{Leaving, RevokeMember};
use domain::api::person::OpenPerson;
use domain::api::session::{Lock, Unlock};
use domain::ids::{DeviceId, UserId};
use domain::role::Role;
use engine::device::Device;
use engine::sync::Outcome;
use journeys::foreign::{self, Foreign};
use journeys::member::{let_in, newcomer};
use journeys::person::met;
use journeys::places::{Places, agrees, line};
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, PASSPHRASE, World, call, me, synchronise};
use std::sync::{Arc, Mutex};
use sync_server::Cite;

#[tokio::test]
async fn a_restored_server_takes_the_work_of_somebody_who_left_from_a_device_only_until_the_two_agree() {
    let (world, gone) = {
        let world = World::begin().await;
        let gone = Foreign::join(&world, 7, vec![NORTH]).unwrap();
        (world, gone)
    };
    let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
    let places = Places::of(&world);
    places.back_up(&world);
    world.cite.revoke(DeviceId::from_bytes([7; 16])).unwrap();
    let again = places.restored();
    let work = |n: u8| {
        let key = foreign::pathway(n);
        let batches = vec![gone.one(key, &gone.change(key))];
        Upload { controls: vec![gone.notice(key)], batches, regaining: Some(true), ..Upload::empty() }
    };
    let token = samir.token().unwrap();
    let said = Answers::of(&again, &token, &work(1));
    assert_eq!((said.controls, said.groups), (vec![Outcome::Accepted], vec![Outcome::Accepted]));
    // Samir's tablet finds that both hold the same, and says so with its next exchange.
    agrees(&again, &samir).await;
    agrees(&again, &samir).await;
    let said = Answers::of(&again, &token, &work(2));
    assert_eq!((said.controls, said.groups), (vec![Outcome::SignerRevoked], vec![Outcome::SignerRevoked]));
}

/// What the cité answered to the coded entries of a device in one synchronisation.
async fn answers(cite: &Arc<Cite>, device: &Device) -> Vec<Outcome> {
    let mut line = line(cite, device);
    line.frames = Some(Mutex::default());
    device.sync_with(&line).await;
    let frames = line.frames.unwrap().into_inner().unwrap();
    frames.iter().flat_map(|frame| Answers::read(frame).groups).collect()
}

#[tokio::test]
async fn a_restored_server_takes_the_work_of_somebody_who_left_from_a_colleague_and_not_from_their_own_tablet()
 {
    let (world, [ines, tablet, samir]) = founded().await;
    // Nadia and Omar share a tablet.
    let nadia = me(&tablet).await.unwrap().user;
    let_in(&ines, newcomer("Omar K.", Role::Mediator, vec![NORTH]), &tablet).await;
    let omar = me(&tablet).await.unwrap().user;
    for device in [&tablet, &ines, &samir] {
        synchronise(device).await;
    }
    let places = Places::of(&world);
    places.back_up(&world);
    unlock(&tablet, nadia).await;
    let pathway = met(&tablet, 1).await;
    for device in [&tablet, &samir] {
        synchronise(device).await;
    }
    call(&ines, RevokeMember { leaving: Leaving::Person(nadia) }).await.unwrap();
    synchronise(&ines).await;
    let again = places.restored();
    unlock(&tablet, omar).await;
    // Whoever has the tablet has her key: what it brings may have been written after she left.
    let own = answers(&again, &tablet).await;
    assert!(own.contains(&Outcome::SignerRevoked), "{own:?}");
    assert!(!own.contains(&Outcome::Accepted), "{own:?}");
    assert!(answers(&again, &samir).await.contains(&Outcome::Accepted), "a colleague had received it");
    agrees(&again, &ines).await;
    assert!(call(&ines, OpenPerson { pathway }).await.is_ok());
    agrees(&again, &tablet).await;
}

async fn unlock(tablet: &Device, user: UserId) {
    call(tablet, Lock {}).await.unwrap();
    call(tablet, Unlock { user, passphrase: PASSPHRASE.into() }).await.unwrap();
}
