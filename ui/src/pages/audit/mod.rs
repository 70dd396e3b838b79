//! The audit: the state of every chain on top, then who did what, when, from where.

mod chains;
mod filter;
mod table;

use crate::backend;
use crate::components::icon::{Icon, icon};
use crate::components::show::{refusal, show};
use crate::state::toast::toasts;
use crate::state::{act, load};
use crate::text::{audit as words, common, typography};
use domain::api::audit::{AuditFile, AuditFormat, ExportAudit, ReadAudit};
use filter::Chosen;
use leptos::prelude::*;

/// Rows a page.
const ROWS: u32 = 50;

/// The audit.
#[component]
pub fn Audit() -> impl IntoView {
    let chosen = Chosen::new();
    let offset = RwSignal::new(0_u32);
    let filter = Memo::new(move |_| chosen.filter());
    Effect::new(move |_| {
        filter.track();
        // Only where it moves: each question is noted, and is to be asked once.
        if offset.get_untracked() != 0 {
            offset.set(0);
        }
    });
    let page =
        load(Vec::new, move || Some(ReadAudit { filter: filter.get(), offset: offset.get(), limit: ROWS }));
    let take = act();
    let toasts = toasts();
    let save = move |format: AuditFormat| {
        let request = ExportAudit {
            filter: filter.get_untracked(),
            format,
            language: crate::text::pick("fr", "en").to_owned(),
        };
        take.run(request, move |file: AuditFile| {
            let kind = if format == AuditFormat::Csv { "text/csv" } else { "application/json" };
            backend::download(&file.name, kind, &file.content);
            let left = (file.left_out > 0)
                .then(|| format!("{} {}", typography::number(file.left_out), words::left_out()));
            toasts.say_with(words::exported(), left, None);
        });
    };
    let users = Signal::derive(move || page.get().map(|it| it.users).unwrap_or_default());
    let chains = Signal::derive(move || page.get().map(|it| it.chains).unwrap_or_default());
    view! {
        <header class="page-head">
            <div class="page-head__words"><h1>{words::title()}</h1><p>{words::why()}</p></div>
            <div class="page-head__tools">
                <button type="button" class="button button--plain button--icon" aria-label=common::try_again() on:click=move |_| page.retry()>{icon(Icon::RefreshCw)}</button>
                <button type="button" class="button" disabled=move || take.busy.get() on:click=move |_| save(AuditFormat::Json)>{words::export_json()}</button>
                <button type="button" class="button button--main" disabled=move || take.busy.get() on:click=move |_| save(AuditFormat::Csv)>{icon(Icon::FileText)} {words::export_csv()}</button>
            </div>
        </header>
        {refusal(take.error)}
        {move || chains::state(&chains.get(), page.get().and_then(|it| it.head))}
        {filter::bar(chosen, users, chains)}
        {show(page, move |page| table::table(page, chosen, offset))}
    }
}
