//! Which document: kind, identifier, generation.

use domain::ids::DocumentId;
use domain::vocabulary::DocumentKind;
use minicbor::{Decode, Encode};

/// A document is (kind, identifier, generation). A new generation begins without history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// Kind.
    pub kind: DocumentKind,
    /// Identifier; for a named part, the pathway's.
    pub id: DocumentId,
    /// Generation, from 1.
    pub generation: u32,
}

impl DocumentKey {
    /// The first generation of a document.
    pub fn first(kind: DocumentKind, id: impl Into<DocumentId>) -> Self {
        Self { kind, id: id.into(), generation: 1 }
    }

    /// Position of the kind in its code list: the number used in CBOR. Codes are only ever appended.
    pub fn kind_number(&self) -> u8 {
        DocumentKind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or_default() as u8
    }
}

impl<C> Encode<C> for DocumentKey {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(3)?.u8(self.kind_number())?.bytes(self.id.as_bytes())?.u32(self.generation)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for DocumentKey {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bad = minicbor::decode::Error::message;
        if d.array()? != Some(3) {
            return Err(bad("document key"));
        }
        let kind =
            DocumentKind::ALL.get(usize::from(d.u8()?)).copied().ok_or_else(|| bad("document kind"))?;
        let id: [u8; 16] = d.bytes()?.try_into().map_err(|_| bad("document id"))?;
        Ok(Self { kind, id: DocumentId::from_bytes(id), generation: d.u32()? })
    }
}
