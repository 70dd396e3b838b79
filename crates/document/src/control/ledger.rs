//! An entry of a person's ledger, as it is signed.

use super::partner;
use crate::error::DocumentError;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind, PartnerId, PartnerShare};
use domain::ids::{DeviceId, OrganisationId, PathwayId, UserId};
use domain::time::Day;
use domain::vocabulary::*;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Most records an entry may supersede.
const MAX_SUPERSEDED: usize = 512;

/// An entry. The signature drawn on the screen is not in it: it is a sealed part.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct LedgerEntry {
    /// Pathway.
    #[n(0)]
    pathway: ByteArray<16>,
    /// Day.
    #[n(1)]
    on: i32,
    /// `notice`, `agreement`, `refusal`, `withdrawal`, `objection`.
    #[n(2)]
    act: String,
    /// Code of the purpose or of the objection.
    #[n(3)]
    code: Option<String>,
    /// Version of the notice.
    #[n(4)]
    version: Option<u32>,
    /// Language of the notice.
    #[n(5)]
    language: Option<String>,
    /// Organisations of an agreement.
    #[n(6)]
    organisations: Vec<ByteArray<16>>,
    /// Excluded agents.
    #[n(7)]
    excluded: Vec<ByteArray<16>>,
    /// Channel of `contact_again`.
    #[n(8)]
    channel: Option<String>,
    /// Last day of an agreement.
    #[n(9)]
    until: Option<i32>,
    /// Form, given by, capacity, helped by, setting, as codes.
    #[n(10)]
    circumstances: (String, String, Option<String>, String, String),
    /// Withdrawals, refusals and objections known when it was made.
    #[n(11)]
    supersedes: Vec<ByteArray<32>>,
    /// Device whose user keeps the values of a withdrawn part.
    #[n(12)]
    keep_on: Option<ByteArray<16>>,
    /// Drawn at random: the same act, said the same day to two people, is two acts. Else an agreement
    /// that lists the one would list the other, which it did not know.
    #[n(13)]
    nonce: ByteArray<8>,
    /// Solution of `share_with_partner`.
    #[n(14)]
    partner: Option<ByteArray<16>>,
    /// Parts of `share_with_partner`, as codes.
    #[n(15)]
    parts: Option<Vec<String>>,
    /// What a receipt's code is recognised by (16 bytes), or the request that is meant (32).
    #[n(16)]
    reference: Option<ByteVec>,
    /// In the place of a protected solution: its mark.
    #[n(17)]
    mark: Option<ByteArray<16>>,
}

impl LedgerEntry {
    /// An entry to be signed; `nonce` is drawn for it.
    pub fn new(
        pathway: PathwayId,
        on: Day,
        act: &LedgerAct,
        supersedes: impl IntoIterator<Item = [u8; 32]>,
        nonce: [u8; 8],
    ) -> Self {
        let c = &act.circumstances;
        let mut entry = Self {
            pathway: (*pathway.as_bytes()).into(),
            on: on.0,
            act: String::new(),
            code: None,
            version: None,
            language: None,
            organisations: Vec::new(),
            excluded: Vec::new(),
            channel: None,
            until: None,
            circumstances: (
                c.form.code().into(),
                c.given_by.code().into(),
                c.capacity.map(|it| it.code().into()),
                c.helped_by.code().into(),
                c.setting.code().into(),
            ),
            supersedes: supersedes.into_iter().map(ByteArray::from).collect(),
            keep_on: None,
            nonce: nonce.into(),
            partner: None,
            parts: None,
            reference: None,
            mark: None,
        };
        let (name, code) = match &act.kind {
            LedgerActKind::Notice { version, language } => {
                (entry.version, entry.language) = (Some(*version), Some(language.clone()));
                ("notice", None)
            }
            LedgerActKind::Agreement { purpose, organisations, excluded, channel, until, partner } => {
                entry.organisations = organisations.iter().map(|id| (*id.as_bytes()).into()).collect();
                entry.excluded = excluded.iter().map(|id| (*id.as_bytes()).into()).collect();
                entry.channel = channel.map(|it| it.code().into());
                entry.until = until.map(|day| day.0);
                (entry.partner, entry.mark) = partner::split(partner.as_ref().map(|it| it.partner));
                entry.parts =
                    partner.as_ref().map(|it| it.parts.iter().map(|part| part.code().into()).collect());
                ("agreement", Some(purpose.code()))
            }
            LedgerActKind::Refusal { purpose } => ("refusal", Some(purpose.code())),
            LedgerActKind::Withdrawal { purpose, keep_on, partner } => {
                (entry.partner, entry.mark) = partner::split(*partner);
                entry.keep_on = keep_on.map(|id| (*id.as_bytes()).into());
                ("withdrawal", Some(purpose.code()))
            }
            LedgerActKind::Objection { act } => ("objection", Some(act.code())),
            LedgerActKind::Receipt { check } => {
                entry.reference = unhex(check).map(Into::into);
                ("receipt", None)
            }
            LedgerActKind::Request { request, kind } => {
                entry.reference = unhex(request).map(Into::into);
                ("request", Some(kind.code()))
            }
            LedgerActKind::Answered { request } => {
                entry.reference = unhex(request).map(Into::into);
                ("answered", None)
            }
        };
        (entry.act, entry.code) = (name.into(), code.map(Into::into));
        entry
    }

