//! Words of who follows a person, and of handing them over.

super::words! {
    title = "Qui accompagne", "Who follows";
    offer = "Proposer un relais", "Propose a hand-over";
    offer_why = "La personne choisie accepte ou décline. Jusque-là, rien ne change.", "The one chosen accepts or declines. Until then nothing changes.";
    as_lead = "Comme référent·e principal·e", "As lead";
    lead = "principal·e", "lead";
    waits = "en attente de réponse", "waiting for an answer";
    proposed_by = "proposé par", "proposed by";
    declined_on = "décliné le", "declined on";
    since = "depuis le", "since";
    accept = "Accepter", "Accept";
    decline = "Décliner", "Decline";
    end = "Mettre fin", "End";
    me = "moi", "me";
    somebody = "Un·e référent·e", "A référent";
    nobody = "Aucun·e référent·e", "No référent";
    nobody_why = "Les référents et référentes de la cité apparaîtront ici.", "The cité’s référents will appear here.";
}
