//! Words of *Aujourd’hui*.

super::words! {
    hello = "Bonjour", "Hello";
    discreet = "Discret", "Discreet";
    to_send = "à envoyer", "to send";
    all_sent = "Tout est envoyé", "All sent";
    running = "Tournée en cours", "Outing under way";
    end = "Terminer", "End";
    start = "Commencer une tournée", "Start an outing";
    no_outing = "Pas de tournée en cours", "No outing under way";
    no_outing_why = "La tournée donne son lieu à chaque saisie.", "The outing gives its place to each entry.";
    where_ = "Où allez-vous ?", "Where are you going?";
    locate = "Trouver le quartier d’après ma position", "Find the neighbourhood from my position";
    locate_why = "Seul le code du quartier est gardé, jamais la position.", "Only the neighbourhood’s code is kept, never the position.";
    locating = "Recherche de la position…", "Finding the position…";
    located_none = "Cette position n’est dans aucun QPV de la cité. Choisissez un lieu.", "This position is in no QPV of the cité. Choose a place.";
    locate_failed = "La position n’est pas disponible. Choisissez un lieu dans la liste.", "The position is not available. Choose a place from the list.";
    other_place = "Autre lieu du quartier", "Another place in";
    new_encounter = "Nouvelle rencontre", "New encounter";
    find = "Retrouver quelqu’un", "Find someone";
    due = "À faire aujourd’hui", "Due today";
    of = "sur", "of";
    show_all = "Tout afficher", "Show all";
    mark_done = "Marquer fait", "Mark done";
    late = "En retard", "Late";
    due_today = "Aujourd’hui", "Today";
    nothing_due = "Rien à faire aujourd’hui", "Nothing due today";
    nothing_due_why = "Les relances et rendez-vous que vous noterez apparaîtront ici.", "Follow-ups and appointments you note will appear here.";
    recent = "Mes dernières saisies", "My last entries";
    nothing_recent = "Aucune saisie pour l’instant", "No entry yet";
    nothing_recent_why = "La première rencontre ou le premier passage apparaîtra ici.", "The first encounter or passage will appear here.";
    follow_up_on = "suite", "next step";
    planned = "prévue", "due";
    undone = "Saisie annulée", "Entry undone";
    undo_last = "Annuler la dernière saisie", "Undo the last entry";
    drafts = "Brouillons à terminer", "Drafts to finish";
    resume = "Reprendre", "Resume";
    discard = "Jeter", "Discard";
    saved_at = "gardé", "kept";
    struck = "Annulée", "Undone";
    hidden = "À faire", "Due";
}
