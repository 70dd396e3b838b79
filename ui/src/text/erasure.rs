//! Words of erasing: the page of the coordination, the end of a person's record, a référent's order.

use super::typography::{about, count};
use super::{days, lang, pick};
use domain::api::person::EndingCause;
use domain::api::server::ErasureCause;
use domain::api::sync::AlarmKind;
use domain::time::Day;
use domain::vocabulary::Lang;

super::words! {
    title = "Effacements", "Erasures";
    why = "Un effacement porte un numéro, jamais un nom. Chaque appareil qui avait ces données confirme par sa signature.", "An erasure has a number, never a name. Each device that had the data confirms by its signature.";
    back = "Appareils", "Devices";
    why_here = "Ce qui a été effacé et concernait des appareils de votre organisation. Un numéro, jamais un nom.", "What was erased and concerned devices of your organisation. A number, never a name.";
    as_of = "D’après le serveur,", "As of the server,";
    not_received = "Pas encore reçu du serveur", "Not received from the server yet";
    not_received_why = "La liste arrive avec la prochaine synchronisation, puis reste lisible sans réseau.", "The list comes with the next synchronisation, and can then be read without a network.";
    none = "Rien n’a été effacé", "Nothing was erased";
    none_why = "Les retraits d’accord, les oppositions et les fins de conservation apparaîtront ici.", "Withdrawals, objections and ends of retention will appear here.";
    number = "N°", "No.";
    all_confirmed = "Confirmé partout", "Confirmed everywhere";
    none_held = "Aucun autre appareil n’avait ces données", "No other device had the data";
    confirmed = "confirmé le", "confirmed on";
    not_seen = "pas revu depuis", "not seen since";
    not_yet = "pas encore confirmé", "not confirmed yet";
    revoked = "retiré, ne confirmera pas", "removed, will not confirm";
    device = "Appareil", "Device";
    user = "Utilisé par", "Used by";
    state = "Confirmation", "Confirmation";
    last_seen = "Dernier échange", "Last exchange";
    stays = "Il reste ici un numéro, une date et un motif : la preuve que l’effacement a eu lieu. Les chiffres déjà arrêtés ne changent pas.", "What stays here is a number, a date and a reason: the proof that the erasure took place. Figures already closed do not change.";
    elsewhere = "sur les autres appareils, à leur prochaine synchronisation", "on the other devices, at their next synchronisation";
    order = "Effacer cette personne", "Erase this person";
    order_title = "Effacer tout ce qui concerne cette personne ?", "Erase everything about this person?";
    order_why = "Parcours, volets nominatifs, accords, brouillons : ici, à la cité et sur chaque appareil. Cela ne se défait pas, et ce qui n’est pas encore envoyé disparaît aussi.", "Pathway, named parts, agreements, drafts: here, at the cité and on every device. It cannot be undone, and what is not sent yet disappears too.";
    order_reason = "Motif", "Reason";
    order_reason_first = "Choisissez d’abord un motif", "First choose a reason";
    order_signed = "L’ordre est signé en votre nom et reste visible, sans le nom de la personne.", "The order is signed in your name and stays visible, without the person’s name.";
    set_title = "Ses dossiers", "Their records";
    set_why = "Reliés comme une même personne. Elle ne sait pas forcément qu’il y en a plusieurs : tous sont choisis.", "Linked as one person. They may not know that there are several: all are chosen.";
    set_this = "Ce dossier", "This record";
    set_left = "reste entier, et sera à vérifier", "stays whole, and is to be checked";
    left = "Un autre dossier a été effacé", "Another record was erased";
    left_why = "Ces dossiers sont reliés à un dossier effacé sur ordre. Si c’est la même personne, effacez aussi celui-ci ; sinon, défaites le lien.", "These records are linked with a record erased on order. If it is the same person, erase this one too; if not, undo the link.";
    left_here = "Si c’est la même personne, effacez aussi ce dossier ; sinon, défaites le lien.", "If it is the same person, erase this record too; if not, undo the link.";
    together = "Plusieurs dossiers d’une même personne, effacés ensemble", "Several records of one person, erased together";
    ordered = "Effacement ordonné", "Erasure ordered";
    ends_on = "Effacement le", "Erased on";
    meet = "Une nouvelle rencontre le conserve.", "A new encounter keeps it.";
    told = "Prévenez aussi les partenaires à qui des informations ont été transmises.", "Also tell the partners to whom information was given.";
    ending = "Fin de conservation proche", "Retention ends soon";
    ending_why = "Sans nouveau contact dans le mois, ces parcours seront effacés. Ils sont dans « Par urgence ».", "Without a new contact within a month these pathways will be erased. They are under “By urgency”.";
    alarm = "Effacement demandé sans preuve", "Erasure asked for without proof";
    copy = "copie", "copy";
    keys_alarm = "Clé de partage douteuse", "Doubtful sharing key";
    went_back = "Le serveur de la cité est revenu en arrière", "The cité’s server went back";
    restored = "Le serveur de la cité a été remis en service depuis une sauvegarde", "The cité’s server was restored from a backup";
    copied_alarm = "Appareil en double", "Copied device";
    alarm_open = "Voir le parcours", "See the pathway";
}

