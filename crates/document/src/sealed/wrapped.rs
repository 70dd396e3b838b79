//! A part key wrapped for a public key, under its author's signature: who made it is known, and nobody
//! else can put another in its place.

use super::key::PartKeyId;
use crate::error::DocumentError;
use crate::key::DocumentKey;
use crate::signer::{self, PublicKey, Signature, SignerKey};
use domain::ids::CiteId;
use minicbor::Encode;
use minicbor::bytes::ByteArray;

const CONTEXT: &str = "allervers wrap 1";

/// What the author of a wrap signs. The author (a user on a device) is whoever's key verifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrapped<'a> {
    /// Part: document, kind and generation.
    pub key: DocumentKey,
    /// Name of the key that is wrapped.
    pub part_key: PartKeyId,
    /// The first bytes of the public key it is wrapped for: an epoch's (which is one group's), or a member's own.
    pub recipient: [u8; 16],
    /// Server sequence its author's device had seen: rights are judged there.
    pub cursor: u64,
    /// The wrapped bytes.
    pub sealed: &'a [u8],
}

#[derive(Encode)]
#[cbor(array)]
struct Body<'a> {
    #[n(0)]
    cite: ByteArray<16>,
    #[n(1)]
    key: DocumentKey,
    #[n(2)]
    part_key: ByteArray<16>,
    #[n(3)]
    recipient: ByteArray<16>,
    #[n(4)]
    cursor: u64,
    #[cbor(n(5), with = "minicbor::bytes")]
    sealed: &'a [u8],
}

impl Wrapped<'_> {
    fn body(&self, cite: CiteId) -> Vec<u8> {
        let body = Body {
            cite: (*cite.as_bytes()).into(),
            key: self.key,
            part_key: self.part_key.0.into(),
            recipient: self.recipient.into(),
            cursor: self.cursor,
            sealed: self.sealed,
        };
        minicbor::to_vec(body).expect("encoding into memory does not fail")
    }

    /// Its author's signature.
    pub fn sign(&self, cite: CiteId, author: &SignerKey) -> Signature {
        author.sign(CONTEXT, &self.body(cite))
    }

    /// Checks that an author signed it, for this cité.
    ///
    /// # Errors
    /// [`DocumentError::BadSignature`].
    pub fn verify(
        &self,
        cite: CiteId,
        author: &PublicKey,
        signature: &Signature,
    ) -> Result<(), DocumentError> {
        signer::verify(author, CONTEXT, &self.body(cite), signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::PathwayId;
    use domain::vocabulary::DocumentKind;

    const CITE: CiteId = CiteId::from_bytes([1; 16]);

    #[test]
    fn a_signature_stands_for_one_wrap_of_one_cite_by_one_author_and_nothing_else() {
        let author = SignerKey::from_secret(&[3; 32]);
        let key = DocumentKey::first(DocumentKind::Contact, PathwayId::from_bytes([2; 16]));
        let it =
            Wrapped { key, part_key: PartKeyId([7; 16]), recipient: [6; 16], cursor: 9, sealed: &[5; 80] };
        let signature = it.sign(CITE, &author);
        it.verify(CITE, &author.public(), &signature).unwrap();
        let others = [
            Wrapped { key: DocumentKey { generation: 2, ..key }, ..it },
            Wrapped { key: DocumentKey { kind: DocumentKind::Notes, ..key }, ..it },
            Wrapped { part_key: PartKeyId([8; 16]), ..it },
            Wrapped { recipient: [7; 16], ..it },
            Wrapped { cursor: 8, ..it },
            Wrapped { sealed: &[4; 80], ..it },
        ];
        for other in others {
            assert!(other.verify(CITE, &author.public(), &signature).is_err(), "{other:?}");
        }
        assert!(it.verify(CiteId::from_bytes([2; 16]), &author.public(), &signature).is_err());
        assert!(it.verify(CITE, &SignerKey::from_secret(&[4; 32]).public(), &signature).is_err());
    }
}
