//! Who may vouch for a translation of the notice: functions, never names.

use super::code_enum;

code_enum! {
    /// Function of whoever checked a translation.
    NoticeChecker: "notice_checker" {
        Translator = "translator", "Traduction professionnelle", "Professional translator";
        Interpreter = "interpreter", "Interprétariat social", "Community interpreter";
        Colleague = "colleague", "Collègue dont c’est la langue", "Colleague whose language it is";
        Association = "association", "Association de locuteurs", "Association of speakers";
        Officer = "officer", "Protection des données, avec un locuteur", "Data protection officer, with a speaker";
    }
}
