//! Which records an order of erasure takes: the person who asks does not know that there are several.
//! Linked records are proposed together; what cannot be ordered here stays, and the screen says why.

use crate::ids::PathwayId;
use std::collections::{BTreeMap, BTreeSet};

/// How a record of a linked set stands on the device where the order is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Here: it can be ordered.
    Here,
    /// Of a sector or organisation that this device does not see: somebody who sees it orders it.
    NotHere,
    /// Erased before: nothing is left to order.
    Erased,
}

/// What an order names is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Not a record of this person.
    Stranger,
    /// Not on this device.
    NotHere,
}

/// Every record of a person, by how it stands. Never empty: a record that is linked to nothing is its own.
pub type RecordSet = BTreeMap<PathwayId, Standing>;

/// The records an order takes, of those it names. One that was erased meanwhile is passed over.
///
/// # Errors
/// [`Unfit`]: nothing is ordered then.
pub fn ordered(
    named: impl IntoIterator<Item = PathwayId>,
    set: &RecordSet,
) -> Result<BTreeSet<PathwayId>, Unfit> {
    let mut taken = BTreeSet::new();
    for record in named {
        match set.get(&record) {
            Some(Standing::Here) => drop(taken.insert(record)),
            Some(Standing::Erased) => {}
            Some(Standing::NotHere) => return Err(Unfit::NotHere),
            None => return Err(Unfit::Stranger),
        }
    }
    if taken.is_empty() { Err(Unfit::NotHere) } else { Ok(taken) }
}

/// The first record of a set, under which its erasures are known as one; none for a single record.
pub fn head<'a>(records: impl IntoIterator<Item = &'a PathwayId>) -> Option<PathwayId> {
    let records: BTreeSet<&PathwayId> = records.into_iter().collect();
    (records.len() > 1).then(|| records.first().map(|it| **it)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> PathwayId {
        PathwayId::from_bytes([n; 16])
    }

    #[test]
    fn an_order_takes_records_of_the_person_that_are_here_and_no_stranger() {
        let set: RecordSet = [
            (id(1), Standing::Here),
            (id(2), Standing::Here),
            (id(3), Standing::NotHere),
            (id(4), Standing::Erased),
        ]
        .into();
        assert_eq!(ordered([id(1), id(2), id(4)], &set), Ok([id(1), id(2)].into()));
        assert_eq!(ordered([id(2)], &set), Ok([id(2)].into()), "whoever orders chooses");
        assert_eq!(ordered([id(1), id(3)], &set), Err(Unfit::NotHere));
        assert_eq!(ordered([id(1), id(9)], &set), Err(Unfit::Stranger));
        assert_eq!(ordered([id(4)], &set), Err(Unfit::NotHere));
    }

    #[test]
    fn several_records_are_known_by_the_smallest_and_one_needs_no_mark() {
        assert_eq!(head([&id(3), &id(2)]), Some(id(2)));
        assert_eq!(head([&id(3), &id(3)]), None);
    }
}
