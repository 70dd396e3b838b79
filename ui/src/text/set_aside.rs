//! Words of *Saisies mises de côté*.

use super::{encounter, person, pick};
use domain::vocabulary::DocumentKind;

super::words! {
    title = "Saisies mises de côté", "Entries set aside";
    lead = "La cité n’a pas pris ces saisies. Elles ne sont que sur cet appareil, et ne partiront pas toutes seules.", "The cité did not take these entries. They are on this device only and do not leave by themselves.";
    see = "Les voir", "See them";
    none = "Rien n’est mis de côté", "Nothing is set aside";
    none_why = "Tout ce que vous avez saisi est à sa place.", "All you entered is where it belongs.";
    others = "D’autres personnes qui travaillent sur cet appareil (elles les voient en ouvrant leur session)", "Of others who work on this device (they see them at their own session)";
    outing = "Tournée", "Outing";
    unreadable = "Ce texte était scellé avec votre phrase d’avant : plus personne ne peut l’ouvrir.", "This text was sealed with your former passphrase: nobody can open it any more.";
    copy = "Copier le texte", "Copy the text";
    copied = "Texte copié", "Text copied";
    not_copied = "L’appareil ne permet pas de copier : recopiez à la main.", "The device does not allow copying: copy it by hand.";
    write_again = "L’écrire de nouveau", "Write it again";
    discard = "Ne pas garder", "Let it go";
    discard_title = "Ne pas garder cette saisie ?", "Let this entry go?";
    discard_why = "Elle disparaît de cet appareil, et il n’en existe pas d’autre copie. On ne peut pas annuler.", "It goes from this device, and there is no other copy. This cannot be undone.";
    discard_now = "Supprimer d’ici", "Delete it here";
    discarded = "Supprimé de cet appareil", "Deleted from this device";
}

/// Why it was refused, and what to do.
pub fn reason(code: &str) -> (&'static str, &'static str) {
    match code {
        "not_entitled" => (
            pick(
                "Cette personne n’est plus, ou n’était pas, parmi celles que vous suivez.",
                "This person is not, or no longer, among those you follow.",
            ),
            pick(
                "Voyez avec son référent ou sa référente, qui peut l’écrire ou vous la confier.",
                "Ask their référent, who can write it or entrust the person to you.",
            ),
        ),
        "consent_withdrawn" => (
            pick(
                "La personne a retiré son accord, ou s’est opposée.",
                "The person withdrew their agreement, or objected.",
            ),
            pick(
                "N’écrivez pas de nouveau sans en reparler avec elle. Sinon, ne gardez pas cette saisie.",
                "Do not write it again without speaking with them. Else let this entry go.",
            ),
        ),
        "chain_moved" => (
            pick(
                "Les membres de la cité ont changé au même moment.",
                "The members of the cité changed at the same time.",
            ),
            pick("Écrivez-la de nouveau : elle partira.", "Write it again: it will leave."),
        ),
        _ => (
            pick(
                "Elle s’appuyait sur quelque chose que la cité n’a pas, ou plus.",
                "It was built on something the cité does not have, or no longer.",
            ),
            pick(
                "Regardez la page de la personne : si cela y manque, écrivez-le de nouveau. Sinon, ne la gardez pas.",
                "Look at the record: if it is missing there, write it again. Else let it go.",
            ),
        ),
    }
}

/// What it was to stand in.
pub fn part(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Recognition => pick("prénom et initiale", "first name and initial"),
        DocumentKind::Identity => pick("identité", "identity"),
        DocumentKind::Contact => pick("coordonnées", "contact"),
        DocumentKind::Notes => pick("notes", "notes"),
        DocumentKind::Outing => pick("passages", "passages"),
        _ => pick("parcours", "record"),
    }
}

/// Names of values of the named parts.
pub fn named(field: &str) -> Option<&'static str> {
    Some(match field {
        "text" => pick("Note", "Note"),
        "first_name" => person::first_name(),
        "initial" => person::initial(),
        "family_name" => person::family_name(),
        "birth_date" => pick("Date de naissance", "Date of birth"),
        "phone" => person::phone(),
        "phone_shared" => person::phone_shared(),
        "voice_message" => person::voice(),
        "sms" => person::sms(),
        "safe_hours" => person::safe_hours(),
        "introduce_as" => person::introduce_as(),
        "email" => person::email(),
        "address" => person::address(),
        "headcount" => encounter::headcount(),
        "women" => encounter::women(),
        "young" => encounter::young(),
        "leaflets" => encounter::leaflets(),
        _ => return None,
    })
}
