//! Words of an agreement: what is shared and with whom, how it was given, how it ends.

use super::{erasure, pick};
use domain::vocabulary::{ObjectionAct, Purpose};

super::words! {
    with = "Avec", "With";
    whole_team = "Toute l’équipe", "The whole team";
    nobody_chosen = "Choisir au moins une organisation.", "Choose at least one organisation.";
    sensitive_ask = "D’accord pour noter cette difficulté ?", "Agrees that this difficulty be recorded?";
    sensitive_no = "La personne a déjà dit non : noter le domaine seul.", "The person has already said no: record the domain alone.";
    without = "Sauf quelqu’un", "Except someone";
    without_why = "Cette personne ne verra rien, et rien ne le lui dira.", "They will see nothing, and nothing will tell them.";
    channel = "Par quel moyen", "By which means";
    until = "Jusqu’au (facultatif)", "Until (optional)";
    until_day = "jusqu’au", "until";
    how = "Comment la parole est donnée", "How the word is given";
    not_yet = "Le partage n’est pas encore possible", "Sharing is not possible yet";
    not_yet_why = "La cité n’est pas encore fondée. L’accord est noté ; il sera suivi dès qu’elle le sera.", "The cité is not founded yet. The agreement is recorded; it takes effect once it is.";
    shared_with = "Partagé avec", "Shared with";
    will_be_shared = "Sera partagé à la prochaine synchronisation avec", "Will be shared at the next synchronisation with";
    no_longer_shared = "N’est plus partagé", "No longer shared";
    all_answered = "Tout a déjà sa réponse.", "Everything has its answer already.";
    erase_everywhere = "Tout effacer, partout", "Erase everything, everywhere";
    erase_everywhere_why = "Effacé ici tout de suite", "Erased here at once";
    keep_here = "Garder ici, pour moi seul·e", "Keep here, for me alone";
    keep_here_why = "Les valeurs restent sur cet appareil, pour vous seul·e ; elles sont effacées", "The values stay on this device, for you alone; they are erased";
    what_becomes = "Que faire de ce qui était partagé ?", "What becomes of what was shared?";
    withdraw_other = "L’accord cesse dès maintenant", "The agreement ends now";
    withdraw_ask = "Dites-le à la personne avec ces mots, puis demandez-lui de confirmer.", "Tell the person in these words, then ask them to confirm.";
}

/// What becomes of what was shared: kept here for its author, or erased.
pub fn becomes(keep: bool) -> String {
    let (here, join) =
        if keep { (keep_here_why(), " ") } else { (erase_everywhere_why(), pick("\u{202f}; ", "; ")) };
    format!("{here}{join}{}.", erasure::elsewhere())
}

/// What a withdrawal does to a purpose that shares nothing.
pub fn ends() -> String {
    format!("{}{}{}.", withdraw_other(), pick("\u{202f}; ", "; "), erasure::elsewhere())
}

/// What an agreement allows, in words to say to the person.
pub fn says(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Recognise => pick(
            "Votre prénom ou surnom et votre initiale, pour que l’équipe vous reconnaisse.",
            "Your first name or nickname and your initial, so that the team recognises you.",
        ),
        Purpose::ShareIdentity => {
            pick("Votre nom de famille et votre date de naissance.", "Your family name and birth date.")
        }
        Purpose::ShareContact => pick(
            "Votre téléphone, votre adresse, et comment vous joindre sans risque.",
            "Your phone, your address, and how to reach you safely.",
        ),
        Purpose::ShareNotes => pick(
            "Les notes, les difficultés sensibles et les orientations protégées.",
            "The notes, the sensitive difficulties and the protected referrals.",
        ),
        Purpose::RecordSensitive => pick(
            "Noter une difficulté sensible : santé, handicap, justice, violences. La cité ne peut pas la lire.",
            "Record a sensitive difficulty: health, disability, justice, violence. The cité cannot read it.",
        ),
        Purpose::ShareWithPartner => pick(
            "Transmettre ce qui est utile à un partenaire qui vous reçoit.",
            "Pass on what is useful to a partner who receives you.",
        ),
        Purpose::ContactAgain => pick(
            "Vous rappeler ou vous écrire, par le moyen que vous choisissez.",
            "Call or write to you, by the means you choose.",
        ),
    }
}

/// What an objection does, in plain words.
pub fn objection(act: ObjectionAct) -> &'static str {
    match act {
        ObjectionAct::NoContact => pick(
            "Plus d’appel ni de message : l’accord pour reprendre contact cesse, et les relances ne sont plus proposées. Le reste ne change pas.",
            "No more calls or messages: the agreement to be contacted again ends, and call-backs are no longer proposed. The rest does not change.",
        ),
        ObjectionAct::NoSharing => pick(
            "Plus rien n’est envoyé. Chez les collègues, les volets nominatifs s’effacent à la prochaine synchronisation ; qui les a écrits garde ce qu’il a écrit.",
            "Nothing more is sent. On colleagues’ devices the named parts are erased at the next synchronisation; whoever wrote them keeps what they wrote.",
        ),
        ObjectionAct::Stop => {
            pick("Tout est gelé tout de suite, puis effacé.", "Everything is frozen at once, then erased.")
        }
    }
}
