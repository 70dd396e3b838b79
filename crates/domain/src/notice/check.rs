//! Marking a translation as checked: what was read, by whose function, on which day.

use super::{FIRST, SHIPPED, is_right_to_left, name_of, squeeze};
use crate::api::notice::{CheckNotice, NoticesView, TranslationView};
use crate::cite::{CiteSettings, NoticeCheck, NoticeText};
use crate::error::{ApiError, ErrorCode};
use crate::time::Day;

/// The French and every translation that stands beside it; none where the cité has no French text yet.
pub fn list(settings: &CiteSettings) -> Option<NoticesView> {
    let french = settings.notices.get(FIRST)?;
    let mut codes: Vec<&str> = SHIPPED.iter().map(|(code, ..)| *code).collect();
    codes.extend(settings.notices.keys().map(String::as_str).filter(|code| shipped(code).is_none()));
    let text = |code: &str| {
        let own = in_force(settings, code)?;
        Some(TranslationView {
            language: code.to_owned(),
            name: name_of(code).to_owned(),
            right_to_left: is_right_to_left(code),
            draft: shipped(code).is_some_and(|draft| squeeze(draft) == squeeze(&own.text)),
            checked: own.checked,
            check: own.check.filter(|_| own.checked),
            text: own.text,
        })
    };
    Some(NoticesView {
        version: settings.notice_version,
        french: french.text.clone(),
        french_checked: french.checked,
        texts: codes.into_iter().filter(|code| *code != FIRST).filter_map(text).collect(),
    })
}

/// Marks a translation, or takes the mark away. What was read must be what is in force.
///
/// # Errors
/// [`ErrorCode::CiteNotReady`] without a French text, [`ErrorCode::NotFound`] for a language without a
/// text, [`ErrorCode::Invalid`] about `language` for French, `text` where the words are others by now.
pub fn mark(settings: &mut CiteSettings, request: &CheckNotice, today: Day) -> Result<(), ApiError> {
    let code = request.language.as_str();
    if code == FIRST {
        return Err(ApiError::about(ErrorCode::Invalid, "language"));
    }
    let french = settings.notices.get(FIRST).ok_or(ErrorCode::CiteNotReady)?;
    let own = in_force(settings, code).ok_or(ErrorCode::NotFound)?;
    if french.text != request.french || own.text != request.text {
        return Err(ApiError::about(ErrorCode::Invalid, "text"));
    }
    let check = request.by.map(|by| NoticeCheck { by, on: today });
    let is_draft = shipped(code).is_some_and(|draft| draft == own.text);
    if check.is_none() && is_draft {
        // A draft that counts no more is the software's again: a better one replaces it.
        settings.notices.remove(code);
    } else {
        let text = NoticeText { text: own.text, checked: check.is_some(), check };
        settings.notices.insert(code.to_owned(), text);
    }
    Ok(())
}

/// Carries the marks made on screen over to settings that are published anew: those of the same words
/// beside the same French. What the new settings mark themselves stands as it is.
pub fn keep_checks(new: &mut CiteSettings, old: &CiteSettings) {
    let french = |settings: &CiteSettings| settings.notices.get(FIRST).map(|it| squeeze(&it.text));
    if french(new) != french(old) {
        return;
    }
    for (code, marked) in old.notices.iter().filter(|(_, it)| it.checked && it.check.is_some()) {
        let same = in_force(new, code).is_some_and(|it| !it.checked && it.text == marked.text);
        if same {
            new.notices.insert(code.clone(), marked.clone());
        }
    }
}

/// The text of a language: the cité's own, else the shipped draft where the French is the shipped one.
fn in_force(settings: &CiteSettings, code: &str) -> Option<NoticeText> {
    let own = settings.notices.get(code).cloned();
    own.or_else(|| {
        let french = settings.notices.get(FIRST)?;
        let beside = squeeze(&french.text) == squeeze(SHIPPED[0].2);
        shipped(code).filter(|_| beside).map(|text| NoticeText::new(text, false))
    })
}

fn shipped(code: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(it, ..)| *it == code).map(|(.., text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::NoticeChecker;

    fn cite() -> CiteSettings {
        let french = NoticeText::new(SHIPPED[0].2, true);
        CiteSettings { notices: [(FIRST.to_owned(), french)].into(), ..CiteSettings::default() }
    }

    fn read(settings: &CiteSettings, by: Option<NoticeChecker>) -> CheckNotice {
        let view = list(settings).unwrap();
        let arabic = view.texts.into_iter().find(|it| it.language == "ar").unwrap();
        CheckNotice { language: "ar".into(), text: arabic.text, french: view.french, by }
    }

    #[test]
    fn a_draft_that_was_read_counts_and_says_who_checked_it_and_when() {
        let mut settings = cite();
        assert_eq!(list(&settings).unwrap().texts.len(), 5);
        let request = read(&settings, Some(NoticeChecker::Interpreter));
        mark(&mut settings, &request, Day(20_500)).unwrap();
        let arabic = list(&settings).unwrap().texts.into_iter().find(|it| it.language == "ar").unwrap();
        let check = NoticeCheck { by: NoticeChecker::Interpreter, on: Day(20_500) };
        assert!(arabic.checked && arabic.draft && arabic.right_to_left);
        assert_eq!(arabic.check, Some(check));
        assert!(settings.notices["ar"].checked);
        let request = read(&settings, None);
        mark(&mut settings, &request, Day(20_501)).unwrap();
        assert!(!settings.notices.contains_key("ar"), "the draft is the software's again");
    }

    #[test]
    fn words_that_changed_meanwhile_and_the_french_itself_are_not_marked() {
        let mut settings = cite();
        let request = read(&settings, Some(NoticeChecker::Colleague));
        let other = CheckNotice { text: "Autre chose.".into(), ..request.clone() };
        let beside = CheckNotice { french: "Autre chose.".into(), ..request.clone() };
        for refused in [other, beside] {
            let error = mark(&mut settings, &refused, Day(1)).unwrap_err();
            assert_eq!(error, ApiError::about(ErrorCode::Invalid, "text"));
        }
        let french = CheckNotice { language: FIRST.into(), ..request };
        assert_eq!(mark(&mut settings, &french, Day(1)).unwrap_err().code, ErrorCode::Invalid);
        assert_eq!(settings, cite());
    }

    #[test]
    fn a_mark_outlives_settings_published_anew_only_beside_the_same_french() {
        let mut old = cite();
        let request = read(&old, Some(NoticeChecker::Association));
        mark(&mut old, &request, Day(20_500)).unwrap();
        let mut same = cite();
        keep_checks(&mut same, &old);
        assert_eq!(same.notices, old.notices);
        let mut other = cite();
        other.notices.insert(FIRST.to_owned(), NoticeText::new("Nos mots à nous.", true));
        keep_checks(&mut other, &old);
        assert!(!other.notices.contains_key("ar"));
        let mut reworded = cite();
        reworded.notices.insert("ar".to_owned(), NoticeText::new("كلمات أخرى", false));
        keep_checks(&mut reworded, &old);
        assert!(!reworded.notices["ar"].checked);
    }
}
