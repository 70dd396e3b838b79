//! What a device keeps of protected partners, as whoever holds it and its passphrase finds it on the disk.

use super::protected::{NAME, clinic, seen_by, withdrawal};
use super::*;
use domain::api::today::ReadToday;
use journeys::disk::by_hand;
use journeys::member::{let_in, newcomer};
use journeys::{NORTH, me, synchronise};

const NOBODY: [(Vec<u8>, bool); 0] = [];

/// What a device keeps, for all its users: of whom or of which erasure, and whether that user recorded it.
async fn kept(scene: &Scene, device: &Device) -> Vec<(Vec<u8>, bool)> {
    let it = me(device).await.unwrap();
    let name = if it.name == "Hugo M." { "Samir D." } else { &it.name };
    let store = by_hand(&scene.world.folder.path().join(name), it.user);
    let mut statement = store.prepare("SELECT about, own FROM partner_known ORDER BY own").unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(|row| row.unwrap()).collect()
}

fn of(pathway: PathwayId, own: bool) -> (Vec<u8>, bool) {
    (pathway.as_bytes().to_vec(), own)
}

/// Samir's tablet, with Hugo at work on it, who reads what Samir reads.
async fn with_hugo(scene: &Scene) {
    let hugo = newcomer("Hugo M.", domain::role::Role::Mediator, vec![NORTH]);
    let_in(&scene.ines, hugo, &scene.samir).await;
    scene.all().await;
}

async fn order(scene: &Scene, pathway: PathwayId) {
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::ALL[0] }).await.unwrap();
}

#[tokio::test]
async fn once_a_partner_was_told_of_an_erasure_no_device_keeps_which_one_it_was() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    order(&scene, pathway).await;
    scene.all().await;
    let devices = [&scene.ines, &scene.nadia, &scene.samir];
    for device in devices {
        let rows = kept(&scene, device).await;
        assert!(rows.len() == 1 && rows[0].0.len() == 32, "under the erasure: {rows:?}");
    }
    let it = call(&scene.nadia, ReadToday {}).await.unwrap().to_tell.remove(0);
    call(&scene.nadia, TellPartner { cause: it.cause, partner: it.partner }).await.unwrap();
    assert_eq!(kept(&scene, &scene.nadia).await, NOBODY);
    scene.all().await;
    for device in devices {
        assert_eq!(kept(&scene, device).await, NOBODY);
    }
}

#[tokio::test]
async fn of_a_partner_who_was_told_before_the_person_was_erased_nothing_is_kept() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    let partner = partners(&scene.nadia, pathway).await[0].partner;
    say(&scene.nadia, pathway, withdrawal(partner)).await;
    let cause = partners(&scene.nadia, pathway).await[0].to_tell.clone().unwrap();
    call(&scene.nadia, TellPartner { cause, partner }).await.unwrap();
    scene.all().await;
    assert_eq!(
        kept(&scene, &scene.samir).await,
        [of(pathway, false)],
        "he may look it up as long as she is here"
    );
    order(&scene, pathway).await;
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert_eq!(kept(&scene, device).await, NOBODY);
    }
}

#[tokio::test]
async fn when_notes_are_shared_no_longer_nobody_on_a_shared_tablet_keeps_what_a_colleague_recorded() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    with_hugo(&scene).await;
    assert_eq!(me(&scene.samir).await.unwrap().name, "Hugo M.", "he is at work");
    assert_eq!(seen_by(&scene.samir, pathway).await, (Some(NAME.to_owned()), true));
    assert_eq!(kept(&scene, &scene.samir).await, [of(pathway, false), of(pathway, false)], "each has theirs");
    let kind = LedgerActKind::Withdrawal { purpose: Purpose::ShareNotes, keep_on: None, partner: None };
    say(&scene.ines, pathway, kind).await;
    scene.all().await;
    assert_eq!(kept(&scene, &scene.samir).await, NOBODY);
    assert_eq!(kept(&scene, &scene.nadia).await, [of(pathway, true)], "who recorded it has to tell one day");
}

#[tokio::test]
async fn an_erasure_that_the_disk_refuses_half_way_leaves_the_person_with_their_partner() {
    let (scene, pathway) = begin().await;
    say(&scene.nadia, pathway, clinic()).await;
    scene.all().await;
    let user = me(&scene.ines).await.unwrap().user;
    let disk = by_hand(&scene.world.folder.path().join("Inès R."), user);
    let full = "CREATE TRIGGER full BEFORE INSERT ON erased BEGIN SELECT RAISE(ABORT, 'full'); END";
    disk.execute_batch(full).unwrap();
    let order = OrderErasure { pathway, with: vec![], reason: OrderReason::ALL[0] };
    call(&scene.ines, order.clone()).await.unwrap_err();
    disk.execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(seen_by(&scene.ines, pathway).await, (Some(NAME.to_owned()), true));
    assert!(call(&scene.ines, ReadToday {}).await.unwrap().to_tell.is_empty());
    call(&scene.ines, order).await.unwrap();
    synchronise(&scene.ines).await;
    let waiting = call(&scene.ines, ReadToday {}).await.unwrap().to_tell;
    assert_eq!(waiting.iter().map(|it| it.name.as_deref()).collect::<Vec<_>>(), [Some(NAME)]);
}
