//! The browser face over real HTTP: who may sign in, and what each role may ask.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::cohort::{CohortFilter, Geography, ReadCohort};
use domain::api::person::SearchPeople;
use domain::api::server::ListDevices;
use domain::api::session::{SessionState, SignIn, SignOut, Status};
use domain::api::{Answer, Call, Reply};
use domain::error::{ApiError, ErrorCode};
use domain::role::Role;
use domain::time::Quarter;
use std::sync::Arc;
use sync_server::{Cite, serve};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

struct Face {
    cite: Arc<Cite>,
    url: String,
    client: reqwest::Client,
    cookie: Option<String>,
    _folder: TempDir,
    _stop: oneshot::Sender<()>,
}

impl Face {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cite = Arc::new(Cite::init(&folder.path().join("server"), "Cité inventée", true).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api/call", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve(cite.clone(), listener, None, async { drop(stopped.await) }));
        Self { cite, url, client: reqwest::Client::new(), cookie: None, _folder: folder, _stop: stop }
    }

    async fn call(&mut self, call: impl Into<Call>) -> Result<Reply, ApiError> {
        let mut request = self.client.post(&self.url).json(&call.into());
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send().await.unwrap();
        if let Some(cookie) = response.headers().get("set-cookie") {
            let text = cookie.to_str().unwrap();
            assert!(text.contains("HttpOnly") && text.contains("SameSite=Strict"));
            self.cookie = text.split(';').next().map(str::to_owned);
        }
        if response.status().is_success() {
            return Ok(response.json::<Answer>().await.unwrap().reply);
        }
        Err(response.json().await.unwrap())
    }

    async fn sign_in(&mut self, login: &str, password: &str) -> Result<Reply, ApiError> {
        self.call(SignIn { login: login.into(), password: password.into() }).await
    }
}

fn cohort() -> ReadCohort {
    ReadCohort {
        filter: CohortFilter {
            period: Quarter { year: 2026, quarter: 3 }.period(),
            geography: Geography::Residence,
            location: None,
            public: None,
            organisation: None,
            programme: None,
        },
    }
}

fn code(result: Result<Reply, ApiError>) -> ErrorCode {
    result.unwrap_err().code
}

#[tokio::test]
async fn a_coordinator_reads_the_cohort_and_nobody_without_signing_in() {
    let mut face = Face::begin().await;
    let password = face.cite.open_account("Claire", "Claire V.", Role::Coordinator, "Association").unwrap();
    assert_eq!(code(face.call(cohort()).await), ErrorCode::SignedOut);
    face.sign_in(" claire ", &password).await.unwrap();
    assert!(matches!(face.call(cohort()).await, Ok(Reply::Cohort(_))));
    assert!(matches!(face.call(ListDevices {}).await, Ok(Reply::Devices(_))));
    let people = SearchPeople { query: String::new(), limit: 5 };
    assert_eq!(code(face.call(people).await), ErrorCode::NotHere, "people are opened on a device only");
    face.call(SignOut {}).await.unwrap();
    assert_eq!(code(face.call(cohort()).await), ErrorCode::SignedOut);
}

#[tokio::test]
async fn an_administrator_sees_devices_and_no_figures_a_mediator_neither() {
    let mut face = Face::begin().await;
    for (login, role, devices) in [("adm", Role::Administrator, true), ("med", Role::Mediator, false)] {
        let password = face.cite.open_account(login, "Personne inventée", role, "Association").unwrap();
        face.sign_in(login, &password).await.unwrap();
        assert_eq!(code(face.call(cohort()).await), ErrorCode::NotAllowed);
        assert_eq!(face.call(ListDevices {}).await.is_ok(), devices, "{login}");
    }
}

#[tokio::test]
async fn five_wrong_passwords_make_a_login_wait_even_with_the_right_one() {
    let mut face = Face::begin().await;
    let password = face.cite.open_account("claire", "Claire V.", Role::Coordinator, "Association").unwrap();
    for _ in 0..5 {
        assert_eq!(code(face.sign_in("claire", "faux").await), ErrorCode::WrongSecret);
    }
    let refused = face.sign_in("claire", &password).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::TooManyAttempts);
    assert!(refused.detail[0].parse::<u32>().unwrap() > 0);
    assert_eq!(code(face.sign_in("nobody", "faux").await), ErrorCode::WrongSecret, "others do not wait");
}

#[tokio::test]
async fn a_new_password_ends_the_old_sessions() {
    let mut face = Face::begin().await;
    let password = face.cite.open_account("claire", "Claire V.", Role::Coordinator, "Association").unwrap();
    face.sign_in("claire", &password).await.unwrap();
    face.cite.open_account("claire", "Claire V.", Role::Coordinator, "Association").unwrap();
    let Ok(Reply::Status(status)) = face.call(Status {}).await else { panic!("no status") };
    assert_eq!(status.state, SessionState::SignedOut);
}

#[tokio::test]
async fn a_form_of_another_site_is_not_taken() {
    let face = Face::begin().await;
    let body = serde_json::to_string(&Call::from(Status {})).unwrap();
    let request = face.client.post(&face.url).header("content-type", "text/plain").body(body);
    assert_eq!(request.send().await.unwrap().status(), 400);
}
