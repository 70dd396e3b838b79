//! The device's half, over HTTP.

use super::host::{PAST, about};
use super::message::{Past, PastReply, PastRequest, RecoverRequest};
use crate::enrol::HttpEnrol;
use crate::error::EngineError;
use crate::keys::{RecoveryKey, open};
use crate::seal::unwrap;
use document::control::{Chain, Record};
use domain::error::{ApiError, ErrorCode};
use minicbor::bytes::ByteVec;

/// Longest answer, bytes: the chain, and one record for each epoch there ever was.
const MOST_PAST: usize = 16 * 1024 * 1024;

impl HttpEnrol {
    /// The past of the cité of a printed key. The chain is verified from its founding, and must say that
    /// this key counts.
    ///
    /// # Errors
    /// [`ErrorCode::RecoveryKeyUnknown`], [`ErrorCode::ServerUnreachable`], [`ErrorCode::ServerUntrusted`].
    pub(crate) async fn past(
        &self,
        key: &RecoveryKey,
    ) -> Result<(Past, Vec<Record>, Chain, Vec<Record>), ApiError> {
        let public = key.public()?;
        let request = PastRequest { sign: public.sign };
        let reply: PastReply = self.post_up_to(MOST_PAST, "/v1/recover/past", None, &request).await?;
        let untrusted = || ApiError::new(ErrorCode::ServerUntrusted);
        let past = read(key, &public.sign, &reply).map_err(|_| untrusted())?;
        let records = decoded(&past.chain).ok_or_else(untrusted)?;
        let epochs = decoded(&past.epochs).ok_or_else(untrusted)?;
        let chain = Chain::read(&records).map_err(|_| untrusted())?;
        if chain.printed().last().is_none_or(|it| it.keys != public) {
            return Err(untrusted());
        }
        Ok((past, records, chain, epochs))
    }

    /// Hands the step in.
    ///
    /// # Errors
    /// What the server refuses; [`ErrorCode::ServerUnreachable`], where it may have been taken all the same.
    pub(crate) async fn recover(&self, request: &RecoverRequest) -> Result<(), ApiError> {
        self.post("/v1/recover/sign", None, request).await
    }
}

fn read(key: &RecoveryKey, sign: &[u8; 32], reply: &PastReply) -> Result<Past, EngineError> {
    let secret = unwrap(&*key.agree()?, PAST, &about(sign), &reply.key)?;
    let plain = open(&secret, PAST.as_bytes(), &reply.sealed)?;
    minicbor::decode(&plain).map_err(|_| EngineError::Damaged)
}

fn decoded(records: &[ByteVec]) -> Option<Vec<Record>> {
    records.iter().map(|bytes| minicbor::decode(bytes).ok()).collect()
}
