//! The named parts, sealed for their author; edited in a dialog.

use crate::components::choice::one_of;
use crate::components::field::{LongField, note_trouble};
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::components::{Dialog, Field};
use crate::state::act;
use crate::state::session::session;
use crate::state::toast::toasts;
use crate::text::{common, consent, days, encounter as form_words, lang, person as words, typography};
use domain::api::person::{NamedParts, NoteView, PartState, PersonView, WritePart};
use domain::ids::PathwayId;
use leptos::prelude::*;

pub fn card(page: &PersonView) -> impl IntoView + use<> {
    let editing = RwSignal::new(false);
    let named = page.named.clone();
    let pathway = page.hit.label.pathway;
    let lines = [
        (words::first_name(), named.first_name.clone()),
        (words::initial(), named.initial.clone()),
        (words::family_name(), named.family_name.clone()),
        (words::phone(), named.phone.clone()),
        (words::safe_hours(), named.safe_hours.clone()),
        (words::introduce_as(), named.introduce_as.clone()),
        (words::email(), named.email.clone()),
        (words::address(), named.address.clone()),
    ];
    let lines = lines.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    });
    let lines: Vec<_> = lines.collect();
    let allowed = [
        (words::phone_shared(), named.phone_shared),
        (words::voice(), named.voice_message),
        (words::sms(), named.sms),
    ];
    let allowed = allowed.into_iter().filter(|_| named.phone.as_ref().is_some_and(|it| !it.is_empty()));
    let allowed = allowed.map(|(name, value)| {
        // What was not asked is not allowed.
        let answer = if value == Some(true) { form_words::yes() } else { form_words::no() };
        view! { <div><dt>{name}</dt><dd>{answer}</dd></div> }
    });
    let allowed = allowed.collect_view();
    let nothing = lines.is_empty() && named.notes.is_empty();
    let places = page.parts.iter().filter(|part| part.written).map(place).collect_view();
    let notes = named.notes.clone().into_iter().map(|note| view! { <p class="note">{note.text}<br/><span class="second small">{days::plain(note.on)}</span></p> });
    let notes = notes.collect_view();
    view! {
        <section class="card" aria-label=words::named()>
            <div class="card__head"><h2 class="row">{icon(Icon::Lock)} {words::named()}</h2>
                <button type="button" class="button" on:click=move |_| editing.set(true)>{icon(Icon::Pencil)} {common::edit()}</button></div>
            <div class="card__body stack">
                {nothing.then(|| view! { <p class="second">{words::none_noted()}</p> })}
                <dl class="facts">{lines}{allowed}</dl>
                {notes}
                <ul class="stack stack--tight">{places}</ul>
            </div>
            {move || editing.get().then(|| view! { <Edit pathway=pathway named=named.clone() editing=editing/> })}
        </section>
    }
}

/// Where a part is, and who else reads it.
fn place(part: &PartState) -> impl IntoView + use<> {
    let session = session();
    let (only_here, with, name) = (part.only_here, part.with.join(", "), part.part.label(lang()));
    let told = move || {
        let founded = session.cite.value.with(|cite| cite.as_ref().is_some_and(|it| it.established));
        match (only_here, with.is_empty()) {
            (false, false) => {
                ("badge badge--done", Icon::UsersRound, typography::about(consent::shared_with(), &with))
            }
            (true, false) if founded => (
                "badge badge--waiting",
                Icon::CloudUpload,
                typography::about(consent::will_be_shared(), &with),
            ),
            (true, false) => ("badge badge--waiting", Icon::HardDrive, consent::not_yet().to_owned()),
            (true, true) => ("badge badge--waiting", Icon::HardDrive, words::only_here().to_owned()),
            (false, true) => ("badge badge--bare", Icon::Lock, consent::no_longer_shared().to_owned()),
        }
    };
    move || {
        let (class, sign, state) = told();
        view! { <li class="row"><span class="strong">{name}</span> <span class=class>{icon(sign)} {state}</span></li> }
    }
}

#[component]
fn Edit(pathway: PathwayId, named: NamedParts, editing: RwSignal<bool>) -> impl IntoView {
    let form = RwSignal::new(NamedParts { notes: Vec::new(), ..named });
    let note = RwSignal::new(String::new());
    let write = act();
    let toasts = toasts();
    let save = move |_| {
        let mut named = form.get_untracked();
        let text = note.get_untracked();
        if !text.trim().is_empty() {
            // The engine dates it by its own clock.
            named.notes.push(NoteView { id: None, text, on: days::today() });
        }
        write.run(WritePart { pathway, named }, move |()| {
            toasts.say(words::saved());
            editing.set(false);
        });
    };
    let line = move |label: &'static str,
                     read: fn(&NamedParts) -> &Option<String>,
                     set: fn(&mut NamedParts, String)| {
        view! { <Field label=label value=Signal::derive(move || form.with(|form| read(form).clone().unwrap_or_default())) on_input=move |text| form.update(|form| set(form, text))/> }
    };
    let answer = move |label: &'static str,
                       read: fn(&NamedParts) -> Option<bool>,
                       set: fn(&mut NamedParts, Option<bool>)| {
        let answers = [(true, form_words::yes().to_owned()), (false, form_words::no().to_owned())];
        let value = Signal::derive(move || form.with(read));
        view! { <div class="stack stack--tight"><h3>{label}</h3>{one_of(label, answers, value, move |it| form.update(|form| set(form, it.or(Some(false)))))}</div> }
    };
    let foot = move || {
        view! {
            {refusal(write.error)}
            <button type="button" class="button button--main button--large button--wide" disabled=move || write.busy.get() on:click=save>{icon(Icon::Check)} {common::save()}</button>
        }
    };
    view! {
        <Dialog title=words::named() on_close=move || editing.set(false) foot=foot>
            <div class="stack">
                <div class="pair">
                    {line(words::first_name(), |it| &it.first_name, |it, text| it.first_name = Some(text))}
                    {line(words::initial(), |it| &it.initial, |it, text| it.initial = Some(text.chars().take(1).collect()))}
                    {line(words::family_name(), |it| &it.family_name, |it, text| it.family_name = Some(text))}
                    {line(words::phone(), |it| &it.phone, |it, text| it.phone = Some(text))}
                    {line(words::safe_hours(), |it| &it.safe_hours, |it, text| it.safe_hours = Some(text))}
                    {line(words::introduce_as(), |it| &it.introduce_as, |it, text| it.introduce_as = Some(text))}
                    {line(words::email(), |it| &it.email, |it, text| it.email = Some(text))}
                    {line(words::address(), |it| &it.address, |it, text| it.address = Some(text))}
                </div>
                <p class="second">{words::no_message()}</p>
                {answer(words::phone_shared(), |it| it.phone_shared, |it, yes| it.phone_shared = yes)}
                {answer(words::voice(), |it| it.voice_message, |it, yes| it.voice_message = yes)}
                {answer(words::sms(), |it| it.sms, |it, yes| it.sms = yes)}
                <LongField label=words::add_note() caution=form_words::note_not() wrong=Signal::derive(move || note.with(|text| note_trouble(text))) value=note on_input=move |text| note.set(text)/>
            </div>
        </Dialog>
    }
}
