//! The record that erases a person: what is erased, why, and by whose word. What stays of it names
//! nobody: a random identifier, a day, a code.

use super::chain::Chain;
use super::partner::ProtectedPartner;
use super::record::Record;
use crate::actor::SignerId;
use crate::change::Hash;
use crate::error::DocumentError;
use domain::ids::{PartnerMark, PathwayId, SolutionId};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::OrderReason;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// A protected partner: mark, signer of the agreement, day they were told.
type Protected = (ByteArray<16>, SignerId, Option<i32>);

/// Most partners one erasure names, of each sort.
const MOST_PARTNERS: usize = 128;
const STOP: &str = "stop";
const RETENTION: &str = "retention";

/// Why a person is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureCause {
    /// The person objected to everything: this ledger record says so. The server carries it out.
    Stop(Hash),
    /// No contact for as long as the cité keeps records. The server carries it out.
    Retention,
    /// A référent ordered it.
    Order(OrderReason),
}

/// The body of an erasure. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ErasureBody {
    #[n(0)]
    pathway: ByteArray<16>,
    /// Generation of the pathway; it and earlier ones are never taken again.
    #[n(1)]
    generation: u32,
    #[n(2)]
    on: i32,
    #[n(3)]
    reason: String,
    /// The objection.
    #[n(4)]
    cause: Option<ByteArray<32>>,
    /// Length of the membership chain its signer knew.
    #[n(5)]
    chain: u32,
    /// Partners that were given something, with the day they were told where they were already.
    #[n(6)]
    partners: Option<Vec<(ByteArray<16>, Option<i32>)>>,
    /// The first of the linked records that are erased with this one.
    #[n(7)]
    set: Option<ByteArray<16>>,
    /// Protected partners that were given something.
    #[n(8)]
    protected: Option<Vec<Protected>>,
}

impl ErasureBody {
    /// An erasure to be signed.
    pub fn new(pathway: PathwayId, generation: u32, on: Day, cause: ErasureCause, chain: u32) -> Self {
        let (reason, of) = match cause {
            ErasureCause::Stop(objection) => (STOP, Some(objection.into())),
            ErasureCause::Retention => (RETENTION, None),
            ErasureCause::Order(reason) => (reason.code(), None),
        };
        let pathway = (*pathway.as_bytes()).into();
        Self {
            pathway,
            generation,
            on: on.0,
            reason: reason.into(),
            cause: of,
            chain,
            partners: None,
            set: None,
            protected: None,
        }
    }

    /// As one of several records of a person, known by the first.
    pub fn of_set(mut self, head: Option<PathwayId>) -> Self {
        self.set = head.map(|it| (*it.as_bytes()).into());
        self
    }

    /// The first of the records that are erased together; none for a single one.
    pub fn set(&self) -> Option<PathwayId> {
        self.set.map(|it| PathwayId::from_bytes(*it))
    }

    /// With the partners that are to be told, or were already on a day.
    pub fn telling(mut self, partners: impl IntoIterator<Item = (SolutionId, Option<Day>)>) -> Self {
        let partners = partners.into_iter().take(MOST_PARTNERS);
        let partners: Vec<_> =
            partners.map(|(id, on)| ((*id.as_bytes()).into(), on.map(|day| day.0))).collect();
        self.partners = (!partners.is_empty()).then_some(partners);
        self
    }

    /// Partners that were given something, with the day they were told before the erasure.
    pub fn partners(&self) -> impl Iterator<Item = (SolutionId, Option<Day>)> + '_ {
        let partners = self.partners.iter().flatten().take(MOST_PARTNERS);
        partners.map(|(id, on)| (SolutionId::from_bytes(**id), on.map(Day)))
    }

    /// With the protected partners that are to be told, or were already: the server learns of none which it is.
    pub fn telling_protected(mut self, partners: impl IntoIterator<Item = ProtectedPartner>) -> Self {
        let partners = partners.into_iter().take(MOST_PARTNERS);
        let wire = |it: ProtectedPartner| -> Protected {
            ((*it.mark.as_bytes()).into(), it.known_by, it.told_on.map(|day| day.0))
        };
        let partners: Vec<_> = partners.map(wire).collect();
        self.protected = (!partners.is_empty()).then_some(partners);
        self
    }

    /// Protected partners that were given something.
    pub fn protected(&self) -> impl Iterator<Item = ProtectedPartner> + '_ {
        let partners = self.protected.iter().flatten().take(MOST_PARTNERS);
        partners.map(|(mark, known_by, on)| ProtectedPartner {
            mark: PartnerMark::from_bytes(**mark),
            known_by: *known_by,
            told_on: on.map(Day),
        })
    }

    /// Who is erased.
    pub fn pathway(&self) -> PathwayId {
        PathwayId::from_bytes(*self.pathway)
    }

    /// The last generation that is erased.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Day.
    pub fn on(&self) -> Day {
        Day(self.on)
    }

    /// Why.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] for a reason that is in no list, or an objection that is not named.
    pub fn cause(&self) -> Result<ErasureCause, DocumentError> {
        match (self.reason.as_str(), &self.cause) {
            (STOP, Some(objection)) => Ok(ErasureCause::Stop(**objection)),
            (RETENTION, None) => Ok(ErasureCause::Retention),
            (code, None) => {
                OrderReason::from_code(code).map(ErasureCause::Order).ok_or(DocumentError::BadValue)
            }
            _ => Err(DocumentError::BadValue),
        }
    }

    /// Reads a record and checks that its signer may sign such an erasure: the founder's key, on the
    /// server, what the ledger or time has decided; a référent, until they are revoked, an order.
    /// Whether the cause holds is not looked at here.
    ///
    /// # Errors
    /// [`DocumentError::NotEntitled`], [`DocumentError::BadSignature`], or a body that does not read.
    pub fn read(record: &Record, chain: &Chain) -> Result<Self, DocumentError> {
        let body: Self = record.read()?;
        match body.cause()? {
            ErasureCause::Stop(_) | ErasureCause::Retention => {
                if record.signer != SignerId::of(chain.founder()) {
                    return Err(DocumentError::NotEntitled);
                }
                record.verify(chain.founder())?;
            }
            ErasureCause::Order(_) => {
                let then = body.chain;
                let known = chain.member(&record.signer).filter(|member| {
                    member.role == Role::Referent
                        && member.enrolled_at < then
                        && then <= chain.length()
                        && member.revoked_at.is_none_or(|at| at >= then)
                });
                record.verify(&known.ok_or(DocumentError::NotEntitled)?.sign)?;
            }
        }
        Ok(body)
    }
}
