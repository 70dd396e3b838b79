//! An unlocked session: who is at work, their store, and what is kept ready in memory for them.

use super::people::People;
use super::session::preferences_of;
use crate::clock::{Clock, civil};
use crate::error::EngineError;
use crate::keys::UserSecrets;
use crate::seal::part::Reader;
use crate::seal::share::Around;
use crate::seal::{Epochs, escrow, share};
use crate::store::Store;
use crate::store::asset::SETTINGS;
use crate::store::control;
use crate::sync::{INCARNATION, STANDING, Standing, may_stand_in, resume};
use crate::write::{Action, Writer};
use document::control::{Chain, LedgerEntry, Member, RecordKind};
use document::{By, DocumentKey, SignerId, SignerKey};
use domain::api::person::Author;
use domain::api::session::Me;
use domain::cite::CiteSettings;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{CiteId, OrganisationId, PathwayId, UserId};
use domain::territory::QpvIndex;
use domain::time::{Day, InstantMs};
use domain::vocabulary::DocumentKind;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// An unlocked session.
pub(crate) struct Open {
    pub(super) user: UserId,
    pub(super) secrets: UserSecrets,
    pub(super) store: Store,
    pub(super) chain: Chain,
    pub(super) member: Member,
    pub(super) settings: CiteSettings,
    pub(super) people: People,
    /// Built when first asked for.
    pub(super) qpv: Option<QpvIndex>,
    signer: SignerKey,
    own_key: Zeroizing<[u8; 32]>,
    agree: Zeroizing<[u8; 32]>,
    /// When each person's page was last noted as read.
    pub(super) readings: BTreeMap<PathwayId, domain::time::InstantMs>,
    /// When the list of erasures was last received; none where something was erased here since.
    pub(super) erasures_on_ms: Option<InstantMs>,
    epochs: Epochs,
    pub(super) held: super::hold::Standing,
}

impl Open {
    /// Opens a session on a store: the verified chain, the settings, the people this user may open.
    pub(super) fn begin(
        user: UserId,
        secrets: UserSecrets,
        mut store: Store,
        now_ms: InstantMs,
    ) -> Result<Self, ApiError> {
        let signer = secrets.signer()?;
        let chain = store.chain()?;
        let member = member(&chain, &signer)?;
        let settings = store.asset_or_default(SETTINGS)?;
        let own_key = secrets.own_key()?;
        let agree = secrets.agree()?;
        let held = super::hold::Standing::opened(&mut store, now_ms)?;
        let epochs = Epochs::load(store.connection(), &chain, signer.id(), &agree)?;
        let mut open = Self {
            user,
            secrets,
            store,
            chain,
            member,
            settings,
            people: People::default(),
            qpv: None,
            signer,
            own_key,
            agree,
            readings: BTreeMap::new(),
            erasures_on_ms: None,
            epochs,
            held,
        };
        open.with_writer(crate::clock::civil_day(now_ms), |store, writer| {
            store.transact(|connection| resume(connection, writer))
        })?;
        // Where nobody may work no name is opened.
        if open.hold().is_none() {
            open.people = People::load(&open)?;
        }
        Ok(open)
    }

    /// Reads again what an exchange may have changed.
    pub(super) fn refresh(&mut self) -> Result<(), ApiError> {
        self.chain = self.store.chain()?;
        self.member = member(&self.chain, &self.signer)?;
        self.settings = self.store.asset_or_default(SETTINGS)?;
        self.qpv = None;
        Ok(())
    }

    /// The user at work.
    pub(super) fn me(&self) -> Result<Me, ApiError> {
        Ok(Me {
            user: self.member.user,
            device: Some(self.member.device),
            name: self.member.user_name.clone(),
            role: self.member.role,
            organisation: self.member.organisation,
            organisation_name: self.organisation_name(self.member.organisation)?.unwrap_or_default(),
            sectors: self.member.sectors.clone(),
            preferences: self.store.meta(&preferences_of(self.user))?.unwrap_or_default(),
        })
    }

