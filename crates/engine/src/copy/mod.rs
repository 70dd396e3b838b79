//! Everything a store holds on a person, gathered for the person (right of access): on a device with
//! the keys of its user, on the server with none.

mod facts;
mod ledger;
mod names;
mod parts;
mod recipients;

use crate::error::EngineError;
use crate::seal::part::Reader;
use crate::store::{Store, change};
use document::DocumentKey;
use document::control::Chain;
use domain::cite::CiteSettings;
use domain::copy::{AccessCopy, Section};
use domain::ids::PathwayId;
use domain::pathway::PathwayDoc;
use domain::time::Day;
use domain::vocabulary::DocumentKind;

/// Where a copy is made from.
pub(crate) struct Source<'a> {
    pub(crate) store: &'a Store,
    pub(crate) chain: &'a Chain,
    pub(crate) settings: &'a CiteSettings,
    /// Whose keys open named parts; nobody's on the server.
    pub(crate) reader: Option<Reader<'a>>,
    pub(crate) today: Day,
    /// Who makes the copy, as the document says.
    pub(crate) made_by: String,
}

impl Source<'_> {
    /// The copy; none where this store knows nobody of this identifier.
    pub(crate) fn copy(&self, pathway: PathwayId) -> Result<Option<AccessCopy>, EngineError> {
        let connection = self.store.connection();
        let key = DocumentKey::first(DocumentKind::Pathway, pathway);
        let document = self.store.document(self.chain.cite(), key)?;
        let ledger = self.ledger(pathway)?;
        if document.is_new() && ledger.is_empty() {
            return Ok(None);
        }
        let days = change::days(connection, key)?;
        let known: PathwayDoc = document.read()?;
        let record: Vec<Section> = self.sections(&document, &|hash| days.get(hash).copied())?;
        Ok(Some(AccessCopy {
            cite: self.settings.name.clone(),
            controllers: self.settings.controllers.clone(),
            data_protection_officer: self.settings.data_protection_officer.clone(),
            basis: self.settings.basis.clone(),
            retention_months: self.settings.retention_months,
            made_on: self.today,
            made_by: self.made_by.clone(),
            code: known.code.clone(),
            record,
            parts: self.parts(pathway)?,
            ledger,
            recipients: self.recipients(pathway, &known)?,
            readers: self.readers(pathway)?,
        }))
    }
}

/// What the server holds on a person: the coded record, the ledger, and how much is sealed. `None`
/// where nobody has this identifier.
///
/// # Errors
/// What the store refuses, or a chain that does not hold.
pub fn on_server(store: &Store, pathway: PathwayId, today: Day) -> Result<Option<AccessCopy>, EngineError> {
    let chain = store.chain()?;
    let settings: CiteSettings = store.asset(crate::store::asset::SETTINGS)?.unwrap_or_default();
    let made_by = "Serveur de la cité".to_owned();
    let source = Source { store, chain: &chain, settings: &settings, reader: None, today, made_by };
    source.copy(pathway)
}

/// The records of a code repère: several where people were met apart.
///
/// # Errors
/// What the store refuses.
pub fn by_code(store: &Store, code: &str) -> Result<Vec<PathwayId>, EngineError> {
    let (all, _) = crate::store::projection::all::<PathwayDoc>(store.connection(), DocumentKind::Pathway)?;
    let mine = all.into_iter().filter(|(_, it)| it.code.as_deref() == Some(code));
    Ok(mine.map(|(id, _)| id.into()).collect())
}