    /// Pathway.
    pub fn pathway(&self) -> PathwayId {
        PathwayId::from_bytes(*self.pathway)
    }

    /// Day.
    pub fn on(&self) -> Day {
        Day(self.on)
    }

    /// Ids of the records it supersedes.
    pub fn supersedes(&self) -> impl Iterator<Item = [u8; 32]> + '_ {
        self.supersedes.iter().map(|id| **id)
    }

    /// The act in the words of the contract.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] for a code that is in no list, [`DocumentError::TooLarge`].
    pub fn act(&self) -> Result<LedgerAct, DocumentError> {
        if self.supersedes.len() > MAX_SUPERSEDED || self.organisations.len() > 64 || self.excluded.len() > 64
        {
            return Err(DocumentError::TooLarge);
        }
        let bad = DocumentError::BadValue;
        let code = self.code.as_deref().unwrap_or_default();
        let purpose = || Purpose::from_code(code).ok_or(bad);
        let kind = match self.act.as_str() {
            "notice" => LedgerActKind::Notice {
                version: self.version.ok_or(bad)?,
                language: self.language.clone().filter(|it| is_language(it)).ok_or(bad)?,
            },
            "agreement" => LedgerActKind::Agreement {
                purpose: purpose()?,
                organisations: self.organisations.iter().map(|id| OrganisationId::from_bytes(**id)).collect(),
                excluded: self.excluded.iter().map(|id| UserId::from_bytes(**id)).collect(),
                channel: self.channel.as_deref().map(|it| Channel::from_code(it).ok_or(bad)).transpose()?,
                until: self.until.map(Day),
                partner: self.shared()?,
            },
            "refusal" => LedgerActKind::Refusal { purpose: purpose()? },
            "withdrawal" => LedgerActKind::Withdrawal {
                purpose: purpose()?,
                keep_on: self.keep_on.as_ref().map(|id| DeviceId::from_bytes(**id)),
                partner: self.partner()?,
            },
            "objection" => LedgerActKind::Objection { act: ObjectionAct::from_code(code).ok_or(bad)? },
            "receipt" => LedgerActKind::Receipt { check: self.reference(16)? },
            "request" => LedgerActKind::Request {
                request: self.reference(32)?,
                kind: RequestKind::from_code(code).ok_or(bad)?,
            },
            "answered" => LedgerActKind::Answered { request: self.reference(32)? },
            _ => return Err(bad),
        };
        let (form, given_by, capacity, helped_by, setting) = &self.circumstances;
        let circumstances = Circumstances {
            form: ConsentForm::from_code(form).ok_or(bad)?,
            given_by: GivenBy::from_code(given_by).ok_or(bad)?,
            capacity: capacity.as_deref().map(|it| Capacity::from_code(it).ok_or(bad)).transpose()?,
            helped_by: HelpedBy::from_code(helped_by).ok_or(bad)?,
            setting: Setting::from_code(setting).ok_or(bad)?,
            signature: None,
        };
        Ok(LedgerAct { kind, circumstances })
    }

    /// The partner, by its one name.
    fn partner(&self) -> Result<Option<PartnerId>, DocumentError> {
        partner::join(self.partner, self.mark)
    }

    /// The partner and the parts of an agreement.
    fn shared(&self) -> Result<Option<PartnerShare>, DocumentError> {
        let Some(partner) = self.partner()? else { return Ok(None) };
        let parts = self.parts.as_deref().unwrap_or_default();
        if parts.len() > Part::ALL.len() {
            return Err(DocumentError::TooLarge);
        }
        let parts = parts.iter().map(|code| Part::from_code(code).ok_or(DocumentError::BadValue));
        Ok(Some(PartnerShare { partner, parts: parts.collect::<Result<_, _>>()? }))
    }

    fn reference(&self, length: usize) -> Result<String, DocumentError> {
        let bytes = self.reference.as_ref().filter(|it| it.len() == length).ok_or(DocumentError::BadValue)?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// A language code: two or three lower-case letters. No free text travels in a ledger.
fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())
}
