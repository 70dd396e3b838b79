//! The people of the cité and their devices, as the chain says.

use super::super::{Device, Open};
use crate::sync::wanted;
use document::SignerId;
use document::control::{Member, Step};
use domain::api::member::*;
use domain::error::ApiError;
use domain::ids::{OrganisationId, UserId};
use std::collections::{BTreeMap, BTreeSet};

impl Device {
    /// Lists people.
    pub(in crate::device) fn members(&self) -> Result<MembersView, ApiError> {
        self.restore_pairing()?;
        let mut members = self.with_open(view)?;
        let pairing = self.pairing();
        let going = pairing.as_ref().filter(|it| it.end.is_none());
        members.inviting = going.map(|it| it.invited.user_name.clone());
        Ok(members)
    }
}

fn view(open: &mut Open) -> Result<MembersView, ApiError> {
    let waiting = wanted::list(open.store.connection(), open.user)?;
    let mut users: BTreeMap<UserId, Vec<(SignerId, Member)>> = BTreeMap::new();
    let mut organisations: BTreeSet<OrganisationId> = open.settings.organisations.keys().copied().collect();
    for (signer, member) in open.chain.members() {
        users.entry(member.user).or_default().push((*signer, member.clone()));
        organisations.insert(member.organisation);
    }
    let mut people = Vec::new();
    for (user, mut signers) in users {
        signers.sort_by_key(|(_, it)| it.enrolled_at);
        people.extend(row(open, user, &signers, &waiting)?);
    }
    people.sort_by_cached_key(|row| (!row.active, row.name.to_lowercase()));
    let referents: BTreeSet<UserId> =
        open.chain.members().filter(|(_, it)| it.is_active_referent()).map(|(_, it)| it.user).collect();
    let mut mine = Vec::new();
    for id in organisations {
        if let Some(name) = open.organisation_name(id)?.filter(|_| open.chain.governs(&open.member, id)) {
            mine.push((id, name));
        }
    }
    mine.sort_by_cached_key(|(id, name)| (*id != open.member.organisation, name.to_lowercase()));
    let founded = open.chain.printed().first();
    let by = founded.and_then(|it| open.chain.member(&it.by)).map(|it| it.user_name.clone());
    Ok(MembersView {
        established: open.chain.established(),
        established_by: by,
        recovered_by: recovered_by(open),
        sheet: super::reprint::sheet(open)?,
        inviting: None,
        referents: referents.len() as u32,
        people,
        organisations: mine,
    })
}

/// Who came in with the printed key last.
pub(in crate::device) fn recovered_by(open: &Open) -> Option<String> {
    let last = open.chain.printed().iter().rev().find(|it| it.former.is_some())?;
    open.chain.member(&last.by).map(|it| it.user_name.clone())
}

fn row(
    open: &Open,
    user: UserId,
    signers: &[(SignerId, Member)],
    waiting: &[Step],
) -> Result<Option<MemberRow>, ApiError> {
    // What holds now is what an active device says; for somebody who left, the last one.
    let now = signers.iter().rev().find(|(_, it)| !it.revoked).or(signers.last());
    let Some((_, member)) = now else { return Ok(None) };
    let active = !member.revoked;
    Ok(Some(MemberRow {
        user,
        name: member.user_name.clone(),
        role: member.role,
        organisation_name: open.organisation_name(member.organisation)?.unwrap_or_default(),
        sectors: member.sectors.clone(),
        me: user == open.user,
        active,
        may_change: open.chain.governs(&open.member, member.organisation),
        waiting: waiting.iter().any(|step| matches!(step, Step::Change(it) if it.user() == user)),
        devices: signers
            .iter()
            .map(|(signer, it)| MemberDevice {
                device: it.device,
                name: it.device_name.clone(),
                revoked: it.revoked,
                here: it.device == open.member.device,
                waiting: waiting.contains(&Step::Revoke(*signer)),
            })
            .collect(),
    }))
}
