//! Words of *Synchronisation* and of the directory.

use super::error::by_code;
use super::pick;
use domain::api::sync::SyncFailureKind;
use domain::error::ErrorCode;

super::words! {
    title = "Synchronisation", "Synchronisation";
    now = "Synchroniser maintenant", "Synchronise now";
    running = "Synchronisation en cours", "Synchronising";
    to_send = "à envoyer", "to send";
    sent = "envoyées", "sent";
    received = "reçus", "received";
    all_sent = "Tout est envoyé", "All is sent";
    nothing_yet = "Rien à envoyer encore", "Nothing to send yet";
    waiting_why = "Elles sont en sécurité sur cet appareil et partiront dès que le serveur répondra.", "They are safe on this device and will leave as soon as the server answers.";
    last = "Dernier échange complet", "Last complete exchange";
    tried = "Essai", "Tried";
    never = "Jamais encore", "Not yet";
    kept_here = "Volets nominatifs gardés ici", "Named parts kept here";
    kept_why = "Ils ne quittent jamais cet appareil sans accord de partage.", "They never leave this device without an agreement to share.";
    set_aside = "Saisies mises de côté", "Entries set aside";
    set_aside_why = "La cité ne les a pas prises ; elles restent ici. Voyez lesquelles, et que faire de chacune.", "The cité did not take them; they stay here. See which, and what to do with each.";
    clock_off = "L’horloge de cet appareil est fausse", "The clock of this device is wrong";
    clock_short = "Régler la date et l’heure de l’appareil, puis synchroniser.", "Set the device’s date and time, then synchronise.";
    clock_ahead = "jours d’avance", "days ahead";
    clock_behind = "jours de retard", "days behind";
    clock_said = "Il se croit le", "It takes the day for";
    clock_cite = "Pour la cité, c’était le", "For the cité it was";
    clock_why = "Régler la date et l’heure dans les réglages de l’appareil (de préférence automatiques), puis synchroniser. Rien n’est perdu : ce qui a été saisi garde le jour inscrit, et la cité compte ces rencontres à partir du jour où elle les a reçues. Corriger ensuite le jour des rencontres saisies entre-temps.", "Set the date and time in the device’s settings (automatic is best), then synchronise. Nothing is lost: what was entered keeps the day it bears, and the cité counts these encounters from the day it received them. Then correct the day of the encounters entered meanwhile.";
    copied = "Les fichiers de cet appareil existent aussi ailleurs", "This device’s files exist elsewhere too";
    copied_why = "Ils ont été copiés, ou remis d’une sauvegarde. Rien n’est perdu ni doublé : ce qui a été saisi de part et d’autre est gardé. Si vous n’en saviez rien, prévenez un référent ou une référente : la copie peut être entre d’autres mains.", "They were copied, or put back from a backup. Nothing is lost or doubled: what was entered on either side is kept. If you did not know, tell a référent: the copy may be in other hands.";
    unread = "Réglages illisibles venus de la cité", "Settings from the cité that cannot be read";
    unread_why = "Les derniers qui se lisent restent en usage. Le signaler à l’administration de la cité.", "The last that could be read stay in use. Tell the cité’s administration.";
    server = "Serveur", "Server";
    pathways = "Parcours sur cet appareil", "Pathways on this device";
    retry_at = "nouvel essai à", "next try at";
    directory_search = "Nom, structure ou mot", "Name, organisation or word";
    none_found = "Aucune solution trouvée", "No solution found";
    none_found_why = "Essayez un autre mot, ou un autre domaine.", "Try another word or another domain.";
    until = "jusqu’au", "until";
    none_yet = "L’annuaire est vide", "The directory is empty";
    none_yet_why = "Il arrive avec la première synchronisation.", "It comes with the first synchronisation.";
}

/// A failure in honest words, and what to do.
pub fn failure(kind: SyncFailureKind) -> (&'static str, &'static str) {
    match kind {
        SyncFailureKind::Unreachable => (
            pick("Le serveur ne répond pas.", "The server does not answer."),
            pick(
                "Continuez à travailler. L’envoi reprendra tout seul avec du réseau.",
                "Go on working. Sending resumes by itself with a network.",
            ),
        ),
        SyncFailureKind::Cut => (
            pick("La connexion a été coupée en route.", "The connection was cut on the way."),
            pick(
                "Ce qui est passé est gardé ; la suite reprendra au même endroit.",
                "What went through is kept; the rest resumes at the same place.",
            ),
        ),
        SyncFailureKind::Busy => (
            pick("Le serveur est occupé et demande d’attendre.", "The server is busy and asks to wait."),
            pick("Rien à faire : nouvel essai tout seul.", "Nothing to do: it tries again by itself."),
        ),
        SyncFailureKind::Untrusted => (
            pick("La réponse du serveur n’est pas sûre.", "The server’s answer cannot be trusted."),
            pick(
                "Changez de réseau (évitez un wifi public). Si cela continue, appelez la coordination.",
                "Change network (avoid public wifi). If it goes on, call the coordination.",
            ),
        ),
        SyncFailureKind::Revoked => by_code(ErrorCode::Revoked),
        SyncFailureKind::DeviceTooOld => by_code(ErrorCode::DeviceTooOld),
        SyncFailureKind::ServerTooOld => (
            pick("Le serveur doit être mis à jour.", "The server must be updated."),
            pick(
                "Prévenez la coordination ; vos saisies sont gardées.",
                "Tell the coordination; your entries are kept.",
            ),
        ),
        SyncFailureKind::Diverged => (
            pick(
                "La cité et cet appareil n’ont pas les mêmes saisies.",
                "The cité and this device do not hold the same entries.",
            ),
            pick(
                "Rien n’est effacé ici. Prévenez la coordination : une partie manque au serveur.",
                "Nothing is deleted here. Tell the coordination: the server lacks a part.",
            ),
        ),
        SyncFailureKind::StorageFull => by_code(ErrorCode::StorageFull),
        SyncFailureKind::ServerError => (
            pick("Le serveur a eu un problème.", "The server had a problem."),
            pick(
                "Réessayez plus tard. Si cela continue, prévenez la coordination.",
                "Try again later. If it goes on, tell the coordination.",
            ),
        ),
    }
}
