//! Invitations and device tokens, on the server.

use super::Store;
use crate::enrol::{Invited, JoinReply};
use crate::error::EngineError;
use document::control::Record;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::{Connection, OptionalExtension as _};

/// An invitation as the server keeps it: never its code.
#[derive(Debug, Clone)]
pub(crate) struct KeptInvitation {
    pub(crate) mac_key: [u8; 32],
    pub(crate) invited: Invited,
}

/// Invitations that are not used yet are void; returns how many.
pub(crate) fn void_all(connection: &Connection) -> Result<u32, EngineError> {
    Ok(connection.execute("DELETE FROM invitation WHERE used_at_ms IS NULL", [])? as u32)
}

impl Store {
    /// Keeps an invitation.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub(crate) fn keep_invitation(
        &mut self,
        id: [u8; 16],
        kept: &KeptInvitation,
        expires_at_ms: InstantMs,
    ) -> Result<(), EngineError> {
        let member = serde_json::to_string(&kept.invited).map_err(|_| EngineError::Damaged)?;
        self.transact(|connection| {
            connection.execute(
                "INSERT INTO invitation (id, mac_key, expires_at_ms, member) VALUES (?1, ?2, ?3, ?4)",
                (id, kept.mac_key, expires_at_ms, member),
            )?;
            Ok(())
        })
    }

    /// An invitation that is neither used nor expired.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub(crate) fn invitation(
        &self,
        id: [u8; 16],
        now_ms: InstantMs,
    ) -> Result<Option<KeptInvitation>, EngineError> {
        let row: Option<([u8; 32], String)> = self
            .connection()
            .query_row(
                "SELECT mac_key, member FROM invitation WHERE id = ?1 AND used_at_ms IS NULL AND expires_at_ms > ?2",
                (id, now_ms),
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        row.map(|(mac_key, member)| {
            let invited = serde_json::from_str(&member).map_err(|_| EngineError::Damaged)?;
            Ok(KeptInvitation { mac_key, invited })
        })
        .transpose()
    }

    /// Uses an invitation up, keeps the membership record and the token's hash: all or nothing.
    ///
    /// # Errors
    /// [`EngineError::NoSuchUser`] where it was used meanwhile.
    pub(crate) fn enrol(
        &mut self,
        id: [u8; 16],
        now_ms: InstantMs,
        record: &Record,
        token_hash: [u8; 32],
        device: DeviceId,
    ) -> Result<(), EngineError> {
        self.transact(|connection| {
            let used = connection.execute(
                "UPDATE invitation SET used_at_ms = ?2 WHERE id = ?1 AND used_at_ms IS NULL",
                (id, now_ms),
            )?;
            if used != 1 {
                return Err(EngineError::NoSuchUser);
            }
            let position = super::control::keep(connection, record)?;
            super::log::append(connection, super::log::What::Control, position, None, Some(device))?;
            super::device::keep_token(connection, token_hash, device)?;
            super::device::enrolled(connection, device, now_ms)?;
            let chain = document::control::Chain::read(&super::control::list(
                connection,
                document::control::RecordKind::Membership,
            )?)?;
            crate::sync::admit(connection, &chain)
        })
    }

    /// Keeps what a cité answered to a device that joins: chain, names, token, address.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub(crate) fn keep_joined(
        &mut self,
        server: &str,
        records: &[Record],
        reply: &JoinReply,
    ) -> Result<(), EngineError> {
        self.transact(|connection| {
            records.iter().try_for_each(|record| super::control::keep(connection, record).map(drop))?;
            super::meta::put(connection, "server", &server)?;
            super::meta::put(connection, "token", &reply.token.to_vec())?;
            super::meta::put(connection, "cite_name", &reply.cite_name)?;
            super::meta::put(connection, "demonstration", &reply.demonstration)?;
            super::meta::put(connection, "organisations", &reply.organisations)
        })
    }
}
