//! The server's half, outwards: a sealed change as it travels.

use super::message::SentSealed;
use crate::store::sealed::change::Sealed;
use crate::store::served::Served;

/// A sealed change as it travels; none for one that was never sent under an agreement.
pub(crate) fn item_of(served: Served<Sealed>) -> Option<SentSealed> {
    Some(SentSealed {
        cursor: served.cursor,
        on: served.on,
        level: served.level,
        relied_on: served.what.relied_on?.into(),
        envelope: served.what.envelope.into(),
    })
}
