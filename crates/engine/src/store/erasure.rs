//! Which devices held what was erased on the server, and which have confirmed that they erased it too. Where a
//! device's store was copied, each copy is to confirm for itself: none speaks for another.

use crate::error::EngineError;
use document::Hash;
use domain::ids::DeviceId;
use domain::time::Day;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// The one store of a device that has not exchanged yet.
const ONLY: u32 = 0;
/// Where on the log the record of a row stands; 0 where it is there no more.
const SEQUENCE: &str =
    "coalesce((SELECT max(l.seq) FROM control c JOIN log l ON l.reference = c.position AND l.what IN (1, 8)
     WHERE c.id = erasure.cause), 0)";

/// A store of a device that is to confirm, or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Confirmation {
    pub(crate) device: DeviceId,
    /// Number of the store (`store::copies`).
    pub(crate) store: u32,
    /// The device's day; none while it has not said.
    pub(crate) confirmed_on: Option<Day>,
}

/// A device held what a record told to erase: each of its stores.
pub(crate) fn expect(connection: &Connection, cause: Hash, device: DeviceId) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO erasure (cause, device, store)
             SELECT ?1, ?2, number FROM device_store WHERE device = ?2
             UNION ALL SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM device_store WHERE device = ?2)",
        )?
        .execute(params![cause, device.as_bytes(), ONLY])?;
    Ok(())
}

/// A store of a device confirmed. Where it is not known which one, and there are several, none did.
pub(crate) fn confirm(
    connection: &Connection,
    cause: Hash,
    device: DeviceId,
    on: Day,
    store: Option<u32>,
) -> Result<(), EngineError> {
    let Some(store) = store.map_or_else(|| only(connection, device), |it| Ok(Some(it)))? else {
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO erasure (cause, device, store, confirmed_on) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (cause, device, store) DO UPDATE SET confirmed_on = coalesce(confirmed_on, ?4)",
        )?
        .execute(params![cause, device.as_bytes(), store, on.0])?;
    Ok(())
}

/// The one store of a device; none where there are several.
fn only(connection: &Connection, device: DeviceId) -> Result<Option<u32>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT number FROM device_store WHERE device = ?1")?;
    let numbers =
        statement.query_map([device.as_bytes()], |row| row.get(0))?.collect::<Result<Vec<u32>, _>>()?;
    Ok(match numbers[..] {
        [] => Some(ONLY),
        [number] => Some(number),
        _ => None,
    })
}

/// The first store of a device exchanges: what the device is to confirm, it is.
pub(crate) fn begins(connection: &Connection, device: DeviceId, number: u32) -> Result<(), EngineError> {
    connection
        .prepare_cached("UPDATE OR IGNORE erasure SET store = ?2 WHERE device = ?1 AND store = ?3")?
        .execute(params![device.as_bytes(), number, ONLY])?;
    Ok(())
}

/// A store is numbered anew. It may be a copy one step behind: what the other confirmed and it has not seen,
/// it is to confirm for itself.
pub(crate) fn renumbered(
    connection: &Connection,
    device: DeviceId,
    was: u32,
    number: u32,
    cursor: u64,
) -> Result<(), EngineError> {
    let of = params![device.as_bytes(), was, number, cursor as i64];
    connection
        .prepare_cached(&format!(
            "INSERT OR IGNORE INTO erasure (cause, device, store) SELECT cause, device, ?3 FROM erasure
             WHERE device = ?1 AND store = ?2 AND confirmed_on IS NOT NULL AND {SEQUENCE} > ?4"
        ))?
        .execute(of)?;
    connection
        .prepare_cached(&format!(
            "UPDATE OR IGNORE erasure SET store = ?3
             WHERE device = ?1 AND store = ?2 AND (confirmed_on IS NULL OR {SEQUENCE} <= ?4)"
        ))?
        .execute(of)?;
    Ok(())
}

/// A copy appears, that stands at a cursor: what the device was told to erase since, it is to confirm too.
pub(crate) fn copied(
    connection: &Connection,
    device: DeviceId,
    number: u32,
    cursor: u64,
) -> Result<(), EngineError> {
    connection
        .prepare_cached(&format!(
            "INSERT OR IGNORE INTO erasure (cause, device, store)
             SELECT DISTINCT cause, device, ?2 FROM erasure WHERE device = ?1 AND {SEQUENCE} > ?3"
        ))?
        .execute(params![device.as_bytes(), number, cursor as i64])?;
    Ok(())
}

/// The server was restored, and forgets its stores: what the only store of a device has confirmed, its next one
/// has; what it has not, its next one is to. (Of several, none can be told apart: those rows stay.)
pub(crate) fn forget_stores(connection: &Connection) -> Result<(), EngineError> {
    connection.execute(
        "UPDATE OR IGNORE erasure SET store = ?1
         WHERE (SELECT count(*) FROM device_store s WHERE s.device = erasure.device) = 1",
        [ONLY],
    )?;
    Ok(())
}

/// Whether a store is still to confirm what a record told it to erase.
pub(crate) fn is_expected(
    connection: &Connection,
    cause: Hash,
    device: DeviceId,
    store: u32,
) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM erasure WHERE cause = ?1 AND device = ?2 AND store = ?3 AND confirmed_on IS NULL",
    )?;
    Ok(statement.exists(params![cause, device.as_bytes(), store])?)
}

/// A record is gone, and with it who was to confirm it: a later one took its place.
pub(crate) fn forget(connection: &Connection, cause: Hash) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM erasure WHERE cause = ?1")?.execute([cause])?;
    Ok(())
}

