//! Names of the fields of a record, and their values in words: where values are compared.

use super::{common, days, encounter, following, lang, names, person, pick};
use domain::api::cite::CiteView;
use domain::location::Location;
use domain::time::Day;
use domain::vocabulary::*;

/// Name of a field of the profile, or of a fact of a list.
pub fn name(list: Option<&str>, field: &str) -> String {
    let of = match list {
        None => None,
        Some("needs") => Some(person::needs()),
        Some("barriers") => Some(person::barriers()),
        Some("encounters") => Some(common::encounter()),
        Some("follow_ups") => Some(person::follow_ups()),
        Some("referrals") => Some(person::referrals()),
        Some("episodes") => Some(following::episode()),
        Some("situations") => Some(following::edit_situation()),
        Some("outcomes") => Some(following::outcome()),
        Some(_) => Some(person::profile()),
    };
    let field = match field {
        "age" => encounter::age(),
        "gender" => encounter::gender(),
        "household" => encounter::household(),
        "residence" => encounter::residence(),
        "residence_evidence" => person::evidence(),
        "state" => pick("état", "state"),
        "kind" => pick("nature", "kind"),
        "impact" => encounter::impact(),
        "priority" => person::priority(),
        "medium" => encounter::medium(),
        "duration" => encounter::duration(),
        "due" => pick("date prévue", "due date"),
        "void" => pick("annulation", "struck out"),
        "stage" => following::stage(),
        "entry_reason" => following::entry_reason(),
        "exit_reason" => following::exit_reason(),
        "activity" => following::activity(),
        "registration" => following::registration(),
        "education" => following::education(),
        "time_without_work" => following::time_without_work(),
        "rsa" => following::rsa(),
        "followed" => following::followed(),
        "at_3_months" => following::still_3(),
        "at_6_months" => following::still_6(),
        _ => pick("date", "date"),
    };
    match of {
        Some(of) => format!("{of} · {}", names::lower_first(field)),
        None => field.to_owned(),
    }
}

/// A value in words.
pub fn value(list: Option<&str>, field: &str, code: &str, cite: Option<&CiteView>) -> String {
    if let Some(word) = coded(list, field, code) {
        return word.to_owned();
    }
    if let Ok(place) = code.parse::<Location>() {
        return names::location(place, cite);
    }
    match (code, code.parse::<i32>()) {
        // Counters and telephone numbers are digits too.
        _ if is_plain(field) => code.to_owned(),
        (_, Ok(day)) if field == "birth_date" => days::date(Day(day), days::today()),
        (_, Ok(day)) => days::plain(Day(day)),
        ("true", _) => encounter::yes().to_owned(),
        ("false", _) => encounter::no().to_owned(),
        _ => code.to_owned(),
    }
}

/// Whether digits in this field are no day.
fn is_plain(field: &str) -> bool {
    matches!(
        field,
        "headcount"
            | "women"
            | "young"
            | "leaflets"
            | "phone"
            | "text"
            | "first_name"
            | "family_name"
            | "address"
    )
}

fn coded(list: Option<&str>, field: &str, code: &str) -> Option<&'static str> {
    macro_rules! label {
        ($list:ident) => {
            $list::from_code(code).map(|it| it.label(lang()))
        };
    }
    match (list, field) {
        (None, "age") => label!(AgeBand),
        (None, "gender") => label!(Gender),
        (None, "household") => label!(Household),
        (None, "residence_evidence") => label!(Evidence),
        (Some("needs"), "state") => label!(NeedState),
        (Some("needs"), "kind") => label!(NeedKind),
        (Some("barriers"), "state") => label!(BarrierState),
        (Some("barriers"), "impact") => label!(Impact),
        (Some("barriers"), "priority") => label!(Priority),
        (Some("encounters"), "medium") => label!(Medium),
        (Some("encounters"), "duration") => label!(DurationBand),
        (Some("follow_ups"), "state") => label!(FollowUpState),
        (Some("follow_ups"), "kind") => label!(FollowUpKind),
        (Some("referrals"), "state") => label!(ReferralState),
        (Some("episodes"), "stage") => label!(Stage),
        (Some("episodes"), "entry_reason") => label!(EntryReason),
        (Some("episodes"), "exit_reason") => label!(ExitReason),
        (Some("situations"), "activity") => label!(Activity),
        (Some("situations"), "registration") => label!(Registration),
        (Some("situations"), "education") => label!(Education),
        (Some("situations"), "time_without_work") => label!(TimeWithoutWork),
        (Some("situations"), "moment") => label!(SituationMoment),
        (Some("outcomes"), "kind") => label!(OutcomeKind),
        (_, "rsa" | "followed" | "at_3_months" | "at_6_months" | "met_before") => label!(YesNo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn digits_are_a_day_only_where_a_day_stands() {
        assert_eq!(value(None, "headcount", "14", None), "14");
        assert_eq!(value(None, "phone", "0612345678", None), "0612345678");
        assert_eq!(value(Some("follow_ups"), "due", "20777", None), "20\u{a0}novembre");
    }
}
