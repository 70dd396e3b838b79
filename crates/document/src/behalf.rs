//! Work that is written for a colleague: a référent's device carries out edits that were found on a lost
//! tablet and can no longer be signed by their author. The change is the référent's, who vouches for it; a
//! member of the set `recovered`, written in the same change, names the author.

use crate::actor::SignerId;
use crate::change::{RawChange, contain};
use crate::document::Document;
use crate::edit::Edit;
use crate::error::DocumentError;
use automerge::legacy::{Key, OpType};
use domain::ids::FactId;

/// Name of the set.
pub(crate) const SET: &str = "recovered";

/// Who wrote something: whose key signed, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct By {
    /// Whose key signed.
    pub signer: SignerId,
    /// Whose work it is, where it was recovered for somebody else.
    pub behalf: Option<SignerId>,
}

/// The edit that says for whom the others of its change are; `mark` is random, so that each change has its own.
pub fn on_behalf(author: SignerId, mark: [u8; 8]) -> Edit {
    let mark: String = mark.iter().map(|byte| format!("{byte:02x}")).collect();
    Edit::set(format!("{SET}:{author:?}-{mark}"), true)
}

/// Whether a code is the mark of a recovered change: 32 digits of a signer, 16 random ones.
pub(crate) fn is_mark(code: &str) -> bool {
    let hexadecimal = |text: &str| text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    code.split_once('-').is_some_and(|(signer, mark)| {
        signer.len() == 32 && mark.len() == 16 && hexadecimal(signer) && hexadecimal(mark)
    })
}

/// The author that a key of the root names.
pub(crate) fn author_in(key: &str) -> Option<SignerId> {
    let (set, code) = key.split_once(':')?;
    let (signer, _) = code.split_once('-').filter(|_| set == SET && is_mark(code))?;
    // An identifier of the same length reads the digits.
    signer.parse::<FactId>().ok().map(|id| SignerId(*id.as_bytes()))
}

impl RawChange {
    /// For whom it was recovered; nobody for nearly every change.
    ///
    /// # Errors
    /// [`DocumentError::Panicked`].
    pub fn on_behalf(&self) -> Result<Vec<SignerId>, DocumentError> {
        // A change chunk is not compressed: its keys stand in it as they are.
        if !self.bytes().windows(SET.len()).any(|it| it == SET.as_bytes()) {
            return Ok(Vec::new());
        }
        let expanded = contain(|| self.change.decode())?;
        let named = expanded.operations.iter().filter_map(|op| match (&op.key, &op.action) {
            (Key::Map(key), OpType::Put(_)) => author_in(key),
            _ => None,
        });
        Ok(named.collect())
    }
}

impl Document {
    /// Whether a key of the root says for whom a change was recovered: no fact about the person.
    pub fn is_note_of_recovery(key: &str) -> bool {
        author_in(key).is_some()
    }

    /// Edits without those that add a fact which is here already: somebody made them before.
    pub fn without_known(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let known = |edit: &Edit| matches!(edit, Edit::Add { list, id, .. } if self.has_fact(list, *id));
        edits.into_iter().filter(|edit| !known(edit)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, DocumentKey};
    use domain::ids::{CiteId, PathwayId};
    use domain::vocabulary::DocumentKind;

    #[test]
    fn a_change_names_for_whom_it_is_and_its_values_are_theirs() {
        let (referent, author) = (SignerId([1; 16]), SignerId([0xab; 16]));
        let key = DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([3; 16]));
        let mut document = Document::begin(CiteId::from_bytes([2; 16]), key).unwrap();
        let actor = Actor { signer: referent, incarnation: 1 };
        document.edit(actor, &[Edit::set("age", "16_17")]).unwrap().unwrap();
        for mark in [[4; 8], [5; 8]] {
            let edits =
                [Edit::set("gender", if mark[0] == 4 { "woman" } else { "man" }), on_behalf(author, mark)];
            let made = document.edit(actor, &edits).unwrap().unwrap();
            let raw = RawChange::read(&made.bytes).unwrap();
            assert_eq!(raw.on_behalf().unwrap(), [author]);
        }
        let by: Vec<_> = document.history().into_iter().map(|it| (it.key.clone(), it.by())).collect();
        let of =
            |key: &str| by.iter().filter(|(it, _)| it == key).map(|(_, by)| by.behalf).collect::<Vec<_>>();
        assert_eq!(of("age"), [None]);
        assert_eq!(of("gender"), [Some(author), Some(author)]);
    }

    #[test]
    fn a_mark_that_names_no_key_is_refused() {
        let key = DocumentKey::first(DocumentKind::Outing, PathwayId::from_bytes([3; 16]));
        let mut document = Document::begin(CiteId::from_bytes([2; 16]), key).unwrap();
        let actor = Actor { signer: SignerId([1; 16]), incarnation: 1 };
        for key in ["recovered:Nadia", "recovered:", "recovered:abababababababababababababababab-é"] {
            assert!(document.edit(actor, &[Edit::set(key, true)]).is_err(), "{key}");
        }
    }
}
