//! Words of closed, lost and locked-out tablets.

use super::typography::count;

super::words! {
    revoked_title = "Cette tablette a été retirée de la cité", "This tablet was removed from the cité";
    revoked_why = "Elle ne montre plus rien et n’enregistre plus rien. Rien n’a été effacé.", "It shows nothing and records nothing any more. Nothing was deleted.";
    revoked_way = "Apporter la tablette à un référent ou une référente de votre organisation : ces saisies peuvent être récupérées et envoyées, à votre nom.", "Bring the tablet to a référent of your organisation: these entries can be recovered and sent, under your name.";
    revoked_none = "Rien n’attend ici : tout ce qui pouvait partir est envoyé. Rapporter la tablette à votre organisation.", "Nothing waits here: all that could leave was sent. Bring the tablet back to your organisation.";
    check_again = "Vérifier de nouveau", "Check again";
    silent_title = "Cette tablette est fermée, faute d’échange avec la cité", "This tablet is closed: no exchange with the cité";
    silent_why = "C’est une protection, au cas où elle serait perdue. Rien n’a été effacé.", "It is a protection, in case it is lost. Nothing was deleted.";
    silent_way = "Trouver un réseau (wifi du bureau, partage de connexion d’un téléphone), puis toucher Synchroniser : elle s’ouvre aussitôt. Vérifier aussi la date et l’heure de la tablette.", "Find a network (office wifi, a phone’s shared connection), then touch Synchronise: it opens at once. Check the tablet’s date and time too.";
    silent_help = "Sans réseau ici : l’apporter à un référent ou une référente, qui peut récupérer les saisies.", "No network here: bring it to a référent, who can recover the entries.";
    closes = "Cette tablette n’a pas joint la cité depuis longtemps", "This tablet has not reached the cité for long";
    closes_way = "Synchroniser avant : ensuite elle reste fermée jusqu’au prochain échange. Rien ne sera effacé.", "Synchronise before: afterwards it stays closed until the next exchange. Nothing will be deleted.";
    guessed_out = "Trop de phrases fausses ont été essayées.", "Too many wrong passphrases were tried.";
    guessed_out_way = "Appeler un référent ou une référente de votre organisation : ensemble, vous choisissez une nouvelle phrase sur cette tablette.", "Call a référent of your organisation: together you choose a new passphrase on this tablet.";
}

/// How many entries wait on a closed tablet.
pub fn waiting(entries: u32) -> String {
    count(
        entries,
        ("saisie n’a pas encore été envoyée.", "saisies n’ont pas encore été envoyées."),
        ("entry was not sent yet.", "entries were not sent yet."),
    )
}

/// For how many days nothing was exchanged.
pub fn silent_days(days: u32) -> String {
    let n = super::typography::number(days);
    super::pick("Dernier échange il y a {} jours.", "Last exchange {} days ago.").replace("{}", &n)
}

/// In how many days it closes.
pub fn closes_in(days: u32) -> String {
    match days {
        0 | 1 => super::pick("Elle se ferme dans moins d’un jour.", "It closes in less than a day.").into(),
        _ => super::pick("Elle se ferme dans {} jours.", "It closes in {} days.")
            .replace("{}", &super::typography::number(days)),
    }
}
