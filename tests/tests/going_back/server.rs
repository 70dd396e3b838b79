//! The server's store is an older one, put back with a word or without.

use super::{encounter, encounters, kinds, noted, three, told};
use domain::api::person::SearchPeople;
use domain::api::sync::AlarmKind::{self, ServerRestored, ServerWentBack};
use domain::ids::PathwayId;
use engine::device::Device;
use journeys::forms::later_encounter;
use journeys::places::{Places, agrees, grow, line, rolled_back};
use journeys::{NORTH, World, call, place_in, synchronise};

/// The one person everybody knows.
async fn known(device: &Device) -> PathwayId {
    let all = SearchPeople { query: String::new(), limit: 2 };
    call(device, all).await.unwrap().hits[0].label.pathway
}

#[tokio::test]
async fn an_older_file_put_back_without_a_word_is_told_once_and_given_back_what_it_lacks() {
    let world = World::begin().await;
    let [nadia, _, ines] = three(&world).await;
    let stale = rolled_back(&world);
    for n in 2..5 {
        call(&nadia, encounter(n)).await.unwrap();
    }
    synchronise(&nadia).await;
    assert_eq!(told(&nadia).await, []);
    for _ in 0..3 {
        agrees(&stale, &nadia).await;
        // Of three people, what is coded and the ledger.
        assert_eq!(kinds(&nadia).await, [ServerWentBack], "not that the tablet was copied");
        assert_eq!(told(&nadia).await, [(ServerWentBack, 6)]);
    }
    assert_eq!(noted(&stale), 1, "the administration reads it in the audit");
    agrees(&stale, &ines).await;
    assert_eq!((encounters(&nadia).await, encounters(&ines).await), (4, 4));
    // Work goes on, and a second time is another one.
    call(&nadia, encounter(6)).await.unwrap();
    agrees(&stale, &nadia).await;
    agrees(&stale, &ines).await;
    assert_eq!(encounters(&ines).await, 5);
}

#[tokio::test]
async fn a_server_that_grew_past_every_cursor_since_is_still_told_by_what_it_lacks() {
    let world = World::begin().await;
    let [nadia, samir, _] = three(&world).await;
    let stale = rolled_back(&world);
    call(&nadia, encounter(2)).await.unwrap();
    synchronise(&nadia).await;
    synchronise(&samir).await;
    grow(&stale);
    agrees(&stale, &samir).await;
    assert_eq!(told(&samir).await, [(ServerWentBack, 2)]);
    assert!(!kinds(&samir).await.contains(&AlarmKind::StoreCopied), "the tablet is not accused");
    // Nobody else has anything to tell: it has all again.
    agrees(&stale, &nadia).await;
    agrees(&stale, &samir).await;
    assert_eq!(told(&nadia).await, []);
    assert_eq!((noted(&stale), encounters(&nadia).await), (1, 2));
}

#[tokio::test]
async fn a_record_withheld_is_told_although_a_colleague_wrote_in_it_since() {
    let world = World::begin().await;
    let [nadia, _, ines] = three(&world).await;
    let person = known(&nadia).await;
    let stale = rolled_back(&world);
    call(&nadia, later_encounter(2, person, place_in(NORTH))).await.unwrap();
    synchronise(&nadia).await;
    call(&ines, later_encounter(3, person, place_in(NORTH))).await.unwrap();
    agrees(&stale, &ines).await;
    grow(&stale);
    agrees(&stale, &nadia).await;
    assert_eq!(told(&nadia).await, [(ServerWentBack, 1)]);
    assert_eq!(told(&ines).await, []);
    assert_eq!(encounters(&nadia).await, 3);
}

#[tokio::test]
async fn a_record_withheld_is_told_by_whoever_adds_to_it() {
    let world = World::begin().await;
    let [nadia, _, ines] = three(&world).await;
    let person = known(&nadia).await;
    let stale = rolled_back(&world);
    call(&nadia, later_encounter(2, person, place_in(NORTH))).await.unwrap();
    synchronise(&nadia).await;
    // What she adds now builds on what the server lost: it would be offered again without a comparison.
    call(&nadia, later_encounter(3, person, place_in(NORTH))).await.unwrap();
    grow(&stale);
    agrees(&stale, &nadia).await;
    agrees(&stale, &nadia).await;
    assert_eq!(told(&nadia).await, [(ServerWentBack, 1)]);
    agrees(&stale, &ines).await;
    assert_eq!(encounters(&ines).await, 3);
}

#[tokio::test]
async fn what_is_found_lacking_is_told_although_the_line_is_cut_on_the_way() {
    for cut in [0, 1, 60, 200, 400, 900] {
        let world = World::begin().await;
        let [nadia, ..] = three(&world).await;
        let stale = rolled_back(&world);
        for n in 2..8 {
            call(&nadia, encounter(n)).await.unwrap();
        }
        synchronise(&nadia).await;
        grow(&stale);
        let line = line(&stale, &nadia);
        for exchanges in 1..6 {
            // The answer of one exchange of the run is cut, each time a later one.
            for _ in 0..exchanges {
                *line.cut.lock().unwrap() = Some(cut);
                nadia.sync_with(&line).await;
            }
        }
        agrees(&stale, &nadia).await;
        let said = told(&nadia).await;
        assert_eq!(said.iter().map(|it| it.0).collect::<Vec<_>>(), [ServerWentBack], "cut at {cut}");
    }
}

#[tokio::test]
async fn a_server_restored_with_a_word_is_told_as_news_and_accuses_nobody() {
    let world = World::begin().await;
    let [nadia, samir, _] = three(&world).await;
    let places = Places::of(&world);
    places.back_up(&world);
    call(&nadia, encounter(2)).await.unwrap();
    synchronise(&nadia).await;
    let again = places.restored();
    agrees(&again, &nadia).await;
    agrees(&again, &samir).await;
    for _ in 0..2 {
        // The journal had kept the ledger.
        assert_eq!(
            (told(&nadia).await, told(&samir).await),
            (vec![(ServerRestored, 1)], vec![(ServerRestored, 0)])
        );
        agrees(&again, &nadia).await;
    }
    assert_eq!(kinds(&nadia).await, [ServerRestored]);
    assert_eq!(noted(&again), 0);
}