/// The button of an order.
pub fn order_confirm(records: u32) -> String {
    match records {
        0 | 1 => pick("Effacer définitivement", "Erase for good").into(),
        _ => format!(
            "{} {} {}",
            pick("Effacer", "Erase"),
            count(records, ("dossier", "dossiers"), ("record", "records")),
            pick("définitivement", "for good")
        ),
    }
}

/// A linked record that an order given here does not reach.
pub fn absent(erased_on: Option<Day>) -> String {
    match erased_on {
        Some(day) => {
            format!("{} {}.", pick("Un dossier relié a été effacé le", "A linked record was erased on"), days::plain(day))
        }
        None => pick(
            "Un dossier relié n’est pas visible d’ici et reste. L’équipe qui le suit en sera avertie, et décidera.",
            "A linked record cannot be seen from here and stays. The team that follows it will be told, and decides.",
        )
        .into(),
    }
}

/// Why something was erased.
pub fn cause(cause: ErasureCause) -> String {
    match cause {
        ErasureCause::Purpose(purpose) => {
            let said = pick("Accord retiré ou refusé", "Agreement withdrawn or refused");
            super::typography::about(said, purpose.label(lang()))
        }
        ErasureCause::Objection(act) => {
            super::typography::about(pick("Opposition", "Objection"), act.label(lang()))
        }
        ErasureCause::Stop => {
            pick("La personne a demandé l’effacement", "The person asked for erasure").into()
        }
        ErasureCause::Retention => {
            pick("Fin de conservation, sans contact", "End of retention, without contact").into()
        }
        ErasureCause::Order(reason) => super::typography::about(
            pick("Ordre d’une personne référente", "A referent’s order"),
            reason.label(lang()),
        ),
    }
}

/// What was erased.
pub fn what(cause: ErasureCause) -> &'static str {
    match cause {
        ErasureCause::Purpose(_) | ErasureCause::Objection(_) => pick("Volet nominatif", "Named part"),
        _ => pick("Tout le parcours", "The whole pathway"),
    }
}

/// How many devices have confirmed.
pub fn confirmed_of(done: u32, all: u32) -> String {
    let devices = count(all, ("appareil", "appareils"), ("device", "devices"));
    format!("{done} {} {devices}", pick("sur", "of"))
}

/// The end of a record that is near.
pub fn near(cause: EndingCause) -> (&'static str, &'static str) {
    match cause {
        EndingCause::Retention => (
            pick(
                "Ce parcours va être effacé, faute de contact",
                "This pathway is going to be erased, for want of contact",
            ),
            meet(),
        ),
        EndingCause::Stop => (
            pick(
                "Gelé : la personne a demandé d’arrêter et d’effacer",
                "Frozen: the person asked to stop and erase",
            ),
            pick(
                "En cas d’erreur, et seulement si elle le souhaite : redonner l’information avant cette date.",
                "In case of a mistake, and only at their wish: give the notice again before that date.",
            ),
        ),
    }
}

/// What an alarm is called.
pub fn called(kind: AlarmKind) -> &'static str {
    match kind {
        AlarmKind::ErasureWithoutCause | AlarmKind::ErasureBeforeTime => alarm(),
        AlarmKind::AuditShortened | AlarmKind::AuditRewritten => super::audit::alarm(),
        AlarmKind::KeyUnsigned | AlarmKind::KeyWrong => keys_alarm(),
        AlarmKind::StoreCopied => copied_alarm(),
        AlarmKind::ServerWentBack => went_back(),
        AlarmKind::ServerRestored => restored(),
    }
}

