//! The notice in the person's language: drafts found nothing, the record says which text was read, and
//! every sign of every shipped text has a font in the interface.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::Reply;
use domain::api::ledger::{LedgerActKind, ReadNotice};
use domain::api::notice::{CheckNotice, ListNotices};
use domain::api::person::OpenPerson;
use domain::cite::NoticeText;
use domain::error::ErrorCode;
use domain::notice::{FIRST, SHIPPED};
use domain::role::Role;
use domain::vocabulary::{AuditAct, NoticeChecker};
use engine::store::asset;
use journeys::browser::Browser;
use journeys::forms::{act, first_encounter, sensitive_agreed};
use journeys::{NORTH, World, call, place_in, settings, synchronise};

fn publish(world: &World, arabic: Option<bool>) {
    let mut settings = settings();
    let french = NoticeText::new(SHIPPED[0].2, true);
    settings.notices = [(FIRST.to_owned(), french)].into();
    let text = SHIPPED.iter().find(|(code, ..)| *code == "ar").unwrap().2.to_owned();
    settings.notices.extend(arabic.map(|checked| ("ar".to_owned(), NoticeText::new(text, checked))));
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

#[tokio::test]
async fn a_translation_marked_on_screen_counts_on_every_device_until_the_mark_is_taken_away() {
    let world = World::begin().await;
    publish(&world, None);
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let password = world.cite.open_account("coord", "Inventée", Role::Coordinator, "Association").unwrap();
    let mut browser = Browser::at(&world.address);
    browser.sign_in("coord", &password).await;
    let Reply::Notices(listed) = browser.call(ListNotices {}).await.unwrap() else { panic!("another reply") };
    assert_eq!(listed.texts.iter().filter(|it| it.draft && !it.checked).count(), 5);
    let arabic = listed.texts.iter().find(|it| it.language == "ar").unwrap();
    assert!(arabic.right_to_left);
    let read = ReadNotice { language: "ar".into() };
    assert!(!call(&tablet, read.clone()).await.unwrap().checked);
    let mark = |by| CheckNotice {
        language: "ar".into(),
        text: arabic.text.clone(),
        french: listed.french.clone(),
        by,
    };
    // Words that are others by now are not marked.
    let stale = CheckNotice { text: "Autres mots.".into(), ..mark(Some(NoticeChecker::Interpreter)) };
    assert_eq!(browser.call(stale).await.unwrap_err().code, ErrorCode::Invalid);
    let reply = browser.call(mark(Some(NoticeChecker::Interpreter))).await.unwrap();
    let Reply::CheckNotice(marked) = reply else { panic!("another reply") };
    let check = marked.texts.iter().find(|it| it.language == "ar").unwrap().check.unwrap();
    assert_eq!(check.by, NoticeChecker::Interpreter);
    synchronise(&tablet).await;
    assert!(call(&tablet, read.clone()).await.unwrap().checked);
    let mut met = first_encounter(1, place_in(NORTH));
    let spoken = act(LedgerActKind::Notice { version: 1, language: "ar".into() });
    met.form.ledger = vec![spoken, sensitive_agreed()];
    call(&tablet, met).await.unwrap();
    browser.call(mark(None)).await.unwrap();
    synchronise(&tablet).await;
    assert!(!call(&tablet, read).await.unwrap().checked);
    let noted: Vec<_> = world.cite.read_audit().unwrap().lines.iter().filter_map(|it| it.act).collect();
    assert!(noted.contains(&AuditAct::CheckNotice) && noted.contains(&AuditAct::UncheckNotice));
    // Marking is no mediator's work.
    let password = world.cite.open_account("med", "Inventé", Role::Mediator, "Association").unwrap();
    let mut other = Browser::at(&world.address);
    other.sign_in("med", &password).await;
    assert_eq!(other.call(ListNotices {}).await.unwrap_err().code, ErrorCode::NotAllowed);
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
