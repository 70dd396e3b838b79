//! Translations of the notice beside the French, and who has checked them.

mod mark;

use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::state::load;
use crate::text::{notices as words, typography};
use domain::api::notice::{ListNotices, NoticesView, TranslationView};
use domain::changes::Topic;
use leptos::prelude::*;

/// What stands over the page.
#[derive(Clone, PartialEq)]
struct Over {
    text: TranslationView,
    french: String,
}

/// The translations.
#[component]
pub fn Notices() -> impl IntoView {
    let notices = load(|| vec![Topic::Cite], || Some(ListNotices {}));
    let over = RwSignal::new(None::<Over>);
    view! {
        <header class="page-head">
            <div class="page-head__words"><h1>{words::title()}</h1><p>{words::why()}</p></div>
        </header>
        {show(notices, move |view| list(view, over))}
        {move || over.get().map(|it| view! { <mark::Mark over=over text=it.text french=it.french view=notices.value/> })}
    }
}

fn list(view: NoticesView, over: RwSignal<Option<Over>>) -> impl IntoView {
    let french = view.french.clone();
    let version = format!("{} {}", words::french_of(), typography::number(view.version));
    let trouble = (!view.french_checked).then(|| {
        view! { <div class="banner banner--trouble" role="note">{icon(Icon::TriangleAlert)} <div><p>{words::french_unchecked()}</p></div></div> }
    });
    let cards = view.texts.into_iter().map(|text| card(text, french.clone(), over)).collect_view();
    view! {
        <div class="stack">
            {trouble}
            <section class="card card--soft" aria-label=words::french()>
                <div class="card__head"><h2>{words::french()}</h2><span class="badge badge--bare">{version}</span></div>
                <div class="card__body stack stack--tight"><p class="spoken" lang="fr" dir="ltr">{view.french}</p><p class="second small">{words::french_where()}</p></div>
            </section>
            {cards}
        </div>
    }
}

fn card(text: TranslationView, french: String, over: RwSignal<Option<Over>>) -> impl IntoView {
    let direction = if text.right_to_left { "rtl" } else { "ltr" };
    let (class, state) = if text.checked {
        ("badge badge--done", words::checked())
    } else {
        ("badge badge--waiting", words::unchecked())
    };
    let origin = if text.draft { words::draft() } else { words::own() };
    let by = match (text.checked, text.check) {
        (true, Some(check)) => Some(words::by(check)),
        (true, None) => Some(words::by_settings().to_owned()),
        (false, _) => None,
    };
    let (name, language, spoken, checked) =
        (text.name.clone(), text.language.clone(), text.text.clone(), text.checked);
    let label = format!("{name}, {state}");
    let touch = move |_| over.set(Some(Over { text: text.clone(), french: french.clone() }));
    let button = if checked { words::unmark() } else { words::mark() };
    let kind = if checked { "button button--plain" } else { "button" };
    let named = typography::about(button, &name);
    view! {
        <section class="card" aria-label=label>
            <div class="card__head">
                <div class="grow"><h2 lang=language.clone()><bdi>{name}</bdi></h2><p class="second">{origin} {by.map(|by| format!(" · {by}"))}</p></div>
                <span class=class>{checked.then(|| icon(Icon::Check))} {state}</span>
                <button type="button" class=kind aria-label=named on:click=touch>{button}</button>
            </div>
            <div class="card__body"><p class="spoken" lang=language dir=direction>{spoken}</p></div>
        </section>
    }
}