/// Who was to confirm what, by the record that told to erase.
pub(crate) fn all(connection: &Connection) -> Result<BTreeMap<Hash, Vec<Confirmation>>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT cause, device, store, confirmed_on FROM erasure ORDER BY cause, device, store",
    )?;
    let rows = statement.query_map([], |row| {
        let confirmed: Option<i32> = row.get(3)?;
        let (device, store) = (DeviceId::from_bytes(row.get(1)?), row.get(2)?);
        Ok((row.get(0)?, Confirmation { device, store, confirmed_on: confirmed.map(Day) }))
    })?;
    let mut all: BTreeMap<Hash, Vec<Confirmation>> = BTreeMap::new();
    for row in rows {
        let (cause, confirmation) = row?;
        all.entry(cause).or_default().push(confirmation);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::copies::{self, Known};
    use crate::store::{Store, log};

    const TABLET: DeviceId = DeviceId::from_bytes([4; 16]);
    const TODAY: Day = Day(20_000);

    /// A server whose log has an erasure at sequence 1, another at 2, and so on; a cause is named by its number.
    struct Server {
        _folder: tempfile::TempDir,
        store: Store,
    }

    impl Server {
        fn begin() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open_plain(&folder.path().join("server.db")).unwrap();
            let server = Self { _folder: folder, store };
            for n in 1..4 {
                server
                    .on()
                    .execute("INSERT INTO control (id, kind, bytes) VALUES (?1, 3, x'00')", [cause(n)])
                    .unwrap();
                let position = server.on().last_insert_rowid();
                log::brought(server.on(), log::What::Erase, position, None, None).unwrap();
            }
            server
        }

        fn on(&self) -> &Connection {
            self.store.connection()
        }

        fn store(&self, was: Option<u32>, number: u32) {
            let known = Known { number, token: [number as u8; 8], before: None };
            copies::keep(self.on(), TABLET, was, known, 1).unwrap();
        }

        /// Stores that are on the page of a cause, and whether each confirmed.
        fn page(&self, n: u8) -> Vec<(u32, bool)> {
            let all = all(self.on()).unwrap();
            let of = all.get(&cause(n)).into_iter().flatten();
            of.map(|it| (it.store, it.confirmed_on.is_some())).collect()
        }
    }

    fn cause(n: u8) -> Hash {
        [n; 32]
    }

    #[test]
    fn a_tablet_that_never_exchanged_is_expected_once_and_its_first_store_is_the_one() {
        let server = Server::begin();
        expect(server.on(), cause(1), TABLET).unwrap();
        assert_eq!(server.page(1), [(ONLY, false)]);
        begins(server.on(), TABLET, 1).unwrap();
        server.store(None, 1);
        assert_eq!(server.page(1), [(1, false)]);
        assert!(is_expected(server.on(), cause(1), TABLET, 1).unwrap());
        confirm(server.on(), cause(1), TABLET, TODAY, Some(1)).unwrap();
        assert_eq!(server.page(1), [(1, true)]);
    }

    #[test]
    fn each_store_is_expected_and_a_word_that_no_store_brought_counts_where_there_is_one_store() {
        let server = Server::begin();
        server.store(None, 1);
        expect(server.on(), cause(1), TABLET).unwrap();
        confirm(server.on(), cause(1), TABLET, TODAY, None).unwrap();
        assert_eq!(server.page(1), [(1, true)]);
        server.store(None, 2);
        expect(server.on(), cause(2), TABLET).unwrap();
        confirm(server.on(), cause(2), TABLET, TODAY, None).unwrap();
        assert_eq!(server.page(2), [(1, false), (2, false)], "whose word is it?");
        confirm(server.on(), cause(2), TABLET, TODAY, Some(2)).unwrap();
        assert_eq!(server.page(2), [(1, false), (2, true)]);
        let expected = |store| is_expected(server.on(), cause(2), TABLET, store).unwrap();
        assert_eq!((expected(1), expected(2)), (true, false));
    }

    #[test]
    fn a_store_whose_answer_was_lost_is_one_line_and_what_it_did_not_see_it_confirms_for_itself() {
        let server = Server::begin();
        server.store(None, 1);
        for n in 1..4 {
            expect(server.on(), cause(n), TABLET).unwrap();
        }
        for n in 1..3 {
            confirm(server.on(), cause(n), TABLET, TODAY, Some(1)).unwrap();
        }
        // It stands where the first had come, the second had not.
        renumbered(server.on(), TABLET, 1, 2, 1).unwrap();
        assert_eq!(server.page(1), [(2, true)], "it had seen that: the same store");
        assert_eq!(server.page(2), [(1, true), (2, false)], "the other one's word");
        assert_eq!(server.page(3), [(2, false)], "nobody's yet");
    }

    #[test]
    fn a_copy_confirms_what_came_after_where_it_stands_and_nothing_before() {
        let server = Server::begin();
        server.store(None, 1);
        for n in 1..4 {
            expect(server.on(), cause(n), TABLET).unwrap();
            confirm(server.on(), cause(n), TABLET, TODAY, Some(1)).unwrap();
        }
        copied(server.on(), TABLET, 2, 2).unwrap();
        let pages: Vec<_> = (1..4).map(|n| server.page(n)).collect();
        assert_eq!(pages, [vec![(1, true)], vec![(1, true)], vec![(1, true), (2, false)]]);
    }

    #[test]
    fn a_restored_server_forgets_which_store_it_was_and_not_who_is_to_confirm() {
        let server = Server::begin();
        server.store(None, 1);
        for n in 1..3 {
            expect(server.on(), cause(n), TABLET).unwrap();
        }
        confirm(server.on(), cause(1), TABLET, TODAY, Some(1)).unwrap();
        forget_stores(server.on()).unwrap();
        assert_eq!((server.page(1), server.page(2)), (vec![(ONLY, true)], vec![(ONLY, false)]));
    }
}
