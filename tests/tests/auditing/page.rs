//! The audit in the browser: who may read it, what is shown, what is taken away, and that both are noted.

use super::{acts, report, tamper, worked};
use domain::api::Reply;
use domain::api::audit::*;
use domain::api::cohort::{CohortFilter, Geography, ReadCohort, TakeFigures};
use domain::error::ErrorCode;
use domain::role::Role;
use domain::time::{Day, Quarter};
use domain::vocabulary::AuditAct;
use engine::store::asset;
use journeys::browser::Browser;
use journeys::{World, settings};

async fn signed_in(world: &World, role: Role) -> Browser {
    let password = world.cite.open_account(role.code(), "Inventée", role, "Association").unwrap();
    let mut browser = Browser::at(&world.address);
    browser.sign_in(role.code(), &password).await;
    browser
}

fn ask(filter: AuditFilter) -> ReadAudit {
    ReadAudit { filter, offset: 0, limit: 50 }
}

async fn page(browser: &mut Browser, request: ReadAudit) -> AuditPage {
    match browser.call(request).await.unwrap() {
        Reply::Audit(page) => page,
        other => panic!("another reply: {other:?}"),
    }
}

#[tokio::test]
async fn the_administrator_reads_filters_and_exports_and_each_of_it_is_noted() {
    let world = World::begin().await;
    worked(&world).await;
    let mut admin = signed_in(&world, Role::Administrator).await;
    let all = page(&mut admin, ask(AuditFilter::default())).await;
    // Four of the tablet, the sign-in, and this very reading.
    assert_eq!((all.total, all.lines[0].act), (6, Some(AuditAct::ReadAudit)));
    assert_eq!(all.chains.len(), 2);
    assert!(all.chains.iter().all(|it| it.broken_from.is_none()));
    let nadia = all.users.iter().find(|(_, name)| name == "Nadia B.").unwrap().0;
    let hers = page(&mut admin, ask(AuditFilter { user: Some(nadia), ..AuditFilter::default() })).await;
    assert_eq!(hers.total, 4);
    let changes = AuditFilter { act: Some(AuditAct::Change), ..AuditFilter::default() };
    let changed = page(&mut admin, ask(changes.clone())).await;
    assert_eq!((changed.total, changed.lines[0].device.as_deref()), (1, Some("Tablette 3")));
    let server = AuditFilter { source: Some(AuditSource::Server), ..AuditFilter::default() };
    assert!(page(&mut admin, ask(server)).await.lines.iter().all(|it| it.device.is_none()));
    let second = page(&mut admin, ReadAudit { offset: 2, limit: 2, ..ReadAudit::default() }).await;
    let whole = report(&world);
    let expected: Vec<_> = whole.lines[2..4].iter().map(|it| (it.at_ms, it.act)).collect();
    assert_eq!(second.lines.iter().map(|it| (it.at_ms, it.act)).collect::<Vec<_>>(), expected);
    // All of it was done today: nothing was before, nothing is later.
    let today = Day::from_instant_ms(whole.lines[0].at_ms);
    for (from, to, some) in [
        (Some(today.plus(1)), None, false),
        (None, Some(today.plus(-2)), false),
        (Some(today.plus(-1)), Some(today), true),
    ] {
        let filter = AuditFilter { from, to, ..AuditFilter::default() };
        assert_eq!(page(&mut admin, ask(filter)).await.total > 0, some, "from {from:?} to {to:?}");
    }
    for (format, ending) in [(AuditFormat::Csv, "csv"), (AuditFormat::Json, "json")] {
        let export = ExportAudit { filter: changes.clone(), format, language: "fr".into() };
        let Reply::ExportAudit(file) = admin.call(export).await.unwrap() else { panic!("another reply") };
        assert!(file.name.ends_with(ending) && file.left_out == 0, "{}", file.name);
        assert!(file.content.contains("Nadia B."), "{}", file.content);
        assert!(!file.content.contains("Copier"), "only what the filter lets through");
    }
    let noted = acts(&report(&world));
    let count = |act| noted.iter().filter(|it| **it == act).count();
    // Not the second page of one question.
    assert_eq!((count(AuditAct::ReadAudit), count(AuditAct::ExportAudit)), (7, 2));
}

#[tokio::test]
async fn a_broken_chain_stands_first_on_the_page() {
    let world = World::begin().await;
    worked(&world).await;
    let mut admin = signed_in(&world, Role::Administrator).await;
    page(&mut admin, ask(AuditFilter::default())).await;
    // What was verified before is not taken on trust where it was changed since.
    tamper(&world, "DELETE FROM audit WHERE seq = 2 AND source <> zeroblob(16)");
    let broken = page(&mut admin, ask(AuditFilter::default())).await.chains;
    assert_eq!((broken[0].device.as_deref(), broken[0].broken_from), (Some("Tablette 3"), Some(2)));
    assert_eq!(broken[0].users, ["Nadia B."]);
    assert_eq!(broken[1].broken_from, None);
}

#[tokio::test]
async fn a_coordinator_reads_the_audit_only_where_the_cite_says_so() {
    let world = World::begin().await;
    let mut coordinator = signed_in(&world, Role::Coordinator).await;
    let refused = coordinator.call(ask(AuditFilter::default())).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    assert!(!acts(&report(&world)).contains(&AuditAct::ReadAudit), "nothing was read");
    let mut open = settings();
    open.audit_for_coordination = true;
    world.cite.store(|store| store.publish_asset(asset::SETTINGS, &open)).unwrap();
    assert_eq!(page(&mut coordinator, ask(AuditFilter::default())).await.total, 2);
    let mut referent = signed_in(&world, Role::Referent).await;
    let refused = referent.call(ask(AuditFilter::default())).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
}

#[tokio::test]
async fn reading_figures_is_noted_once_in_a_while_and_taking_them_away_each_time() {
    let world = World::begin().await;
    let mut coordinator = signed_in(&world, Role::Coordinator).await;
    let filter = CohortFilter {
        period: Quarter { year: 2026, quarter: 3 }.period(),
        geography: Geography::Residence,
        location: None,
        public: None,
        organisation: None,
        programme: None,
    };
    for _ in 0..3 {
        coordinator.call(ReadCohort { filter: filter.clone() }).await.unwrap();
    }
    coordinator.call(TakeFigures {}).await.unwrap();
    coordinator.call(TakeFigures {}).await.unwrap();
    let expected = [AuditAct::SignIn, AuditAct::ReadFigures, AuditAct::TakeFigures, AuditAct::TakeFigures];
    assert_eq!(acts(&report(&world)), expected);
    // A new password makes nobody another user: what was noted keeps its name.
    world.cite.open_account("coordinator", "Inventée", Role::Coordinator, "Association").unwrap();
    assert!(report(&world).lines.iter().all(|it| it.who.as_deref() == Some("Inventée")));
}
