//! Identifiers: 16 random bytes each, one type per thing, so that they cannot be mixed up.
//!
//! Random bytes come from outside (`from_bytes`). In text an identifier is 32 lower-case
//! hexadecimal digits; in CBOR and SQL it is the 16 bytes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A text is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct BadId;

fn hex(bytes: &[u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
}

fn unhex(text: &str) -> Result<[u8; 16], BadId> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Ok(c - b'0'),
        b'a'..=b'f' => Ok(c - b'a' + 10),
        _ => Err(BadId),
    };
    let raw: &[u8; 32] = text.as_bytes().try_into().map_err(|_| BadId)?;
    let mut out = [0; 16];
    for (i, pair) in raw.chunks_exact(2).enumerate() {
        out[i] = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Ok(out)
}

/// Reads and writes as its text, whatever the format.
macro_rules! text_serde {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
pub(crate) use text_serde;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Wraps 16 bytes that the caller drew at random (or derived as documented).
            pub const fn from_bytes(bytes: [u8; 16]) -> Self { Self(bytes) }
            /// The 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { hex(&self.0, f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { hex(&self.0, f) }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> { unhex(text).map(Self) }
        }
        text_serde!($name);
    )*};
}

ids! {
    /// A cité de l'emploi: one territory, one server, one cohort.
    CiteId;
    /// A person who works with the application.
    UserId;
    /// A tablet or laptop.
    DeviceId;
    /// An organisation of the cité (operator, association, commune).
    OrganisationId;
    /// A set of QPV and communes given to users.
    SectorId;
    /// A named place of a sector, picked by a mediator ("Place du Marché").
    PlaceId;
    /// A document of any kind; the other document identifiers convert into it.
    DocumentId;
    /// A pathway: the coded record of one person.
    PathwayId;
    /// An outing (tournée).
    OutingId;
    /// A solution of the directory.
    SolutionId;
    /// What a protected partner is called by in one person's ledger: drawn at random, so that it says nothing of
    /// the service. Which service it is stands sealed, in the notes.
    PartnerMark;
    /// A programme (cohorte).
    ProgrammeId;
    /// One encounter (rencontre) or passage.
    EncounterId;
    /// Any fact in a list of a document: barrier, need, follow-up, episode ...
    FactId;
    /// A draft on a device.
    DraftId;
}

macro_rules! document_ids {
    ($($name:ident),*) => {$(
        impl From<$name> for DocumentId { fn from(id: $name) -> Self { Self(id.0) } }
        impl From<DocumentId> for $name { fn from(id: DocumentId) -> Self { Self(id.0) } }
    )*};
}
document_ids!(PathwayId, OutingId, SolutionId, ProgrammeId, CiteId);

impl From<EncounterId> for FactId {
    fn from(id: EncounterId) -> Self {
        Self(id.0)
    }
}
impl From<FactId> for EncounterId {
    fn from(id: FactId) -> Self {
        Self(id.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_reads_back_from_its_text() {
        let id = PathwayId::from_bytes([0xa7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn upper_case_short_and_foreign_texts_are_not_identifiers() {
        for text in ["", "A7", &"A7".repeat(16), &"g0".repeat(16), &"é".repeat(16)] {
            assert_eq!(text.parse::<PathwayId>(), Err(BadId), "{text}");
        }
    }
}
