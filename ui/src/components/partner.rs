//! How a partner is called: by its name, or as a protected one that somebody else knows.

use crate::text::{names, receipt as words, typography};
use domain::api::person::Author;

/// Its name, or what stands for it.
pub fn called(name: Option<&str>) -> String {
    name.unwrap_or(words::protected_partner()).to_owned()
}

/// Who knows which it is, where this user does not; nothing where they do.
pub fn known(name: Option<&str>, by: Option<&Author>, left: bool) -> Option<String> {
    if name.is_some() {
        return None;
    }
    if by.is_some_and(|it| it.me) {
        return Some(words::known_lost().to_owned());
    }
    let known = by.map(|by| typography::about(words::known_by(), &names::colleague(by)))?;
    Some(if left { format!("{known} ({})", words::known_left()) } else { known })
}
