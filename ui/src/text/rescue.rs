//! Words of closed, lost and locked-out devices.

use super::typography::count;

super::words! {
    revoked_title = "Cet appareil a été retiré de la cité", "This device was removed from the cité";
    revoked_why = "Il ne montre plus rien et n’enregistre plus rien. Rien n’a été effacé.", "It shows nothing and records nothing any more. Nothing was deleted.";
    revoked_way = "Apporter l’appareil à un référent ou une référente de votre organisation : ces saisies peuvent être récupérées et envoyées, à votre nom.", "Bring the device to a référent of your organisation: these entries can be recovered and sent, under your name.";
    revoked_none = "Rien n’attend ici : tout ce qui pouvait partir est envoyé. Rapporter l’appareil à votre organisation.", "Nothing waits here: all that could leave was sent. Bring the device back to your organisation.";
    alone_why = "Scellés pour vous : personne d’autre ne peut les ouvrir, et cet appareil ne les montre plus. Si l’un d’eux compte pour une personne, dites-le de vive voix à votre référent ou référente.", "Sealed for you: nobody else can open them, and this device shows them no more. If one of them matters for a person, tell your référent.";
    check_again = "Vérifier de nouveau", "Check again";
    silent_title = "Cet appareil est fermé, faute d’échange avec la cité", "This device is closed: no exchange with the cité";
    silent_why = "C’est une protection, au cas où il serait perdu. Rien n’a été effacé.", "It is a protection, in case it is lost. Nothing was deleted.";
    silent_way = "Trouver un réseau (wifi du bureau, partage de connexion d’un téléphone), puis toucher « Synchroniser maintenant » : il s’ouvre aussitôt. Vérifier aussi la date et l’heure de l’appareil.", "Find a network (office wifi, a phone’s shared connection), then touch “Synchronise now”: it opens at once. Check the device’s date and time too.";
    silent_help = "Sans réseau ici : l’apporter à un référent ou une référente, qui peut récupérer les saisies.", "No network here: bring it to a référent, who can recover the entries.";
    closes = "Cet appareil n’a pas joint la cité depuis longtemps", "This device has not reached the cité for long";
    closes_way = "Synchroniser avant : ensuite il reste fermé jusqu’au prochain échange. Rien ne sera effacé.", "Synchronise before: afterwards it stays closed until the next exchange. Nothing will be deleted.";
    title = "Appareil perdu, retrouvé, phrase oubliée", "Lost, found and locked-out devices";
    lead = "Pour les appareils de votre organisation. Appareil perdu : le retirer d’abord, dans « Membres ».", "For your organisation’s devices. Lost device: remove it first, under “Members”.";
    link = "Appareil perdu, phrase oubliée", "Lost or locked-out device";
    back = "Retour", "Back";
    found_title = "Récupérer les saisies d’un appareil", "Recover a device’s entries";
    found_lead = "Ce qu’il n’avait pas envoyé est repris et envoyé d’ici, au nom de la personne qui l’a saisi. L’appareil retrouvé n’est pas modifié.", "What it had not sent is taken over and sent from here, under the name of who entered it. The device found is not changed.";
    folder = "Dossier de données de l’appareil, ou sa copie", "The device’s data folder, or a copy of it";
    folder_hint = "Le dossier où se trouve « store.db », par exemple sur une clé USB", "The folder that holds “store.db”, for example on a USB stick";
    printed_key = "Clé de secours imprimée, vingt-quatre mots", "Printed recovery key, twenty-four words";
    printed_key_hint = "Seulement si aucune clé de cet appareil n’est entre vos mains", "Only where no key of this device is in your hands";
    use_printed_key = "Utiliser la clé de secours imprimée", "Use the printed recovery key";
    recover = "Récupérer", "Recover";
    recovering = "Récupération…", "Recovering…";
    recovered = "Récupéré :", "Recovered:";
    nothing_new = "Rien de nouveau sur", "Nothing new on";
    recovered_way = "Synchroniser maintenant pour l’envoyer à la cité.", "Synchronise now to send it to the cité.";
    people = "Personnes", "People";
    parts = "Volets partagés, encore scellés", "Shared parts, still sealed";
    records = "Accords et autres actes signés", "Agreements and other signed acts";
    known = "Déjà repris avant", "Taken over before";
    refused = "Non signé comme il faut, laissé", "Not signed as it should be, left";
    lost_why = "Scellés pour leur seule autrice ou leur seul auteur : sans sa phrase, personne ne peut les ouvrir.", "Sealed for their author alone: without the passphrase nobody can open them.";
    still_waiting = "Récupéré, à envoyer", "Recovered, to send";
    behalf = "À écrire d’ici, au nom de", "To be written from here, for";
    behalf_why = "Ces saisies attendaient que leur autrice ou leur auteur ouvre l’appareil, et ne portent plus sa signature. Elles seront écrites d’ici à son nom ; chaque page dira que vous les avez récupérées.", "These entries waited for their author to open the device and no longer carry their signature. They are written from here in their name; each page will say that you recovered them.";
    set_aside = "Refusées auparavant par la cité", "Refused by the cité before";
    set_aside_way = "Les voir dans Synchronisation, « Saisies mises de côté », avec la personne qui les a faites.", "See them under Synchronisation, “Entries set aside”, with the person who made them.";
    elsewhere = "D’une autre organisation", "Of another organisation";
    elsewhere_way = "Confier l’appareil à un référent ou une référente de cette organisation, qui les récupérera de la même façon.", "Let a référent of that organisation have the device, who recovers them in the same way.";
    erased = "Sur une personne effacée depuis, laissé", "About a person erased since, left";
    held = "Récupéré, en attente du parcours", "Recovered, waiting for the record";
    held_why = "Le parcours de la personne n’est pas sur cet appareil. Synchroniser ; si cela ne suffit pas, demander qu’on vous désigne référent ou référente de cette personne, ou faire récupérer l’appareil par qui suit son secteur.", "The person’s record is not on this device. Synchronise; if that is not enough, ask to be made this person’s référent, or let whoever follows their sector recover the device.";
    forgotten_title = "Phrase oubliée", "Forgotten passphrase";
    forgotten_lead = "Lire la clé de l’appareil à la personne, qui l’y tape ; puis l’inviter de nouveau (« Membres », « Autre appareil »). Cette clé n’ouvre aucun volet nominatif.", "Read the device’s key to the person, who types it there; then invite them again (“Members”, “Another device”). This key opens no named part.";
    no_device = "Aucun autre appareil", "No other device";
    no_device_why = "Ceux de votre organisation apparaîtront ici.", "Those of your organisation will appear here.";
    is_revoked = "retiré de la cité", "removed from the cité";
    has_key = "clé entre vos mains", "key in your hands";
    no_key = "pas encore de clé : au prochain échange de cet appareil", "no key yet: with this device’s next exchange";
    show_key = "Afficher la clé", "Show the key";
    hide_key = "Cacher la clé", "Hide the key";
    key_why = "À lire à voix basse, ou à montrer ; ne pas l’envoyer par message. Elle ouvre les saisies codées de cet appareil, aucun nom.", "Read it in a low voice, or show it; do not send it in a message. It opens that device’s coded entries, no name.";
    forgotten = "Phrase oubliée", "Forgotten passphrase";
    forgotten_how = "Appeler un référent ou une référente de votre organisation, qui lit sur son écran la clé de cet appareil.", "Call a référent of your organisation, who reads this device’s key from their screen.";
    device_key = "Clé de cet appareil", "This device’s key";
    device_key_hint = "56 lettres et chiffres ; les espaces ne comptent pas", "56 letters and digits; spaces do not matter";
    weigh_title = "Avant de recommencer", "Before beginning again";
    kept_why = "Elles partiront, à votre nom, dès que vous aurez rejoint la cité.", "They will leave, under your name, once you have joined again.";
    cost = "Ce qui n’était partagé avec personne est perdu", "What was shared with nobody is lost";
    cost_why = "C’était scellé avec la phrase oubliée ; ni la cité, ni un référent ou une référente ne peuvent l’ouvrir. Si la phrase peut encore être retrouvée, chercher d’abord. Cela ne vaut que pour la personne qui recommence.", "It was sealed with the forgotten passphrase; neither the cité nor a référent can open it. If the passphrase can still be found, look first. This concerns only the person who begins again.";
    then_join = "Ensuite : une nouvelle invitation, une nouvelle phrase, un nouveau code.", "Then: a new invitation, a new passphrase, a new PIN.";
    join_again = "J’ai compris, recommencer", "I understand, begin again";
    guessed_out = "Trop de phrases fausses ont été essayées.", "Too many wrong passphrases were tried.";
    guessed_out_way = "Appeler un référent ou une référente de votre organisation : ensemble, vous choisissez une nouvelle phrase sur cet appareil.", "Call a référent of your organisation: together you choose a new passphrase on this device.";
}

