//! The words are read, the past of the cité is fetched and checked; a new key is drawn.

use super::Recovering;
use crate::device::Device;
use crate::device::member::{key_view, sheet_check};
use crate::enrol::{HttpEnrol, server_address};
use crate::keys::{RecoveryKey, propose};
use crate::seal::knows_more;
use document::control::Chain;
use domain::api::recovery::{OpenRecovery, RecoveryOpened};
use domain::error::{ApiError, ErrorCode};
use domain::ids::UserId;
use domain::role::Role;
use std::collections::{BTreeMap, BTreeSet};

impl Device {
    /// Reads the past of the cité with the printed key. Nothing is signed.
    pub(in crate::device) async fn open_recovery(
        &self,
        request: &OpenRecovery,
    ) -> Result<RecoveryOpened, ApiError> {
        // A device that has joined holds people's work: it is not begun anew.
        if !self.keyring()?.users.is_empty() {
            return Err(ErrorCode::NotAllowed.into());
        }
        *self.recovering() = None;
        let key = RecoveryKey::read(&request.words).ok_or(ErrorCode::WrongSecret)?;
        let server = server_address(&request.server)?;
        let (past, records, chain, epochs) = HttpEnrol::to(&server)?.past(&key).await?;
        if chain.has_referent() {
            return Err(ErrorCode::ReferentAtWork.into());
        }
        // The past ends before what an epoch of it says that its author knew.
        if epochs.iter().any(|it| knows_more(&chain, it)) {
            return Err(ErrorCode::ServerUntrusted.into());
        }
        let known = chain.printed().last().ok_or(ErrorCode::ServerUntrusted)?.known;
        let next = RecoveryKey::draw()?;
        let (view, asked) = key_view(&next, past.cite_name.clone(), &chain.head())?;
        let opened = RecoveryOpened {
            cite_name: past.cite_name.clone(),
            demonstration: past.demonstration,
            check: sheet_check(&known),
            former: former(&chain),
            organisations: organisations(&chain),
            active: active(&chain),
            key: view,
            passphrase: propose()?,
        };
        let (cite_name, demonstration) = (past.cite_name, past.demonstration);
        *self.recovering() =
            Some(Recovering { server, key, next, asked, cite_name, demonstration, records, chain, epochs });
        Ok(opened)
    }
}

/// Référents who were, by name.
fn former(chain: &Chain) -> Vec<(UserId, String, String)> {
    let mut last = BTreeMap::new();
    for (_, it) in chain.members() {
        let newer = |kept: &&document::control::Member| kept.enrolled_at > it.enrolled_at;
        if last.get(&it.user).is_none_or(|kept| !newer(kept)) {
            last.insert(it.user, it);
        }
    }
    let referents = last.into_values().filter(|it| it.role == Role::Referent);
    let mut former: Vec<_> =
        referents.map(|it| (it.user, it.user_name.clone(), it.organisation_name.clone())).collect();
    former.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    former
}

fn organisations(chain: &Chain) -> Vec<String> {
    let names = chain.members().map(|(_, it)| it.organisation_name.clone()).filter(|it| !it.is_empty());
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

fn active(chain: &Chain) -> Vec<String> {
    let active = chain.members().filter(|(_, it)| !it.revoked).map(|(_, it)| it.user_name.clone());
    active.collect::<BTreeSet<_>>().into_iter().collect()
}
