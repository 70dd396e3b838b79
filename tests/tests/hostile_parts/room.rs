//! What a member may fill, and what a device says of what it holds back.

use super::scene::*;
use domain::api::person::{NamedParts, WritePart};
use domain::ids::PathwayId;
use engine::sync::Outcome;
use journeys::consent::share_all;
use journeys::wire::{Answers, Upload, beside};
use journeys::{NORTH, call, synchronise};

#[tokio::test]
async fn one_member_fills_neither_the_keys_nor_the_changes_of_a_part_for_the_others() {
    let Scene { world, nadia, north: hostile, other: colleague, .. } = founded(NORTH).await;
    let part = met(&nadia, 9).await;
    let many = (0..512_u16).map(|n| {
        let mut recipient = [6; 16];
        recipient[..2].copy_from_slice(&n.to_be_bytes());
        hostile.wrap(part, [7; 16], recipient)
    });
    let upload = Upload { wraps: many.collect(), ..Upload::empty() };
    let said = Answers::of(&world.cite, &hostile.token, &upload).wraps;
    assert_eq!(said, vec![Outcome::Accepted; 512]);
    // As many changes as one may have: here already.
    let actor = document::Actor { incarnation: 2, ..hostile.actor() }.bytes();
    let filled = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 4096)
         INSERT INTO sealed_change (kind, doc, generation, id, actor, seq, on_day, envelope, cursor, level)
         SELECT 'notes', ?1, 1, randomblob(32), ?2, n, 20000, x'00', 0, 1 FROM n";
    let filled = world.on_disk().execute(filled, rusqlite::params![part.id.as_bytes(), actor]);
    assert_eq!(filled.unwrap(), 4096);
    assert_eq!(offered(&world, &hostile, part), [Outcome::Invalid; 2]);
    assert_eq!(offered(&world, &colleague, part), [Outcome::Accepted; 2]);
}

#[tokio::test]
async fn a_device_says_that_parts_wait_beside_what_it_sends_until_they_may_go() {
    let Scene { world, nadia, .. } = founded(NORTH).await;
    let part = met(&nadia, 9).await;
    // Her name, to which the person did not agree.
    let alone = beside(&nadia.next_upload().unwrap());
    assert!(alone.is_some());
    let pathway = journeys::person::met(&nadia, 10).await;
    let named = NamedParts { phone: Some("06 39 98 00 09".into()), ..NamedParts::default() };
    call(&nadia, WritePart { pathway, named: named.clone() }).await.unwrap();
    // Nor to anything, the next one.
    let more = beside(&nadia.next_upload().unwrap());
    assert!(more > alone.map(|it| it + 2), "{more:?}");
    synchronise(&nadia).await;
    assert_eq!(beside(&nadia.next_upload().unwrap()), more);
    // What goes is not beside.
    call(&nadia, WritePart { pathway: PathwayId::from(part.id), named }).await.unwrap();
    assert_eq!(beside(&nadia.next_upload().unwrap()), more);
    share_all(&nadia, pathway).await;
    for _ in 0..2 {
        synchronise(&nadia).await;
    }
    assert_eq!(beside(&nadia.next_upload().unwrap()), alone);
    drop(world);
}
