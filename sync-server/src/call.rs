//! The browser face's calls, in one exhaustive match.

use crate::router::App;
use crate::{auth, oversight};
use axum::http::{HeaderMap, HeaderValue};
use domain::api::session::{Me, Preferences, SessionState, StatusView};
use domain::api::{Answer, Call, Reply};
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::indicators;
use domain::role::{Face, Role};
use domain::vocabulary::AuditAct;
use engine::clock::{Clock as _, SystemClock};
use engine::cohort::{self, Pathways};
use engine::erasure;
use engine::store::account::Account;

/// Serves a call: checks who may make it, then answers; with a cookie where signing in or out.
pub(crate) fn dispatch(
    app: &App,
    headers: &HeaderMap,
    call: Call,
) -> Result<(Answer, Option<HeaderValue>), ApiError> {
    let account = auth::account(&app.cite, headers)?;
    call.access().check(Face::Browser, account.as_ref().map(|it| it.role))?;
    let now_ms = SystemClock.now_ms();
    let store = &app.cite;
    let session = || Changes::of([Topic::Session]);
    let read = |reply| Ok((Answer { reply, changes: Changes::none() }, None));
    let act = match &call {
        Call::CohortPathways(it) if it.offset == 0 => Some(AuditAct::ReadCohort),
        Call::CloseQuarter(_) => Some(AuditAct::CloseQuarter),
        Call::TakeFigures(_) => Some(AuditAct::TakeFigures),
        _ => None,
    };
    if let Some(act) = act {
        store.note(act, account.as_ref().map(|it| it.user))?;
    }
    if let (Call::Cohort(_) | Call::CohortMap(_), Some(account)) = (&call, &account) {
        store.note_reading(AuditAct::ReadFigures, account.user)?;
    }
    match call {
        Call::Status(_) => read(Reply::Status(status(app, account.as_ref())?)),
        Call::SignIn(request) => {
            let cookie = match auth::sign_in(store, &app.attempts, &request, app.secure) {
                Ok(cookie) => cookie,
                Err(error) => {
                    // Refused before the password was looked at, it is not noted: the audit stays bounded.
                    if error.code == ErrorCode::WrongSecret {
                        store.note(AuditAct::SignInRefused, None)?;
                    }
                    return Err(error);
                }
            };
            let mut signed = HeaderMap::new();
            signed.insert(axum::http::header::COOKIE, cookie.clone());
            let account = auth::account(store, &signed)?;
            store.note(AuditAct::SignIn, account.as_ref().map(|it| it.user))?;
            let reply = Reply::SignIn(status(app, account.as_ref())?);
            Ok((Answer { reply, changes: session() }, Some(cookie)))
        }
        Call::SignOut(_) => {
            let cookie = auth::sign_out(store, headers, app.secure)?;
            let reply = Reply::SignOut(status(app, None)?);
            Ok((Answer { reply, changes: session() }, Some(cookie)))
        }
        Call::SetPreferences(request) => {
            let account = account.ok_or(ErrorCode::SignedOut)?;
            check(&request.preferences)?;
            store.store(|store| store.prefer(&account.login, &request.preferences))?;
            Ok((Answer { reply: Reply::SetPreferences(request.preferences), changes: session() }, None))
        }
        Call::Cite(_) => read(Reply::Cite(store.store(|store| cohort::cite(store))?)),
        Call::Solutions(request) => {
            read(Reply::Solutions(store.store(|store| cohort::solutions(store, &request))?))
        }
        Call::Cohort(request) => {
            read(Reply::Cohort(store.figures(|figures, store| figures.page(store, &request.filter, now_ms))?))
        }
        Call::CohortMap(request) => {
            let drawn = store.figures(|figures, store| {
                let page = figures.page(store, &request.filter, now_ms)?;
                Ok::<_, ApiError>(indicators::map(&page, &cohort::qpv_shapes(store)?))
            })?;
            read(Reply::CohortMap(drawn))
        }
        Call::CohortPathways(request) => {
            let pathways = store.store(|store| Pathways::read(store, now_ms))?;
            read(Reply::CohortPathways(pathways.page(&request)))
        }
        Call::CloseQuarter(request) => {
            let by = account.ok_or(ErrorCode::SignedOut)?.name;
            let closed =
                store.figures(|figures, store| figures.close(store, request.quarter, &by, now_ms))?;
            Ok((Answer { reply: Reply::CloseQuarter(closed), changes: Changes::of([Topic::Cohort]) }, None))
        }
        Call::TakeFigures(_) => read(Reply::TakeFigures(())),
        Call::Erasures(_) => {
            let of = account.filter(|it| it.role == Role::Referent).map(|it| it.organisation);
            read(Reply::Erasures(store.store(|store| match of {
                Some(organisation) => erasure::of_organisation(store, organisation, now_ms),
                None => erasure::list(store, now_ms),
            })?))
        }
        Call::Audit(request) => read(Reply::Audit(oversight::audit(store, account.as_ref(), &request)?)),
        Call::ExportAudit(request) => {
            read(Reply::ExportAudit(oversight::export(store, account.as_ref(), &request)?))
        }
        Call::Notices(_) => read(Reply::Notices(oversight::notices(store)?)),
        Call::CheckNotice(request) => {
            let reply = Reply::CheckNotice(oversight::check_notice(store, account.as_ref(), &request)?);
            Ok((Answer { reply, changes: Changes::of([Topic::Cite]) }, None))
        }
        Call::Devices(_) => read(Reply::Devices(store.store(|store| cohort::devices(store, now_ms))?)),
        // Served by a device only.
        Call::CheckInvitation(_)
        | Call::Join(_)
        | Call::Unlock(_)
        | Call::UnlockWithPin(_)
        | Call::Lock(_)
        | Call::LocateQpv(_)
        | Call::Today(_)
        | Call::StartOuting(_)
        | Call::EndOuting(_)
        | Call::Drafts(_)
        | Call::OpenDraft(_)
        | Call::SaveDraft(_)
        | Call::DiscardDraft(_)
        | Call::RecordEncounter(_)
        | Call::RecordPassage(_)
        | Call::UndoLast(_)
        | Call::AmendEncounter(_)
        | Call::SearchPeople(_)
        | Call::OpenPerson(_)
        | Call::EditProfile(_)
        | Call::SetBarrier(_)
        | Call::SetNeed(_)
        | Call::AddFollowUp(_)
        | Call::SettleFollowUp(_)
        | Call::SetReferral(_)
        | Call::AddFact(_)
        | Call::WritePart(_)
        | Call::CopyForPerson(_)
        | Call::FieldHistory(_)
        | Call::Openings(_)
        | Call::Referents(_)
        | Call::OfferReferent(_)
        | Call::AnswerReferent(_)
        | Call::EndReferent(_)
        | Call::Caseload(_)
        | Call::ToSettle(_)
        | Call::LinkPeople(_)
        | Call::TellPartner(_)
        | Call::GiveReceipt(_)
        | Call::RequestByCode(_)
        | Call::SettleField(_)
        | Call::ReadNotice(_)
        | Call::AddLedgerEntry(_)
        | Call::OrderErasure(_)
        | Call::ProposeSolutions(_)
        | Call::CheckRecoveryWords(_)
        | Call::OpenRecovery(_)
        | Call::FinishRecovery(_)
        | Call::AnswerInvitation(_)
        | Call::ReadAnswer(_)
        | Call::Members(_)
        | Call::DrawRecoveryKey(_)
        | Call::EstablishCite(_)
        | Call::DrawReplacementKey(_)
        | Call::ReplaceRecoveryKey(_)
        | Call::InviteMember(_)
        | Call::ReadInvitation(_)
        | Call::ConfirmInvitation(_)
        | Call::CancelInvitation(_)
        | Call::ChangeMember(_)
        | Call::RevokeMember(_)
        | Call::Rescues(_)
        | Call::RecoverDevice(_)
        | Call::ListSetAside(_)
        | Call::DiscardSetAside(_)
        | Call::OpenWithRescueKey(_)
        | Call::ShowRescueKey(_)
        | Call::SyncState(_)
        | Call::SyncNow(_) => Err(ErrorCode::NotHere.into()),
    }
}

fn check(preferences: &Preferences) -> Result<(), ApiError> {
    if matches!(preferences.language.as_str(), "fr" | "en") {
        return Ok(());
    }
    Err(ApiError::about(ErrorCode::Invalid, "preferences"))
}

fn status(app: &App, account: Option<&Account>) -> Result<StatusView, ApiError> {
    let (cite_name, demonstration) = app.cite.store(|store| {
        Ok::<_, engine::EngineError>((
            store.meta("cite_name")?,
            store.meta("demonstration")?.unwrap_or_default(),
        ))
    })?;
    let state = match account {
        None => SessionState::SignedOut,
        Some(account) => SessionState::Open {
            me: Me {
                user: account.user,
                device: None,
                name: account.name.clone(),
                role: account.role,
                organisation: account.organisation,
                organisation_name: account.organisation_name.clone(),
                sectors: Vec::new(),
                preferences: account.preferences.clone(),
            },
            others: Vec::new(),
        },
    };
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(StatusView { face: Face::Browser, state, cite_name, demonstration, version })
}
