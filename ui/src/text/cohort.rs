//! Words of the cohort, the map, the list, the devices.

use super::typography::{NBSP, count, number};
use super::{lang, pick};
use domain::vocabulary::Lang;

super::words! {
    title = "Cohorte de la cité", "The cité’s cohort";
    contacts = "Contacts", "Contacts";
    encounters = "rencontres", "encounters";
    passages = "passages", "passages";
    spotted = "Personnes repérées", "People spotted";
    domain = "Domaine", "Domain";
    total = "Total", "Total";
    people = "Personnes", "People";
    publics = "Publics", "Publics";
    waiting = "saisies annoncées", "entries announced";
    never_seen = "jamais synchronisé", "never synchronised";
    copied = "données en double", "data copied";
    last_seen = "vu", "seen";
    set_aside = "dossiers illisibles, laissés de côté", "records that could not be read";
    empty = "Rien sur cette période", "Nothing in this period";
    empty_why = "Choisissez un autre trimestre, ou attendez la prochaine synchronisation.", "Choose another quarter, or wait for the next synchronisation.";
    quarter_group = "Trimestre", "Quarter";
    earlier = "Trimestre précédent", "Previous quarter";
    later = "Trimestre suivant", "Next quarter";
    outside = "Hors QPV ou sans domicile stable", "Outside any QPV or no stable home";
    unknown = "Lieu inconnu", "Unknown place";
    map_none = "Aucun quartier importé", "No neighbourhood imported";
    map_none_why = "L’administration du serveur importe les QPV de la cité.", "The server’s administrator imports the cité’s QPV.";
    pathways = "Parcours", "Pathways";
    pathways_why = "Sans nom : la cité compte, elle ne lit pas.", "Without names: the cité counts, it does not read.";
    by_last = "Dernier contact", "Last contact";
    by_barriers = "Freins en cours", "Open barriers";
    by_first = "Premier contact", "First contact";
    code = "Code", "Code";
    profile = "Profil", "Profile";
    followed = "accompagné·e", "followed";
    devices = "Appareils", "Devices";
    device = "Appareil", "Device";
    user = "Utilisé par", "Used by";
    state = "État", "State";
    up_to_date = "À jour", "Up to date";
    late = "En retard", "Late";
    to_fetch = "a des nouveautés à recevoir", "has news to fetch";
    devices_why = "À jour : a tout envoyé depuis moins d’un jour.", "Up to date: has sent everything, within a day.";
    sort_by = "Trier par", "Sort by";
    revoked = "Retiré", "Revoked";
    last_exchange = "Dernier échange", "Last exchange";
    previous = "Précédents", "Previous";
    next = "Suivants", "Next";
    on = "sur", "of";
    place = "Lieu", "Place";
    everyone = "Tout le monde", "Everybody";
    counted = "Chiffres pour", "Figures for";
    neighbourhoods = "Quartiers", "Neighbourhoods";
    organisations = "Organisations", "Organisations";
    places_by = "Lieu compté", "Place counted";
    by_residence = "Habitation", "Residence";
    by_contact = "Rencontre", "Contact";
    by_organisation_why = "Contacts et orientations signés par ses membres ; personnes qu’elle a rencontrées, ou qu’elle suit comme référente.", "Contacts and referrals signed by its members; people it met, or follows as référente.";
    by_place_why = "Un quartier, un public ou une organisation à la fois : croiser deux filtres laisserait voir de petits groupes.", "One neighbourhood, public or organisation at a time: crossing two would show small groups.";
    new_people = "pour la première fois", "for the first time";
    caseload = "File active", "Caseload";
    in_qpv = "habitent en QPV", "live in a QPV";
    lifted = "Freins levés", "Barriers lifted";
    of_noted = "notés en tout", "noted in all";
    outcomes = "Résultats", "Outcomes";
    durable = "en emploi durable", "in lasting work";
    at_risk = "À risque", "At risk";
    at_end = "de décrochage, au dernier jour", "of drop-out, on the last day";
    barriers = "Freins par domaine", "Barriers by domain";
    barriers_when = "État au dernier jour de la période", "State on the last day of the period";
    of_which = "dont", "of which";
    lifted_short = "levés", "lifted";
    as_table = "Tableau", "Table";
    months = "Contacts et personnes, par mois", "Contacts and people, by month";
    needs = "Besoins en cours", "Open needs";
    need = "Besoin", "Need";
    public = "Public", "Public";
    zones = "Par quartier", "By neighbourhood";
    following = "Accompagnement", "Following";
    referrals = "Orientations", "Referrals";
    time_taken = "Temps pour lever un frein", "Time taken to lift a barrier";
    meanings = "Ce que compte chaque chiffre", "What each figure counts";
    devices_see = "Voir les appareils", "See the devices";
    export_table = "Exporter (CSV)", "Export (CSV)";
    print = "Imprimer", "Print";
    running = "Trimestre en cours : chiffres provisoires, pour le travail interne.", "Quarter under way: provisional figures, for internal work.";
    over = "Trimestre terminé, chiffres encore provisoires.", "Quarter over, figures still provisional.";
    over_why = "Arrêter le trimestre fige ces chiffres avant de les diffuser : deux versions successives, soustraites, pourraient désigner quelqu’un.", "Closing the quarter fixes these figures before they are handed out: two versions, subtracted, could point at somebody.";
    close_quarter = "Arrêter le trimestre", "Close the quarter";
    close_ask = "Arrêter ce trimestre ?", "Close this quarter?";
    close_what = "Toutes les pages de ce trimestre sont gardées telles qu’elles sont. Une saisie ou une correction reçue plus tard n’y changera rien, et on ne revient pas en arrière.", "Every page of this quarter is kept as it is. An entry or a correction received later changes nothing in it, and there is no way back.";
    close_late = "Des appareils ont encore des saisies à envoyer : elles ne compteront jamais dans ce trimestre.", "Some devices still have entries to send: they will never count in this quarter.";
    closed_why = "Ces chiffres ne changent plus, même après une correction.", "These figures no longer change, even after a correction.";
    file_state = "État", "State";
    file_running = "provisoire, usage interne", "provisional, internal use";
    file_period = "Période", "Period";
    file_to = "au", "to";
    file_complete = "Complétude", "Completeness";
    file_set = "Jeu d’indicateurs", "Set of indicators";
    file_provisional = "provisoire", "provisional";
    file_mask = "Masquage", "Masking";
    zone_outside = "Hors QPV de la cité", "Outside the cité’s QPV";
}

