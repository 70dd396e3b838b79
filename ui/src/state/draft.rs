//! Keeps a form on disk after every tap: one save at a time, always the newest form.

use super::random;
use crate::backend;
use crate::text::encounter as words;
use domain::api::draft::{Draft, DraftForm, SaveDraft};
use domain::ids::DraftId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where the draft on disk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Nothing was touched yet.
    Nothing,
    /// A save is under way.
    Saving,
    /// The form as it stands is on disk.
    Saved,
    /// The last save was refused.
    Failed,
}

/// A form that is kept on disk while it is filled.
pub struct Keeper<F: Send + Sync + 'static> {
    /// The draft's identifier; the entry recorded from it has the same.
    pub id: DraftId,
    /// The form.
    pub form: RwSignal<F>,
    /// Where the draft stands.
    pub kept: RwSignal<Kept>,
    revision: StoredValue<u64>,
    wrap: fn(F) -> DraftForm,
    ended: StoredValue<bool>,
}

impl<F: Send + Sync + 'static> Clone for Keeper<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F: Send + Sync + 'static> Copy for Keeper<F> {}

impl<F: Clone + Send + Sync + 'static> Keeper<F> {
    /// A new form, or a draft taken up again.
    pub fn new(form: F, draft: Option<(DraftId, u64)>, wrap: fn(F) -> DraftForm) -> Self {
        let (id, revision) = draft.unwrap_or_else(|| (random::draft_id(), 0));
        let keeper = Self {
            id,
            form: RwSignal::new(form),
            kept: RwSignal::new(if revision == 0 { Kept::Nothing } else { Kept::Saved }),
            revision: StoredValue::new(revision),
            wrap,
            ended: StoredValue::new(false),
        };
        on_cleanup(move || keeper.leave());
        keeper
    }

    /// Changes the form and keeps it.
    pub fn change(self, edit: impl FnOnce(&mut F)) {
        self.form.update(edit);
        self.revision.update_value(|revision| *revision += 1);
        if self.kept.get_untracked() != Kept::Saving {
            self.save();
        }
    }

    /// A signal of a part of the form.
    pub fn part<T: Send + Sync + 'static>(self, of: impl Fn(&F) -> T + Send + Sync + 'static) -> Signal<T> {
        Signal::derive(move || self.form.with(&of))
    }

    /// The entry is recorded: nothing is kept any more.
    pub fn end(self) {
        self.ended.set_value(true);
    }

    /// The screen goes while a save is under way: what was touched since is kept too.
    fn leave(self) {
        let open = self.ended.try_get_value() == Some(false);
        if !open || self.kept.try_get_untracked() != Some(Kept::Saving) {
            return;
        }
        if let (Some(form), Some(revision)) = (self.form.try_get_untracked(), self.revision.try_get_value()) {
            let draft = Draft { id: self.id, revision, form: (self.wrap)(form) };
            spawn_local(async move {
                // Nobody is there to be told; the earlier save was answered or will be.
                let _ = backend::call(SaveDraft { draft }).await;
            });
        }
    }

    fn save(self) {
        if self.ended.try_get_value().unwrap_or(true) {
            return;
        }
        self.kept.set(Kept::Saving);
        let revision = self.revision.get_value();
        let form = (self.wrap)(self.form.get_untracked());
        let draft = Draft { id: self.id, revision, form };
        spawn_local(async move {
            let saved = backend::call(SaveDraft { draft }).await.is_ok();
            // The form went on changing meanwhile, or the screen is gone.
            match self.revision.try_get_value() {
                Some(now) if now > revision => self.save(),
                Some(_) => self.kept.set(if saved { Kept::Saved } else { Kept::Failed }),
                None => {}
            }
        });
    }

    /// Words of where the draft stands.
    pub fn words(self) -> &'static str {
        match self.kept.get() {
            Kept::Nothing => words::draft_none(),
            Kept::Saving => words::draft_saving(),
            Kept::Saved => words::draft_kept(),
            Kept::Failed => words::draft_failed(),
        }
    }
}
