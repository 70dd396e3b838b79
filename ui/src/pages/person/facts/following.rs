//! The following of a person: its episodes, dated situations, and what came of it.

mod episode;
mod outcome;
mod situation;

use super::{adding, card};
use crate::components::icon::{Icon, icon};
use crate::state::act;
use crate::text::{days, following as words, lang, typography};
use domain::api::person::PersonView;
use domain::pathway::{Episode, Outcome, Situation};
use domain::time::Day;
use domain::vocabulary::YesNo;
use episode::EditEpisode;
use leptos::prelude::*;
use outcome::EditOutcome;
use situation::EditSituation;

pub fn following(page: &PersonView) -> impl IntoView + use<> {
    let pathway = page.hit.label.pathway;
    let empty = page.episodes.is_empty() && page.situations.is_empty() && page.outcomes.is_empty();
    let episodes = page.episodes.iter().cloned().map(move |(id, it)| {
        let (name, more) = episode_words(&it);
        line(name, more, words::edit_episode(), move |open| {
            view! { <EditEpisode pathway=pathway id=Some(id) present=it.clone() open=open/> }
        })
    });
    let situations = page.situations.iter().cloned().map(move |(id, it)| {
        let (name, more) = situation_words(&it);
        line(name, more, words::edit_situation(), move |open| {
            view! { <EditSituation pathway=pathway id=Some(id) present=it.clone() open=open/> }
        })
    });
    let outcomes = page.outcomes.iter().cloned().map(move |(id, it)| {
        let (name, more) = outcome_words(&it);
        line(name, more, words::edit_outcome(), move |open| {
            view! { <EditOutcome pathway=pathway id=Some(id) present=it.clone() open=open/> }
        })
    });
    let (episodes, situations, outcomes) =
        (episodes.collect_view(), situations.collect_view(), outcomes.collect_view());
    let running = page.episodes.iter().any(|(_, it)| it.exited_on.is_none());
    let begin = (!running).then(|| {
        adding(words::add_episode(), move |open| {
            view! { <EditEpisode pathway=pathway id=None present=episode::blank() open=open/> }
        })
    });
    let describe = adding(words::add_situation(), move |open| {
        view! { <EditSituation pathway=pathway id=None present=situation::blank() open=open/> }
    });
    let add = adding(words::add_outcome(), move |open| {
        view! { <EditOutcome pathway=pathway id=None present=outcome::blank() open=open/> }
    });
    let content =
        view! { {episodes} {situations} {outcomes} <div class="card__feet">{begin} {describe} {add}</div> };
    card(words::title(), empty, act(), content)
}

/// A fact on one line, with the button that opens it.
fn line<V: IntoView + 'static>(
    name: String,
    more: String,
    edit: &'static str,
    dialog: impl Fn(RwSignal<bool>) -> V + Send + Sync + 'static,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let edit_label = typography::about(edit, &name);
    view! {
        <div class="barrier">
            <div class="barrier__head">
                <span class="item__words"><span class="item__name">{name}</span><span class="item__more">{more}</span></span>
                <button type="button" class="button button--plain button--icon" aria-label=edit_label on:click=move |_| open.set(true)>{icon(Icon::Pencil)}</button>
            </div>
            {move || open.get().then(|| dialog(open))}
        </div>
    }
}

fn period(from: Day, to: Option<Day>) -> String {
    match to {
        Some(to) => format!("{} – {}", days::plain(from), days::plain(to)),
        None => format!("{} {}", words::since(), days::plain(from)),
    }
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn episode_words(it: &Episode) -> (String, String) {
    let name = format!("{} · {}", words::episode(), period(it.entered_on, it.exited_on));
    let more = [
        Some(it.entry_reason.label(lang()).to_owned()),
        it.stage.map(|stage| stage.label(lang()).to_owned()),
        it.exit_reason.map(|reason| format!("{} {}", words::exit_for(), reason.label(lang()).to_lowercase())),
    ];
    (name, joined(more))
}

fn situation_words(it: &Situation) -> (String, String) {
    let name = format!("{} · {}", it.moment.label(lang()), days::plain(it.on));
    let yes = |answer: Option<YesNo>, word: &str| (answer == Some(YesNo::Yes)).then(|| word.to_owned());
    let more = [
        it.activity.map(|it| it.label(lang()).to_owned()),
        it.registration.map(|it| it.label(lang()).to_owned()),
        it.education.map(|it| it.label(lang()).to_owned()),
        it.time_without_work.map(|it| it.label(lang()).to_owned()),
        yes(it.rsa, words::rsa()),
        yes(it.followed, words::followed()),
    ];
    (name, joined(more))
}

fn outcome_words(it: &Outcome) -> (String, String) {
    let still = |answer: Option<YesNo>, word: &str| match answer {
        Some(YesNo::Yes) => Some(word.to_owned()),
        _ => None,
    };
    let more = [
        Some(period(it.from, it.to)),
        still(it.at_3_months, words::still_3()),
        still(it.at_6_months, words::still_6()),
    ];
    (it.kind.label(lang()).to_owned(), joined(more))
}
