//! The directory of solutions: searching it, proposing from it.

use super::{Device, Open};
use crate::error::EngineError;
use crate::store::asset::SOLUTIONS;
use crate::store::projection;
use domain::api::solution::{Proposal, ProposeSolutions, SearchSolutions, SolutionView};
use domain::error::ApiError;
use domain::ids::SolutionId;
use domain::pathway::PathwayDoc;
use domain::solution::{Solution, propose, search};
use domain::vocabulary::{DocumentKind, ReferralState};
use std::collections::HashMap;

impl Device {
    /// Searches the directory.
    pub(super) fn solutions(&self, request: &SearchSolutions) -> Result<Vec<SolutionView>, ApiError> {
        self.with_open(|open| Ok(search(&open.solutions()?, &request.query, request.domain)))
    }

    /// Proposes solutions for what was said, with what became of earlier referrals known here.
    pub(super) fn propose_solutions(&self, request: &ProposeSolutions) -> Result<Vec<Proposal>, ApiError> {
        self.with_open(|open| {
            let mut known: HashMap<SolutionId, (u32, u32)> = HashMap::new();
            let (pathways, _) =
                projection::all::<PathwayDoc>(open.store.connection(), DocumentKind::Pathway)?;
            for referral in pathways.iter().flat_map(|(_, it)| it.referrals.values()).filter(|it| !it.void) {
                if let Some(solution) = referral.solution {
                    let (made, accepted) = known.entry(solution).or_default();
                    *made += 1;
                    *accepted += u32::from(referral.state == ReferralState::Accepted);
                }
            }
            let count = |id: SolutionId| known.get(&id).copied().unwrap_or_default();
            Ok(propose(&open.solutions()?, &request.domains, request.place, &count))
        })
    }
}

impl Open {
    /// The directory.
    pub(super) fn solutions(&self) -> Result<Vec<Solution>, EngineError> {
        self.store.asset_or_default(SOLUTIONS)
    }

    /// One solution.
    pub(super) fn solution(&self, id: SolutionId) -> Result<Option<Solution>, EngineError> {
        Ok(self.solutions()?.into_iter().find(|it| it.id == id))
    }
}
