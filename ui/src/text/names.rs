//! Names of things that carry codes: people as labels, places, roles, publics.

use super::{lang, pick, typography};
use domain::api::cite::CiteView;
use domain::api::person::{Author, PersonHit};
use domain::api::today::PersonLabel;
use domain::location::Location;
use domain::role::Role;

/// How a person is called on the screen; initials only in the discreet mode.
pub fn person(label: &PersonLabel, discreet: bool) -> String {
    if discreet && let Some(initials) = &label.initials {
        return dotted(initials);
    }
    match (&label.name, &label.initials, &label.code) {
        (Some(name), ..) => name.clone(),
        (None, Some(initials), _) => dotted(initials),
        (None, None, Some(code)) => format!("{} {}", pick("Code", "Code"), typography::code(code)),
        (None, None, None) => pick("Sans nom", "No name").into(),
    }
}

/// `A. K.`, in two separate letters.
fn dotted(initials: &str) -> String {
    let letters: Vec<String> =
        initials.chars().filter(|c| c.is_alphanumeric()).map(|c| format!("{c}.")).collect();
    letters.join("\u{a0}")
}

/// Two letters for the round mark.
pub fn initials(label: &PersonLabel) -> String {
    let source = label.initials.clone().or_else(|| label.code.clone()).unwrap_or_default();
    source.chars().filter(|c| c.is_alphanumeric()).take(2).collect::<String>().to_uppercase()
}

/// Two letters of a user's name.
pub fn initials_of(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect::<String>().to_uppercase()
}

/// First name of a user, for the greeting.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Age, gender and household, where told: `Femme · 30 à 39 ans · parent isolé`.
pub fn profile(hit: &PersonHit) -> String {
    use domain::vocabulary::{AgeBand, Gender, Household};
    let told = |label: &str, first: bool| if first { label.to_owned() } else { lower_first(label) };
    let mut parts = Vec::new();
    if let Some(gender) = hit.gender.filter(|it| !matches!(it, Gender::NotTold | Gender::NotRecorded)) {
        parts.push(told(gender.label(lang()), parts.is_empty()));
    }
    if let Some(age) = hit.age.filter(|it| !matches!(it, AgeBand::NotTold | AgeBand::NotRecorded)) {
        parts.push(told(age.label(lang()), parts.is_empty()));
    }
    if let Some(home) = hit.household.filter(|it| !matches!(it, Household::NotTold | Household::NotRecorded))
    {
        parts.push(told(home.label(lang()), parts.is_empty()));
    }
    parts.join(" · ")
}

/// The same with a small first letter.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The same with a capital.
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A place or residence in words.
pub fn location(location: Location, cite: Option<&CiteView>) -> String {
    match location {
        Location::Qpv(code) => cite
            .and_then(|cite| cite.qpvs.iter().find(|qpv| qpv.code == code))
            .map_or_else(|| format!("QPV{}{}", typography::NBSP, code.as_str()), |qpv| qpv.name.clone()),
        Location::Outside(code) => format!("{} ({})", pick("Hors QPV", "Outside any QPV"), code.as_str()),
        Location::NoStableHome => pick("Sans domicile stable", "No stable home").into(),
        Location::NotTold => pick("Non communiqué", "Not told").into(),
        Location::NotRecorded => pick("Non renseigné", "Not recorded").into(),
    }
}

/// A role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Mediator => pick("Médiation", "Mediator"),
        Role::Referent => pick("Référent·e de parcours", "Referent"),
        Role::Coordinator => pick("Coordination", "Coordinator"),
        Role::Administrator => pick("Administration", "Administrator"),
    }
}

/// A colleague, where their name stands by itself: `Nadia B., Association`.
pub fn colleague(author: &Author) -> String {
    match (&author.name, &author.organisation) {
        (Some(name), Some(organisation)) => format!("{name}, {organisation}"),
        (Some(name), None) => name.clone(),
        (None, Some(organisation)) => organisation.clone(),
        (None, None) => pick("un ou une collègue", "a colleague").into(),
    }
}

/// Who wrote something: `par moi`, `par Nadia B., Association`; and who recovered it for them.
pub fn author(author: &Author) -> String {
    let by = if author.me {
        pick("par moi", "by me").to_owned()
    } else {
        format!("{} {}", pick("par", "by"), colleague(author))
    };
    match &author.recovered_by {
        Some(name) => format!("{by} ({} {name})", pick("récupéré et envoyé par", "recovered and sent by")),
        None => by,
    }
}

/// A public, by its code.
pub fn public(code: &str) -> String {
    match code {
        "young" | "jeunes" => pick("Jeunes (moins de 26 ans)", "Young people (under 26)").into(),
        "women" | "femmes" => pick("Femmes", "Women").into(),
        "senior" | "seniors" => pick("Seniors (50 ans et plus)", "Seniors (50 and over)").into(),
        "single_parent" | "single_parents" | "parents_isoles" => {
            pick("Parents isolés", "Single parents").into()
        }
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_discreet_mode_a_person_is_shown_by_initials() {
        let label = |name: Option<&str>, initials: Option<&str>| PersonLabel {
            pathway: Default::default(),
            name: name.map(str::to_owned),
            initials: initials.map(str::to_owned),
            code: None,
        };
        let known = label(Some("Zébulonne T."), Some("ZT"));
        assert_eq!(person(&known, true), "Z.\u{a0}T.");
        assert_eq!(person(&known, false), "Zébulonne T.");
        assert_eq!(initials(&known), "ZT");
    }
}
