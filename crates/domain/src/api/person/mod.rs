//! People: search, the page of one person, edits that keep every earlier value.

mod barrier;
mod ending;
mod fact;
mod history;
mod named;
mod page;
mod profile;
mod search;
mod timeline;

pub use barrier::{BarrierView, NeedView, SetBarrier, SetNeed};
pub use ending::{AbsentRecord, Ending, EndingCause, OrderErasure};
pub use fact::{AddFact, AddFollowUp, FollowUpView, NewFact, ReferralView, SetReferral, SettleFollowUp};
pub use history::{DifferingField, EarlierValue, ReadFieldHistory};
pub use named::{NamedParts, NoteView, PartState, WritePart};
pub use page::{Author, OpenPerson, PersonView};
pub use profile::{EditProfile, ProfileForm};
pub use search::{Found, PersonHit, SearchPeople};
pub use timeline::{TimelineEvent, TimelineItem};