/// `3 appareils à jour sur 4 à 17 h 40`.
pub fn complete(up_to_date: u32, devices: u32, time: &str) -> String {
    let done = count(
        up_to_date,
        ("appareil à jour", "appareils à jour"),
        ("device up to date", "devices up to date"),
    );
    format!("{done} {} {} {} {time}", on(), number(devices), pick("à", "at"))
}

/// `Trimestre arrêté par Claire V. le 12 octobre 2026 à 9 h 40`.
pub fn closed_by(name: &str, at: &str) -> String {
    match lang() {
        Lang::Fr => format!("Trimestre arrêté par {name} le {at}"),
        Lang::En => format!("Quarter closed by {name} on {at}"),
    }
}

/// Why some cells hold a dot.
pub fn masked_why(below: u32) -> String {
    match lang() {
        Lang::Fr => format!(
            "• : masqué. Un nombre inférieur à {below} (zéro compris) ne se montre pas, ni ce qui permettrait de le retrouver ici, sous un autre filtre ou dans un trimestre arrêté."
        ),
        Lang::En => format!(
            "•: masked. A number under {below} (zero included) is not shown, nor what would reveal it here, under another filter or in a closed quarter."
        ),
    }
}

/// `4e trimestre 2026`, the raised letters apart.
pub fn quarter(number: u32, year: i32) -> (String, &'static str, String) {
    let (number, raised) = super::typography::rank(number);
    (number, raised, format!("{NBSP}{} {year}", pick("trimestre", "quarter")))
}
