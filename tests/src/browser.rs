//! A browser of the cité over real HTTP: it keeps the cookie it is given, as a browser does.

use domain::api::session::{SessionState, SignIn, Status};
use domain::api::{Answer, Call, Reply};
use domain::error::ApiError;

/// A browser with its cookie.
#[derive(Debug)]
pub struct Browser {
    url: String,
    client: reqwest::Client,
    cookie: Option<String>,
}

impl Browser {
    /// A browser where nobody has signed in, on the server of this address.
    pub fn at(address: &str) -> Self {
        Self { url: format!("{address}/api/call"), client: reqwest::Client::new(), cookie: None }
    }

    /// Makes a call.
    ///
    /// # Errors
    /// What the call refuses.
    pub async fn call(&mut self, call: impl Into<Call>) -> Result<Reply, ApiError> {
        let mut request = self.client.post(&self.url).json(&call.into());
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send().await.unwrap();
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        if response.status().is_success() {
            return Ok(response.json::<Answer>().await.unwrap().reply);
        }
        Err(response.json().await.unwrap())
    }

    /// Signs in; it must succeed.
    pub async fn sign_in(&mut self, login: &str, password: &str) {
        self.call(SignIn { login: login.into(), password: password.into() }).await.unwrap();
    }

    /// Whether somebody has signed in.
    pub async fn is_signed_in(&mut self) -> bool {
        match self.call(Status {}).await.unwrap() {
            Reply::Status(status) => status.state != SessionState::SignedOut,
            other => panic!("another reply: {other:?}"),
        }
    }
}
