//! What the audit notes: that something was done, never what was read or written.

use super::code_enum;

code_enum! {
    /// An act of the audit.
    AuditAct: "audit_act" {
        Unlock = "unlock", "Déverrouiller l’appareil", "Unlock the device";
        Open = "open", "Ouvrir un dossier", "Open a record";
        Copy = "copy", "Copier un dossier (droit d’accès)", "Copy a record (right of access)";
        Record = "record", "Enregistrer une rencontre", "Record an encounter";
        Change = "change", "Modifier un dossier", "Change a record";
        Consent = "consent", "Écrire au registre des accords", "Write into the ledger";
        Stop = "stop", "Tout arrêter et effacer", "Stop and erase";
        OrderErasure = "order_erasure", "Ordonner un effacement", "Order an erasure";
        EraseHere = "erase_here", "Effacer sur l’appareil", "Erase on the device";
        Establish = "establish", "Fonder la cité", "Found the cité";
        Rescue = "rescue", "Secourir un appareil", "Rescue a device";
        Invite = "invite", "Inviter", "Invite";
        Member = "member", "Changer un rôle ou un secteur", "Change a role or a sector";
        Revoke = "revoke", "Révoquer", "Revoke";
        Reprint = "reprint", "Remplacer la clé imprimée", "Replace the printed key";
        Recover = "recover", "Récupérer la cité avec la clé imprimée", "Recover the cité with the printed key";
        SignIn = "sign_in", "Ouvrir une session web", "Sign in to the browser face";
        SignInRefused = "sign_in_refused", "Session web refusée", "Sign-in refused";
        ReadCohort = "read_cohort", "Lire la liste des parcours codés", "Read the list of coded pathways";
        ReadFigures = "read_figures", "Lire les chiffres de la cohorte", "Read the cohort’s figures";
        TakeFigures = "take_figures", "Exporter ou imprimer les chiffres", "Export or print the figures";
        CloseQuarter = "close_quarter", "Arrêter un trimestre", "Close a quarter";
        Export = "export", "Exporter les parcours codés", "Export coded pathways";
        Settings = "settings", "Publier les réglages", "Publish settings";
        CheckNotice = "check_notice", "Marquer une traduction relue", "Mark a translation checked";
        UncheckNotice = "uncheck_notice", "Retirer la relecture d’une traduction", "Unmark a translation";
        Account = "account", "Ouvrir un compte web", "Open a browser account";
        Backup = "backup", "Sauvegarder", "Back up";
        Restore = "restore", "Remettre une sauvegarde en service", "Restore a backup";
        ServerBack = "server_back", "Constater que le serveur est revenu en arrière", "See that the server went back";
        Erase = "erase", "Effacer (fin de conservation)", "Erase (end of retention)";
        ReadAudit = "read_audit", "Lire le journal d’audit", "Read the audit";
        ExportAudit = "export_audit", "Exporter le journal d’audit", "Export the audit";
    }
}
