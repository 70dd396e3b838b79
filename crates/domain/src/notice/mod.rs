//! The words that are said before anything is kept about a person: shipped in French, with drafts in
//! other languages that found nothing until the cité has had them checked.

mod check;

pub use check::{keep_checks, list, mark};

use crate::api::ledger::{NoticeLanguage, NoticeView};
use crate::cite::CiteSettings;

/// The language every notice is held in first.
pub const FIRST: &str = "fr";

/// The shipped texts: language code, its own name, words. Only the cité's settings make one of them count.
pub const SHIPPED: &[(&str, &str, &str)] = &[
    (FIRST, "Français", include_str!("fr.txt")),
    ("en", "English", include_str!("en.txt")),
    ("ar", "العربية", include_str!("ar.txt")),
    ("tr", "Türkçe", include_str!("tr.txt")),
    ("pt", "Português", include_str!("pt.txt")),
    ("uk", "Українська", include_str!("uk.txt")),
];

/// Whether a language is written from right to left.
pub fn is_right_to_left(language: &str) -> bool {
    matches!(language.split(['-', '_']).next(), Some("ar" | "fa" | "ps" | "ur" | "he" | "ckb"))
}

/// The name of a language in itself; its code where it is not known.
pub fn name_of(language: &str) -> &str {
    SHIPPED.iter().find(|(code, ..)| *code == language).map_or(language, |(_, name, _)| name)
}

/// The text to say in a language; none where the cité has no French text yet.
///
/// The cité's own texts come first. A shipped draft is offered only beside the shipped French: beside
/// other words it would be no translation. What is not checked stands beside the French and founds nothing.
pub fn view(settings: &CiteSettings, language: &str) -> Option<NoticeView> {
    let french = settings.notices.get(FIRST)?;
    let drafts = squeeze(&french.text) == squeeze(SHIPPED[0].2);
    let draft = |code: &str| {
        let mut shipped = SHIPPED.iter().filter(|_| drafts);
        shipped.find(|(it, ..)| *it == code).map(|(.., text)| (*text, false))
    };
    let find = |code: &str| {
        let own = settings.notices.get(code).map(|it| (it.text.as_str(), it.checked));
        own.or_else(|| draft(code))
    };
    let (language, (text, checked)) = match find(language) {
        Some(found) => (language, found),
        None => (FIRST, (french.text.as_str(), french.checked)),
    };
    let own = settings.notices.keys().map(String::as_str);
    let shipped = SHIPPED.iter().map(|(code, ..)| *code);
    let mut languages: Vec<NoticeLanguage> = Vec::new();
    for code in [FIRST].into_iter().chain(shipped).chain(own) {
        if let (Some((_, checked)), false) = (find(code), languages.iter().any(|it| it.code == code)) {
            languages.push(NoticeLanguage { code: code.to_owned(), name: name_of(code).to_owned(), checked });
        }
    }
    Some(NoticeView {
        version: settings.notice_version,
        language: language.to_owned(),
        text: text.to_owned(),
        checked,
        right_to_left: is_right_to_left(language),
        french: (!checked && language != FIRST).then(|| french.text.clone()),
        languages,
    })
}

/// Words alone: spaces and line breaks say nothing.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::NoticeText;

    fn cite(notices: &[(&str, &str, bool)]) -> CiteSettings {
        let text = |text: &str, checked| NoticeText::new(text, checked);
        let notices = notices.iter().map(|(code, it, checked)| ((*code).to_owned(), text(it, *checked)));
        CiteSettings { notice_version: 3, notices: notices.collect(), ..CiteSettings::default() }
    }

    #[test]
    fn a_shipped_draft_stands_beside_the_french_and_is_not_checked() {
        let view = view(&cite(&[(FIRST, SHIPPED[0].2, true)]), "ar").unwrap();
        assert!(!view.checked && view.right_to_left);
        assert_eq!((view.language.as_str(), view.french.as_deref()), ("ar", Some(SHIPPED[0].2)));
        assert_eq!(view.languages.len(), 6);
        assert!(view.languages.iter().all(|it| it.checked == (it.code == FIRST)));
    }

    #[test]
    fn a_draft_is_no_translation_of_a_text_that_the_cite_wrote_itself() {
        let settings = cite(&[(FIRST, "Nos mots à nous.", true), ("tr", "Bizim sözlerimiz.", true)]);
        let arabic = view(&settings, "ar").unwrap();
        assert_eq!((arabic.language.as_str(), arabic.text.as_str()), (FIRST, "Nos mots à nous."));
        let turkish = view(&settings, "tr").unwrap();
        assert!(turkish.checked && turkish.french.is_none());
        let offered: Vec<&str> = turkish.languages.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(offered, [FIRST, "tr"]);
        assert!(view(&CiteSettings::default(), FIRST).is_none());
    }

    #[test]
    fn every_shipped_text_is_short_enough_to_be_said() {
        for (code, _, text) in SHIPPED {
            let words = text.split_whitespace().count();
            assert!((20..=60).contains(&words) && text.trim() == *text, "{code}: {words} words");
        }
    }
}
