//! Words of the translations of the notice.

use super::{days, typography};
use domain::cite::NoticeCheck;

super::words! {
    title = "Traductions", "Translations";
    why = "L’information dite avant toute saisie, dans la langue de la personne. Une traduction ne compte qu’une fois relue ; jusque-là, elle n’est qu’une aide à côté du français.", "The notice said before anything is recorded, in the person’s language. A translation counts only once checked; until then it is an aid beside the French.";
    french = "Le texte français", "The French text";
    french_of = "Version", "Version";
    french_where = "Il vient des réglages de la cité et ne se change pas ici. Un nouveau texte français annule les relectures.", "It comes from the cité’s settings and is not changed here. A new French text undoes the marks.";
    french_unchecked = "Le texte français lui-même n’est pas marqué relu dans les réglages : rien ne peut être saisi.", "The French text itself is not marked checked in the settings: nothing can be recorded.";
    checked = "relue", "checked";
    unchecked = "pas encore relue", "not checked yet";
    draft = "proposition d’Allervers", "draft by Allervers";
    own = "texte de la cité", "the cité’s text";
    by_settings = "Marquée relue dans les réglages de la cité.", "Marked checked in the cité’s settings.";
    mark = "Marquer relue", "Mark checked";
    unmark = "Retirer la relecture", "Take the mark away";
    mark_title = "Qui a relu cette traduction ?", "Who checked this translation?";
    mark_why = "Par une personne qui parle la langue et a lu ces mots à côté du français. Notez sa fonction, pas son nom.", "By somebody who speaks the language and read these words beside the French. Note their function, not their name.";
    mark_then = "Tous les appareils pourront alors fonder l’information sur ce texte, dès leur prochaine synchronisation. La relecture est notée dans le journal d’audit.", "Every device can then found the notice on this text, from its next synchronisation on. The mark is noted in the audit.";
    unmark_title = "Retirer la relecture ?", "Take the mark away?";
    unmark_why = "Dès leur prochaine synchronisation, les appareils ne s’en serviront plus que comme aide. Ce qui a été dit jusqu’ici reste valable.", "From their next synchronisation on, devices use it as an aid only. What was said until now stays valid.";
    marked = "Traduction marquée relue", "Translation marked checked";
    unmarked = "Relecture retirée", "Mark taken away";
    function = "Fonction", "Function";
}

/// Who checked and when.
pub fn by(check: NoticeCheck) -> String {
    let by = typography::about(super::pick("Relue", "Checked"), check.by.label(super::lang()));
    format!("{by} · {}", days::date(check.on, days::today()))
}
