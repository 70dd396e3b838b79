//! What an agreement says besides its purpose: with whom and without whom, by which means, until when.

mod partner;

use super::Chip;
use super::choice::one_of;
use super::date::DateChoice;
use super::icon::{Icon, icon};
use crate::state::session::session;
use crate::text::{consent as words, lang};
use domain::api::cite::TeamOrganisation;
use domain::api::ledger::{LedgerActKind, PartnerId, PartnerShare};
use domain::ids::{OrganisationId, SolutionId, UserId};
use domain::time::Day;
use domain::vocabulary::{Channel, Part, Purpose};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The terms of an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Organisations it shares with; none for a purpose that shares nothing.
    pub organisations: BTreeSet<OrganisationId>,
    /// Agents whom the person excludes.
    pub excluded: BTreeSet<UserId>,
    /// By which means, for `contact_again`.
    pub channel: Option<Channel>,
    /// Last day.
    pub until: Option<Day>,
    /// For `share_with_partner`: the partner.
    pub partner: Option<SolutionId>,
    /// For `share_with_partner`: what is passed on.
    pub parts: BTreeSet<Part>,
}

impl Terms {
    /// What is proposed at first, all of it shown: the team as it is displayed today (an organisation
    /// that comes later is to be asked for), and the phone.
    pub fn usual(purpose: Purpose, team: &[TeamOrganisation]) -> Self {
        let shared = team.iter().filter(|_| purpose.is_sharing()).map(|it| it.id);
        Self {
            organisations: shared.collect(),
            excluded: BTreeSet::new(),
            channel: (purpose == Purpose::ContactAgain).then_some(Channel::Phone),
            until: None,
            partner: None,
            parts: BTreeSet::new(),
        }
    }

    /// The terms of an agreement of a form.
    pub fn of(kind: &LedgerActKind) -> Option<Self> {
        let LedgerActKind::Agreement { organisations, excluded, channel, until, partner, .. } = kind else {
            return None;
        };
        Some(Self {
            organisations: organisations.iter().copied().collect(),
            excluded: excluded.iter().copied().collect(),
            channel: *channel,
            until: *until,
            partner: partner.as_ref().and_then(|it| match it.partner {
                PartnerId::Open(solution) => Some(solution),
                PartnerId::Protected(_) => None,
            }),
            parts: partner.iter().flat_map(|it| it.parts.iter().copied()).collect(),
        })
    }

    /// The agreement with these terms.
    pub fn agreement(&self, purpose: Purpose) -> LedgerActKind {
        LedgerActKind::Agreement {
            purpose,
            organisations: self.organisations.iter().copied().collect(),
            excluded: self.excluded.iter().copied().collect(),
            channel: self.channel,
            until: self.until,
            partner: self.partner.filter(|_| purpose == Purpose::ShareWithPartner).map(|solution| {
                // A protected one too: the device puts a mark in its place before anything is signed.
                let partner = PartnerId::Open(solution);
                PartnerShare { partner, parts: self.parts.iter().copied().collect() }
            }),
        }
    }

    /// Whether they name what the purpose asks for. Organisations left empty would mean everybody.
    pub fn is_whole(&self, purpose: Purpose) -> bool {
        (!purpose.is_sharing() || !self.organisations.is_empty())
            && (purpose != Purpose::ContactAgain || self.channel.is_some())
            && (purpose != Purpose::ShareWithPartner || (self.partner.is_some() && !self.parts.is_empty()))
    }
}

/// The team as displayed.
pub fn team() -> Vec<TeamOrganisation> {
    session().cite.value.with_untracked(|cite| cite.as_ref().map(|it| it.team.clone())).unwrap_or_default()
}

/// Says that nothing is shared yet, where the cité is not founded.
pub fn not_founded() -> impl IntoView {
    let session = session();
    move || {
        session.cite.value.with(|cite| cite.as_ref().is_some_and(|it| !it.established)).then(|| {
            view! { <div class="stack stack--tight"><p class="badge badge--waiting">{icon(Icon::HardDrive)} {words::not_yet()}</p><p class="second small">{words::not_yet_why()}</p></div> }
        })
    }
}

/// Asks for the terms of an agreement to a purpose.
pub fn terms(purpose: Purpose, value: RwSignal<Terms>) -> impl IntoView {
    let until = RwSignal::new(value.with_untracked(|it| it.until));
    Effect::new(move |_| {
        let until = until.get();
        if value.with_untracked(|it| it.until != until) {
            value.update(|it| it.until = until);
        }
    });
    let channels = Channel::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    let channel = Signal::derive(move || value.with(|it| it.channel));
    let by = (purpose == Purpose::ContactAgain).then(|| {
        view! { <h3>{words::channel()}</h3> {one_of(words::channel(), channels, channel, move |it| value.update(|terms| terms.channel = it.or(terms.channel)))} }
    });
    view! {
        <div class="stack">
            {purpose.is_sharing().then(|| sharing(value))}
            {(purpose == Purpose::ShareWithPartner).then(|| partner::choice(value))}
            {by}
            <DateChoice label=words::until() value=until optional=true/>
        </div>
    }
}

fn sharing(value: RwSignal<Terms>) -> impl IntoView {
    let team = StoredValue::new(team());
    let everybody: BTreeSet<OrganisationId> = team.with_value(|team| team.iter().map(|it| it.id).collect());
    let everybody = StoredValue::new(everybody);
    let whole = Signal::derive(move || everybody.with_value(|all| value.with(|it| it.organisations == *all)));
    let press_whole = move || {
        let all = everybody.get_value();
        value.update(|it| it.organisations = if it.organisations == all { BTreeSet::new() } else { all });
    };
    let chips = team.with_value(|team| {
        team.iter()
            .map(|it| {
                let id = it.id;
                let pressed = Signal::derive(move || value.with(|it| it.organisations.contains(&id)));
                view! { <Chip label=it.name.clone() pressed=pressed on_press=move || value.update(|it| toggle(&mut it.organisations, id))/> }
            })
            .collect_view()
    });
    let agents = move || {
        let chosen = value.with(|it| it.organisations.clone());
        team.with_value(|team| {
            let agents = team.iter().filter(|it| chosen.contains(&it.id)).flat_map(|it| it.agents.iter());
            agents
                .map(|(id, name)| {
                    let id = *id;
                    let pressed = Signal::derive(move || value.with(|it| it.excluded.contains(&id)));
                    view! { <Chip label=name.clone() pressed=pressed on_press=move || value.update(|it| toggle(&mut it.excluded, id))/> }
                })
                .collect_view()
        })
    };
    let unfolded = value.with_untracked(|it| !it.excluded.is_empty());
    view! {
        <h3>{words::with()}</h3>
        <div class="chips" role="group" aria-label=words::with()>
            <Chip label=words::whole_team() pressed=whole on_press=press_whole/>
            {chips}
        </div>
        {move || value.with(|it| it.organisations.is_empty()).then(|| view! { <p class="badge badge--waiting">{words::nobody_chosen()}</p> })}
        <details open=unfolded>
            <summary class="strong">{words::without()}</summary>
            <div class="stack stack--tight">
                <p class="second small">{words::without_why()}</p>
                <div class="chips" role="group" aria-label=words::without()>{agents}</div>
            </div>
        </details>
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}
