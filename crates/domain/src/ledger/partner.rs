//! Partners that a person agreed something be passed on to, and what ended it.

use super::{Entry, EntryId, Ledger, refuses};
use crate::api::ledger::{LedgerActKind, PartnerId};
use crate::time::Day;
use crate::vocabulary::{Part, Purpose};
use std::collections::{BTreeMap, BTreeSet};

/// A partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// As the ledger names it.
    pub partner: PartnerId,
    /// Parts of all agreements.
    pub parts: BTreeSet<Part>,
    /// The last agreement.
    pub agreement: EntryId,
    /// Its day.
    pub on: Day,
    /// An agreement holds today.
    pub granted: bool,
    /// Where none does: what ended them, oldest first. The partner is to be told.
    pub ended_by: Vec<EntryId>,
}

/// Whether a *no* is about an agreement to its purpose: one that names a partner is about that one.
pub(super) fn concerns(no: &LedgerActKind, agreement: &LedgerActKind) -> bool {
    match (no, agreement) {
        (
            LedgerActKind::Withdrawal { partner: Some(of), .. },
            LedgerActKind::Agreement { partner: Some(with), .. },
        ) => *of == with.partner,
        _ => true,
    }
}

impl Ledger {
    /// Every partner that an agreement of this record ever named.
    pub fn partners(&self, today: Day) -> Vec<Partner> {
        const PURPOSE: Purpose = Purpose::ShareWithPartner;
        let mut agreed: BTreeMap<PartnerId, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            if let LedgerActKind::Agreement { purpose: PURPOSE, partner: Some(with), .. } = &entry.act.kind {
                agreed.entry(with.partner).or_default().push(entry);
            }
        }
        let holding = self.grants(PURPOSE, today).collect::<BTreeSet<_>>();
        let of = |(partner, agreements): (PartnerId, Vec<&Entry>)| {
            let parts = agreements.iter().flat_map(|entry| match &entry.act.kind {
                LedgerActKind::Agreement { partner: Some(with), .. } => with.parts.clone(),
                _ => Vec::new(),
            });
            let last = agreements.last()?;
            let answered: BTreeSet<EntryId> =
                agreements.iter().flat_map(|entry| entry.supersedes.iter().copied()).collect();
            let mut ended: Vec<&Entry> = self
                .binding()
                .filter(|no| refuses(&no.act.kind, PURPOSE) && concerns(&no.act.kind, &last.act.kind))
                .filter(|no| !answered.contains(&no.id))
                .collect();
            ended.sort_by_key(|no| (no.on, no.id));
            Some(Partner {
                partner,
                parts: parts.collect(),
                agreement: last.id,
                on: last.on,
                granted: agreements.iter().any(|entry| holding.contains(&entry.id)),
                ended_by: ended.into_iter().map(|no| no.id).collect(),
            })
        };
        agreed.into_iter().filter_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, notice};
    use super::*;
    use crate::api::ledger::{PartnerShare, PurposeStateView};
    use crate::ids::{PartnerMark, SolutionId};
    use crate::vocabulary::ObjectionAct;

    const LIBRARY: PartnerId = PartnerId::Open(SolutionId::from_bytes([1; 16]));
    const GARAGE: PartnerId = PartnerId::Protected(PartnerMark::from_bytes([1; 16]));

    fn agreement(id: u8, partner: PartnerId, lists: &[u8]) -> Entry {
        let kind = LedgerActKind::Agreement {
            purpose: Purpose::ShareWithPartner,
            organisations: vec![],
            excluded: vec![],
            channel: None,
            until: None,
            partner: Some(PartnerShare { partner, parts: vec![Part::Contact] }),
        };
        entry(id, 2, kind, lists)
    }

    fn withdrawal(id: u8, partner: Option<PartnerId>) -> Entry {
        let kind = LedgerActKind::Withdrawal { purpose: Purpose::ShareWithPartner, keep_on: None, partner };
        entry(id, 3, kind, &[])
    }

    fn said(more: &[Entry]) -> (PurposeStateView, Vec<(bool, Vec<u8>)>) {
        let both = [notice(1, 1, &[]), agreement(10, LIBRARY, &[]), agreement(11, GARAGE, &[])];
        let ledger = Ledger::of(both.into_iter().chain(more.iter().cloned()));
        let partners = ledger.partners(Day(9));
        let partners =
            partners.into_iter().map(|it| (it.granted, it.ended_by.iter().map(|id| id[0]).collect()));
        (ledger.purpose(Purpose::ShareWithPartner, Day(9)).0, partners.collect())
    }

    #[test]
    fn one_partner_is_withdrawn_from_and_told_and_the_other_is_not() {
        assert_eq!(said(&[]), (PurposeStateView::Granted, vec![(true, vec![]), (true, vec![])]));
        let one = said(&[withdrawal(20, Some(GARAGE))]);
        assert_eq!(one, (PurposeStateView::Granted, vec![(true, vec![]), (false, vec![20])]));
        let all = said(&[withdrawal(20, None)]);
        assert_eq!(all, (PurposeStateView::Withdrawn, vec![(false, vec![20]), (false, vec![20])]));
    }

    #[test]
    fn an_objection_to_sharing_is_told_to_every_partner_and_one_to_contact_to_none() {
        let objection = |act| entry(30, 3, LedgerActKind::Objection { act }, &[]);
        for act in [ObjectionAct::NoSharing, ObjectionAct::Stop] {
            let (state, partners) = said(&[objection(act)]);
            assert_eq!((state, partners), (PurposeStateView::Withdrawn, vec![(false, vec![30]); 2]));
        }
        assert_eq!(said(&[objection(ObjectionAct::NoContact)]).1, [(true, vec![]), (true, vec![])]);
    }

    #[test]
    fn agreed_to_again_with_its_knowledge_there_is_nothing_to_tell() {
        let again = said(&[withdrawal(20, Some(GARAGE)), agreement(12, GARAGE, &[20])]);
        assert_eq!(again.1, [(true, vec![]), (true, vec![])]);
    }
}