    /// Name of an organisation: from the settings, from joining, or from the chain.
    pub(super) fn organisation_name(&self, id: OrganisationId) -> Result<Option<String>, EngineError> {
        if let Some(name) = self.settings.organisations.get(&id) {
            return Ok(Some(name.clone()));
        }
        let joined: BTreeMap<String, String> = self
            .store
            .meta::<Vec<(String, String)>>("organisations")?
            .unwrap_or_default()
            .into_iter()
            .collect();
        if let Some(name) = joined.get(&id.to_string()) {
            return Ok(Some(name.clone()));
        }
        let said =
            self.chain.members().find(|(_, it)| it.organisation == id && !it.organisation_name.is_empty());
        Ok(said.map(|(_, it)| it.organisation_name.clone()))
    }

    /// The team: every organisation with an active member who may hold keys, by name.
    pub(super) fn team(&self) -> BTreeMap<OrganisationId, String> {
        let active = self.chain.members().filter(|(_, it)| !it.revoked && it.role.holds_keys());
        let name = |id| self.organisation_name(id).ok().flatten().unwrap_or_default();
        active.map(|(_, it)| (it.organisation, name(it.organisation))).collect()
    }

    /// Who a signer is, as a colleague sees it.
    pub(super) fn author(&self, signer: &SignerId) -> Author {
        let member = self.chain.member(signer);
        Author {
            recovered_by: None,
            name: member.map(|member| member.user_name.clone()),
            organisation: member
                .and_then(|member| self.organisation_name(member.organisation).ok().flatten()),
            me: member.is_some_and(|member| member.user == self.user),
        }
    }

    /// Who wrote something: where a référent recovered it for somebody, that one, and who recovered it.
    pub(super) fn author_by(&self, by: &By) -> Author {
        let vouched = by.behalf.filter(|author| may_stand_in(&self.chain, &by.signer, author));
        let Some(author) = vouched else { return self.author(&by.signer) };
        let recovered_by = self.chain.member(&by.signer).map(|it| it.user_name.clone());
        Author { recovered_by, ..self.author(&author) }
    }

    /// The cité.
    pub(super) fn cite(&self) -> CiteId {
        self.chain.cite()
    }

    /// This user's signing key on this device.
    pub(super) fn signer(&self) -> &SignerKey {
        &self.signer
    }

    /// The key that seals what only this user may read.
    pub(super) fn own_key(&self) -> &[u8; 32] {
        &self.own_key
    }

