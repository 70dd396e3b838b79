//! Words of a référent's morning: urgency, duplicates, differing values.

use super::{names, pick};

super::words! {
    order = "Ordre de la liste", "Order of the list";
    by_urgency = "Par urgence", "By urgency";
    by_contact = "Derniers contacts", "Last contacts";
    to_check = "À vérifier", "To check";
    mine = "Mes parcours seulement", "My pathways only";
    followed = "Personnes suivies", "People followed";
    nobody = "Aucun suivi en cours", "Nobody followed";
    nobody_why = "Les personnes qui ont un frein ouvert, un accompagnement ou une suite prévue apparaîtront ici.", "People with an open barrier, an episode or a next step due will appear here.";
    due = "à faire", "due";
    at_risk = "à risque de décrochage", "at risk of drop-out";
    risk = "À risque", "At risk";
    ends = "Fin de conservation", "Retention ends";
    first_of = "Les plus urgentes sont affichées.", "The most urgent are shown.";
    duplicates = "Peut-être la même personne", "Perhaps the same person";
    duplicates_why = "Rien n’est fusionné : un lien réunit les deux dossiers et se défait à tout moment.", "Nothing is merged: a link joins the two records and can be undone at any time.";
    differing = "Valeurs à départager", "Values to settle";
    differing_why = "Plusieurs personnes ont noté des valeurs différentes en même temps. Toutes sont gardées.", "Several people noted different values at the same time. All are kept.";
    nothing = "Rien à vérifier", "Nothing to check";
    nothing_why = "Les doublons probables et les valeurs différentes apparaîtront ici.", "Probable duplicates and differing values will appear here.";
    same = "C’est la même personne", "It is the same person";
    different = "Ce sont deux personnes", "They are two people";
    linked = "Même personne que", "Same person as";
    linked_by = "Lien posé", "Linked";
    unlink = "Défaire le lien", "Undo the link";
    link_saved = "Dossiers reliés", "Records linked";
    apart_saved = "Dossiers séparés", "Records kept apart";
    keep = "Garder", "Keep";
    shown = "affichée aujourd’hui", "shown now";
    settled = "Valeur gardée", "Value kept";
}

/// A reason to think that two records are of one person, by its code.
pub fn reason(code: &str) -> &'static str {
    match code {
        "same_name" => pick("même prénom et même initiale", "same first name and initial"),
        "same_first_name" => pick("même prénom", "same first name"),
        "met_before" => pick("dit avoir déjà eu un contact avec l’équipe", "says the team was met before"),
        "same_residence" => pick("même quartier", "same neighbourhood"),
        "same_age" => pick("même âge", "same age"),
        "same_gender" => pick("même genre", "same gender"),
        "same_household" => pick("même foyer", "same household"),
        "same_barriers" => pick("un même frein", "a barrier in common"),
        _ => "",
    }
}

/// Reasons in one line, with a capital.
pub fn reasons(codes: &[(String, u32)]) -> String {
    let words: Vec<&str> = codes.iter().map(|(code, _)| reason(code)).filter(|it| !it.is_empty()).collect();
    names::upper_first(&words.join(", "))
}
