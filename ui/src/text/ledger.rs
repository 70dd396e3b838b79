//! Words of the ledger.

super::words! {
    title = "Accords", "Agreements";
    no_pressure = "« Vous pouvez dire non. Cela ne change rien à l’aide. »", "“You may say no. It changes nothing about the help.”";
    form = "Forme", "Form";
    given_by = "Donné par", "Given by";
    capacity = "Qualité", "Capacity";
    helped_by = "Avec l’aide de", "Helped by";
    setting = "Autour", "Around";
    others_near = "D’autres personnes sont à côté : l’information seulement. Demandez les accords plus tard, en tête-à-tête.", "Others are near: the notice only. Ask for agreements later, alone.";
    agree = "D’accord", "Agrees";
    refuse = "Refuse", "Refuses";
    withdraw = "Retirer", "Withdraw";
    objections = "Oppositions", "Objections";
    objection_why = "La personne peut s’opposer à tout moment, sans raison à donner.", "The person may object at any time, without a reason.";
    sign_here = "Signer ici", "Sign here";
    sign_hint = "La signature est scellée avec les notes : elle ne part qu’avec l’accord pour les partager.", "The signature is sealed with the notes: it leaves only with the agreement to share them.";
    sign_again = "Recommencer", "Again";
    not_asked = "Non demandé", "Not asked";
    ask_again = "À redemander", "To ask again";
    granted = "Accordé", "Agreed";
    refused = "Refusé", "Refused";
    withdrawn = "Retiré", "Withdrawn";
    history = "Registre", "Ledger";
    linked = "dit dans un dossier relié", "said in a linked record";
    line_notice = "Information donnée", "Notice given";
    line_agreement = "Accord", "Agreement";
    line_refusal = "Refus", "Refusal";
    line_withdrawal = "Retrait", "Withdrawal";
    line_objection = "Opposition", "Objection";
    confirm_stop = "Tout est gelé dès maintenant, et les volets nominatifs sont effacés. Le reste l’est, partout et pour toujours, après quelques jours laissés en cas d’erreur. La personne le confirme ?", "Everything is frozen from now on, and the named parts are erased. The rest is, everywhere and for good, after a few days left in case of a mistake. Does the person confirm?";
    confirm = "Oui, elle le confirme", "Yes, confirmed";
    only_an_aid = "Traduction non vérifiée : une aide seulement. C’est le texte français qui compte ; dites-le, ou faites-le dire par un interprète.", "Unchecked translation: an aid only. The French text is the one that counts; say it, or have an interpreter say it.";
    unchecked = "Cette traduction n’a pas été vérifiée : elle ne peut pas servir d’information.", "This translation was not checked: it cannot found a notice.";
}
