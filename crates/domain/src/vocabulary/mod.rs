//! Code lists: each entry has a frozen code, a French label and an English one.
//!
//! Labels are infinitives or epicene where French would force a gender. Where a list is carried
//! over from a public source, its module names it.

mod code_enum;

mod audit;
mod consent;
mod contact;
mod document;
mod erasure;
mod figures;
mod follow;
mod notice;
mod person;

pub use audit::*;
pub use code_enum::Lang;
pub(crate) use code_enum::code_enum;
pub use consent::*;
pub use contact::*;
pub use document::*;
pub use erasure::*;
pub use figures::*;
pub use follow::*;
pub use notice::*;
pub use person::*;
