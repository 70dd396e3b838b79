//! Names that stand in the membership chain, as somebody entered them: people's, organisations', devices'.

use document::control::MAX_NAME;
use domain::error::{ApiError, ErrorCode};

/// What a person or an organisation is to be called: without white space around it.
///
/// # Errors
/// [`ErrorCode::Invalid`] about the field, for one that is empty, too long, or not one line of text.
pub(super) fn called(field: &str, entered: &str) -> Result<String, ApiError> {
    let name = entered.trim();
    let fits = !name.is_empty() && name.chars().count() <= MAX_NAME && !name.chars().any(char::is_control);
    if fits { Ok(name.into()) } else { Err(ApiError::about(ErrorCode::Invalid, field)) }
}

/// As much of a device's name as the chain has room for.
pub(super) fn of_device(said: &str) -> String {
    said.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_fits() {
        assert_eq!(called("name", "  Nadia B. ").unwrap(), "Nadia B.");
        let most = "é".repeat(MAX_NAME);
        assert_eq!(called("name", &most).unwrap(), most);
        for wrong in [" ", "", "deux\nlignes", &"é".repeat(MAX_NAME + 1)] {
            let refused = called("organisation", wrong).unwrap_err();
            assert_eq!(refused, ApiError::about(ErrorCode::Invalid, "organisation"), "{wrong:?}");
        }
        assert_eq!(of_device(&format!("Tablette\n{most}")).chars().count(), MAX_NAME);
        assert_eq!(of_device("Tablette\n3"), "Tablette3");
    }
}
