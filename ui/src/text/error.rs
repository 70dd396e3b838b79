//! Each refusal in words, with the way out. The match is exhaustive: a new code does not compile
//! until it has its words.

use super::{pick, rescue};
use domain::error::{ApiError, ErrorCode};

/// What happened, and what to do.
pub struct ErrorWords {
    /// What happened.
    pub what: String,
    /// The way out.
    pub way: String,
}

/// The words of a refusal.
pub fn words(error: &ApiError) -> ErrorWords {
    let detail = error.detail.first().map(String::as_str).unwrap_or_default();
    if error.code == ErrorCode::TooManyAttempts && !detail.is_empty() {
        return ErrorWords {
            what: pick("Trop d’essais.", "Too many attempts.").into(),
            way: format!(
                "{} {detail} {}",
                pick("Attendez", "Wait"),
                pick("secondes, puis réessayez.", "seconds, then try again.")
            ),
        };
    }
    let (what, way) = by_code(error.code);
    ErrorWords { what: what.into(), way: way.into() }
}

/// What happened and what to do, where nothing more is known.
pub(super) fn by_code(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::NotJoined => (
            pick("Cet appareil n’a encore rejoint aucune cité.", "This device has not joined a cité yet."),
            pick("Demandez un code d’invitation à votre cité.", "Ask your cité for an invitation code."),
        ),
        ErrorCode::Locked => (
            pick("L’application est verrouillée.", "The app is locked."),
            pick(
                "Déverrouillez-la pour continuer. Le brouillon est gardé.",
                "Unlock it to go on. The draft is kept.",
            ),
        ),
        ErrorCode::WrongSecret => (
            pick("Ce n’est pas le bon code.", "That is not right."),
            pick(
                "Vérifiez et réessayez. Les accents et les majuscules ne comptent pas.",
                "Check and try again. Accents and capitals do not matter.",
            ),
        ),
        ErrorCode::PassphraseNeeded => (
            pick("Le code PIN ne suffit plus.", "The PIN is no longer enough."),
            pick("Tapez votre phrase de six mots.", "Type your six-word passphrase."),
        ),
        ErrorCode::TooManyAttempts => (
            pick("Trop d’essais.", "Too many attempts."),
            pick("Attendez un peu, puis réessayez.", "Wait a little, then try again."),
        ),
        ErrorCode::GuessedOut => (rescue::guessed_out(), rescue::guessed_out_way()),
        ErrorCode::Silent => (rescue::silent_title(), rescue::silent_way()),
        ErrorCode::NoKeyForDevice => (
            pick(
                "Aucune clé de cet appareil n’est entre vos mains.",
                "No key of this device is in your hands.",
            ),
            pick(
                "Il est d’une autre organisation, ou n’a rien échangé depuis que vous êtes référent ou référente. La clé de secours imprimée peut l’ouvrir.",
                "It is another organisation’s, or has not exchanged since you became a référent. The printed recovery key can open it.",
            ),
        ),
        ErrorCode::SignedOut => (
            pick("Votre session est terminée.", "Your session has ended."),
            pick("Connectez-vous à nouveau.", "Sign in again."),
        ),
        ErrorCode::NotAllowed => (
            pick("Votre rôle ne permet pas cette action.", "Your role does not allow this."),
            pick("Voyez avec la coordination de la cité.", "Ask the cité’s coordination."),
        ),
        ErrorCode::NotHere => (
            pick("Cela ne se fait pas sur cet écran.", "This cannot be done on this screen."),
            pick("Utilisez la tablette ou l’ordinateur de la cité.", "Use the tablet or the cité’s laptop."),
        ),
        ErrorCode::NotFound => (
            pick("Introuvable sur cet appareil.", "Not found on this device."),
            pick(
                "L’entrée a pu être effacée ou confiée à une autre équipe.",
                "The entry may have been erased or handed to another team.",
            ),
        ),
        ErrorCode::Invalid => (
            pick(
                "Il manque une réponse, ou l’une d’elles n’est pas possible.",
                "An answer is missing or not possible.",
            ),
            pick("Vérifiez ce qui est saisi, puis réessayez.", "Check what was entered, then try again."),
        ),
        ErrorCode::LooksLikeSocialSecurityNumber => (
            pick(
                "Ce texte ressemble à un numéro de sécurité sociale.",
                "This text looks like a social security number.",
            ),
            pick(
                "Allervers ne le garde jamais : retirez ces chiffres.",
                "Allervers never keeps one: remove these digits.",
            ),
        ),
        ErrorCode::NoticeNeeded => (
            pick("L’information n’a pas encore été donnée.", "The notice has not been given yet."),
            pick(
                "Dites les deux phrases à la personne, puis touchez « Information donnée ».",
                "Say the two sentences to the person, then touch “Notice given”.",
            ),
        ),
        ErrorCode::SensitiveNotAgreed => (
            pick(
                "La personne n’a pas donné son accord pour noter une difficulté sensible.",
                "The person did not agree that a sensitive difficulty be recorded.",
            ),
            pick(
                "Demandez-le-lui en tête-à-tête, ou notez le domaine seul. Dire non ne change rien à l’aide.",
                "Ask in private, or record the domain alone. Saying no changes nothing about the help.",
            ),
        ),
        ErrorCode::ConsentRefuses => (
            pick("La personne ne l’a pas accepté.", "The person did not agree to this."),
            pick(
                "Rien n’est noté. Son choix est au registre des accords.",
                "Nothing is recorded. Their choice is in the ledger.",
            ),
        ),
        ErrorCode::MinorAlone => (
            pick(
                "Moins de 16 ans, sans représentant ou représentante : passage seulement.",
                "Under 16 without a representative: a passage only.",
            ),
            pick(
                "Notez un passage anonyme, ou attendez qu’un représentant ou une représentante soit là.",
                "Record an anonymous passage, or come back with a representative.",
            ),
        ),
        ErrorCode::CiteNotReady => (
            pick("La cité n’a pas fini ses réglages.", "The cité has not finished its settings."),
            pick(
                "Rien de réel ne peut être noté avant : prévenez la coordination.",
                "Nothing real may be recorded before: tell the coordination.",
            ),
        ),
        ErrorCode::InvitationInvalid => (
            pick(
                "Cette invitation n’est pas connue, ou elle ne sert plus.",
                "This invitation is unknown or no longer valid.",
            ),
            pick("Vérifiez le code, ou demandez-en un nouveau.", "Check the code, or ask for a new one."),
        ),
        ErrorCode::NotEstablished => (
            pick("La cité n’est pas encore fondée.", "The cité is not founded yet."),
            pick(
                "Créez d’abord la clé de secours, dans « Membres ».",
                "Make the recovery key first, under “Members”.",
            ),
        ),
        ErrorCode::RecoveryKeyUnknown => (
            pick("Cette feuille n’ouvre pas cette cité.", "This sheet does not open this cité."),
            pick(
                "Elle est d’une autre cité, ou une feuille plus récente l’a remplacée. Cherchez la dernière imprimée.",
                "It is another cité’s, or a later sheet took its place. Look for the last one printed.",
            ),
        ),
        ErrorCode::ReferentAtWork => (
            pick(
                "Un appareil de référent ou de référente est encore actif.",
                "A referent’s device is still active.",
            ),
            pick(
                "C’est à cette personne de vous inviter. Si tous leurs appareils sont perdus, demandez d’abord à l’administration du serveur de les révoquer.",
                "It is for that person to invite you. If all their devices are lost, first ask the server’s administration to revoke them.",
            ),
        ),
        ErrorCode::RecoveryInterrupted => (
            pick("La cité a changé pendant la récupération.", "The cité changed during the recovery."),
            pick(
                "Rien n’a été fait. Recommencez avec la même feuille et jetez la nouvelle.",
                "Nothing was done. Begin again with the same sheet and throw the new one away.",
            ),
        ),
        ErrorCode::OtherSheetFirst => (
            pick(
                "Une autre feuille a été imprimée avant la vôtre.",
                "Another sheet was printed before yours.",
            ),
            pick(
                "Détruisez la vôtre : c’est celle de votre collègue qui compte.",
                "Destroy yours: your colleague’s counts.",
            ),
        ),
        ErrorCode::SheetWaits => (
            pick(
                "Une nouvelle feuille attend déjà que la cité la reçoive.",
                "A new sheet already waits for the cité to receive it.",
            ),
            pick("Synchronisez d’abord.", "Synchronise first."),
        ),
        ErrorCode::Revoked => (
            pick("Cet appareil a été retiré de la cité.", "This device was removed from the cité."),
            pick(
                "Ce qui est saisi reste ici. L’apporter à un référent ou une référente.",
                "What was entered stays here. Bring it to a référent.",
            ),
        ),
        ErrorCode::ServerUnreachable => (
            pick("Le serveur de la cité ne répond pas.", "The cité’s server does not answer."),
            pick(
                "Continuez : tout reste sur cet appareil. Réessayez avec du réseau.",
                "Go on: everything stays on this device. Try again with a network.",
            ),
        ),
        ErrorCode::ServerUntrusted => (
            pick(
                "La réponse reçue n’est pas celle attendue.",
                "The answer received is not the one expected.",
            ),
            pick(
                "Vérifiez l’adresse du serveur, ou changez de réseau.",
                "Check the server’s address, or change network.",
            ),
        ),
        ErrorCode::ServerTooOld => (
            pick("Le serveur de la cité doit être mis à jour.", "The cité’s server must be updated."),
            pick(
                "Vos saisies sont gardées et partiront ensuite.",
                "Your entries are kept and will be sent afterwards.",
            ),
        ),
        ErrorCode::DeviceTooOld => (
            pick("Cette application doit être mise à jour.", "This app must be updated."),
            pick(
                "Vos saisies sont gardées et partiront ensuite.",
                "Your entries are kept and will be sent afterwards.",
            ),
        ),
        ErrorCode::StorageFull => (
            pick("L’appareil n’a plus de place.", "The device is full."),
            pick(
                "Libérez de la place (photos, vidéos), puis réessayez.",
                "Free some space (photos, videos), then try again.",
            ),
        ),
        ErrorCode::StoreTooNew => (
            pick("Les données viennent d’une version plus récente.", "The data comes from a newer version."),
            pick("Mettez l’application à jour. Rien n’a été changé.", "Update the app. Nothing was changed."),
        ),
        ErrorCode::StoreDamaged => (
            pick("Les données de cet appareil sont abîmées.", "The data on this device is damaged."),
            pick("N’effacez rien et appelez la coordination.", "Erase nothing and call the coordination."),
        ),
        ErrorCode::CannotUndo => (
            pick("Il est trop tard pour annuler.", "It is too late to undo."),
            pick(
                "Corrigez l’entrée depuis la page de la personne.",
                "Correct the entry on the person’s page.",
            ),
        ),
        ErrorCode::Internal => (
            pick("Quelque chose n’a pas marché de notre côté.", "Something went wrong on our side."),
            pick("Réessayez. Ce qui est enregistré le reste.", "Try again. What is recorded stays so."),
        ),
    }
}