/// How many entries wait on a closed device.
pub fn waiting(entries: u32) -> String {
    count(
        entries,
        ("saisie n’a pas encore été envoyée.", "saisies n’ont pas encore été envoyées."),
        ("entry was not sent yet.", "entries were not sent yet."),
    )
}

/// How many shared parts wait on a closed device.
pub fn parts_wait(n: u32) -> String {
    count(
        n,
        (
            "volet nominatif partagé n’a pas encore été envoyé.",
            "volets nominatifs partagés n’ont pas encore été envoyés.",
        ),
        ("shared named part was not sent yet.", "shared named parts were not sent yet."),
    )
}

/// How many signed acts wait on a closed device.
pub fn records_wait(n: u32) -> String {
    count(
        n,
        (
            "accord ou autre acte signé n’a pas encore été envoyé.",
            "accords ou autres actes signés n’ont pas encore été envoyés.",
        ),
        (
            "agreement or other signed act was not sent yet.",
            "agreements or other signed acts were not sent yet.",
        ),
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
        0 | 1 => super::pick("Il se ferme dans moins d’un jour.", "It closes in less than a day.").into(),
        _ => super::pick("Il se ferme dans {} jours.", "It closes in {} days.")
            .replace("{}", &super::typography::number(days)),
    }
}

/// Changes of one person.
pub fn changes(n: u32) -> String {
    count(
        n,
        ("saisie ou modification", "saisies et modifications"),
        ("entry or change", "entries and changes"),
    )
}

/// Entries that are kept.
pub fn kept(n: u32) -> String {
    count(
        n,
        ("saisie à envoyer est gardée", "saisies à envoyer sont gardées"),
        ("entry to send is kept", "entries to send are kept"),
    )
}

/// What nobody can open any more.
pub fn lost(parts: u32, drafts: u32) -> String {
    let parts =
        count(parts, ("volet non partagé", "volets non partagés"), ("unshared part", "unshared parts"));
    let drafts = count(drafts, ("brouillon", "brouillons"), ("draft", "drafts"));
    format!("{parts}, {drafts}")
}
