//! Words of the search and of a person’s page.

super::words! {
    no_contact = "La personne ne veut plus être contactée.", "The person no longer wants to be contacted.";
    title = "Personnes", "People";
    search = "Prénom, surnom, téléphone ou code repère", "First name, nickname, phone or code repère";
    last_met = "Derniers contacts", "Last contacts";
    found = "Résultats", "Results";
    more = "D’autres correspondent : précisez.", "More match: be more precise.";
    nobody = "Personne encore", "Nobody yet";
    nobody_why = "Les personnes rencontrées apparaîtront ici.", "People you meet will appear here.";
    last_on = "dernier contact", "last contact";
    new_encounter = "Nouvelle rencontre", "New encounter";
    code = "Code repère", "Code repère";
    lives = "Habite", "Lives in";
    index = "Dans cette page", "On this page";
    index_next = "Suites", "Next steps";
    timeline = "Parcours", "Timeline";
    needs = "Besoins", "Needs";
    barriers = "Freins", "Barriers";
    strengths = "Atouts", "Strengths";
    follow_ups = "Relances et rendez-vous", "Follow-ups and appointments";
    referrals = "Orientations", "Referrals";
    named = "Volet nominatif", "Named part";
    only_here = "Perdu si cet appareil est perdu", "Lost if this device is lost";
    none_noted = "Rien de noté.", "Nothing noted.";
    risk = "Risque de décrochage", "Risk of drop-out";
    earlier_values = "Valeurs précédentes", "Earlier values";
    now = "actuelle", "present";
    profile = "Profil", "Profile";
    amended = "corrigée", "corrected";
    correct = "Corriger la rencontre", "Correct the encounter";
    strike = "Rayer cette rencontre", "Strike this encounter out";
    restore = "Rétablir", "Restore";
    restored = "rétablie", "restored";
    struck = "annulée", "undone";
    add_follow_up = "Ajouter une suite", "Add a next step";
    add_need = "Ajouter un besoin", "Add a need";
    add_barrier = "Ajouter un frein", "Add a barrier";
    edit_barrier = "Préciser le frein", "Describe the barrier";
    add_referral = "Orienter vers une solution", "Refer to a solution";
    accompanied = "Avec accompagnement (aller-avec)", "Going with the person";
    objectives = "Objectifs", "Objectives";
    impact = "Impact", "Impact";
    priority = "Priorité", "Priority";
    edit_profile = "Modifier le profil", "Edit the profile";
    evidence = "Comment le sait-on ?", "How is it known?";
    add_note = "Ajouter une note", "Add a note";
    first_name = "Prénom ou surnom", "First name or nickname";
    initial = "Initiale", "Initial";
    family_name = "Nom", "Family name";
    phone = "Téléphone", "Phone";
    phone_shared = "Téléphone partagé avec d’autres", "Phone shared with others";
    voice = "Message vocal possible", "Voice message allowed";
    sms = "SMS possible", "SMS allowed";
    safe_hours = "Heures sûres", "Safe hours";
    introduce_as = "Se présenter comme", "Introduce oneself as";
    email = "E-mail", "E-mail";
    address = "Adresse", "Address";
    sealed = "Avec un cadenas : la cité ne peut pas le lire", "With a lock: the cité cannot read it";
    protected = "Orientation protégée", "Protected referral";
    no_message = "Sans réponse ci-dessous, aucun message n’est laissé.", "Without an answer below, no message is left.";
    saved = "Modification enregistrée", "Change saved";
    barrier_state = "État du frein", "State of the barrier";
    notice_none = "Information non donnée", "Notice not given";
    notice_on = "Information donnée le", "Notice given on";
}

/// A reason of the risk of drop-out, by its code.
pub fn reason(code: &str) -> &'static str {
    use super::pick;
    match code {
        "no_contact" => pick("Sans contact depuis plus de 45 jours", "No contact for more than 45 days"),
        "missed_appointment" => pick("Rendez-vous manqué", "Missed appointment"),
        "referral_without_news" => pick("Orientation sans nouvelles", "Referral without news"),
        "priority_untouched" => pick("Frein prioritaire non travaillé", "Priority barrier untouched"),
        "overdue" => pick("Suite en retard", "Overdue next step"),
        _ => "",
    }
}
