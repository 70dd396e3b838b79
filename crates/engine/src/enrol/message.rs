//! Messages of joining, as CBOR with integer keys.

use super::pairing::Tagged;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Longest message, bytes.
pub const MAX_MESSAGE: usize = 1024 * 1024;

/// Asks what an invitation is for. Nothing is used up.
#[derive(Debug, Clone, Encode, Decode)]
pub struct CheckRequest {
    /// Name of the invitation, from its code.
    #[n(0)]
    pub id: ByteArray<16>,
}

/// What an invitation is for.
#[derive(Debug, Clone, Default, Encode, Decode)]
pub struct CheckReply {
    /// Name of the cité.
    #[n(0)]
    pub cite_name: String,
    /// A demonstration.
    #[n(1)]
    pub demonstration: bool,
    /// Name of the invited user.
    #[n(2)]
    pub user_name: String,
    /// Role's code.
    #[n(3)]
    pub role: String,
    /// Name of the organisation.
    #[n(4)]
    pub organisation_name: String,
    /// MAC over all of it, under the code's key.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub mac: [u8; 32],
    /// The card of the device that invites: the rest is empty then.
    #[n(6)]
    pub card: Option<Tagged>,
}

/// The newcomer's public keys.
#[derive(Debug, Clone, Encode, Decode)]
pub struct JoinRequest {
    /// Name of the invitation.
    #[n(0)]
    pub id: ByteArray<16>,
    /// Device.
    #[n(1)]
    pub device: ByteArray<16>,
    /// Name of the device.
    #[n(2)]
    pub device_name: String,
    /// Ed25519 public key.
    #[n(3)]
    pub sign: ByteArray<32>,
    /// X25519 public key.
    #[n(4)]
    pub agree: ByteArray<32>,
    /// MAC over all of it, under the code's key.
    #[n(5)]
    pub mac: ByteArray<32>,
}

/// What a device keeps of the cité it joined.
#[derive(Debug, Clone, Encode, Decode)]
pub struct JoinReply {
    /// Records of the membership chain, CBOR, from the founding to the newcomer.
    #[n(0)]
    pub chain: Vec<ByteVec>,
    /// Token of the device for later exchanges.
    #[n(1)]
    pub token: ByteArray<32>,
    /// Name of the cité.
    #[n(2)]
    pub cite_name: String,
    /// A demonstration.
    #[n(3)]
    pub demonstration: bool,
    /// Organisations: identifier in text, name.
    #[n(4)]
    pub organisations: Vec<(String, String)>,
    /// MAC over chain's head and token, under the code's key.
    #[n(5)]
    pub mac: ByteArray<32>,
}

impl CheckReply {
    pub(super) fn parts(&self) -> [&[u8]; 5] {
        let demonstration: &[u8] = if self.demonstration { &[1] } else { &[0] };
        [
            self.cite_name.as_bytes(),
            demonstration,
            self.user_name.as_bytes(),
            self.role.as_bytes(),
            self.organisation_name.as_bytes(),
        ]
    }
}

impl JoinRequest {
    pub(super) fn parts(&self) -> [&[u8]; 5] {
        [
            self.id.as_slice(),
            self.device.as_slice(),
            self.device_name.as_bytes(),
            self.sign.as_slice(),
            self.agree.as_slice(),
        ]
    }
}
