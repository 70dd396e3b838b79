//! What somebody asks for with the code of a receipt. It names nobody: who holds the ledger of the person
//! recognises the tag, see `engine::request`.

use crate::error::DocumentError;
use domain::time::Day;
use domain::vocabulary::{Capacity, GivenBy, RequestKind};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// What a code is known by: a hash of it, under the cité.
pub type Tag = [u8; 16];

/// The body. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RequestBody {
    #[n(0)]
    tag: ByteArray<16>,
    #[n(1)]
    kind: String,
    #[n(2)]
    given_by: String,
    #[n(3)]
    capacity: Option<String>,
    #[n(4)]
    on: i32,
    /// Drawn at random: the same, asked twice, is two requests.
    #[n(5)]
    nonce: ByteArray<8>,
}

impl RequestBody {
    /// A request to be signed; `nonce` is drawn for it.
    pub fn new(
        tag: Tag,
        kind: RequestKind,
        given_by: (GivenBy, Option<Capacity>),
        on: Day,
        nonce: [u8; 8],
    ) -> Self {
        Self {
            tag: tag.into(),
            kind: kind.code().into(),
            given_by: given_by.0.code().into(),
            capacity: given_by.1.map(|it| it.code().into()),
            on: on.0,
            nonce: nonce.into(),
        }
    }

    /// Tag of the code.
    pub fn tag(&self) -> Tag {
        *self.tag
    }

    /// Day.
    pub fn on(&self) -> Day {
        Day(self.on)
    }

    /// What is asked for.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] for a code that is in no list.
    pub fn kind(&self) -> Result<RequestKind, DocumentError> {
        RequestKind::from_code(&self.kind).ok_or(DocumentError::BadValue)
    }

    /// Who said so, and the capacity of a representative.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] for a code that is in no list.
    pub fn given_by(&self) -> Result<(GivenBy, Option<Capacity>), DocumentError> {
        let bad = DocumentError::BadValue;
        let capacity = self.capacity.as_deref().map(|it| Capacity::from_code(it).ok_or(bad)).transpose()?;
        Ok((GivenBy::from_code(&self.given_by).ok_or(bad)?, capacity))
    }
}
