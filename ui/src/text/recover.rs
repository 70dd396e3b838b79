//! Words of *Récupérer la cité avec la clé imprimée*.

super::words! {
    link = "Récupérer la cité avec la clé imprimée", "Recover the cité with the printed key";
    title = "Récupérer la cité avec la clé imprimée", "Recover the cité with the printed key";
    lead = "À faire quand plus aucun appareil de référent ou de référente ne fonctionne. Recopiez les vingt-quatre mots de la feuille. Rien n’est signé avant la fin.", "For when no referent’s device works any more. Copy the twenty-four words of the sheet. Nothing is signed before the end.";
    scan = "Scanner la feuille", "Scan the sheet";
    not_a_word = "Ce mot n’est pas dans la liste", "This word is not in the list";
    do_not_fit = "Ces mots existent mais ne vont pas ensemble : l’un d’eux a été pris pour un autre. Relisez la feuille.", "These words exist but do not belong together: one was taken for another. Read the sheet again.";
    compare = "Cette empreinte est-elle celle de la feuille ? Si un mot diffère, le serveur montre une autre cité : arrêtez tout.", "Is this the fingerprint on the sheet? If one word differs, the server shows another cité: stop.";
    organisations = "Organisations", "Organisations";
    active = "Appareils encore actifs", "Devices still active";
    what_follows = "Une nouvelle feuille va remplacer celle-ci", "A new sheet will take the place of this one";
    what_follows_why = "L’ancienne ne servira plus à personne. Toute la cité verra qu’elle a servi, et pour qui.", "The old one will serve nobody any more. The whole cité will see that it was used, and for whom.";
    same = "C’est la même empreinte", "It is the same fingerprint";
    differ = "Elle diffère : arrêter", "It differs: stop";
    new_sheet = "La nouvelle feuille", "The new sheet";
    new_sheet_why = "Imprimez-la ou recopiez-la maintenant. L’ancienne reste valable tant que vous n’avez pas terminé.", "Print or copy it now. The old one stays valid until you have finished.";
    who = "Qui reprend la cité ?", "Who takes the cité over?";
    who_why = "Touchez votre nom s’il est là ; sinon, écrivez-le.", "Touch your name if it is there; otherwise write it.";
    finish = "Récupérer la cité", "Recover the cité";
    see_sheet = "Revoir la nouvelle feuille", "See the new sheet again";
    back = "Retour", "Back";
}