    /// Whose eyes named parts are opened for.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { cite: self.chain.cite(), user: self.user, own_key: &self.own_key }
    }

    /// Where this device stands with its server.
    pub(super) fn standing(&self) -> Result<Standing, EngineError> {
        Ok(self.store.meta(STANDING)?.unwrap_or_default())
    }

    /// Works with this user's writer and the store, apart from the rest of the session.
    pub(super) fn with_writer<T, E: From<EngineError>>(
        &mut self,
        on: Day,
        work: impl FnOnce(&mut Store, &Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let standing = self.standing()?;
        let level = document::schema::LEVEL;
        let writer = Writer {
            holds_keys: self.member.role.holds_keys(),
            cite: self.chain.cite(),
            user: self.user,
            signer: &self.signer,
            own_key: &self.own_key,
            agree: &self.agree,
            epochs: &self.epochs,
            device: self.member.device,
            chain: self.chain.length(),
            revoked_at: self.chain.last_revocation(),
            incarnation: self.store.meta(INCARNATION)?.unwrap_or(1),
            cursor: standing.cursor,
            level: if standing.level == 0 { level } else { level.min(standing.level) },
            on,
        };
        work(&mut self.store, &writer)
    }

    /// Puts the store's key into the hands of who may recover what this device did not send, where that is
    /// due.
    pub(super) fn prepare_escrow(&mut self) -> Result<(), EngineError> {
        let key = self.secrets.store_key();
        let due = escrow::due(self.store.connection(), &self.chain, &self.signer, &key)?;
        due.map_or(Ok(()), |record| self.store.transact(|connection| control::enqueue(connection, &record)))
    }

    /// Makes the epochs and wraps that are due; returns whether more people are to be looked at.
    pub(super) fn prepare_sharing(&mut self, on: Day) -> Result<bool, EngineError> {
        let sectors: Vec<_> = self.settings.sectors.keys().copied().collect();
        let due = self.epochs.due(&self.chain, sectors, &self.signer)?;
        if !due.is_empty() {
            self.store.transact(|connection| {
                due.iter().try_for_each(|record| control::enqueue(connection, record))?;
                crate::store::sealed::due::mark_all(connection)
            })?;
            self.reload_epochs()?;
        }
        let (chain, settings) = (self.chain.clone(), self.settings.clone());
        self.with_writer(on, |store, writer| {
            let around = Around { chain: &chain, settings: &settings, epochs: writer.epochs };
            store.transact(|connection| share::prepare(connection, writer, around))
        })
    }

    /// Reads the epochs again.
    pub(super) fn reload_epochs(&mut self) -> Result<(), EngineError> {
        self.epochs = Epochs::load(self.store.connection(), &self.chain, self.signer.id(), &self.agree)?;
        Ok(())
    }

    /// Writes a user action.
    pub(super) fn write(&mut self, clock: &dyn Clock, action: &Action) -> Result<usize, ApiError> {
        let written = self.with_writer(civil(clock).0, |store, writer| writer.write(store, action))?;
        let people = action.documents.iter().chain(&action.parts).filter_map(|it| person_of(it.key));
        let people: BTreeSet<PathwayId> = people.collect();
        self.reindex_all(people.iter())?;
        self.share_now(clock, action);
        Ok(written)
    }

    /// Wraps what was just agreed to or written for whom the ledger allows, at once: were the device lost
    /// before its next exchange, its author's key would be the only one. Where it fails it is due with the
    /// next exchange.
    fn share_now(&mut self, clock: &dyn Clock, action: &Action) {
        let mut people: BTreeSet<PathwayId> =
            action.parts.iter().filter_map(|it| person_of(it.key)).collect();
        let entries = action.records.iter().filter(|it| it.kind == RecordKind::Ledger);
        people.extend(entries.filter_map(|it| it.read::<LedgerEntry>().ok()).map(|it| it.pathway()));
        if people.is_empty() || !self.chain.established() {
            return;
        }
        let (chain, settings) = (self.chain.clone(), self.settings.clone());
        let _: Result<(), EngineError> = self.with_writer(civil(clock).0, |store, writer| {
            let around = Around { chain: &chain, settings: &settings, epochs: writer.epochs };
            store.transact(|connection| {
                people.iter().try_for_each(|it| share::of_person(connection, writer, around, *it))
            })
        });
    }

    /// Reads people again for lists and search.
    pub(super) fn reindex_all<'a>(
        &mut self,
        people: impl IntoIterator<Item = &'a PathwayId>,
    ) -> Result<(), EngineError> {
        let mut entries = Vec::new();
        for pathway in people {
            entries.push((*pathway, People::read_one(self, *pathway)?));
        }
        self.people.put(entries);
        Ok(())
    }

    /// Whether something real may be recorded about a person.
    pub(super) fn may_record_people(&self) -> Result<(), ApiError> {
        let demonstration: bool = self.store.meta("demonstration")?.unwrap_or_default();
        // Settings that stood here and are damaged now are no reason to turn somebody away.
        let damaged = || matches!(self.store.asset::<CiteSettings>(SETTINGS), Err(EngineError::Damaged));
        if demonstration || self.settings.is_ready() || damaged() {
            Ok(())
        } else {
            Err(ErrorCode::CiteNotReady.into())
        }
    }
}

/// The person a document is about.
fn person_of(key: DocumentKey) -> Option<PathwayId> {
    (key.kind == DocumentKind::Pathway || key.kind.is_named_part()).then(|| PathwayId::from(key.id))
}

fn member(chain: &Chain, signer: &SignerKey) -> Result<Member, ApiError> {
    Ok(chain.member(&signer.id()).ok_or(ErrorCode::StoreDamaged)?.clone())
}
