//! Words used on several screens.

super::words! {
    today = "Aujourd’hui", "Today";
    people = "Personnes", "People";
    solutions = "Solutions", "Solutions";
    sync = "Synchronisation", "Synchronisation";
    cohort = "Cohorte", "Cohort";
    map = "Carte", "Map";
    pathways = "Parcours", "Pathways";
    devices = "Appareils", "Devices";
    pages = "Pages", "Pages";
    demonstration = "Démonstration : personnes et lieux inventés", "Demonstration: invented people and places";
    close = "Fermer", "Close";
    cancel = "Annuler", "Cancel";
    clear = "Effacer", "Clear";
    save = "Enregistrer", "Save";
    edit = "Modifier", "Edit";
    undo = "Annuler", "Undo";
    try_again = "Réessayer", "Try again";
    one_moment = "Un instant", "One moment";
    earlier = "Mois précédent", "Earlier month";
    later = "Mois suivant", "Later month";
    less = "Moins", "Less";
    more_of = "Plus", "More";
    on_device = "Sur cet appareil", "On this device";
    received = "Reçu par la cité", "Received by the cité";
    set_aside = "Mis de côté", "Set aside";
    masked = "Masqué : petit effectif", "Masked: small number";
    saved = "Enregistré", "Saved";
    passage = "Passage anonyme", "Anonymous passage";
    encounter = "Rencontre", "Encounter";
    choose_date = "Choisir une date", "Choose a date";
    not_told = "Non communiqué", "Not told";
    scanning = "Placez l’image QR devant la caméra. Aucune photo n’est gardée.", "Hold the QR image before the camera. No picture is kept.";
    scan_stop = "Fermer la caméra", "Close the camera";
    scan_failed = "La caméra ne répond pas ou n’est pas permise ici. Recopiez ce qui est écrit sous l’image.", "The camera does not answer or is not allowed here. Type what stands under the image.";
}
