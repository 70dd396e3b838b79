//! The ledger: notice, agreements, refusals, withdrawals, objections.

use super::person::Author;
use crate::ids::{DeviceId, OrganisationId, PartnerMark, PathwayId, SolutionId, UserId};
use crate::secret::SecretText;
use crate::time::Day;
use crate::vocabulary::*;
use serde::{Deserialize, Serialize};

/// Reads the notice to be spoken, in a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadNotice {
    /// Language code, `fr` by default.
    pub language: String,
}

/// The notice text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeView {
    /// Version.
    pub version: u32,
    /// Language code.
    pub language: String,
    /// Words, in plain language.
    pub text: String,
    /// May found a notice (French, or a translation the cité has checked).
    pub checked: bool,
    /// Written from right to left.
    pub right_to_left: bool,
    /// The French text, where this one is not checked: it is the one that counts.
    pub french: Option<String>,
    /// Languages there is a text in, French first.
    pub languages: Vec<NoticeLanguage>,
}

/// A language of the notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeLanguage {
    /// Code.
    pub code: String,
    /// Its name in itself.
    pub name: String,
    /// The cité has checked its text.
    pub checked: bool,
}

/// An act of the ledger as the screen asks for it; the engine adds author, device and what it
/// supersedes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerAct {
    /// What.
    pub kind: LedgerActKind,
    /// How.
    pub circumstances: Circumstances,
}

/// What is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerActKind {
    /// The notice was given.
    Notice {
        /// Version read.
        version: u32,
        /// Language code read.
        language: String,
    },
    /// An agreement.
    Agreement {
        /// Purpose.
        purpose: Purpose,
        /// Organisations it is for; empty = the whole displayed team.
        organisations: Vec<OrganisationId>,
        /// Agents the person excludes.
        excluded: Vec<UserId>,
        /// Channel, for `contact_again`.
        channel: Option<Channel>,
        /// Last day, where it ends.
        until: Option<Day>,
        /// The partner and the parts, for `share_with_partner`.
        #[serde(default)]
        partner: Option<PartnerShare>,
    },
    /// A refusal.
    Refusal {
        /// Purpose.
        purpose: Purpose,
    },
    /// A withdrawal.
    Withdrawal {
        /// Purpose.
        purpose: Purpose,
        /// A device whose user keeps the values for themselves alone; none: erased everywhere.
        #[serde(default)]
        keep_on: Option<DeviceId>,
        /// For `share_with_partner`: the partner; none: every one.
        #[serde(default)]
        partner: Option<PartnerId>,
    },
    /// An objection.
    Objection {
        /// Act.
        act: ObjectionAct,
    },
    /// The person was given a neutral receipt.
    Receipt {
        /// What its code is recognised by, 32 hexadecimal digits: see `engine::request`.
        check: String,
    },
    /// The person asked for something with the code of a receipt.
    Request {
        /// The signed request, 64 hexadecimal digits.
        request: String,
        /// What.
        kind: RequestKind,
    },
    /// A référent has seen to a request.
    Answered {
        /// The signed request, 64 hexadecimal digits.
        request: String,
    },
}

/// How the ledger, which the server reads, names a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerId {
    /// A solution of the directory.
    Open(SolutionId),
    /// A protected service: by a mark. Who may read the notes knows which.
    Protected(PartnerMark),
}

/// What may be passed on to a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerShare {
    /// The partner. A screen asks for a solution of the directory; where its referral is protected, the ledger
    /// holds a mark in its place.
    pub partner: PartnerId,
    /// Parts, at least one.
    pub parts: Vec<Part>,
}

/// How it was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Circumstances {
    /// Spoken, read aloud, signed.
    pub form: ConsentForm,
    /// The person or a representative.
    pub given_by: GivenBy,
    /// Capacity of the representative.
    pub capacity: Option<Capacity>,
    /// Helped by.
    pub helped_by: HelpedBy,
    /// Alone or others near.
    pub setting: Setting,
    /// Signature drawn on the screen, as SVG path data of at most 8 KiB. A sealed part: it stays
    /// on the device.
    #[serde(default)]
    pub signature: Option<String>,
}

impl Default for Circumstances {
    fn default() -> Self {
        Self {
            form: ConsentForm::Spoken,
            given_by: GivenBy::Person,
            capacity: None,
            helped_by: HelpedBy::Nobody,
            setting: Setting::Alone,
            signature: None,
        }
    }
}

