//! The notice in the person's language: drafts found nothing, the record says which text was read, and
//! every sign of every shipped text has a font in the interface.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::ledger::{LedgerActKind, ReadNotice};
use domain::api::person::OpenPerson;
use domain::cite::NoticeText;
use domain::error::ErrorCode;
use domain::notice::{FIRST, SHIPPED};
use domain::role::Role;
use engine::store::asset;
use journeys::forms::{act, first_encounter, sensitive_agreed};
use journeys::{NORTH, World, call, place_in, settings, synchronise};

fn publish(world: &World, arabic: Option<bool>) {
    let mut settings = settings();
    let french = NoticeText { text: SHIPPED[0].2.into(), checked: true };
    settings.notices = [(FIRST.to_owned(), french)].into();
    let text = SHIPPED.iter().find(|(code, ..)| *code == "ar").unwrap().2.to_owned();
    settings.notices.extend(arabic.map(|checked| ("ar".to_owned(), NoticeText { text, checked })));
    world.cite.store(|store| store.publish_asset(asset::SETTINGS, &settings)).unwrap();
}

#[tokio::test]
async fn a_translation_founds_a_notice_only_once_the_cite_has_checked_it() {
    let world = World::begin().await;
    publish(&world, None);
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let read = ReadNotice { language: "ar".into() };
    let draft = call(&tablet, read.clone()).await.unwrap();
    assert!(!draft.checked && draft.right_to_left && draft.french.as_deref() == Some(SHIPPED[0].2));
    let mut met = first_encounter(1, place_in(NORTH));
    let spoken = act(LedgerActKind::Notice { version: 1, language: "ar".into() });
    met.form.ledger = vec![spoken, sensitive_agreed()];
    let refused = call(&tablet, met.clone()).await.unwrap_err();
    assert_eq!((refused.code, refused.detail), (ErrorCode::Invalid, vec!["language".to_owned()]));
    publish(&world, Some(true));
    synchronise(&tablet).await;
    let checked = call(&tablet, read).await.unwrap();
    assert!(checked.checked && checked.french.is_none());
    let pathway = call(&tablet, met).await.unwrap().pathway.unwrap();
    let ledger = call(&tablet, OpenPerson { pathway }).await.unwrap().ledger;
    let read = LedgerActKind::Notice { version: 1, language: "ar".into() };
    assert!(
        ledger.lines.iter().any(|(_, line, _)| line.kind == read),
        "the version and the language that were read"
    );
}

/// Ranges of the style sheet's fonts.
fn ranges() -> Vec<(u32, u32)> {
    let sheet = include_str!("../../ui/style/fonts.css");
    let number = |text: &str| u32::from_str_radix(text, 16).unwrap();
    let lines = sheet.lines().filter_map(|line| line.trim().strip_prefix("unicode-range:"));
    let parts = lines.flat_map(|line| line.trim_end_matches(';').split(','));
    let range = |part: &str| {
        let part = part.trim().trim_start_matches("U+").to_owned();
        let (from, to) = part.split_once('-').unwrap_or((&part, &part));
        (number(from), number(to))
    };
    parts.map(range).collect()
}

#[test]
fn every_sign_of_every_shipped_text_has_a_bundled_font() {
    let ranges = ranges();
    for (code, name, text) in SHIPPED {
        let missing: Vec<char> = text
            .chars()
            .chain(name.chars())
            .filter(|c| !ranges.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(*c))))
            .collect();
        assert!(missing.is_empty(), "{code}: no font for {missing:?}");
    }
}
