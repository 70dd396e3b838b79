//! Facts on the page: what stands now, field by field, with who wrote it once for a group; earlier values
//! after it, smaller. Identifiers stand in the data alone, where they lead somewhere; here is what they mean.

use super::{escape, signed};
use crate::copy::{AccessCopy, Fact, FieldValue, Section, Signature};

/// Fields that hold an identifier of something else.
const LINKS: [&str; 6] = ["outing", "encounter", "barrier", "referral", "other", "entry"];

/// The words of a value; none where the page has none for it.
fn words(copy: &AccessCopy, value: &FieldValue) -> Option<String> {
    match value.field.as_str() {
        // Said above the fact.
        "void" => None,
        "path" => Some("conservé comme un dessin".to_owned()),
        "outing" | "other" | "entry" => None,
        field if LINKS.contains(&field) => {
            let mut facts = copy.record.iter().flat_map(|section| &section.facts);
            let fact = facts.find(|fact| fact.id.as_deref() == Some(value.value.as_str()))?;
            let named = |key: &str| fact.values.iter().find(|it| it.field == key && it.current);
            ["domain", "solution", "on"].iter().find_map(|key| named(key)).map(|it| it.words.clone())
        }
        _ => Some(value.words.clone()),
    }
}

/// Values by who wrote them and when, in the order in which they stand.
fn groups<'a>(values: impl Iterator<Item = &'a FieldValue>) -> Vec<(&'a Signature, Vec<&'a FieldValue>)> {
    let mut groups: Vec<(&Signature, Vec<&FieldValue>)> = Vec::new();
    for value in values {
        match groups.iter_mut().find(|(by, _)| *by == &value.by) {
            Some((_, group)) => group.push(value),
            None => groups.push((&value.by, vec![value])),
        }
    }
    groups
}

fn fact(copy: &AccessCopy, fact: &Fact, common: Option<&Signature>, out: &mut String) {
    out.push_str("<div class=fact>");
    if fact.void {
        out.push_str("<p class=note>Entrée annulée : elle est gardée, elle n’est plus comptée.</p>");
    }
    for (by, values) in groups(fact.values.iter().filter(|it| it.current)) {
        out.push_str("<table>");
        for value in &values {
            let Some(words) = words(copy, value) else { continue };
            out.push_str(&format!("<tr><th>{}</th><td>{}</td></tr>", escape(&value.name), escape(&words)));
        }
        out.push_str("</table>");
        if common != Some(by) {
            out.push_str(&format!("<p class=by>{}</p>", signed(by)));
        }
    }
    for (by, values) in groups(fact.values.iter().filter(|it| !it.current)) {
        let of = |it: &&FieldValue| Some(format!("{} : {}", escape(&it.name), escape(&words(copy, it)?)));
        let before: Vec<String> = values.iter().filter_map(of).collect();
        if !before.is_empty() {
            out.push_str(&format!(
                "<p class=before>Avant : {} <span class=by>({})</span></p>",
                before.join(" · "),
                signed(by)
            ));
        }
    }
    out.push_str("</div>");
}

/// Sections under headings of a level. Where one person wrote a whole section on one day, it says so once.
pub(super) fn sections(copy: &AccessCopy, sections: &[Section], level: u8, out: &mut String) {
    for section in sections {
        out.push_str(&format!("<h{level}>{}</h{level}>", escape(&section.title)));
        let mut by = section.facts.iter().flat_map(|it| &it.values).map(|it| &it.by);
        let first = by.next();
        let common = first.filter(|first| by.all(|it| it == *first));
        section.facts.iter().for_each(|it| fact(copy, it, common, out));
        out.push_str(&common.map(|by| format!("<p class=by>{}</p>", signed(by))).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Day;

    fn value(field: &str, value: &str, current: bool, on: i32) -> FieldValue {
        let by = Signature { name: Some("Nadia B.".into()), organisation: None, on: Some(Day(on)) };
        let (field, name, value) = (field.to_owned(), field.to_owned(), value.to_owned());
        FieldValue { field, name, words: value.clone(), value, current, by }
    }

    fn drawn(facts: Vec<Fact>) -> String {
        let section = Section { title: "Freins".into(), facts, ..Section::default() };
        let copy = AccessCopy { record: vec![section], ..AccessCopy::default() };
        let mut out = String::new();
        sections(&copy, &copy.record, 3, &mut out);
        out
    }

    #[test]
    fn who_wrote_a_whole_section_is_said_once_and_each_other_hand_apart() {
        let same = vec![value("domain", "Logement", true, 5), value("state", "Levé", true, 5)];
        let one = Fact { values: same.clone(), ..Fact::default() };
        assert_eq!(drawn(vec![one.clone(), one]).matches("Nadia B.").count(), 1);
        let later =
            [same, vec![value("impact", "Fort", true, 9), value("impact", "Faible", false, 5)]].concat();
        let html = drawn(vec![Fact { values: later, ..Fact::default() }]);
        assert_eq!(html.matches("Nadia B.").count(), 3, "{html}");
        assert!(html.contains("Avant : impact : Faible"));
    }

    #[test]
    fn an_identifier_is_not_for_a_person_to_read_and_what_it_names_is() {
        let barrier =
            Fact { id: Some("b1".into()), values: vec![value("domain", "Logement", true, 5)], void: false };
        let other = vec![value("barrier", "b1", true, 5), value("outing", "4f2a", true, 5)];
        let html = drawn(vec![barrier, Fact { values: other, ..Fact::default() }]);
        assert!(!html.contains("b1") && !html.contains("4f2a"), "{html}");
        assert_eq!(html.matches("Logement").count(), 2);
    }
}
