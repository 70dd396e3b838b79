//! Words of the following of a person: episodes, situations, outcomes.

super::words! {
    title = "Accompagnement", "Following";
    episode = "Accompagnement", "Episode";
    since = "depuis le", "since";
    exit_for = "sortie :", "exit:";
    add_episode = "Commencer un accompagnement", "Begin an episode";
    edit_episode = "L’accompagnement", "The episode";
    entered_on = "Entrée", "Entry";
    entry_reason = "Motif d’entrée", "Reason of entry";
    stage = "Étape", "Stage";
    exit_reason = "Motif de sortie", "Reason of exit";
    exited_on = "Sortie", "Exit";
    add_situation = "Noter la situation", "Note the situation";
    edit_situation = "La situation", "The situation";
    situation_on = "À la date du", "On";
    moment = "Moment", "Moment";
    activity = "Activité", "Activity";
    registration = "France Travail", "France Travail";
    education = "Niveau de formation", "Level of education";
    time_without_work = "Temps sans emploi", "Time without work";
    rsa = "Bénéficie du RSA", "Receives RSA";
    followed = "Suivi par un autre dispositif", "Already followed by a scheme";
    add_outcome = "Ajouter un résultat", "Add an outcome";
    edit_outcome = "Le résultat", "The outcome";
    outcome = "Résultat", "Outcome";
    from = "À partir du", "From";
    to = "Jusqu’au", "To";
    still_3 = "Toujours vrai à 3 mois", "Still true at 3 months";
    still_6 = "Toujours vrai à 6 mois", "Still true at 6 months";
}
