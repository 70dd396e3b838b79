//! Words of the neutral receipt, of requests by its code, and of partners that are to be told.

super::words! {
    receipt = "Reçu pour la personne", "Receipt for the person";
    receipt_why = "Si elle le souhaite. Un code, et rien d’autre : ni nom, ni besoin, ni programme. Avec lui, elle peut demander à tout moment, à n’importe qui de l’équipe, de voir ce qui est noté, de le faire corriger, de ne plus être contactée ou de retirer ses accords.", "If they wish. A code, and nothing else: no name, no need, no programme. With it they can ask anybody of the team, at any time, to see what is recorded, to have it corrected, to be contacted no longer or to withdraw their agreements.";
    give = "Remettre un reçu", "Give a receipt";
    code_once = "Le code n’est écrit nulle part ailleurs : montrez-le, imprimez-le ou laissez la personne le recopier maintenant.", "The code stands nowhere else: show it, print it or let the person copy it now.";
    code_image = "Code du reçu, en image", "Code of the receipt, as an image";
    paper = "Gardez ce code. Montrez-le à une personne de l’équipe pour faire une demande. Il ne dit rien de vous.", "Keep this code. Show it to somebody of the team to ask for something. It says nothing about you.";
    print = "Imprimer", "Print";
    has_asked = "Demande à traiter", "Request to see to";
    offer = "Un reçu, si la personne en veut un : un code, et rien d’autre.", "A receipt, if the person wants one: a code, and nothing else.";
    offer_no = "Pas de reçu", "No receipt";
    given = "Reçu remis", "Receipt given";
    by_code = "Demande avec un reçu", "Request with a receipt";
    by_code_why = "La personne montre le code de son reçu. L’écran ne dit rien d’elle ; la demande part avant tout le reste et prend effet partout où le code est connu.", "The person shows the code of their receipt. The screen says nothing about them; the request is sent before everything else and takes effect wherever the code is known.";
    code = "Code", "Code";
    code_hint = "Vingt lettres et chiffres, par quatre", "Twenty letters and digits, in fours";
    scan = "Lire le code avec la caméra", "Read the code with the camera";
    what = "Que demande la personne ?", "What does the person ask for?";
    who = "Qui le demande ?", "Who asks?";
    go_on = "Continuer", "Go on";
    confirm_contact = "« Vous ne voulez plus que nous vous appelions ni que nous vous écrivions. C’est bien cela ? »", "“You no longer want us to call or write to you. Is that right?”";
    confirm_withdraw = "« Vous voulez retirer tous les accords que vous avez donnés. Ce qui était partagé sera effacé. C’est bien cela ? »", "“You want to withdraw all the agreements you gave. What was shared will be erased. Is that right?”";
    confirm_again = "« Ce qui est effacé ne revient pas. Vous le confirmez ? »", "“What is erased does not come back. Do you confirm?”";
    confirm_plain = "« Nous notons votre demande ; une personne qui vous suit y répondra. C’est bien cela ? »", "“We record your request; somebody who follows you will answer it. Is that right?”";
    yes = "Oui, c’est cela", "Yes, that is right";
    recorded = "Demande notée", "Request recorded";
    recorded_why = "Elle prend effet dès que le code est connu d’un appareil, ici ou à la prochaine synchronisation.", "It takes effect as soon as a device knows the code, here or at the next synchronisation.";
    waiting = "Demandes avec un reçu", "Requests with a receipt";
    asked = "Demandé avec un reçu", "Asked with a receipt";
    took_effect = "a pris effet", "took effect";
    done = "C’est fait", "Done";
    answered = "Demande traitée", "Request seen to";
    partners = "Partenaires", "Partners";
    to_tell = "À prévenir : ce qui a été transmis est à effacer", "To be told: what was passed on is to be erased";
    told = "Prévenu le", "Told on";
    tell = "C’est dit", "Told";
    tell_erased = "Partenaires à prévenir", "Partners to be told";
    tell_erased_why = "Des personnes ont été effacées. Dites à ces partenaires d’effacer ce qui leur avait été transmis ; personne n’est nommé ici.", "People were erased. Tell these partners to erase what was passed on to them; nobody is named here.";
    partner = "À quel partenaire", "To which partner";
    parts = "Que transmettre", "What to pass on";
    find = "Chercher un partenaire", "Find a partner";
    protected = "Les services protégés (santé, justice, violences…) ne figurent pas ici : la cité ne doit pas pouvoir les lire.", "Protected services (health, justice, violence…) are not listed here: the cité must not be able to read them.";
    not_told = "Pas encore prévenu", "Not told yet";
}
