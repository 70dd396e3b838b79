//! How a word was given: form, by whom, with whose help, with whom near.

use super::choice::one_of;
use crate::text::{lang, ledger as words};
use domain::api::ledger::Circumstances;
use domain::vocabulary::{Capacity, ConsentForm, GivenBy, HelpedBy, Setting};
use leptos::prelude::*;

/// Who is near.
pub fn setting(how: RwSignal<Circumstances>) -> impl IntoView {
    let choices = Setting::ALL.iter().map(|it| (*it, it.label(lang())));
    view! { <h3>{words::setting()}</h3> {always(words::setting(), choices, how, |how| how.setting, |how, it| how.setting = it)} }
}

/// Form, giver and helper. `forms`: those that this screen can take.
pub fn giving(how: RwSignal<Circumstances>, forms: &[ConsentForm]) -> impl IntoView + use<> {
    let forms = forms.iter().map(|it| (*it, it.label(lang()))).collect::<Vec<_>>();
    let givers = GivenBy::ALL.iter().map(|it| (*it, it.label(lang())));
    let helpers = HelpedBy::ALL.iter().map(|it| (*it, it.label(lang())));
    let given = |how: &mut Circumstances, it| {
        how.given_by = it;
        how.capacity = (it == GivenBy::Representative).then_some(how.capacity.unwrap_or(Capacity::Parent));
    };
    let represented = Memo::new(move |_| how.with(|how| how.given_by == GivenBy::Representative));
    let capacity = move || {
        let choices = Capacity::ALL.iter().map(|it| (*it, it.label(lang())));
        let read = |how: &Circumstances| how.capacity.unwrap_or(Capacity::Parent);
        represented
            .get()
            .then(|| always(words::capacity(), choices, how, read, |how, it| how.capacity = Some(it)))
    };
    view! {
        <h3>{words::form()}</h3>
        {always(words::form(), forms.into_iter(), how, |how| how.form, |how, it| how.form = it)}
        <h3>{words::given_by()}</h3>
        {always(words::given_by(), givers, how, |how| how.given_by, given)}
        {capacity}
        <h3>{words::helped_by()}</h3>
        {always(words::helped_by(), helpers, how, |how| how.helped_by, |how, it| how.helped_by = it)}
    }
}

/// One of a code list; always one.
fn always<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    choices: impl Iterator<Item = (T, &'static str)>,
    how: RwSignal<Circumstances>,
    read: fn(&Circumstances) -> T,
    write: fn(&mut Circumstances, T),
) -> impl IntoView {
    let value = Signal::derive(move || Some(how.with(read)));
    one_of(label, choices.map(|(it, word)| (it, word.to_owned())), value, move |it| {
        if let Some(it) = it {
            how.update(|how| write(how, it));
        }
    })
}
