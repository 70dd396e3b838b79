//! Names of sections, fields and values in French.

use crate::api::ledger::{Circumstances, LedgerActKind};
use crate::catalogue;
use crate::time::Day;
use crate::vocabulary::*;

const FR: Lang = Lang::Fr;

/// Title of a list; of the profile where there is none.
pub fn section(list: Option<&str>) -> &'static str {
    match list {
        None => "Profil",
        Some("needs") => "Besoins",
        Some("barriers") => "Freins",
        Some("encounters") => "Rencontres",
        Some("follow_ups") => "Relances et rendez-vous",
        Some("referrals") => "Orientations",
        Some("episodes") => "Accompagnements",
        Some("situations") => "Situations",
        Some("outcomes") => "Résultats",
        Some("referents") => "Référentes et référents",
        Some("funding") => "Financements",
        Some("memberships") => "Cohortes",
        Some("links") => "Fiches reliées",
        Some("notes") => "Notes",
        Some("sealed_barriers") => "Difficultés sensibles",
        Some("sealed_referrals") => "Orientations protégées",
        Some("sealed_partners") => "Partenaires protégés",
        Some("signatures") => "Signatures à l’écran",
        Some(_) => "Autres données",
    }
}

/// Name of a field; a member of a set is called by the set.
pub fn field(key: &str) -> String {
    let (set, _) = key.split_once(':').unwrap_or((key, ""));
    let name = match set {
        "code" => "Code repère",
        "age" => "Tranche d’âge",
        "gender" => "Genre",
        "household" => "Foyer",
        "residence" => "Lieu de vie",
        "residence_evidence" => "Lieu de vie : comment il est connu",
        "first_contact_on" => "Premier contact",
        "strengths" => "Atout",
        "kind" => "Nature",
        "state" => "État",
        "state_on" => "Date de cet état",
        "on" => "Date",
        "domain" => "Domaine",
        "situations" => "Situation",
        "objectives" => "Objectif",
        "impact" => "Impact",
        "priority" => "Priorité",
        "medium" => "Moyen de contact",
        "direction" => "Sens du contact",
        "counterpart" => "Avec qui",
        "duration" => "Durée",
        "contact_place" => "Lieu du contact",
        "place" => "Lieu nommé",
        "outing" => "Tournée",
        "acts" => "Ce qui a été fait",
        "void" => "Entrée annulée",
        "met_before" => "Déjà rencontré par un collègue",
        "due" => "Date prévue",
        "settled_on" => "Réglé le",
        "solution" => "Solution",
        "protected" => "Orientation protégée",
        "barrier" => "Frein concerné",
        "referral" => "Orientation concernée",
        "mark" => "Repère du partenaire dans le registre",
        "accompanied" => "Aller-avec",
        "entered_on" => "Entrée le",
        "entry_reason" => "Motif d’entrée",
        "stage" => "Étape",
        "exited_on" => "Sortie le",
        "exit_reason" => "Motif de sortie",
        "moment" => "Moment",
        "activity" => "Activité",
        "registration" => "Inscription à France Travail",
        "education" => "Niveau de formation",
        "time_without_work" => "Temps sans emploi",
        "rsa" => "RSA",
        "followed" => "Suivi de droit commun",
        "from" => "Du",
        "to" => "Au",
        "at_3_months" => "Toujours vrai à 3 mois",
        "at_6_months" => "Toujours vrai à 6 mois",
        "user" => "Personne référente",
        "organisation" => "Organisation",
        "lead" => "Référence principale",
        "accepted" => "Acceptée",
        "operation" => "Opération",
        "programme" => "Cohorte",
        "other" => "Autre fiche",
        "active" => "Lien actif",
        "encounter" => "Rencontre d’origine",
        "first_name" => "Prénom ou surnom",
        "initial" => "Initiale du nom",
        "family_name" => "Nom",
        "birth_date" => "Date de naissance",
        "phone" => "Téléphone",
        "phone_shared" => "Téléphone partagé avec d’autres",
        "voice_message" => "Message vocal possible",
        "sms" => "SMS possible",
        "safe_hours" => "Heures sûres",
        "introduce_as" => "Comment se présenter",
        "email" => "E-mail",
        "address" => "Adresse",
        "text" => "Texte",
        "entry" => "Entrée du registre signée",
        "path" => "Tracé de la signature",
        other => other,
    };
    name.to_owned()
}

