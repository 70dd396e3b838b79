//! Icons: decoration beside a word, hidden from screen readers.

mod mark;
mod paths;

pub use mark::Mark;
pub use paths::Icon;

use leptos::prelude::*;

/// Draws an icon at the size of its place (see `style/base.css`).
pub fn icon(icon: Icon) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" inner_html=paths::markup(icon)></svg> }
}

/// The icon of a barrier's domain.
pub fn of_domain(domain: domain::vocabulary::BarrierDomain) -> Icon {
    use domain::vocabulary::BarrierDomain as D;
    match domain {
        D::Family => Icon::Baby,
        D::Mobility => Icon::Bus,
        D::Literacy => Icon::BookOpenText,
        D::Housing => Icon::House,
        D::Health => Icon::HeartPulse,
        D::Digital => Icon::Smartphone,
        D::Finances => Icon::Wallet,
        D::Administrative => Icon::Scale,
        D::Confidence => Icon::Sprout,
    }
}
