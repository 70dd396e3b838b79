//! A chain of members that lacks what was in it.

use super::{encounter, encounters, noted, three, told};
use domain::api::sync::{AlarmKind::ServerWentBack, SyncFailureKind};
use domain::role::Role;
use journeys::places::{failure, grow, line, rolled_back};
use journeys::{NORTH, World, call, synchronise};

#[tokio::test]
async fn members_that_the_server_no_longer_knows_are_told_once_and_nothing_of_its_answer_is_taken() {
    let world = World::begin().await;
    let [nadia, ..] = three(&world).await;
    let stale = rolled_back(&world);
    world.joined("Léa M.", Role::Mediator, vec![NORTH]).await;
    call(&nadia, encounter(2)).await.unwrap();
    synchronise(&nadia).await;
    // Its log has grown past the cursor: only the chain tells.
    grow(&stale);
    for _ in 0..2 {
        nadia.sync_with(&line(&stale, &nadia)).await;
        assert_eq!(failure(&nadia).await, Some(SyncFailureKind::Untrusted));
        assert_eq!(told(&nadia).await, [(ServerWentBack, 0)]);
    }
    assert_eq!(encounters(&nadia).await, 2, "nothing is deleted");
    // The right server is there again: work goes on, and it reads what was seen.
    let state = synchronise(&nadia).await;
    assert_eq!((state.to_send, told(&nadia).await), (0, vec![(ServerWentBack, 0)]));
    synchronise(&nadia).await;
    assert_eq!(noted(&world.cite), 1);
}