/// Fields that hold a day.
pub fn is_day(key: &str) -> bool {
    matches!(key, "on" | "state_on" | "first_contact_on" | "due" | "settled_on" | "entered_on" | "exited_on")
        || matches!(key, "from" | "to" | "birth_date")
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// `24 novembre 2026`, `1er mai 2026`.
pub fn day(day: Day) -> String {
    let (year, month, number) = day.ymd();
    let month = usize::try_from(month).ok().and_then(|it| MONTHS.get(it.checked_sub(1)?)).unwrap_or(&"");
    let first = if number == 1 { "er" } else { "" };
    format!("{number}{first}\u{a0}{month} {year}")
}

/// A coded value in words; none where the field holds no code, or one that this version does not know.
pub fn coded(list: Option<&str>, key: &str, value: &str) -> Option<String> {
    macro_rules! label {
        ($list:ident) => {
            $list::from_code(value).map(|it| it.label(FR))
        };
    }
    if let Some((set, code)) = key.split_once(':') {
        let of = match set {
            "objectives" => catalogue::objective(code).map(|it| it.label(FR)),
            "acts" => Act::from_code(code).map(|it| it.label(FR)),
            _ => catalogue::situation(code).map(|it| it.label(FR)),
        };
        let word = of.unwrap_or(code);
        return Some(if value == "true" { word.to_owned() } else { format!("{word} : retiré") });
    }
    let word = match (list, key) {
        (None, "age") => label!(AgeBand),
        (None, "gender") => label!(Gender),
        (None, "household") => label!(Household),
        (None, "residence_evidence") => label!(Evidence),
        (Some("needs"), "kind") => label!(NeedKind),
        (Some("needs"), "state") => label!(NeedState),
        (Some("barriers"), "domain") => label!(BarrierDomain),
        (Some("barriers"), "impact") => label!(Impact),
        (Some("barriers"), "priority") => label!(Priority),
        (Some("barriers"), "state") => label!(BarrierState),
        (Some("encounters"), "medium") => label!(Medium),
        (Some("encounters"), "direction") => label!(Direction),
        (Some("encounters"), "counterpart") => label!(Counterpart),
        (Some("encounters"), "duration") => label!(DurationBand),
        (Some("follow_ups"), "kind") => label!(FollowUpKind),
        (Some("follow_ups"), "state") => label!(FollowUpState),
        (Some("referrals"), "state") => label!(ReferralState),
        (Some("episodes"), "entry_reason") => label!(EntryReason),
        (Some("episodes"), "stage") => label!(Stage),
        (Some("episodes"), "exit_reason") => label!(ExitReason),
        (Some("situations"), "moment") => label!(SituationMoment),
        (Some("situations"), "activity") => label!(Activity),
        (Some("situations"), "registration") => label!(Registration),
        (Some("situations"), "education") => label!(Education),
        (Some("situations"), "time_without_work") => label!(TimeWithoutWork),
        (Some("outcomes"), "kind") => label!(OutcomeKind),
        (Some("funding"), "operation") => label!(FundingOperation),
        (_, "rsa" | "followed" | "at_3_months" | "at_6_months" | "met_before") => label!(YesNo),
        _ => None,
    };
    let plain = match value {
        "true" => Some("oui"),
        "false" => Some("non"),
        _ => None,
    };
    word.or(plain).map(str::to_owned)
}

/// What an entry of the ledger says. `organisation`, `agent` and `partner` name identifiers.
pub fn act(
    kind: &LedgerActKind,
    organisation: &dyn Fn(crate::ids::OrganisationId) -> String,
    agent: &dyn Fn(crate::ids::UserId) -> String,
    partner: &dyn Fn(crate::api::ledger::PartnerId) -> String,
) -> String {
    match kind {
        LedgerActKind::Notice { version, language } => {
            format!("Information donnée (texte {version}, langue : {language})")
        }
        LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, partner: share } => {
            let mut said = format!("Accord : {}", purpose.label(FR));
            let names: Vec<String> = organisations.iter().map(|id| organisation(*id)).collect();
            if let Some(with) = share {
                let parts: Vec<&str> = with.parts.iter().map(|it| it.label(FR)).collect();
                said.push_str(&format!(" ; à {} : {}", partner(with.partner), parts.join(", ")));
                return said;
            }
            said.push_str(&match names.is_empty() {
                true => " ; avec toute l’équipe".to_owned(),
                false => format!(" ; avec {}", names.join(", ")),
            });
            if !excluded.is_empty() {
                let names: Vec<String> = excluded.iter().map(|id| agent(*id)).collect();
                said.push_str(&format!(" ; sauf {}", names.join(", ")));
            }
            channel.iter().for_each(|it| said.push_str(&format!(" ; par {}", it.label(FR))));
            until.iter().for_each(|it| said.push_str(&format!(" ; jusqu’au {}", day(*it))));
            said
        }
        LedgerActKind::Refusal { purpose } => format!("Refus : {}", purpose.label(FR)),
        LedgerActKind::Receipt { .. } => "Reçu remis".to_owned(),
        LedgerActKind::Request { kind, .. } => format!("Demande, par le code du reçu : {}", kind.label(FR)),
        LedgerActKind::Answered { .. } => "Demande traitée".to_owned(),
        LedgerActKind::Withdrawal { purpose, partner: Some(of), .. } => {
            format!("Retrait : {} ; à {}", purpose.label(FR), partner(*of))
        }
        LedgerActKind::Withdrawal { purpose, keep_on, .. } => {
            let kept = if keep_on.is_some() { " ; gardé sur un seul appareil" } else { "" };
            format!("Retrait : {}{kept}", purpose.label(FR))
        }
        LedgerActKind::Objection { act } => format!("Opposition : {}", act.label(FR)),
    }
}

/// How it was given.
pub fn how(how: &Circumstances) -> String {
    let mut said = vec![how.form.label(FR), how.given_by.label(FR)];
    said.extend(how.capacity.map(|it| it.label(FR)));
    said.push(how.setting.label(FR));
    let helped = (how.helped_by != HelpedBy::Nobody).then(|| format!("aide : {}", how.helped_by.label(FR)));
    let mut text = said.join(" · ");
    helped.iter().for_each(|it| text.push_str(&format!(" · {it}")));
    text
}
