//! A server, or whoever stands in its place, that answers from an earlier time than it was asked at.

use super::{encounter, encounters, noted, three, told};
use domain::api::sync::AlarmKind::ServerWentBack;
use engine::sync::{Exchange, SyncError, Taken};
use journeys::altered::Altered;
use journeys::places::{agrees, failure, line};
use journeys::{World, call, synchronise};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// An answer that was given before, whatever is asked.
struct Recorded(Vec<Vec<u8>>);

impl Exchange for Recorded {
    async fn exchange<'a>(&'a self, _: Vec<u8>, each: Taken<'a>) -> Result<(), SyncError> {
        each(&self.0)
    }
}

#[tokio::test]
async fn a_lower_cursor_is_told_once_and_not_adopted() {
    let world = World::begin().await;
    let [nadia, samir, _] = three(&world).await;
    call(&samir, encounter(2)).await.unwrap();
    synchronise(&samir).await;
    synchronise(&nadia).await;
    for _ in 0..2 {
        let left = AtomicU32::new(1);
        let lower = Altered::new(
            line(&world.cite, &nadia),
            Box::new(move |answer| {
                if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |it| it.checked_sub(1)).is_ok() {
                    answer.set_cursor(1);
                }
            }),
        );
        nadia.sync_with(&lower).await;
        assert_eq!(failure(&nadia).await, None, "asked from the beginning, it answers as it should");
        assert_eq!(told(&nadia).await, [(ServerWentBack, 0)]);
    }
    let mut line = line(&world.cite, &nadia);
    line.frames = Some(Mutex::default());
    nadia.sync_with(&line).await;
    let (_, down, turns) = *line.carried.lock().unwrap();
    assert!(turns == 1 && down < 400, "it stands where it stood: {down} bytes in {turns} turns");
    assert_eq!((noted(&world.cite), encounters(&nadia).await), (1, 2));
}

#[tokio::test]
async fn an_answer_that_was_given_before_is_told_and_nothing_is_deleted() {
    let world = World::begin().await;
    let [nadia, samir, _] = three(&world).await;
    let mut listening = line(&world.cite, &nadia);
    listening.frames = Some(Mutex::default());
    nadia.sync_with(&listening).await;
    let before = Recorded(listening.frames.unwrap().into_inner().unwrap());
    call(&samir, encounter(2)).await.unwrap();
    synchronise(&samir).await;
    synchronise(&nadia).await;
    for _ in 0..2 {
        nadia.sync_with(&before).await;
        assert!(failure(&nadia).await.is_some());
        assert_eq!(told(&nadia).await, [(ServerWentBack, 0)]);
        assert_eq!(encounters(&nadia).await, 2);
    }
    agrees(&world.cite, &nadia).await;
    assert_eq!((told(&nadia).await, encounters(&nadia).await), (vec![(ServerWentBack, 0)], 2));
}
