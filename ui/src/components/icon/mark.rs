//! The mark of Allervers: two footsteps, one ahead of the other. Drawn for this project.

use leptos::prelude::*;

/// Draws the mark.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path d="M9.6 3.2c3.1 0 5 2.7 5 6.1 0 2.3-.9 4-1.3 6.2l-.4 2.4-6.3.5-.9-2.5C4.6 13.4 4.1 11.8 4.1 9.5c0-3.7 2.2-6.3 5.5-6.3z"/>
            <path d="M6.6 18.5l6.3-.5c.5 2.9-.4 5.4-2.8 5.7-2.3.2-3.7-2-3.5-5.2z"/>
            <path d="M22.4 7.6c-3.1 0-5 2.7-5 6.1 0 2.3.9 4 1.3 6.2l.4 2.4 6.3.5.9-2.5c1.1-2.5 1.6-4.1 1.6-6.4 0-3.7-2.2-6.3-5.5-6.3z"/>
            <path d="M25.4 22.9l-6.3-.5c-.5 2.9.4 5.4 2.8 5.7 2.3.2 3.7-2 3.5-5.2z"/>
        </svg>
    }
}
