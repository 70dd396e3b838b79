//! The newcomer's half, over HTTP.

use super::code::{InvitationCode, mac, mac_holds};
use super::host::answer_mac;
use super::message::{CheckReply, CheckRequest, JoinReply, JoinRequest, MAX_MESSAGE};
use document::SignerId;
use document::control::{Chain, Record};
use domain::error::{ApiError, ErrorCode};
use domain::ids::DeviceId;
use futures_util::StreamExt as _;
use minicbor::{Decode, Encode};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// A way to the server of a cité that is being joined.
#[derive(Debug, Clone)]
pub struct HttpEnrol {
    client: reqwest::Client,
    server: String,
}

/// Public keys and name of a newcomer.
#[derive(Debug, Clone)]
pub(crate) struct Newcomer {
    pub(crate) device: DeviceId,
    pub(crate) device_name: String,
    pub(crate) sign: [u8; 32],
    pub(crate) agree: [u8; 32],
}

/// An address of a server without its last slash; plain `http` only to this machine.
///
/// # Errors
/// [`ErrorCode::Invalid`] about `server`.
pub fn server_address(typed: &str) -> Result<String, ApiError> {
    let invalid = || ApiError::about(ErrorCode::Invalid, "server");
    let url = reqwest::Url::parse(typed.trim()).map_err(|_| invalid())?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    if !safe || !url.username().is_empty() || url.password().is_some() {
        return Err(invalid());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

impl HttpEnrol {
    /// A way to a server.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for an address that is none.
    pub fn to(server: &str) -> Result<Self, ApiError> {
        let client =
            reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
        Ok(Self {
            client: client.map_err(|_| ApiError::new(ErrorCode::Internal))?,
            server: server_address(server)?,
        })
    }

    /// Asks what an invitation is for; the answer is checked against the code. A card of
    /// a device is left to be opened under it.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`], [`ErrorCode::ServerUnreachable`], [`ErrorCode::ServerUntrusted`].
    pub async fn check(&self, code: &InvitationCode) -> Result<CheckReply, ApiError> {
        let request = CheckRequest { id: code.id().into() };
        let reply: CheckReply = self.post("/v1/enrol/check", None, &request).await?;
        if reply.card.is_some() {
            return Ok(reply); // Under the code in its own way.
        }
        if !mac_holds(&code.mac_key(), "check", &reply.parts(), &reply.mac) {
            return Err(ErrorCode::ServerUntrusted.into());
        }
        Ok(reply)
    }

    /// Joins; a device that is known says so by its token. The chain is verified from its founding to the newcomer's own record.
    ///
    /// # Errors
    /// As [`HttpEnrol::check`].
    pub(crate) async fn join(
        &self,
        code: &InvitationCode,
        newcomer: &Newcomer,
        own_token: Option<&[u8]>,
    ) -> Result<(JoinReply, Vec<Record>, Chain), ApiError> {
        let mut request = JoinRequest {
            id: code.id().into(),
            device: (*newcomer.device.as_bytes()).into(),
            device_name: newcomer.device_name.clone(),
            sign: newcomer.sign.into(),
            agree: newcomer.agree.into(),
            mac: [0; 32].into(),
        };
        request.mac = mac(&code.mac_key(), "join", &request.parts()).into();
        let reply: JoinReply = self.post("/v1/enrol/join", own_token, &request).await?;
        let untrusted = || ApiError::new(ErrorCode::ServerUntrusted);
        let records: Vec<Record> = reply
            .chain
            .iter()
            .map(|bytes| minicbor::decode(bytes))
            .collect::<Result<_, _>>()
            .map_err(|_| untrusted())?;
        let chain = Chain::read(&records).map_err(|_| untrusted())?;
        let me = chain
            .member(&SignerId::of(&newcomer.sign))
            .is_some_and(|member| member.device == newcomer.device && member.agree == newcomer.agree);
        if !me || answer_mac(&code.mac_key(), &chain, &reply.token) != *reply.mac {
            return Err(untrusted());
        }
        Ok((reply, records, chain))
    }

    /// Sends one message, with a device's token where there is one.
    pub(crate) async fn post<T: for<'b> Decode<'b, ()>>(
        &self,
        path: &str,
        token: Option<&[u8]>,
        message: &impl Encode<()>,
    ) -> Result<T, ApiError> {
        self.post_up_to(MAX_MESSAGE, path, token, message).await
    }

    /// The same, with another limit for the answer, bytes.
    pub(crate) async fn post_up_to<T: for<'b> Decode<'b, ()>>(
        &self,
        most: usize,
        path: &str,
        token: Option<&[u8]>,
        message: &impl Encode<()>,
    ) -> Result<T, ApiError> {
        let unreachable = |error| {
            let untrusted = crate::certificate::is_refused(&error);
            ApiError::new(if untrusted { ErrorCode::ServerUntrusted } else { ErrorCode::ServerUnreachable })
        };
        let body = minicbor::to_vec(message).expect("encoding into memory does not fail");
        let mut request = self
            .client
            .post(format!("{}{path}", self.server))
            .header("content-type", "application/cbor")
            .body(body);
        if let Some(token) = token {
            let hex: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
            request = request.bearer_auth(hex);
        }
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let mut bytes = Vec::new();
        let mut stream = response.bytes_stream();
        while let Some(piece) = stream.next().await {
            bytes.extend_from_slice(&piece.map_err(unreachable)?);
            if bytes.len() > most {
                return Err(ErrorCode::ServerUntrusted.into());
            }
        }
        if status.is_success() {
            return minicbor::decode(&bytes).map_err(|_| ErrorCode::ServerUntrusted.into());
        }
        Err(serde_json::from_slice(&bytes).unwrap_or_else(|_| ApiError::new(ErrorCode::ServerUntrusted)))
    }
}
