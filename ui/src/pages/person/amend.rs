//! Correcting an encounter: new values beside every earlier one, which stay with their authors.

use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::{refusal, show};
use crate::components::{Chip, Dialog};
use crate::state::toast::toasts;
use crate::state::{act, load};
use crate::text::{common, days, encounter as form_words, lang, names, person as words};
use domain::api::encounter::AmendEncounter;
use domain::api::person::{EarlierValue, ReadFieldHistory};
use domain::ids::{FactId, PathwayId};
use domain::vocabulary::{Act, DurationBand, Medium};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The dialog.
#[component]
pub fn Amend(
    /// Person.
    pathway: PathwayId,
    /// Encounter.
    encounter: FactId,
    /// Its medium now.
    medium: Medium,
    /// Its duration now.
    duration: Option<DurationBand>,
    /// What was done, now.
    acts: Vec<Act>,
    /// Struck out now.
    void: bool,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let new_medium = RwSignal::new(Some(medium));
    let new_duration = RwSignal::new(duration);
    let new_acts = RwSignal::new(acts.into_iter().collect::<BTreeSet<_>>());
    let write = act();
    let toasts = toasts();
    let send = move |void: Option<bool>| {
        let request = AmendEncounter {
            pathway,
            encounter,
            on: None,
            medium: new_medium.get_untracked().filter(|it| *it != medium),
            duration: new_duration.get_untracked().filter(|it| Some(*it) != duration),
            contact_place: None,
            acts: Some(new_acts.get_untracked()),
            void,
        };
        write.run(request, move |()| {
            toasts.say(words::saved());
            open.set(false);
        });
    };
    let history =
        load(Vec::new, move || Some(ReadFieldHistory { pathway, fact: Some(encounter), field: None }));
    let chips = Act::ALL.iter().map(|it| {
        let it = *it;
        view! {
            <Chip label=it.label(lang()) pressed=Signal::derive(move || new_acts.with(|acts| acts.contains(&it)))
                on_press=move || new_acts.update(|acts| if !acts.remove(&it) { acts.insert(it); })/>
        }
    });
    let chips = chips.collect_view();
    let foot = move || {
        view! {
            {refusal(write.error)}
            <div class="row row--spread">
                <button type="button" class="button button--trouble" disabled=move || write.busy.get() on:click=move |_| send(Some(!void))>
                    {icon(Icon::Undo2)} {if void { words::restore() } else { words::strike() }}
                </button>
                <button type="button" class="button button--main button--mid" disabled=move || write.busy.get() on:click=move |_| send(None)>
                    {icon(Icon::Check)} {common::save()}
                </button>
            </div>
        }
    };
    view! {
        <Dialog title=words::correct() on_close=move || open.set(false) foot=foot>
            <div class="stack">
                <h3>{form_words::medium()}</h3>
                {one_of(form_words::medium(), Medium::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), new_medium.into(), move |it| if it.is_some() { new_medium.set(it) })}
                <h3>{form_words::duration()}</h3>
                {one_of(form_words::duration(), DurationBand::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), new_duration.into(), move |it| if it.is_some() { new_duration.set(it) })}
                <h3>{form_words::acts()}</h3>
                <div class="chips" role="group" aria-label=form_words::acts()>{chips}</div>
                <h3>{words::earlier_values()}</h3>
                {show(history, |values| earlier_of(values, said))}
            </div>
        </Dialog>
    }
}

/// A value of the fields that can be corrected, in words.
fn said(it: &EarlierValue) -> Option<String> {
    Some(match it.field.split_once(':') {
        Some(("acts", code)) => {
            let sign = if it.value == "true" { "+" } else { "−" };
            format!("{sign} {}", Act::from_code(code)?.label(lang()))
        }
        None if it.field == "medium" => Medium::from_code(&it.value)?.label(lang()).to_owned(),
        None if it.field == "duration" => DurationBand::from_code(&it.value)?.label(lang()).to_owned(),
        None if it.field == "void" => {
            if it.value == "true" { words::struck() } else { words::restored() }.to_owned()
        }
        _ => return None,
    })
}

/// Earlier values, newest first, each with its day and author.
pub fn earlier_of(values: Vec<EarlierValue>, said: fn(&EarlierValue) -> Option<String>) -> impl IntoView {
    let lines = values.into_iter().filter_map(|it| {
        let said = said(&it)?;
        let on = it.on.map(days::plain);
        let now = it.current.then(|| format!(" · {}", words::now()));
        Some(view! { <li><span class="strong">{said}</span> <span class="second">{on} " · " {names::author(&it.author)} {now}</span></li> })
    });
    let lines: Vec<_> = lines.collect();
    view! { <ul class="earlier">{lines}</ul> }
}
