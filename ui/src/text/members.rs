//! Words of *Membres*: founding, letting in, changing, revoking.

use super::pick;

super::words! {
    title = "Membres", "Members";
    invite = "Inviter", "Invite";
    me = "vous", "you";
    gone = "Retiré", "Removed";
    here = "cet appareil", "this device";
    waiting = "En attente du réseau", "Waiting for a network";
    change = "Modifier", "Change";
    add_device = "Autre appareil", "Another device";
    remove = "Retirer", "Remove";
    former = "Personnes et appareils retirés", "People and devices removed";
    no_sector = "Aucun secteur", "No sector";

    not_founded = "La cité n’est pas encore fondée", "The cité is not founded yet";
    not_founded_why = "Tant qu’elle ne l’est pas, rien ne peut être partagé et aucun appareil ne peut inviter. La fonder prend deux minutes ; il faut de quoi écrire ou imprimer.", "Until it is, nothing can be shared and no device can invite. Founding takes two minutes; have pen and paper or a printer at hand.";
    nothing_shared = "Aucun volet nominatif ne peut être partagé pour le moment. Une personne référente fonde la cité depuis « Membres ».", "No named part can be shared for now. A referent founds the cité under “Members”.";
    found = "Fonder la cité", "Found the cité";
    founded_by = "Cité fondée par", "Cité founded by";
    recovered_by = "La clé imprimée a servi. Elle a fait entrer, comme référent ou référente :", "The printed key was used. It let in, as a referent:";
    recovered_why = "Si vous n’en saviez rien, prévenez l’administration de la cité.", "If you did not know, tell the administration of the cité.";
    only_one = "Une seule personne peut inviter", "Only one person can invite";
    only_one_why = "Si son appareil se perd, seule la clé imprimée permettra de faire entrer des collègues. Invitez une deuxième personne référente.", "If their device is lost, only the printed key can let colleagues in. Invite a second referent.";

    key = "Clé de secours de la cité", "Recovery key of the cité";
    key_why = "Ces vingt-quatre mots ouvrent ce que la cité partage et font entrer une nouvelle personne référente, si tous les appareils sont perdus. Ils sont montrés une seule fois et ne sont gardés nulle part.", "These twenty-four words open what the cité shares and let a new referent in, if every device is lost. They are shown once and kept nowhere.";
    key_keep = "Imprimez-les ou recopiez-les, puis rangez la feuille sous clé, loin des appareils. Ne les photographiez pas.", "Print or copy them, then lock the sheet away from the devices. Take no photograph.";
    key_sheet = "À garder sous clé. Qui lit cette feuille peut ouvrir ce que la cité partage.", "Keep under lock. Whoever reads this sheet can open what the cité shares.";
    key_qr = "Les vingt-quatre mots, en image", "The twenty-four words, as an image";
    sheet_check = "Empreinte de la cité", "Fingerprint of the cité";
    print = "Imprimer", "Print";
    noted = "C’est noté", "It is noted";
    check_why = "Relisez votre feuille : pour vérifier que tout est noté, recopiez ces trois mots.", "Look at your sheet: to be sure all is noted, copy these three words.";
    show_again = "Revoir les mots", "See the words again";
    done = "La cité est fondée", "The cité is founded";

    another = "Imprimer une autre feuille", "Print another sheet";
    another_why = "À faire quand la feuille est perdue, ou que quelqu’un a pu la lire. Il faut de quoi imprimer ou écrire, et du réseau.", "To be done when the sheet is lost, or somebody may have read it. Have a printer or a pen, and a network.";
    another_before = "Tant que vous n’avez pas recopié trois mots de la nouvelle feuille et touché le dernier bouton, l’ancienne reste valable. Fermer ou éteindre avant ne change rien.", "Until you have copied three words of the new sheet and pressed the last button, the old one stays valid. Closing or switching off before changes nothing.";
    another_after = "Ensuite l’ancienne feuille n’ouvre plus rien et ne fait plus entrer personne. Détruisez-la si vous l’avez.", "Afterwards the old sheet opens nothing and lets nobody in. Destroy it if you have it.";
    another_still = "Qui aurait déjà copié les données de la cité avec l’ancienne feuille garde ce qui y était. Si vous le craignez, prévenez aussi la personne déléguée à la protection des données.", "Whoever already copied the cité’s data with the old sheet keeps what was there. If you fear that, tell the data protection officer too.";
    another_told = "Vos collègues référents et référentes verront que vous l’avez remplacée ; le journal d’audit le note.", "Your fellow referents will see that you replaced it; the audit notes it.";
    draw_another = "Montrer la nouvelle clé", "Show the new key";
    replace_now = "Remplacer l’ancienne feuille", "Replace the old sheet";
    replaced = "La nouvelle feuille compte ; détruisez l’ancienne", "The new sheet counts; destroy the old one";
    replaced_by = "La feuille de la clé de secours a été remplacée par", "The sheet of the recovery key was replaced by";
    replaced_why = "L’ancienne n’ouvre plus rien. Si vous n’en saviez rien, parlez-en à cette personne.", "The old one opens nothing. If you did not know, ask that person.";
    sheet_by = "Feuille imprimée par", "Sheet printed by";
    sheet_compare = "Les mêmes mots sont au bas de la feuille qui compte.", "The same words stand at the foot of the sheet that counts.";
    sheet_waits = "La nouvelle feuille ne compte pas encore", "The new sheet does not count yet";
    sheet_waits_why = "La cité ne l’a pas encore reçue : synchronisez. Jusque-là gardez les deux feuilles ; c’est l’ancienne qui vaut.", "The cité has not received it yet: synchronise. Until then keep both sheets; the old one is valid.";
    sheet_void = "Votre dernière feuille ne vaut rien", "Your last sheet is void";
    sheet_void_why = "Une autre personne référente a remplacé la feuille avant vous. Détruisez la vôtre ; celle de votre collègue compte.", "Another referent replaced the sheet before you. Destroy yours; your colleague’s counts.";

    name = "Nom montré aux collègues", "Name shown to colleagues";
    name_hint = "Prénom et initiale, par exemple Nadia B.", "First name and initial, for example Nadia B.";
    role = "Rôle", "Role";
    organisation = "Organisation", "Organisation";
    organisation_hint = "Le nom exact : deux noms différents font deux organisations.", "The exact name: two different names make two organisations.";
    sectors = "Secteurs", "Sectors";
    name_first = "Écrivez d’abord le nom", "First write the name";
    make = "Créer l’invitation", "Make the invitation";
    show_code = "Montrez ce code à la personne invitée, et à elle seule", "Show this code to the person invited, and to nobody else";
    show_code_why = "Sur son appareil : adresse du serveur, puis code. Restez ensemble : vous comparerez six mots.", "On their device: server address, then code. Stay together: you will compare six words.";
    code_qr = "Adresse et code, en image", "Address and code, as an image";
    server = "Adresse du serveur", "Server address";
    holds = "Valable encore", "Holds for";
    nobody_yet = "En attente de l’appareil invité…", "Waiting for the invited device…";
    compare = "Les deux écrans montrent-ils les mêmes mots ?", "Do both screens show the same words?";
    compare_why = "Lisez-les à voix haute, dans l’ordre. Un seul mot différent : refusez.", "Read them aloud, in order. One word differs: refuse.";
    device_named = "Appareil", "Device";
    same = "Ce sont les mêmes", "They are the same";
    differ = "Ils diffèrent", "They differ";
    signing = "La cité est prévenue…", "The cité is being told…";
    is_in = "a rejoint la cité", "has joined the cité";
    is_in_why = "Ses données arrivent sur son appareil.", "Their data is arriving on their device.";
    dead = "Cette invitation ne sert plus", "This invitation no longer serves";
    dead_why = "Dix minutes ont passé, ou elle a été abandonnée. Personne n’est entré. Recommencez quand vous êtes ensemble.", "Ten minutes have passed, or it was given up. Nobody was let in. Begin again when you are together.";
    forged = "La réponse ne vient pas de la personne invitée", "The answer does not come from the person invited";
    forged_why = "Quelqu’un d’autre a répondu à sa place, ou le serveur a changé ses clés. Personne n’est entré. Prévenez l’administration avant de recommencer.", "Somebody else answered, or the server changed their keys. Nobody was let in. Tell the administration before you begin again.";

    keep = "Enregistrer", "Save";
    changes_why = "Le changement vaut pour tous ses appareils.", "The change holds for all their devices.";
    own_role = "Votre propre rôle est changé par un ou une collègue.", "Your own role is changed by a colleague.";
    remove_what = "Que faut-il retirer ?", "What is to be removed?";
    whole_person = "La personne, avec tous ses appareils", "The person, with all their devices";
    remove_why = "Dès que le serveur en est averti, cet accès est coupé : plus rien n’en est reçu, plus rien n’y est envoyé, et de nouvelles clés sont créées. Ce qui a été saisi et reçu reste. On ne peut pas annuler ; il faudrait inviter de nouveau.", "As soon as the server is told, this access is cut: nothing more is taken from it, nothing sent to it, and new keys are made. What was entered and received stays. This cannot be undone; one would have to invite again.";
    remove_shared = "Les autres personnes qui travaillent sur cet appareil perdent aussi leur accès ici.", "Others who work on this device lose their access here too.";

    invited_by = "Invitation de", "Invitation from";
    answer_compare = "Comparez ces six mots avec l’écran de", "Compare these six words with the screen of";
    answer_wait = "Ils doivent être les mêmes, dans le même ordre. Votre collègue confirme sur son appareil ; ici, rien à toucher.", "They must be the same, in the same order. Your colleague confirms on their device; there is nothing to touch here.";
    answer_dead_why = "Refusée, abandonnée ou trop tard. Demandez une nouvelle invitation.", "Refused, given up or too late. Ask for a new invitation.";
    inviting = "Une invitation est en cours pour", "An invitation is under way for";
    resume = "Reprendre", "Go on";
    resumed = "Le code déjà montré à la personne invitée vaut encore. S’il s’est perdu, fermez et créez une autre invitation.", "The code already shown to the person invited still holds. If it is lost, close and make another invitation.";
    again = "Recommencer", "Begin again";
    close = "Fermer", "Close";
}

/// `Mot n° 4`.
pub fn word_number(n: u8) -> String {
    format!("{}\u{a0}{n}", pick("Mot n°", "Word no."))
}

/// `9 min 05 s`.
pub fn duration(seconds: u32) -> String {
    format!("{}\u{a0}min\u{a0}{:02}\u{a0}s", seconds / 60, seconds % 60)
}
