//! Words of the audit: the administrator's page, and *Qui a ouvert ce dossier* on a person's page.

use super::typography::{self, count};
use super::{lang, pick};
use domain::api::audit::{ChainView, HeadView};
use domain::vocabulary::Lang;

super::words! {
    title = "Journal d’audit", "Audit";
    why = "Qui a fait quoi, quand et sur quel appareil. Aucun contenu, aucun nom de personne accompagnée. Le lire y est noté.", "Who did what, when and on which device. No content, no name of a person followed. Reading it is noted in it.";
    export_csv = "Exporter (CSV)", "Export (CSV)";
    export_json = "Exporter (JSON)", "Export (JSON)";
    exported = "Fichier écrit ; l’export est noté", "File written; the export is noted";
    chains = "Chaînes", "Chains";
    chain_of = "Chaîne de", "Chain of";
    server = "Serveur", "Server";
    entries = "Entrées", "Entries";
    last = "Dernière entrée", "Last entry";
    state = "État", "State";
    holds = "tient", "holds";
    breaks = "rompue à l’entrée", "broken at entry";
    holds_why = "Chaque entrée porte l’empreinte de la précédente et une signature : rien n’a été changé ni retiré depuis.", "Each entry carries the mark of the one before and a signature: nothing was changed or taken out since.";
    broken_why = "À partir de là, le journal ne prouve plus rien : une entrée a été changée ou retirée, ou un état antérieur a été remis en place (sauvegarde, disque cloné).", "From there on the audit proves nothing: an entry was changed or taken out, or an earlier state was put back (backup, cloned disk).";
    contradicted_why = "Un appareil a noté, et signé, une autre suite que celle-ci : le journal du serveur a été récrit ou raccourci, ou une sauvegarde a été remise en service.", "A device has noted, and signed, another continuation than this one: the server’s audit was rewritten or shortened, or a backup was restored.";
    broken_way = "Exportez le journal tel qu’il est, gardez la copie ailleurs, puis prévenez la protection des données.", "Export the audit as it is, keep the copy elsewhere, then tell data protection.";
    head = "Empreinte du serveur", "Mark of the server";
    head_why = "Chaque appareil la montre sous « Synchronisation ». À même nombre d’entrées, elle doit être la même.", "Each device shows it under “Synchronisation”. At the same number of entries it must be the same.";
    act = "Acte", "Act";
    who = "Qui", "Who";
    device = "Appareil", "Device";
    from = "Du", "From";
    to = "Au", "To";
    any_act = "Tous les actes", "Every act";
    anybody = "Tout le monde", "Everybody";
    anywhere = "Partout", "Everywhere";
    when = "Quand", "When";
    about = "Personne (pseudonyme)", "Person (pseudonym)";
    about_hint = "Seize lettres et chiffres, que donne une ou un collègue", "Sixteen letters and digits, given by a colleague";
    about_short = "Pseudonyme", "Pseudonym";
    only_this = "Ne garder que ce pseudonyme", "Keep this pseudonym only";
    clear = "Tout montrer", "Show everything";
    nobody = "Commande ou serveur", "Command or server";
    unknown_act = "Acte d’une version plus récente", "Act of a later version";
    none = "Rien ne correspond", "Nothing matches";
    none_why = "Élargissez la période, ou montrez tout.", "Widen the period, or show everything.";
    empty = "Le journal est vide", "The audit is empty";
    empty_why = "Les premiers actes y arrivent avec la première synchronisation d’un appareil, ou la première session web.", "The first acts arrive with a device’s first synchronisation or the first browser session.";
    opened_title = "Qui a ouvert ce dossier ?", "Who opened this record?";
    opened_why = "Ce que vous avez fait de ce dossier sur cet appareil, d’après son journal d’audit.", "What you did with this record on this device, by its audit.";
    opened_show = "Voir les ouvertures", "See who opened it";
    opened_none = "Aucune entrée", "No entry";
    opened_none_why = "Ce journal ne garde rien de vous sur ce dossier.", "This audit keeps nothing of yours about this record.";
    opened_since = "Le journal de cet appareil remonte au", "The audit of this device goes back to";
    opened_ask = "Vos collègues ont chacun leur propre clé : cet appareil ne peut pas lire leurs entrées.", "Each colleague has a key of their own: this device cannot read their entries.";
    opened_way = "Pour une réponse complète, l’administration demande la même chose à chaque personne qui a pu ouvrir le dossier, avec son pseudonyme. Le vôtre :", "For a full answer the administration asks everybody who could open the record the same, with their pseudonym. Yours:";
    opened_others = "Autres personnes sur cet appareil", "Other people on this device";
    alarm = "Journal du serveur douteux", "The server’s audit is doubtful";
    left_out = "entrées plus anciennes n’y sont pas : réduisez la période.", "older entries are left out: shorten the period.";
}

/// What the state of all chains is, in one line.
pub fn all_hold(chains: usize) -> String {
    let count = count(chains as u32, ("chaîne tient", "chaînes tiennent"), ("chain holds", "chains hold"));
    match (lang(), chains) {
        (Lang::Fr, 2..) => format!("Les {count}"),
        (Lang::Fr, _) => count,
        (Lang::En, _) => count,
    }
}

/// Which chain does not hold, and from where on.
pub fn broken(chain: &ChainView) -> String {
    let whose = whose(chain);
    let place = typography::number(chain.broken_from.unwrap_or_default() as i64);
    match lang() {
        Lang::Fr => format!("Chaîne rompue : {whose}, à partir de l’entrée {place}"),
        Lang::En => format!("Broken chain: {whose}, from entry {place} on"),
    }
}

/// Whose chain it is: a device and who uses it, or the server.
pub fn whose(chain: &ChainView) -> String {
    match &chain.device {
        Some(device) if chain.users.is_empty() => device.clone(),
        Some(device) => format!("{device} ({})", chain.users.join(", ")),
        None => pick("serveur de la cité", "the cité’s server").to_owned(),
    }
}

/// `212 entrées · 3fa2 91bc`.
pub fn mark(head: &HeadView) -> String {
    let entries = count(head.count as u32, ("entrée", "entrées"), ("entry", "entries"));
    format!("{entries} · {}", spaced(&head.mark))
}

/// Hexadecimal digits in groups of four, read aloud more easily.
pub fn spaced(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("\u{a0}")
}
