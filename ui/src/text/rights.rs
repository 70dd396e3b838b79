//! Words of the person's rights: access, receipt, audit.

super::words! {
    access = "Droit d’accès", "Right of access";
    access_why = "Si la personne demande à voir ce qui est noté sur elle, donnez-lui une copie complète.", "If the person asks to see what is noted about them, give them a full copy.";
    make_copy = "Préparer la copie", "Prepare the copy";
    copy_holds = "La copie contient tout ce que vous pouvez lire sur cette personne : profil, besoins, freins et leurs anciennes valeurs, rencontres, orientations, accompagnement, accords, notes, avec qui a noté quoi et quand.", "The copy holds everything you may read about this person: profile, needs, barriers and their earlier values, encounters, referrals, following, agreements, notes, with who noted what and when.";
    responsible = "Ce fichier n’est plus protégé par Allervers. Vous en répondez : donnez-le à la personne seulement, vérifiez que c’est bien elle, puis supprimez-le.", "This file is no longer protected by Allervers. You answer for it: give it to the person only, make sure it is them, then delete it.";
    save_page = "Document à imprimer", "Document to print";
    save_data = "Données (JSON)", "Data (JSON)";
    written = "Copie écrite", "Copy written";
}

/// What a copy cannot hold.
pub fn copy_sealed(count: u32) -> String {
    let sealed = super::typography::count(
        count,
        (
            "écriture, chiffrée pour d’autres personnes de l’équipe, n’y est pas",
            "écritures, chiffrées pour d’autres personnes de l’équipe, n’y sont pas",
        ),
        (
            "writing sealed for other colleagues is missing",
            "writings sealed for other colleagues are missing",
        ),
    );
    format!(
        "{sealed}{}",
        super::pick("\u{a0}: le document dit de qui cela vient.", ": the document says whose.")
    )
}
