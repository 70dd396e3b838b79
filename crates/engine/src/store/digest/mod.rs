//! A sum for each document over what is settled of it: on the server everything, on a device what the
//! server acknowledged or served. Two sides with the same changes have the same sums, in whatever order
//! they came; the sum of all sums tells in 16 bytes whether two sides hold the same.
//!
//! Changes name those before them by hash, so the sum over a document's changes says the same as its
//! heads. The sum of a named part is over its sealed changes and its wraps. What stands beside the
//! documents has sums too, under keys of generation 0: each person's ledger, the epochs, what partners were
//! told, what was requested; and of each device its escrows, which it holds itself and référents' devices do.

mod count;

pub(crate) use count::{Counted, add, count, forget, hide, hold, is_hidden, recount, show, uncount};

use crate::error::EngineError;
use document::DocumentKey;
use document::control::{Chain, RecordKind};
use domain::ids::{DeviceId, DocumentId, PathwayId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

/// Stands for all epochs: every device holds them.
pub(crate) const EPOCHS: DocumentKey =
    DocumentKey { kind: DocumentKind::Cite, id: DocumentId::from_bytes([0; 16]), generation: 0 };

/// Stands for what partners were told: every device holds it.
pub(crate) const TOLD: DocumentKey = DocumentKey { id: numbered(1), ..EPOCHS };
/// Stands for all requests: every device holds them.
pub(crate) const REQUESTS: DocumentKey = DocumentKey { id: numbered(2), ..EPOCHS };

const fn numbered(n: u8) -> DocumentId {
    let mut id = [0; 16];
    id[15] = n;
    DocumentId::from_bytes(id)
}

/// Stands for the escrows of a device.
fn escrows(device: [u8; 16]) -> DocumentKey {
    DocumentKey { id: DocumentId::from_bytes(device), ..EPOCHS }
}

/// The records a key of generation 0 stands for: their kind and their subject.
pub(crate) fn records_of(key: DocumentKey) -> Option<(RecordKind, Option<[u8; 16]>)> {
    match (key.generation, key.kind) {
        (0, DocumentKind::Pathway) => Some((RecordKind::Ledger, Some(*key.id.as_bytes()))),
        (0, DocumentKind::Cite) if key == EPOCHS => Some((RecordKind::Epoch, None)),
        (0, DocumentKind::Cite) if key == TOLD => Some((RecordKind::Tell, None)),
        (0, DocumentKind::Cite) if key == REQUESTS => Some((RecordKind::Request, None)),
        (0, DocumentKind::Cite) => Some((RecordKind::Escrow, Some(*key.id.as_bytes()))),
        _ => None,
    }
}

/// Who looks: a device, and whether it is a référent's, which holds the escrows of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Viewer {
    pub(crate) device: DeviceId,
    pub(crate) holds_escrows: bool,
}

impl Viewer {
    /// A device as the chain says now.
    pub(crate) fn of(chain: &Chain, device: DeviceId) -> Self {
        Self { device, holds_escrows: holds_escrows(chain, device) }
    }
}

/// Whether a device keeps the escrows of others: where a référent is at home on it.
pub(crate) fn holds_escrows(chain: &Chain, device: DeviceId) -> bool {
    chain.members().any(|(_, it)| it.device == device && it.is_active_referent())
}

/// Stands for a person's ledger: every device holds it.
pub(crate) fn ledger(pathway: PathwayId) -> DocumentKey {
    DocumentKey { kind: DocumentKind::Pathway, id: pathway.into(), generation: 0 }
}

/// The person whose ledger a key stands for.
pub(crate) fn whose_ledger(key: DocumentKey) -> Option<PathwayId> {
    (key.generation == 0 && key.kind == DocumentKind::Pathway).then(|| key.id.into())
}

/// The sum of a document; none where nothing of it is settled.
pub(crate) fn of(connection: &Connection, key: DocumentKey) -> Result<Option<u128>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT sum FROM digest WHERE doc = ?1 AND kind = ?2 AND generation = ?3")?;
    let sum: Option<[u8; 16]> = statement
        .query_row(params![key.id.as_bytes(), key.kind.code(), key.generation], |row| row.get(0))
        .optional()?;
    Ok(sum.map(u128::from_be_bytes))
}

/// What a viewer sees of the sums `d`: numbers 1 to 6 are theirs.
const SEEN: &str = "((generation = 0 AND (kind <> ?2 OR doc IN (?3, ?4, ?5) OR doc = ?1 OR ?6)) OR EXISTS
     (SELECT 1 FROM visible v WHERE v.kind = d.kind AND v.doc = d.doc AND v.generation = d.generation
      AND v.device = ?1))";

/// Sums of the documents whose identifiers lie between two, both included, in their order: those a
/// device may see, or all of this store.
pub(crate) fn between(
    connection: &Connection,
    viewer: Option<Viewer>,
    from: [u8; 16],
    to: [u8; 16],
) -> Result<Vec<(DocumentKey, u128)>, EngineError> {
    match viewer {
        None => sums(
            connection,
            "SELECT kind, doc, generation, sum FROM digest WHERE doc BETWEEN ?1 AND ?2
             ORDER BY doc, kind, generation",
            params![from, to],
        ),
        Some(Viewer { device, holds_escrows }) => sums(
            connection,
            &format!(
                "SELECT kind, doc, generation, sum FROM digest d WHERE doc BETWEEN ?7 AND ?8 AND {SEEN}
                 ORDER BY doc, kind, generation"
            ),
            params![
                device.as_bytes(),
                EPOCHS.kind.code(),
                EPOCHS.id.as_bytes(),
                TOLD.id.as_bytes(),
                REQUESTS.id.as_bytes(),
                holds_escrows,
                from,
                to
            ],
        ),
    }
}

/// The sum over all documents: those a device may see, or all of this store.
pub(crate) fn total(connection: &Connection, viewer: Option<Viewer>) -> Result<u128, EngineError> {
    let mut total = 0_u128;
    let mut add = |row: &Row<'_>| {
        total = total.wrapping_add(u128::from_be_bytes(row.get(0)?));
        Ok(())
    };
    match viewer {
        None => {
            let mut statement = connection.prepare_cached("SELECT sum FROM digest")?;
            statement.query_map([], |row| add(row))?.collect::<Result<(), _>>()?;
        }
        Some(Viewer { device, holds_escrows }) => {
            let mut statement =
                connection.prepare_cached(&format!("SELECT sum FROM digest d WHERE {SEEN}"))?;
            let of = params![
                device.as_bytes(),
                EPOCHS.kind.code(),
                EPOCHS.id.as_bytes(),
                TOLD.id.as_bytes(),
                REQUESTS.id.as_bytes(),
                holds_escrows
            ];
            statement.query_map(of, |row| add(row))?.collect::<Result<(), _>>()?;
        }
    }
    Ok(total)
}

fn sums(
    connection: &Connection,
    sql: &str,
    of: impl Params,
) -> Result<Vec<(DocumentKey, u128)>, EngineError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(of)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = DocumentKind::from_code(row.get_ref(0)?.as_str().unwrap_or_default());
        let key = DocumentKey {
            kind: kind.ok_or(EngineError::Damaged)?,
            id: DocumentId::from_bytes(row.get(1)?),
            generation: row.get(2)?,
        };
        found.push((key, u128::from_be_bytes(row.get(3)?)));
    }
    Ok(found)
}
