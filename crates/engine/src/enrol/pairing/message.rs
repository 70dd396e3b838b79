//! Messages between two devices through the server’s mailbox, as CBOR arrays.

use crate::enrol::code::{InvitationCode, mac, mac_holds};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Bytes under a MAC from the code. The bytes are what is signed; they are never re-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Tagged {
    #[n(0)]
    body: ByteVec,
    #[n(1)]
    mac: ByteArray<32>,
}

impl Tagged {
    /// A message under the code.
    pub(crate) fn of(code: &InvitationCode, context: &str, message: &impl Encode<()>) -> Self {
        let body = minicbor::to_vec(message).expect("encoding into memory does not fail");
        let mac = mac(&code.mac_key(), context, &[&code.id(), &body]).into();
        Self { body: body.into(), mac }
    }

    /// The message, where its MAC holds.
    pub(crate) fn open<T: for<'b> Decode<'b, ()>>(&self, code: &InvitationCode, context: &str) -> Option<T> {
        let holds = mac_holds(&code.mac_key(), context, &[&code.id(), &self.body], &self.mac);
        if holds { minicbor::decode(&self.body).ok() } else { None }
    }

    /// The message unchecked: the server carries it and cannot check it.
    pub(super) fn unchecked<T: for<'b> Decode<'b, ()>>(&self) -> Option<T> {
        minicbor::decode(&self.body).ok()
    }

    /// The bytes of the message.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }
}

/// What the inviter's device says: for whom, of which cité, and whom to expect.
#[derive(Debug, Clone, Encode, Decode)]
pub(crate) struct Card {
    #[n(0)]
    pub(crate) cite: ByteArray<16>,
    #[n(1)]
    pub(crate) cite_name: String,
    #[n(2)]
    pub(crate) demonstration: bool,
    #[n(3)]
    pub(crate) user_name: String,
    #[n(4)]
    pub(crate) role: String,
    #[n(5)]
    pub(crate) organisation: ByteArray<16>,
    #[n(6)]
    pub(crate) organisation_name: String,
    #[n(7)]
    pub(crate) inviter_name: String,
    #[n(8)]
    pub(crate) inviter_sign: ByteArray<32>,
    #[n(9)]
    pub(crate) inviter_agree: ByteArray<32>,
    /// Records of the chain as the inviter knows it.
    #[n(10)]
    pub(crate) chain_length: u32,
    /// Id of the last of them.
    #[n(11)]
    pub(crate) chain_head: ByteArray<32>,
}

/// The newcomer's public keys, and the hash of the token it drew.
#[derive(Debug, Clone, Encode, Decode)]
pub(crate) struct Offer {
    #[n(0)]
    pub(crate) device: ByteArray<16>,
    #[n(1)]
    pub(crate) device_name: String,
    #[n(2)]
    pub(crate) sign: ByteArray<32>,
    #[n(3)]
    pub(crate) agree: ByteArray<32>,
    #[n(4)]
    pub(crate) token_hash: ByteArray<32>,
}

/// MAC of the chain that lets a newcomer in: its head, its length, and the keys it is about.
pub(crate) fn chain_tag(code: &InvitationCode, head: &[u8; 32], length: u32, offer: &Tagged) -> [u8; 32] {
    mac(&code.mac_key(), "chain", &[&code.id(), head, &length.to_be_bytes(), offer.body()])
}

/// Checks [`chain_tag`] in constant time.
pub(crate) fn chain_tag_holds(
    code: &InvitationCode,
    head: &[u8; 32],
    length: u32,
    offer: &Tagged,
    tag: &[u8; 32],
) -> bool {
    mac_holds(&code.mac_key(), "chain", &[&code.id(), head, &length.to_be_bytes(), offer.body()], tag)
}

/// Opens a mailbox, under the token of a référent's device.
#[derive(Debug, Clone, Encode, Decode)]
pub struct OpenRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
    /// The inviter's card.
    #[n(1)]
    pub card: Tagged,
}

/// Leaves the newcomer's keys; only the first are taken.
#[derive(Debug, Clone, Encode, Decode)]
pub struct OfferRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
    /// The newcomer's keys.
    #[n(1)]
    pub offer: Tagged,
}

/// Asks for the newcomer's keys, under the token of the device that opened the mailbox.
#[derive(Debug, Clone, Encode, Decode)]
pub struct FetchRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
}

/// The newcomer's keys, once they are there.
#[derive(Debug, Clone, Encode, Decode)]
pub struct FetchReply {
    /// The keys.
    #[n(0)]
    pub offer: Option<Tagged>,
}

/// The record that lets the newcomer in is on the chain.
#[derive(Debug, Clone, Encode, Decode)]
pub struct ConfirmRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
    /// Id of the record.
    #[n(1)]
    pub record: ByteArray<32>,
    /// MAC of the chain up to it.
    #[n(2)]
    pub mac: ByteArray<32>,
}

/// Closes the mailbox.
#[derive(Debug, Clone, Encode, Decode)]
pub struct CancelRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
}

/// Asks whether the newcomer is in.
#[derive(Debug, Clone, Encode, Decode)]
pub struct ResultRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
}

/// Where an invitation stands. Numbers are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Stage {
    /// Not confirmed yet.
    #[n(0)]
    Waiting,
    /// The newcomer is in.
    #[n(1)]
    In,
    /// Closed, or too late.
    #[n(2)]
    Dead,
}

/// Whether the newcomer is in, and then the chain.
#[derive(Debug, Clone, Encode, Decode)]
pub struct ResultReply {
    /// Where it stands.
    #[n(0)]
    pub stage: Stage,
    /// Records of the chain up to the newcomer's, CBOR.
    #[n(1)]
    pub chain: Vec<ByteVec>,
    /// The inviter's MAC of that chain.
    #[n(2)]
    pub mac: ByteArray<32>,
}
