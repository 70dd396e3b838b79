//! Preferences of the user at work; locking, signing out.

use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::components::{Chip, Segments};
use crate::route::Route;
use crate::state::act;
use crate::state::session::session;
use crate::text::access as words;
use domain::api::session::{Lock, Me, Preferences, SetPreferences, SignOut, Theme};
use leptos::prelude::*;

/// Languages of the interface, each named in itself.
const LANGUAGES: [(&str, &str); 2] = [("fr", "Français"), ("en", "English")];

/// Preferences.
#[component]
pub fn Settings(
    /// Who is at work.
    me: Me,
) -> impl IntoView {
    let session = session();
    let keep = act();
    let now = Signal::derive(move || session.preferences());
    let change = move |preferences: Preferences| {
        keep.run(SetPreferences { preferences }, move |kept| session.prefer(kept))
    };
    let theme = Signal::derive(move || Some(now.get().theme));
    let themes = vec![
        (Theme::Light, words::light().to_owned()),
        (Theme::Sunlight, words::sunlight().to_owned()),
        (Theme::Dark, words::dark().to_owned()),
    ];
    let language = Signal::derive(move || {
        now.with(|now| LANGUAGES.map(|(code, _)| code).into_iter().find(|code| *code == now.language))
    });
    let languages = LANGUAGES.map(|(code, name)| (code, name.to_owned())).to_vec();
    let minutes = Signal::derive(move || Some(now.get().lock_after_minutes));
    let spans = [2, 5, 10].into_iter().map(|n| (n, format!("{n} {}", words::minutes()))).collect::<Vec<_>>();
    let leave = act();
    let on_device = me.device.is_some();
    let go = move |_| {
        if on_device {
            leave.run(Lock {}, move |status| session.now(status));
        } else {
            leave.run(SignOut {}, move |status| session.now(status));
        }
    };
    view! {
        <div class="stack narrow">
            <h1>{words::settings()}</h1>
            <section class="card card--pad stack">
                <h2>{words::theme()}</h2>
                <Segments label=words::theme() choices=themes value=theme on_choose=move |theme| {
                    if let Some(theme) = theme { change(Preferences { theme, ..now.get_untracked() }); }
                }/>
                <h2>{words::language()}</h2>
                <Segments label=words::language() choices=languages value=language on_choose=move |language| {
                    if let Some(language) = language { change(Preferences { language: language.into(), ..now.get_untracked() }); }
                }/>
                <h2>{words::discreet()}</h2>
                <p>{words::discreet_why()}</p>
                <Chip label=words::discreet() pressed=Signal::derive(move || now.get().discreet) on_press=move || {
                    let kept = now.get_untracked();
                    change(Preferences { discreet: !kept.discreet, ..kept });
                }/>
                <h2>{words::lock_after()}</h2>
                <Segments label=words::lock_after() choices=spans value=minutes on_choose=move |span| {
                    if let Some(lock_after_minutes) = span { change(Preferences { lock_after_minutes, ..now.get_untracked() }); }
                }/>
                {refusal(keep.error)}
            </section>
            {on_device.then(|| view! {
                <section class="card card--pad stack">
                    <h2>{words::add_user()}</h2>
                    <p class="second">{words::add_user_why()}</p>
                    <a class="button" href=Route::AddUser.href()>{icon(Icon::UserPlus)} {words::add_user()}</a>
                </section>
            })}
            {refusal(leave.error)}
            <button type="button" class="button button--large" on:click=go>
                {icon(if on_device { Icon::Lock } else { Icon::LogOut })}
                {if on_device { words::lock_now() } else { words::sign_out() }}
            </button>
        </div>
    }
}
