//! What becomes of what was shared, asked when an agreement is withdrawn.

use crate::components::Segments;
use crate::state::session::session;
use crate::text::consent as words;
use domain::ids::DeviceId;
use domain::vocabulary::Purpose;
use leptos::prelude::*;

/// Erased everywhere, or kept on this device for its user alone.
pub fn question(purpose: Purpose, keep_on: RwSignal<Option<DeviceId>>) -> AnyView {
    let here = session().me().and_then(|me| me.device).filter(|_| purpose.is_sharing());
    let Some(device) = here else {
        return view! { <p>{words::ends()}</p> }.into_any();
    };
    let value = Signal::derive(move || Some(keep_on.get().is_some()));
    let choices = vec![(false, words::erase_everywhere().to_owned()), (true, words::keep_here().to_owned())];
    let choose = move |keep: Option<bool>| keep_on.set(keep.unwrap_or(false).then_some(device));
    view! {
        <h3>{words::what_becomes()}</h3>
        <Segments label=words::what_becomes() choices=choices value=value on_choose=choose/>
        <p role="status">{move || words::becomes(keep_on.get().is_some())}</p>
    }
    .into_any()
}
