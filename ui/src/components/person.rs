//! A person on a line: round mark, name, profile; and the badge of where an entry is.

use super::icon::{Icon, icon};
use crate::text::{common, names};
use domain::api::sync::EntryState;
use domain::api::today::PersonLabel;
use leptos::prelude::*;

/// The round mark with two letters; a sign where nobody is named.
pub fn avatar(label: Option<&PersonLabel>) -> impl IntoView + use<> {
    let letters = label.map(names::initials).filter(|letters| !letters.is_empty());
    let unnamed = letters.is_none();
    view! {
        <span class="avatar" class:avatar--sunk=unnamed aria-hidden="true">
            {match letters { Some(letters) => letters.into_any(), None => icon(Icon::UserRound).into_any() }}
        </span>
    }
}

/// Where an entry is: *Sur cet appareil*, *Reçu par la cité*, set aside.
pub fn whereabouts(state: &EntryState) -> impl IntoView + use<> {
    let (class, sign, words) = match state {
        EntryState::OnDevice => ("badge badge--waiting", Icon::HardDrive, common::on_device()),
        EntryState::Received => ("badge badge--done", Icon::CloudCheck, common::received()),
        EntryState::SetAside { .. } => ("badge badge--trouble", Icon::TriangleAlert, common::set_aside()),
    };
    view! { <span class=class>{icon(sign)} {words}</span> }
}
