//! The copy as a document: one HTML file, nothing loaded from elsewhere, made to be printed.

use super::words::day;
use super::*;

const STYLE: &str = "body{font:11pt/1.5 sans-serif;color:#111;max-width:52rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6em}h2{font-size:1.25em;border-bottom:2px solid #111;margin-top:2em}h3{font-size:1em;margin:1.2em 0 .3em}\
table{border-collapse:collapse;width:100%;margin:.3em 0 1em}th,td{border:1px solid #888;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#eee}th:last-child,td:last-child{white-space:nowrap;width:6.5em}.before{color:#555}.note{border-left:4px solid #111;padding:.2em .8em}dt{font-weight:bold}dd{margin:0 0 .4em}\
@page{margin:16mm}@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}";

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

fn when(on: Option<Day>) -> String {
    on.map_or_else(|| "date non connue ici".to_owned(), day)
}

fn sections(sections: &[Section], level: u8, out: &mut String) {
    for section in sections {
        out.push_str(&format!("<h{level}>{}</h{level}>", escape(&section.title)));
        for fact in &section.facts {
            if fact.void {
                out.push_str("<p class=note>Entrée annulée : elle est gardée, elle n’est plus comptée.</p>");
            }
            out.push_str("<table><thead><tr><th>Donnée</th><th>Valeur</th><th>Noté par</th><th>Le</th></tr></thead><tbody>");
            for value in &fact.values {
                let (class, tail) =
                    if value.current { ("", "") } else { (" class=before", " (valeur antérieure)") };
                out.push_str(&format!(
                    "<tr{class}><td>{}</td><td>{}{tail}</td><td>{}</td><td>{}</td></tr>",
                    escape(&value.name),
                    escape(&value.words),
                    who(&value.by),
                    when(value.by.on)
                ));
            }
            out.push_str("</tbody></table>");
        }
    }
}

fn part(part: &PartCopy, out: &mut String) {
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
    sections(&part.sections, 4, out);
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
    sections(&copy.record, 3, &mut out);
    out.push_str("<h2>Volets nominatifs</h2>");
    copy.parts.iter().for_each(|it| part(it, &mut out));
    out.push_str("<h2>Information, accords, refus, retraits</h2>");
    out.push_str("<table><thead><tr><th>N°</th><th>Acte</th><th>Comment</th><th>Noté par</th><th>Le</th></tr></thead><tbody>");
    for line in &copy.ledger {
        out.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&line.number),
            escape(&line.act),
            escape(&line.how),
            who(&line.by),
            when(line.by.on)
        ));
    }
    out.push_str("</tbody></table><h2>À qui des données ont été transmises</h2>");
    match copy.recipients.is_empty() {
        true => out.push_str("<p>À personne en dehors de l’équipe.</p>"),
        false => {
            out.push_str("<ul>");
            for it in &copy.recipients {
                let name = it.name.as_deref().unwrap_or("destinataire protégé, lisible par son auteur seul");
                out.push_str(&format!("<li>{} : {}, {}</li>", escape(name), escape(&it.why), when(it.on)));
            }
            out.push_str("</ul>");
        }
    }
    out.push_str("<h2>Qui dans l’équipe reçoit le parcours codé</h2><ul>");
    for it in &copy.readers {
        out.push_str(&format!("<li>{}</li>", who(it)));
    }
    out.push_str("</ul></body></html>");
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
