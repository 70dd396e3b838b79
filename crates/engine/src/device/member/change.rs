//! Changing roles and sectors, revoking.

use super::super::Device;
use document::control::{Alteration, Step};
use domain::api::member::{ChangeMember, Leaving, MembersView, RevokeMember};
use domain::changes::Changes;
use domain::error::{ApiError, ErrorCode};

impl Device {
    /// Changes role and sectors on all devices of a person.
    pub(in crate::device) async fn change_member(
        &self,
        request: &ChangeMember,
    ) -> Result<(MembersView, Changes), ApiError> {
        let step = self.with_open(|open| {
            let mut devices = open.chain.members().filter(|(_, it)| it.user == request.user && !it.revoked);
            let (_, now) = devices.next().ok_or(ErrorCode::NotFound)?;
            if request.sectors.iter().any(|id| !open.settings.sectors.contains_key(id)) {
                return Err(ApiError::about(ErrorCode::Invalid, "sectors"));
            }
            let role = (now.role != request.role).then_some(request.role);
            let sectors = (now.sectors != request.sectors).then_some(request.sectors.as_slice());
            let changed = role.is_some() || sectors.is_some();
            Ok(changed.then(|| Step::Change(Alteration::new(request.user, role, sectors))))
        })?;
        let changes = match step {
            Some(step) => self.decide(vec![step]).await?,
            None => Changes::none(),
        };
        Ok((self.members()?, changes))
    }

    /// Revokes a person or a device: at once where there is a line, else with the next exchange.
    pub(in crate::device) async fn revoke_member(
        &self,
        request: &RevokeMember,
    ) -> Result<(MembersView, Changes), ApiError> {
        let steps = self.with_open(|open| {
            let leaving = open.chain.members().filter(|(_, it)| match request.leaving {
                Leaving::Person(user) => it.user == user,
                Leaving::Device(device) => it.device == device,
            });
            let leaving: Vec<_> = leaving.filter(|(_, it)| !it.revoked).collect();
            if leaving.is_empty() {
                return Err(ErrorCode::NotFound.into());
            }
            // Oneself is revoked by a colleague: who signs last could not let anybody in again.
            let mine = leaving.iter().any(|(signer, it)| {
                **signer == open.signer().id()
                    || it.user == open.user && matches!(request.leaving, Leaving::Person(_))
            });
            if mine {
                return Err(ErrorCode::NotAllowed.into());
            }
            Ok(leaving.iter().map(|(signer, _)| Step::Revoke(**signer)).collect::<Vec<_>>())
        })?;
        let changes = self.decide(steps).await?;
        Ok((self.members()?, changes))
    }
}