/// What a device refused to do, and what to do.
pub fn refused(kind: AlarmKind) -> &'static str {
    match kind {
        AlarmKind::ErasureWithoutCause => pick(
            "Le serveur demande d’effacer une personne, et cet appareil n’en trouve pas la raison signée. Rien n’est effacé ici. Prévenez la coordination.",
            "The server asks to erase a person, and this device finds no signed reason. Nothing is erased here. Tell the coordination.",
        ),
        AlarmKind::ErasureBeforeTime => pick(
            "Le serveur efface une personne faute de contact, mais cet appareil en connaît un plus récent. Rien n’est effacé ici. Voyez avec une personne référente.",
            "The server erases a person for want of contact, but this device knows a later one. Nothing is erased here. Ask a referent.",
        ),
        AlarmKind::AuditShortened => pick(
            "Le journal d’audit du serveur est plus court que celui que cet appareil a déjà vu : des entrées manquent. Prévenez l’administration ; rien n’est perdu ici.",
            "The server’s audit is shorter than what this device has seen: entries are missing. Tell the administration; nothing is lost here.",
        ),
        AlarmKind::AuditRewritten => pick(
            "Le journal d’audit du serveur ne suit pas celui que cet appareil a déjà vu : il a été récrit. Prévenez l’administration ; rien n’est perdu ici.",
            "The server’s audit does not follow what this device has seen: it was rewritten. Tell the administration; nothing is lost here.",
        ),
        AlarmKind::KeyUnsigned => pick(
            "Le serveur a donné, pour cette personne, une clé que son auteur supposé n’a pas signée. Elle n’est pas utilisée. Prévenez l’administration ; rien n’est perdu ici.",
            "For this person the server gave a key that its supposed author did not sign. It is not used. Tell the administration; nothing is lost here.",
        ),
        AlarmKind::KeyWrong => pick(
            "Une clé de partage signée par ce membre n’ouvre rien pour cette personne. Une autre est utilisée dès qu’elle arrive. Prévenez une personne référente : l’appareil de ce membre est à vérifier.",
            "A sharing key that this member signed opens nothing for this person. Another is used as soon as it comes. Tell a referent: this member’s device is to be checked.",
        ),
        AlarmKind::StoreCopied => pick(
            "Les données de cet appareil existent en double, et les deux copies se synchronisent. Rien n’est perdu. S’il vient d’être remplacé ou remis en état, ne plus utiliser l’ancien ; sinon, prévenir tout de suite l’administration, qui peut retirer l’appareil.",
            "There are two copies of this device’s data, and both synchronise. Nothing is lost. If it was just replaced or put back, stop using the old one; if not, tell the administration at once, who can revoke the device.",
        ),
        AlarmKind::ServerWentBack => pick(
            "Il n’avait plus tout ce qu’il avait confirmé, et n’a pas dit avoir été remis en service. Rien n’est perdu ici. Prévenir l’administration.",
            "It no longer had all that it had confirmed, and did not say that it was restored. Nothing is lost here. Tell the administration.",
        ),
        AlarmKind::ServerRestored => pick(
            "Il l’annonce lui-même. Rien n’est perdu ici, et il n’y a rien à faire. Si l’administration n’en sait rien, la prévenir.",
            "It says so itself. Nothing is lost here, and there is nothing to do. If the administration does not know of it, tell them.",
        ),
    }
}

/// How much the server lacked and was given back; nothing where that was none.
pub fn given_back(lacking: u32) -> Option<String> {
    let what = count(lacking, ("élément", "éléments"), ("item", "items"));
    let (verb, done) = match (lang(), lacking) {
        (Lang::Fr, 1) => ("lui manquait", "cet appareil le lui a rendu."),
        (Lang::Fr, _) => ("lui manquaient", "cet appareil les lui a rendus."),
        (Lang::En, 1) => ("was missing", "this device gave it back."),
        (Lang::En, _) => ("were missing", "this device gave them back."),
    };
    (lacking > 0).then(|| about(&format!("{what} {verb}"), done))
}
