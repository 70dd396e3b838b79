//! Sealing a change, and opening one from outside.

use super::header::Header;
use super::key::PartKey;
use super::pad::{pad, unpad};
use crate::change::{Hash, NewChange, RawChange};
use crate::error::DocumentError;
use crate::key::DocumentKey;
use crate::wire;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::ids::CiteId;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// Longest envelope, bytes: a change of the greatest length, and what stands round it.
pub const MAX_ENVELOPE: usize = 72 * 1024;
const CONTEXT: &[u8] = b"allervers sealed change 1";

/// A sealed change as it travels and is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    header: Header,
    sealed: Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Sealed {
    /// The header's bytes, as they were authenticated: never encoded again.
    #[n(0)]
    header: ByteVec,
    #[n(1)]
    nonce: ByteArray<24>,
    #[n(2)]
    body: ByteVec,
}

/// Seals a change just made; returns the envelope's bytes. `nonce` is random and used once.
///
/// # Errors
/// [`DocumentError::Malformed`] for a kind that is no named part.
pub fn seal(
    cite: CiteId,
    key: DocumentKey,
    change: &NewChange,
    part_key: &PartKey,
    nonce: [u8; 24],
) -> Result<Vec<u8>, DocumentError> {
    let raw = RawChange::read(&change.bytes)?;
    let after: Vec<_> = raw.dependencies().map(|hash| part_key.change_id(&hash)).collect();
    let id = part_key.change_id(&change.hash);
    let header = Header::of(key, change.actor, change.seq, id, after, part_key.id());
    header.check()?;
    let header = minicbor::to_vec(&header).expect("encoding into memory does not fail");
    let plain = zeroize::Zeroizing::new(pad(&wire::strip(&change.bytes, None)?)?);
    let body = cipher(part_key)
        .encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &about(cite, &header) })
        .map_err(|_| DocumentError::TooLarge)?;
    let sealed = Sealed { header: header.into(), nonce: nonce.into(), body: body.into() };
    Ok(minicbor::to_vec(sealed).expect("encoding into memory does not fail"))
}

impl Envelope {
    /// Reads an envelope from outside: bounded, its header checked, nothing opened.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::Malformed`].
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        if bytes.len() > MAX_ENVELOPE {
            return Err(DocumentError::TooLarge);
        }
        let mut decoder = minicbor::Decoder::new(bytes);
        let sealed: Sealed = decoder.decode().map_err(|_| DocumentError::Malformed)?;
        if decoder.position() != bytes.len() {
            return Err(DocumentError::Malformed);
        }
        let header: Header = minicbor::decode(&sealed.header).map_err(|_| DocumentError::Malformed)?;
        header.check()?;
        Ok(Self { header, sealed })
    }

    /// What it says in clear.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What a signed group names an envelope by: SHA-256 of its bytes.
    pub fn hash(bytes: &[u8]) -> Hash {
        Sha256::digest(bytes).into()
    }

    /// Opens it. The change is then as foreign as any: it passes the same checks, and must be the one
    /// its header names.
    ///
    /// # Errors
    /// [`DocumentError::BadSeal`] for another key or changed bytes, and as [`RawChange::read`].
    pub fn open(&self, cite: CiteId, part_key: &PartKey) -> Result<RawChange, DocumentError> {
        if part_key.id() != self.header.part_key() {
            return Err(DocumentError::BadSeal);
        }
        let payload = Payload { msg: &self.sealed.body, aad: &about(cite, &self.sealed.header) };
        let plain = cipher(part_key)
            .decrypt(&XNonce::from(*self.sealed.nonce), payload)
            .map_err(|_| DocumentError::BadSeal)?;
        let plain = zeroize::Zeroizing::new(plain);
        let change = RawChange::read(&wire::restore(&unpad(&plain)?, None)?)?;
        let named = self.header.id() == part_key.change_id(&change.hash())
            && self.header.actor() == change.actor
            && self.header.seq == change.seq()
            && self.header.after().eq(change.dependencies().map(|hash| part_key.change_id(&hash)));
        if named { Ok(change) } else { Err(DocumentError::BadSeal) }
    }
}

fn cipher(part_key: &PartKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*part_key.content()))
}

fn about(cite: CiteId, header: &[u8]) -> Vec<u8> {
    [CONTEXT, cite.as_bytes(), header].concat()
}
