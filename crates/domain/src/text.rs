//! Rules on free text.

/// Whether a text holds a run of 13 or 15 digits (spaces, dots and dashes between them aside), as the
/// French social security number has, with or without its key. Corsican départements write a letter.
pub fn looks_like_social_security_number(text: &str) -> bool {
    let mut run: Vec<char> = Vec::new();
    let fits = |run: &[char]| matches!(run.len(), 13 | 15) && matches!(run[0], '1'..='4' | '7' | '8');
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '0'..='9' => run.push(c),
            'A' | 'a' | 'B' | 'b' if run.len() == 6 && run[5] == '2' => run.push('0'),
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' if letters.peek().is_some_and(char::is_ascii_digit) => {}
            _ => {
                if fits(&run) {
                    return true;
                }
                run.clear();
            }
        }
    }
    fits(&run)
}

/// A cell of a CSV file between quotes; one that a spreadsheet would run as a formula begins with an
/// apostrophe.
pub fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\"").replace(['\r', '\n'], " "))
}

#[cfg(test)]
mod tests {
    use super::csv_cell;
    use super::looks_like_social_security_number as looks;

    #[test]
    fn a_social_security_number_is_seen_however_it_is_written() {
        for text in [
            "1 85 05 78 006 084",
            "185057800608436",
            "son numéro : 2.85.05.78.006.084-91.",
            "1850 52A 006 084 36",
        ] {
            assert!(looks(text), "{text}");
        }
    }

    #[test]
    fn a_name_that_a_spreadsheet_would_run_is_text() {
        assert_eq!(csv_cell("=1+1"), "\"'=1+1\"");
        assert_eq!(csv_cell("Les \"Tilleuls\"\n"), "\"Les \"\"Tilleuls\"\" \"");
    }

    #[test]
    fn telephone_numbers_dates_and_addresses_are_not() {
        for text in
            ["06 12 34 56 78", "le 24 11 2026 à 14 h", "93066 Saint-Denis", "12345678901234567890", ""]
        {
            assert!(!looks(text), "{text}");
        }
    }
}