/// Adds an act to a person's ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddLedgerEntry {
    /// Person.
    pub pathway: PathwayId,
    /// Act.
    pub act: LedgerAct,
}

/// The ledger of a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LedgerView {
    /// Day of the notice, where given.
    pub notice_on: Option<Day>,
    /// State of each purpose.
    pub purposes: Vec<PurposeView>,
    /// Objections in force.
    pub objections: Vec<ObjectionAct>,
    /// Partners that the person ever agreed something be passed on to.
    #[serde(default)]
    pub partners: Vec<PartnerView>,
    /// What the person asked for with the code of a receipt, newest first.
    #[serde(default)]
    pub requests: Vec<RequestView>,
    /// Every entry, newest first.
    pub lines: Vec<(Day, LedgerLine, Author)>,
}

/// A partner, and what may be (or was) passed on to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartnerView {
    /// As the ledger names it.
    pub partner: PartnerId,
    /// Its name and structure; none for a protected one that this user does not know.
    pub name: Option<String>,
    /// Parts.
    pub parts: Vec<Part>,
    /// Day of the last agreement.
    pub on: Day,
    /// Who recorded it: of a protected partner, who knows which it is.
    pub by: Option<Author>,
    /// They work here no longer.
    #[serde(default)]
    pub by_left: bool,
    /// Holds today.
    pub granted: bool,
    /// Ended by a withdrawal or an objection, which the partner is to be told: its record, 64
    /// hexadecimal digits.
    pub to_tell: Option<String>,
    /// When the partner was told, and by whom.
    pub told: Option<(Day, Author)>,
}

/// A partner was told that what was passed on to them is to be erased: a référent says so, or of a protected
/// partner who knows which it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TellPartner {
    /// The record that ended it, or erased the person: 64 hexadecimal digits.
    pub cause: String,
    /// Partner, as the ledger named it.
    pub partner: PartnerId,
}

/// Gives the person a neutral receipt. Its code is shown once and stands nowhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GiveReceipt {
    /// Person.
    pub pathway: PathwayId,
}

/// The receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceiptView {
    /// Code, as it is printed.
    pub code: SecretText,
}

/// Records what a person asks for with the code of their receipt. It says nothing of the person, not
/// even whether the code is known here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestByCode {
    /// Code, as typed or scanned.
    pub code: SecretText,
    /// What.
    pub kind: RequestKind,
    /// The person, or a representative.
    pub given_by: GivenBy,
    /// Capacity of the representative.
    pub capacity: Option<Capacity>,
}

/// A request by code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestView {
    /// The signed request, 64 hexadecimal digits.
    pub request: String,
    /// What.
    pub kind: RequestKind,
    /// Day.
    pub on: Day,
    /// Who recorded it.
    pub by: Option<Author>,
    /// Who said so.
    pub given_by: GivenBy,
    /// When a référent has seen to it, and who.
    pub answered: Option<(Day, Author)>,
}

impl LedgerView {
    /// Whether the person may be contacted, as [`crate::ledger::Ledger::may_contact`].
    pub fn may_contact(&self) -> bool {
        !self.objections.iter().any(|act| act.ends(Purpose::ContactAgain))
    }
}

/// State of a purpose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PurposeView {
    /// Purpose.
    pub purpose: Purpose,
    /// State.
    pub state: PurposeStateView,
    /// Since.
    pub on: Option<Day>,
    /// Who recorded the act that this state comes from.
    #[serde(default)]
    pub by: Option<Author>,
    /// For a sharing that is granted: the organisations it reaches, by name.
    #[serde(default)]
    pub with: Vec<String>,
    /// Last day of the agreement that ends last, where every one in force ends.
    #[serde(default)]
    pub until: Option<Day>,
    /// Channels agreed to, for `contact_again`.
    #[serde(default)]
    pub channels: Vec<Channel>,
}

/// *Non demandé, à redemander, accordé, refusé, retiré.*
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurposeStateView {
    /// Non demandé.
    NotAsked,
    /// À redemander.
    AskAgain,
    /// Accordé.
    Granted,
    /// Refusé.
    Refused,
    /// Retiré.
    Withdrawn,
}

/// An entry as a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// What.
    pub kind: LedgerActKind,
    /// How, without the signature.
    pub circumstances: Circumstances,
    /// Said in a record linked as the same person: it binds here too.
    #[serde(default)]
    pub linked: bool,
}
