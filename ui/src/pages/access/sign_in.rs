//! Signing in to the browser face.

use super::Door;
use crate::components::Field;
use crate::components::icon::{Icon, icon};
use crate::components::show::Failure;
use crate::state::act;
use crate::state::session::session;
use crate::text::access as words;
use domain::api::session::SignIn;
use domain::error::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = session();
    let sign_in = act();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request = SignIn {
            login: login.get_untracked().trim().to_owned(),
            password: password.get_untracked().into(),
        };
        password.set(String::new());
        sign_in.run(request, move |status| session.now(status));
    };
    view! {
        <Door>
            <h1>{words::sign_in()}</h1>
            <form class="stack" on:submit=go>
                <Field label=words::login() first=true value=login complete="username" on_input=move |text| login.set(text)/>
                <Field label=words::password() kind="password" complete="current-password" value=password on_input=move |text| password.set(text)/>
                {move || sign_in.error.get().map(refused)}
                <button type="submit" class="button button--main" disabled=move || sign_in.busy.get()>{words::sign_in()}</button>
            </form>
        </Door>
    }
}

/// A password is no passphrase: its capitals count.
fn refused(error: ApiError) -> AnyView {
    match error.code {
        ErrorCode::WrongSecret => view! {
            <div class="banner banner--trouble" role="alert">
                {icon(Icon::TriangleAlert)} <div><p class="strong">{words::wrong_sign_in()}</p><p>{words::wrong_sign_in_way()}</p></div>
            </div>
        }
        .into_any(),
        _ => view! { <Failure error=error/> }.into_any(),
    }
}
