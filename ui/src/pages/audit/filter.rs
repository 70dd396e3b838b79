//! What of the audit is shown: an act, a user, a device, a period, a pseudonym.

use crate::components::icon::{Icon, icon};
use crate::text::{audit as words, lang};
use domain::api::audit::{AuditFilter, AuditSource, ChainView};
use domain::ids::UserId;
use domain::time::Day;
use domain::vocabulary::AuditAct;
use leptos::prelude::*;

/// The value of the server in the choice of places.
const SERVER: &str = "server";

/// What is chosen; empty: everything.
#[derive(Clone, Copy)]
pub struct Chosen {
    act: RwSignal<String>,
    user: RwSignal<String>,
    source: RwSignal<String>,
    about: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

impl Chosen {
    /// Nothing chosen.
    pub fn new() -> Self {
        let none = || RwSignal::new(String::new());
        Self { act: none(), user: none(), source: none(), about: none(), from: none(), to: none() }
    }

    /// As a filter, tracked.
    pub fn filter(self) -> AuditFilter {
        let source = self.source.get();
        let about = self.about.get().replace([' ', '\u{a0}'], "");
        AuditFilter {
            act: AuditAct::from_code(&self.act.get()),
            user: self.user.get().parse().ok(),
            source: match source.as_str() {
                SERVER => Some(AuditSource::Server),
                other => other.parse().ok().map(AuditSource::Device),
            },
            about: (!about.is_empty()).then_some(about),
            from: Day::parse_iso(&self.from.get()),
            to: Day::parse_iso(&self.to.get()),
        }
    }

    /// Only entries under a pseudonym.
    pub fn only(self, about: &str) {
        self.about.set(about.to_owned());
    }

    /// Whether anything is chosen, tracked.
    pub fn is_narrow(self) -> bool {
        self.filter() != AuditFilter::default()
    }

    /// Chooses nothing.
    pub fn clear(self) {
        [self.act, self.user, self.source, self.about, self.from, self.to]
            .into_iter()
            .for_each(|it| it.set(String::new()));
    }
}

/// The bar of choices.
pub fn bar(
    chosen: Chosen,
    users: Signal<Vec<(UserId, String)>>,
    chains: Signal<Vec<ChainView>>,
) -> impl IntoView {
    let acts = move || {
        let mut acts: Vec<(String, String)> =
            AuditAct::ALL.iter().map(|it| (it.code().to_owned(), it.label(lang()).to_owned())).collect();
        acts.sort_by(|one, other| one.1.cmp(&other.1));
        acts
    };
    let people = move || users.get().into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let places = move || {
        let all = chains.get();
        let place = |it: ChainView| match it.source {
            AuditSource::Server => (SERVER.to_owned(), words::server().to_owned()),
            AuditSource::Device(id) => {
                let users = it.users.join(", ");
                (id.to_string(), format!("{} · {users}", it.device.unwrap_or_default()))
            }
        };
        all.into_iter().map(place).collect()
    };
    let clear = move || {
        chosen.is_narrow().then(|| {
            view! { <button type="button" class="button button--plain" on:click=move |_| chosen.clear()>{icon(Icon::X)} {words::clear()}</button> }
        })
    };
    view! {
        <div class="narrowing narrowing--many" role="search" aria-label=words::title()>
            {select(words::act(), words::any_act(), chosen.act, acts)}
            {select(words::who(), words::anybody(), chosen.user, people)}
            {select(words::device(), words::anywhere(), chosen.source, places)}
            {day(words::from(), chosen.from)}
            {day(words::to(), chosen.to)}
            <label class="narrowing__field"><span>{words::about_short()}</span>
                <input class="input code" type="text" autocomplete="off" spellcheck="false" maxlength="24" title=words::about_hint() prop:value=move || chosen.about.get()
                    on:change=move |event| chosen.about.set(event_target_value(&event))/>
            </label>
            {clear}
        </div>
    }
}

fn select(
    label: &'static str,
    all: &'static str,
    value: RwSignal<String>,
    choices: impl Fn() -> Vec<(String, String)> + Send + 'static,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get_untracked();
        let option = |(code, word): (String, String)| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{word}</option> }
        };
        choices().into_iter().map(option).collect_view()
    };
    view! {
        <label class="narrowing__field"><span>{label}</span>
            <select class="input" prop:value=move || value.get() on:change=move |event| value.set(event_target_value(&event))>
                <option value="">{all}</option>
                {options}
            </select>
        </label>
    }
}

fn day(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="narrowing__field"><span>{label}</span>
            <input class="input" type="date" prop:value=move || value.get() on:change=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}
