//! The new key is noted: the old one signs, this device begins, and the step is handed in.

use super::Recovering;
use super::send::{PENDING, Pending, refuses};
use crate::device::Device;
use crate::device::join::{Shared, check_secrets};
use crate::device::member::are_noted;
use crate::device::name::{self, called};
use crate::enrol::{JoinReply, organisation_of};
use crate::error::EngineError;
use crate::keys::UserSecrets;
use crate::random;
use crate::seal::{deliver_printed, printed};
use crate::store::control;
use document::control::{Chain, Enrolment, MAX_SECTORS, Record, RecordKind, Recovery, Step};
use domain::api::recovery::{FinishRecovery, Recoverer};
use domain::api::session::StatusView;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{OrganisationId, SectorId, UserId};
use domain::role::Role;
use minicbor::bytes::ByteArray;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// Who recovers, as the chain will say it.
struct Who {
    user: UserId,
    name: String,
    organisation: OrganisationId,
    organisation_name: String,
    sectors: Vec<SectorId>,
}

impl Device {
    /// Recovers. What is signed is kept here first, so that a cut leaves it to be handed in again.
    pub(in crate::device) async fn finish_recovery(
        &self,
        request: &FinishRecovery,
    ) -> Result<StatusView, ApiError> {
        check_secrets(&request.pin, &request.passphrase)?;
        {
            let recovering = self.recovering();
            let it = recovering.as_ref().ok_or(ErrorCode::NotFound)?;
            if !are_noted(&it.next, &it.asked, &request.words)? {
                return Err(ErrorCode::WrongSecret.into());
            }
            self.begin_recovered(it, request)?;
        }
        *self.recovering() = None;
        match self.send_recovery().await {
            // The cité refused: this device has joined nothing.
            Err(error) if refuses(error.code) => Err(error),
            // Handed in, or to be handed in with the first exchange.
            _ => self.status(),
        }
    }

    fn begin_recovered(&self, it: &Recovering, request: &FinishRecovery) -> Result<(), ApiError> {
        let who = it.who(&request.who)?;
        let secrets = Shared::secrets(None, &request.pin)?;
        let newcomer = Shared::newcomer(None, &secrets, &request.device_name)?;
        let enrolment = Enrolment {
            user: (*who.user.as_bytes()).into(),
            user_name: who.name,
            role: Role::Referent.code().into(),
            organisation: (*who.organisation.as_bytes()).into(),
            sectors: who.sectors.iter().map(|id| ByteArray::from(*id.as_bytes())).collect(),
            device: (*newcomer.device.as_bytes()).into(),
            device_name: name::of_device(&newcomer.device_name),
            sign: newcomer.sign.into(),
            agree: newcomer.agree.into(),
            organisation_name: who.organisation_name.clone(),
        };
        let (record, chain) = it.sign(enrolment)?;
        let opened = printed::secrets(&it.chain, &it.key)?;
        let epochs = deliver_printed(&chain, &it.epochs, &opened, &secrets.signer()?)?;
        let token = Zeroizing::new(random::bytes::<32>()?);
        let pending = Pending::sign(&record, Sha256::digest(*token).into(), &secrets)?;
        let joined = JoinReply {
            chain: Vec::new(),
            token: (*token).into(),
            cite_name: it.cite_name.clone(),
            demonstration: it.demonstration,
            organisations: vec![(who.organisation.to_string(), who.organisation_name)],
            mac: [0; 32].into(),
        };
        let records: Vec<Record> = it.records.iter().cloned().chain([record]).collect();
        self.settle_in_with(&it.server, &records, &joined, secrets, &request.passphrase, |store| {
            store.put_meta(PENDING, &pending)?;
            store.transact(|connection| {
                for kept in it.epochs.iter().filter(|kept| crate::seal::may_keep(&chain, kept)) {
                    control::keep(connection, kept)?;
                }
                epochs.iter().try_for_each(|made| control::enqueue(connection, made))
            })
        })?;
        Ok(())
    }
}

impl Recovering {
    /// The step, signed with the old key on the head of the chain; and the chain with it.
    fn sign(&self, enrolment: Enrolment) -> Result<(Record, Chain), ApiError> {
        let next = self.next.public()?;
        let former = printed::hand_on(&self.chain, &self.key, &next)?.into();
        let known = self.chain.head().into();
        let step = Step::Recover(Recovery { enrolment, next, known, former });
        let mut chain = self.chain.clone();
        let record = Record::sign(RecordKind::Membership, &chain.next(step), &self.key.signer()?);
        chain.add(&record).map_err(EngineError::from)?;
        Ok((record, chain))
    }

    fn who(&self, who: &Recoverer) -> Result<Who, ApiError> {
        match who {
            Recoverer::Former(user) => {
                let devices = self.chain.members().map(|(_, it)| it).filter(|it| it.user == *user);
                let last = devices.max_by_key(|it| it.enrolled_at).ok_or(ErrorCode::NotFound)?;
                Ok(Who {
                    user: *user,
                    name: last.user_name.clone(),
                    organisation: last.organisation,
                    organisation_name: last.organisation_name.clone(),
                    sectors: last.sectors.clone(),
                })
            }
            Recoverer::New { name, organisation } => {
                let (name, organisation_name) =
                    (called("name", name)?, called("organisation", organisation)?);
                let id = organisation_of(organisation);
                // Where colleagues of the organisation worked; they are changed under « Membres ».
                let worked: BTreeSet<SectorId> = self
                    .chain
                    .members()
                    .filter(|(_, it)| it.organisation == id)
                    .flat_map(|(_, it)| it.sectors.iter().copied())
                    .collect();
                Ok(Who {
                    user: UserId::from_bytes(random::bytes()?),
                    name,
                    organisation: id,
                    organisation_name,
                    sectors: worked.into_iter().take(MAX_SECTORS).collect(),
                })
            }
        }
    }
}

impl Pending {
    fn sign(record: &Record, token_hash: [u8; 32], secrets: &UserSecrets) -> Result<Self, EngineError> {
        let record = minicbor::to_vec(record).expect("encoding into memory does not fail");
        let request = crate::enrol::recovery::RecoverRequest::sign(record, token_hash, &secrets.signer()?);
        Ok(Self::of(&request))
    }
}
