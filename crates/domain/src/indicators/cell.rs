//! The cells figures stand in, and which cells add up to which.

use super::zone::Zone;
use crate::publics::Public;
use crate::vocabulary::{
    BarrierDomain, BarrierState, ExitGroup, LiftTime, NeedKind, OutcomeGroup, ReferralResult,
};
use serde::{Deserialize, Serialize};

/// A cell of a page of figures. What each counts stands in the set (see [`super::set`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "what each cell counts stands in the set, once")]
pub enum Cell {
    Contacts,
    Encounters,
    Passages,
    PeopleSeen,
    /// Contacts of the first, second or third month of the quarter.
    MonthContacts(u8),
    MonthPeople(u8),
    Spotted,
    New,
    Accompanied,
    Caseload,
    CaseloadInQpv,
    Participants,
    Entries,
    Returns,
    Exits,
    ExitFor(ExitGroup),
    AtRisk,
    Public(Public),
    Need(NeedKind),
    Barriers,
    BarrierDomain(BarrierDomain),
    BarrierState(BarrierState),
    Barrier(BarrierDomain, BarrierState),
    Lifted,
    LiftedWithin(LiftTime),
    Referrals,
    ReferralResult(ReferralResult),
    Outcomes,
    OutcomeOf(OutcomeGroup),
    Reconnected,
    ResidencePeople(Zone),
    ResidenceContacts(Zone),
    MetPeople(Zone),
    MetContacts(Zone),
}

/// Parts of a total. Where they are not all of it, the rest is never shown but can be computed.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    pub(super) total: Cell,
    pub(super) parts: Vec<Cell>,
    pub(super) has_rest: bool,
}

/// Every sum of a page, for these zones.
pub(super) fn sums(zones: &[Zone]) -> Vec<Sum> {
    use Cell::*;
    let whole = |total, parts: Vec<Cell>| Sum { total, parts, has_rest: false };
    let part = |total, part| Sum { total, parts: vec![part], has_rest: true };
    let each = |cell: fn(Zone) -> Cell| zones.iter().copied().map(cell).collect::<Vec<_>>();
    let mut all = vec![
        whole(Contacts, vec![Encounters, Passages]),
        whole(Contacts, (0..3).map(MonthContacts).collect()),
        whole(Contacts, each(MetContacts)),
        whole(Encounters, each(ResidenceContacts)),
        part(PeopleSeen, Encounters),
        whole(Spotted, each(ResidencePeople)),
        part(Spotted, New),
        part(Spotted, Caseload),
        part(Accompanied, Caseload),
        part(Caseload, CaseloadInQpv),
        part(Entries, Returns),
        whole(Exits, ExitGroup::ALL.iter().copied().map(ExitFor).collect()),
        Sum {
            total: Spotted,
            parts: vec![Public(self::Public::Young), Public(self::Public::Senior)],
            has_rest: true,
        },
        part(Spotted, Public(self::Public::Women)),
        part(Spotted, Public(self::Public::SingleParent)),
        whole(Lifted, LiftTime::ALL.iter().copied().map(LiftedWithin).collect()),
        part(Cell::BarrierState(self::BarrierState::Lifted), Lifted),
        whole(Referrals, self::ReferralResult::ALL.iter().copied().map(Cell::ReferralResult).collect()),
        whole(Outcomes, OutcomeGroup::ALL.iter().copied().map(OutcomeOf).collect()),
        whole(Barriers, domains().map(Cell::BarrierDomain).collect()),
        whole(Barriers, states().map(Cell::BarrierState).collect()),
    ];
    all.extend((0..3).map(|month| part(Spotted, MonthPeople(month))));
    all.extend(zones.iter().map(|place| part(Spotted, MetPeople(*place))));
    all.extend(NeedKind::ALL.iter().map(|kind| part(Spotted, Need(*kind))));
    all.extend(
        domains().map(|domain| {
            whole(Cell::BarrierDomain(domain), states().map(|it| Barrier(domain, it)).collect())
        }),
    );
    all.extend(
        states()
            .map(|state| whole(Cell::BarrierState(state), domains().map(|it| Barrier(it, state)).collect())),
    );
    all
}

fn domains() -> impl Iterator<Item = BarrierDomain> {
    BarrierDomain::ALL.iter().copied()
}

fn states() -> impl Iterator<Item = BarrierState> {
    BarrierState::ALL.iter().copied()
}

/// Every cell of a page, for these zones: what is not counted is zero, and a zero is a figure that is masked too.
pub(super) fn cells(zones: &[Zone]) -> impl Iterator<Item = Cell> {
    let of_sums = sums(zones).into_iter().flat_map(|sum| std::iter::once(sum.total).chain(sum.parts));
    let alone = [Cell::Participants, Cell::Reconnected, Cell::AtRisk];
    of_sums.chain(alone).collect::<std::collections::BTreeSet<_>>().into_iter()
}

impl Cell {
    /// Whether the cell belongs to a table of zones.
    pub(super) fn of_zone(self) -> bool {
        use Cell::*;
        matches!(self, ResidencePeople(_) | ResidenceContacts(_) | MetPeople(_) | MetContacts(_))
    }

    /// Whether the cell counts passages, which have no residence and no public.
    pub(super) fn of_passages(self) -> bool {
        matches!(self, Cell::Passages | Cell::PeopleSeen)
    }

    /// Whether the cell belongs to a month.
    pub(super) fn of_month(self) -> bool {
        matches!(self, Cell::MonthContacts(_) | Cell::MonthPeople(_))
    }

    /// Whether the cell counts contacts: each has one place and one author.
    pub(super) fn of_contacts(self) -> bool {
        use Cell::*;
        matches!(
            self,
            Contacts
                | Encounters
                | Passages
                | PeopleSeen
                | MonthContacts(_)
                | ResidenceContacts(_)
                | MetContacts(_)
        )
    }

    /// Whether the cell counts referrals: each has one author.
    pub(super) fn of_referrals(self) -> bool {
        matches!(self, Cell::Referrals | Cell::ReferralResult(_))
    }
}
