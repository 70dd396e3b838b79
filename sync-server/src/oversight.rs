//! Oversight in the browser: the audit, and translations of the notice. What is read, taken or marked is
//! itself noted; nothing is shown or taken that is not noted first.

use crate::cite::Cite;
use domain::api::audit::{AuditFile, AuditPage, ExportAudit, ReadAudit};
use domain::api::notice::{CheckNotice, NoticesView};
use domain::cite::CiteSettings;
use domain::error::{ApiError, ErrorCode};
use domain::notice;
use domain::vocabulary::AuditAct;
use engine::EngineError;
use engine::clock::{SystemClock, civil};
use engine::store::account::Account;
use engine::store::asset;

/// A page of the audit; each question is noted, its further pages are not.
pub(crate) fn audit(
    cite: &Cite,
    account: Option<&Account>,
    request: &ReadAudit,
) -> Result<AuditPage, ApiError> {
    let account = reader(cite, account)?;
    if request.offset == 0 {
        cite.note(AuditAct::ReadAudit, Some(account.user))?;
    }
    Ok(cite.read_audit()?.page(request))
}

/// A file of the audit.
pub(crate) fn export(
    cite: &Cite,
    account: Option<&Account>,
    request: &ExportAudit,
) -> Result<AuditFile, ApiError> {
    let account = reader(cite, account)?;
    cite.note(AuditAct::ExportAudit, Some(account.user))?;
    Ok(cite.read_audit()?.file(request, civil(&SystemClock).0)?)
}

/// Whoever may read the audit: the administrator; a coordinator where the settings say so.
fn reader<'a>(cite: &Cite, account: Option<&'a Account>) -> Result<&'a Account, ApiError> {
    let account = account.ok_or(ErrorCode::SignedOut)?;
    let settings = cite.store(|store| settings(store))?;
    if settings.may_read_audit(account.role) { Ok(account) } else { Err(ErrorCode::NotAllowed.into()) }
}

/// The notice and its translations.
pub(crate) fn notices(cite: &Cite) -> Result<NoticesView, ApiError> {
    let settings = cite.store(|store| settings(store))?;
    Ok(notice::list(&settings).ok_or(ErrorCode::CiteNotReady)?)
}

/// Marks a translation, or takes the mark away; published to every device at once.
pub(crate) fn check_notice(
    cite: &Cite,
    account: Option<&Account>,
    request: &CheckNotice,
) -> Result<NoticesView, ApiError> {
    let account = account.ok_or(ErrorCode::SignedOut)?;
    let today = civil(&SystemClock).0;
    let marked = cite.store(|store| {
        let mut settings = settings(store)?;
        notice::mark(&mut settings, request, today)?;
        store.publish_asset(asset::SETTINGS, &settings)?;
        Ok::<_, ApiError>(settings)
    })?;
    let act = if request.by.is_some() { AuditAct::CheckNotice } else { AuditAct::UncheckNotice };
    cite.note(act, Some(account.user))?;
    Ok(notice::list(&marked).ok_or(ErrorCode::CiteNotReady)?)
}

fn settings(store: &engine::store::Store) -> Result<CiteSettings, EngineError> {
    Ok(store.asset(asset::SETTINGS)?.unwrap_or_default())
}
