//! The *code repère*: six characters the person keeps, so that a colleague can find the record
//! without a name. It names nobody and is drawn at random.

/// Characters that cannot be confused when read aloud or handwritten (no I, L, O, U, 0, 1).
pub const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Length of a code.
pub const LENGTH: usize = 6;

/// A code from random bytes (one byte a character; the slight bias of 256 mod 30 is harmless here).
pub fn from_random(bytes: [u8; LENGTH]) -> String {
    bytes.iter().map(|b| char::from(ALPHABET[usize::from(*b) % ALPHABET.len()])).collect()
}

/// What a user typed, as a code: upper case, without spaces or dashes; `None` if it cannot be one.
pub fn normalise(typed: &str) -> Option<String> {
    let code: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
    (code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b))).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_with_spaces_and_lower_case_is_found() {
        let code = from_random([0, 7, 29, 30, 255, 100]);
        let typed = format!("{} {}", &code[..3].to_lowercase(), &code[3..]);
        assert_eq!(normalise(&typed), Some(code));
        assert_eq!(normalise("O0I1LU"), None);
        assert_eq!(normalise("Fatou S."), None);
    }
}
