//! What the server answers to each thing sent.

use minicbor::{Decode, Encode};

/// Outcome of one control record or one signed group. Numbers are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Outcome {
    /// Stored (or stored before).
    #[n(0)]
    Accepted,
    /// It builds on a change the server does not have: send that one first.
    #[n(1)]
    MissingDependency,
    /// No notice is known yet: sent again later.
    #[n(2)]
    ConsentPending,
    /// The ledger forbids it; not stored.
    #[n(3)]
    ConsentWithdrawn,
    /// Written at a later schema level than the server's: sent again later.
    #[n(4)]
    ServerTooOld,
    /// The signer may not write this.
    #[n(5)]
    NotEntitled,
    /// Not a change of ours.
    #[n(6)]
    Invalid,
    /// The actor's sequence was used by another change: two stores write under one actor.
    #[n(7)]
    Clone,
    /// A membership record that does not follow the chain's head: to be signed again on the new one.
    #[n(8)]
    ChainMoved,
    /// Of a generation that was erased: nothing of it is taken again.
    #[n(9)]
    Erased,
    /// Its signer is revoked: it waits on the device until an entitled référent brings it.
    #[n(10)]
    SignerRevoked,
    /// The server was restored: control records and what it lacks come first; sent again then.
    #[n(12)]
    Later,
}

impl Outcome {
    /// Whether the same bytes may be accepted later.
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Outcome::MissingDependency
                | Outcome::ConsentPending
                | Outcome::ServerTooOld
                | Outcome::Clone
                | Outcome::SignerRevoked
                | Outcome::Later
        )
    }

    /// Whether the device takes the change out of its document, and makes what follows again.
    pub const fn takes_out(self) -> bool {
        matches!(
            self,
            Outcome::Clone
                | Outcome::ConsentWithdrawn
                | Outcome::NotEntitled
                | Outcome::Invalid
                | Outcome::ChainMoved
        )
    }

    /// Code kept beside what was set aside.
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::MissingDependency => "missing_dependency",
            Outcome::ConsentPending => "consent_pending",
            Outcome::ConsentWithdrawn => "consent_withdrawn",
            Outcome::ServerTooOld => "server_too_old",
            Outcome::NotEntitled => "not_entitled",
            Outcome::Invalid => "invalid",
            Outcome::Clone => "clone",
            Outcome::ChainMoved => "chain_moved",
            Outcome::Erased => "erased",
            Outcome::SignerRevoked => "signer_revoked",
            Outcome::Later => "later",
        }
    }
}

/// A run of equal outcomes, in the order in which things were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(super) struct Run {
    #[n(0)]
    pub(super) count: u32,
    #[n(1)]
    pub(super) outcome: Outcome,
}

/// Outcomes as runs.
pub(super) fn runs(outcomes: impl IntoIterator<Item = Outcome>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for outcome in outcomes {
        match runs.last_mut() {
            Some(run) if run.outcome == outcome => run.count += 1,
            _ => runs.push(Run { count: 1, outcome }),
        }
    }
    runs
}

/// Runs as outcomes; none where they are not for exactly so many things.
pub(super) fn outcomes(runs: &[Run], expected: usize) -> Option<Vec<Outcome>> {
    let total = runs.iter().try_fold(0_usize, |total, run| total.checked_add(run.count as usize))?;
    (total == expected)
        .then(|| runs.iter().flat_map(|run| std::iter::repeat_n(run.outcome, run.count as usize)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Accepted, Invalid};

    #[test]
    fn runs_stand_for_exactly_what_was_sent() {
        let sent = [Accepted, Accepted, Invalid, Accepted];
        let short = runs(sent);
        assert_eq!(short.len(), 3);
        assert_eq!(outcomes(&short, 4).as_deref(), Some(&sent[..]));
        assert_eq!(outcomes(&short, 5), None);
        assert_eq!(outcomes(&[Run { count: u32::MAX, outcome: Accepted }], 4), None);
    }
}
