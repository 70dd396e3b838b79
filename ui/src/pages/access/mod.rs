//! Joining a cité, unlocking a device, signing in to the browser face, preferences.

pub mod answer;
pub mod forgotten;
pub mod held;
pub mod join;
pub mod recover;
pub mod settings;
pub mod sign_in;
pub mod unlock;

use crate::components::icon::Mark;
use crate::state::session::session;
use crate::text::access as words;
use domain::role::Face;
use leptos::prelude::*;

/// The calm column of the door.
#[component]
pub fn Door(
    /// Wider, for six words side by side.
    #[prop(optional)]
    wide: bool,
    /// What stands in the card.
    children: Children,
) -> impl IntoView {
    // In a browser nothing is kept, and nobody is named.
    let foot = if session().face() == Face::Browser { words::safe_browser() } else { words::safe() };
    view! {
        <main class="access" id="main">
            <div class="access__brand"><Mark/> "Allervers"</div>
            <section class="card access__card" class:access__card--wide=wide>{children()}</section>
            <p class="access__foot">{foot}</p>
        </main>
    }
}
