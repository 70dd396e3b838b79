//! The session: who is at work, on which face.

use super::{Loaded, load};
use crate::text;
use domain::api::cite::{CiteView, ReadCite};
use domain::api::session::{LockedUser, Me, Preferences, SessionState, Status, StatusView, Theme};
use domain::changes::Topic;
use domain::ids::UserId;
use domain::role::Face;
use leptos::prelude::*;

/// What the whole screen knows of the session.
#[derive(Clone, Copy)]
pub struct Session {
    /// Status of the session.
    pub status: Loaded<StatusView>,
    /// The cité, once somebody is at work.
    pub cite: Loaded<CiteView>,
    /// Whom the tablet is being handed to: their door opens next.
    pub next: RwSignal<Option<UserId>>,
}

impl Session {
    /// Loads the session and provides it to the whole screen.
    pub fn provide() -> Self {
        let status = load(|| vec![Topic::Session], || Some(Status {}));
        let cite = load(
            || vec![Topic::Cite],
            move || {
                status.value.with(|status| {
                    matches!(status.as_ref()?.state, SessionState::Open { .. }).then_some(ReadCite {})
                })
            },
        );
        let session = Self { status, cite, next: RwSignal::new(None) };
        provide_context(session);
        session
    }

    /// The status that a call of the session answered.
    pub fn now(&self, status: StatusView) {
        if self.status.error.with_untracked(Option::is_some) {
            self.status.error.set(None);
        }
        self.status.value.set(Some(status));
    }

    /// Who is at work, as the screen is drawn: another user's screen is another one. Where what is shown
    /// follows the status, the preferences do.
    pub fn me(&self) -> Option<Me> {
        self.status.value.with_untracked(me_of)
    }

    /// Who is at work, followed.
    fn following(&self) -> Option<Me> {
        self.status.value.with(me_of)
    }

    /// The other users of this device, as the screen is drawn.
    pub fn others(&self) -> Vec<LockedUser> {
        self.status.value.with_untracked(|status| match status.as_ref().map(|status| &status.state) {
            Some(SessionState::Open { others, .. }) => others.clone(),
            _ => Vec::new(),
        })
    }

    /// The user's preferences, or the usual ones at the door.
    pub fn preferences(&self) -> Preferences {
        self.following().map(|me| me.preferences).unwrap_or_default()
    }

    /// Changes the preferences shown, once they are kept.
    pub fn prefer(&self, preferences: Preferences) {
        self.status.value.update(|status| {
            if let Some(SessionState::Open { me, .. }) = status.as_mut().map(|status| &mut status.state) {
                me.preferences = preferences;
            }
        });
    }

    /// Device or browser.
    pub fn face(&self) -> Face {
        self.status.value.with_untracked(|status| status.as_ref().map_or(Face::Browser, |status| status.face))
    }

    /// Applies theme and language to the page.
    pub fn dress(&self) {
        let preferences = self.preferences();
        let theme = match preferences.theme {
            Theme::Light => "light",
            Theme::Sunlight => "sunlight",
            Theme::Dark => "dark",
        };
        text::speak(&preferences.language);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme);
            let _ = root.set_attribute("lang", &preferences.language);
        }
    }
}

/// The session of this screen.
pub fn session() -> Session {
    expect_context()
}

fn me_of(status: &Option<StatusView>) -> Option<Me> {
    match &status.as_ref()?.state {
        SessionState::Open { me, .. } => Some(me.clone()),
        _ => None,
    }
}
