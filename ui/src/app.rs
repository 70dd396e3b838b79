//! The whole screen: the door while nobody is at work, the frame and its page afterwards.

use crate::backend;
use crate::components::frame::Frame;
use crate::components::keys;
use crate::components::show::show;
use crate::components::toasts::ToastList;
use crate::pages;
use crate::route;
use crate::state::idle;
use crate::state::receipt::ReceiptOffer;
use crate::state::session::Session;
use crate::state::toast::Toasts;
use domain::api::session::{SessionState, StatusView};
use leptos::prelude::*;

/// The application.
#[component]
pub fn App() -> impl IntoView {
    Toasts::provide();
    ReceiptOffer::provide();
    let session = Session::provide();
    backend::listen();
    route::follow();
    idle::watch(session);
    keys::keep_in_sight();
    Effect::new(move |_| session.dress());
    view! {
        // First for the keyboard: the way back of what was just done is one key away.
        <ToastList/>
        {show(session.status, screen)}
    }
}

fn screen(status: StatusView) -> AnyView {
    match status.state.clone() {
        SessionState::NotJoined => pages::access::join::Join().into_any(),
        SessionState::Locked { users } => view! { <pages::access::unlock::Unlock users=users/> }.into_any(),
        SessionState::Held { user, hold, to_send, beside, silent_days, .. } => view! {
            <pages::access::held::Held user=user hold=hold to_send=to_send beside=beside silent_days=silent_days/>
        }
        .into_any(),
        SessionState::SignedOut => pages::access::sign_in::SignInPage().into_any(),
        SessionState::Open { me, .. } => view! { <Frame me=me.clone()>{pages::page(me)}</Frame> }.into_any(),
    }
}
