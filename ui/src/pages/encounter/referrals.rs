//! Solutions proposed for what blocks, with the reason; chosen by a touch.

use super::Form;
use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::state::load;
use crate::text::{encounter as words, lang, typography};
use domain::api::encounter::{ReferralForm, Whom};
use domain::api::solution::{Proposal, ProposeSolutions};
use domain::changes::Topic;
use leptos::prelude::*;

/// The proposals; nothing where nothing blocks.
pub fn question(keeper: Form) -> impl IntoView {
    let asked = Memo::new(move |_| {
        keeper.form.with(|form| {
            let place = match &form.whom {
                Whom::New(person) => person.profile.residence.or(form.contact_place),
                _ => form.contact_place,
            };
            ProposeSolutions {
                domains: form.barriers.iter().map(|it| it.domain).collect(),
                situations: form.barriers.iter().flat_map(|it| it.situations.clone()).collect(),
                place,
            }
        })
    });
    let proposals =
        load(|| vec![Topic::Solutions], move || Some(asked.get()).filter(|it| !it.domains.is_empty()));
    let draw = move |proposals: Vec<Proposal>| {
        (!proposals.is_empty()).then(|| {
            view! {
                <section class="question"><h2>{words::suggestion()}</h2>
                    {proposals.into_iter().map(|it| one(keeper, it)).collect_view()}
                </section>
            }
        })
    };
    move || asked.with(|it| !it.domains.is_empty()).then(|| show(proposals, draw))
}

fn one(keeper: Form, proposal: Proposal) -> impl IntoView {
    let (id, domain) = (proposal.solution.id, proposal.domain);
    let chosen = keeper.part(move |form| form.referrals.iter().any(|it| it.solution == id));
    let press = move |_| {
        keeper.change(|form| {
            if form.referrals.iter().any(|it| it.solution == id) {
                form.referrals.retain(|it| it.solution != id);
            } else {
                form.referrals.push(ReferralForm { solution: id, domain: Some(domain), accompanied: false });
            }
        });
    };
    let mut reasons = vec![domain.label(lang()).to_owned()];
    reasons.extend(proposal.near.then(|| words::near().to_owned()));
    let (made, met) = proposal.referrals;
    reasons.extend((made > 0).then(|| {
        format!(
            "{}{}{} {}",
            typography::number(met),
            typography::NBSP,
            words::referrals_met(),
            typography::NBSP
        )
        .trim()
        .to_owned()
    }));
    reasons.extend(proposal.solution.protected.then(|| words::protected().to_owned()));
    view! {
        <button type="button" class="solution" aria-pressed=move || chosen.get().to_string() on:click=press>
            {icon(Icon::BookOpenText)}
            <span class="item__words">
                <span class="item__name">{proposal.solution.name} " · " {proposal.solution.structure}</span>
                <span class="item__more">{reasons.join(" · ")}</span>
            </span>
            {move || chosen.get().then(|| icon(Icon::CircleCheck))}
        </button>
    }
}
