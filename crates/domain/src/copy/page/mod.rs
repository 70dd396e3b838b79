//! The copy as a document: one HTML file, nothing loaded from elsewhere, made to be printed.

mod facts;

use super::words::day;
use super::*;
use facts::sections;
use std::collections::{BTreeMap, BTreeSet};

const STYLE: &str = include_str!("page.css");

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

fn who(by: &Signature) -> String {
    let unknown = || "auteur non connu ici".to_owned();
    let name = by.name.as_deref().map_or_else(unknown, escape);
    match &by.organisation {
        Some(organisation) if !organisation.is_empty() => format!("{name} ({})", escape(organisation)),
        _ => name,
    }
}

/// Who wrote something, and when.
fn signed(by: &Signature) -> String {
    match by.on {
        Some(on) => format!("noté par {}, le {}", who(by), day(on)),
        None => format!("noté par {}, à une date non connue ici", who(by)),
    }
}

fn part(copy: &AccessCopy, part: &PartCopy, out: &mut String) {
    out.push_str(&format!("<h3>{}</h3>", escape(&part.title)));
    if part.sections.is_empty() && part.sealed_for_others == 0 {
        out.push_str("<p>Rien n’est noté ici.</p>");
        return;
    }
    if part.only_here {
        out.push_str("<p>Se trouve seulement sur l’appareil qui a fait cette copie.</p>");
    }
    match part.shared_with.is_empty() {
        true => out.push_str("<p>N’est partagé avec aucune organisation.</p>"),
        false => out.push_str(&format!("<p>Partagé avec : {}.</p>", escape(&part.shared_with.join(", ")))),
    }
    sections(copy, &part.sections, 4, out);
    if part.sealed_for_others > 0 {
        let by: Vec<String> = part.sealed_by.iter().map(who).collect();
        let sealed = match part.sealed_for_others {
            1 => "1 écriture, chiffrée pour d’autres personnes de l’équipe, ne peut pas être lue".to_owned(),
            n => format!(
                "{n} écritures, chiffrées pour d’autres personnes de l’équipe, ne peuvent pas être lues"
            ),
        };
        out.push_str(&format!(
            "<p class=note>{sealed} avec ces clés. Cela vient de : {}. Ces personnes peuvent vous le lire.</p>",
            by.join(", ")
        ));
    }
}

/// What was said to the person and what they answered, by day and by who recorded it.
fn ledger(copy: &AccessCopy, out: &mut String) {
    let mut last = None;
    out.push_str("<table class=acts>");
    for line in &copy.ledger {
        if last != Some(&line.by) {
            out.push_str(&format!("<tr><th colspan=3>{}</th></tr>", signed(&line.by)));
            last = Some(&line.by);
        }
        out.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td class=by>n° {}</td></tr>",
            escape(&line.act),
            escape(&line.how),
            escape(&line.number)
        ));
    }
    out.push_str("</table>");
}

/// The document.
pub fn page(copy: &AccessCopy) -> String {
    let mut out = format!(
        "<!doctype html><html lang=fr><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Copie des données (droit d’accès)</title><style>{STYLE}</style></head><body>"
    );
    out.push_str(&format!("<h1>Copie des données vous concernant</h1><p>{}</p>", escape(&copy.cite)));
    out.push_str("<dl>");
    let retention = format!("{} mois après le dernier contact", copy.retention_months);
    let facts = [
        ("Copie faite le", day(copy.made_on)),
        ("Par", copy.made_by.clone()),
        ("Code repère", copy.code.clone().unwrap_or_else(|| "aucun".to_owned())),
        ("Responsables du traitement", copy.controllers.clone()),
        ("Pour exercer vos droits", copy.data_protection_officer.clone()),
        ("Base légale", copy.basis.clone()),
        ("Durée de conservation", retention),
    ];
    for (name, value) in facts {
        out.push_str(&format!("<dt>{name}</dt><dd>{}</dd>", escape(&value)));
    }
    out.push_str("</dl><p class=note>Vous pouvez demander à corriger ou à effacer ces données, ou dire non à la suite : cela ne change rien à l’aide. Vous pouvez aussi saisir la CNIL (cnil.fr).</p>");
    out.push_str("<h2>Parcours codé</h2>");
    sections(copy, &copy.record, 3, &mut out);
    out.push_str("<h2>Volets nominatifs</h2>");
    copy.parts.iter().for_each(|it| part(copy, it, &mut out));
    out.push_str("<h2>Information, accords, refus, retraits</h2>");
    ledger(copy, &mut out);
    out.push_str("<h2>À qui des données ont été transmises</h2>");
    match copy.recipients.is_empty() {
        true => out.push_str("<p>À personne en dehors de l’équipe.</p>"),
        false => {
            out.push_str("<ul>");
            for it in &copy.recipients {
                let name = it.name.as_deref().unwrap_or("destinataire protégé, lisible par son auteur seul");
                let on = it.on.map(|on| format!(", le {}", day(on))).unwrap_or_default();
                out.push_str(&format!("<li>{} : {}{on}</li>", escape(name), escape(&it.why)));
            }
            out.push_str("</ul>");
        }
    }
    out.push_str("<h2>Qui dans l’équipe reçoit le parcours codé</h2><dl>");
    let mut readers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for it in &copy.readers {
        let name = Signature { organisation: None, ..it.clone() };
        readers.entry(it.organisation.as_deref().unwrap_or_default()).or_default().insert(who(&name));
    }
    for (organisation, names) in readers {
        let names: Vec<String> = names.into_iter().collect();
        out.push_str(&format!("<dt>{}</dt><dd>{}</dd>", escape(organisation), names.join(", ")));
    }
    out.push_str("</dl></body></html>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_said_stays_text_on_the_page() {
        let words = "<script>alert('é')</script> & \"fin\"";
        let value = FieldValue {
            field: "text".into(),
            name: "Texte".into(),
            value: words.into(),
            words: words.into(),
            current: true,
            by: Signature::default(),
        };
        let fact = Fact { values: vec![value], ..Fact::default() };
        let section = Section { title: "Notes".into(), facts: vec![fact], ..Section::default() };
        let html = page(&AccessCopy { record: vec![section], ..AccessCopy::default() });
        assert!(html.contains("&lt;script&gt;alert(&#39;é&#39;)&lt;/script&gt; &amp; &quot;fin&quot;"));
        assert!(!html.contains("<script"));
    }
}
