//! Signing in to the browser face: a login and a password, then a cookie that holds a random token.

use crate::cite::Cite;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::api::session::SignIn;
use domain::error::{ApiError, ErrorCode};
use domain::secret::SecretText;
use engine::clock::{Clock as _, SystemClock};
use engine::random;
use engine::store::account::{Account, HashedPassword};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Name of the cookie.
const COOKIE: &str = "allervers";
/// How long a session lasts: a working day.
const LASTS_MS: i64 = 10 * 3_600_000;
/// Failures of one login within the window before it has to wait.
const ATTEMPTS: u32 = 5;
const WINDOW_MS: i64 = 5 * 60_000;
/// Logins remembered at once.
const MOST_REMEMBERED: usize = 10_000;

/// Failed sign-ins by login: how many, since when.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, (u32, i64)>>);

impl Attempts {
    /// Refuses a login that failed too often lately; counts this attempt.
    fn begin(&self, login: &str, now_ms: i64) -> Result<(), ApiError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, since)| now_ms - *since < WINDOW_MS);
        if all.len() >= MOST_REMEMBERED && !all.contains_key(login) {
            return Err(ApiError::about(ErrorCode::TooManyAttempts, "60"));
        }
        let (count, since) = all.entry(login.to_owned()).or_insert((0, now_ms));
        if *count >= ATTEMPTS {
            let wait = (WINDOW_MS - (now_ms - *since)) / 1000 + 1;
            return Err(ApiError::about(ErrorCode::TooManyAttempts, wait.to_string()));
        }
        *count += 1;
        Ok(())
    }

    fn forget(&self, login: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(login);
    }
}

/// Signs in; returns the cookie to set.
pub(crate) fn sign_in(
    cite: &Cite,
    attempts: &Attempts,
    request: &SignIn,
    secure: bool,
) -> Result<HeaderValue, ApiError> {
    let now_ms = SystemClock.now_ms();
    let login = request.login.trim().to_lowercase();
    if login.len() > 100 || request.password.expose().len() > 1_000 {
        return Err(ErrorCode::WrongSecret.into());
    }
    attempts.begin(&login, now_ms)?;
    let known = cite.store(|store| store.password(&login))?;
    // A login that does not exist takes as long as a wrong password.
    let right = match &known {
        Some(password) => password.holds(&request.password)?,
        None => {
            HashedPassword::of(&SecretText::from("nobody"))?.holds(&request.password)?;
            false
        }
    };
    if !right {
        return Err(ErrorCode::WrongSecret.into());
    }
    attempts.forget(&login);
    let token = random::bytes::<32>()?;
    cite.store(|store| store.begin_session(&token, &login, now_ms, now_ms + LASTS_MS))?;
    let hex: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    cookie(&hex, LASTS_MS / 1000, secure)
}

/// Signs out; returns the cookie that takes the old one away.
pub(crate) fn sign_out(cite: &Cite, headers: &HeaderMap, secure: bool) -> Result<HeaderValue, ApiError> {
    if let Some(token) = token(headers) {
        cite.store(|store| store.end_session(&token))?;
    }
    cookie("", 0, secure)
}

/// The account of a request's cookie.
pub(crate) fn account(cite: &Cite, headers: &HeaderMap) -> Result<Option<Account>, ApiError> {
    let Some(token) = token(headers) else { return Ok(None) };
    Ok(cite.store(|store| store.session(&token, SystemClock.now_ms()))?)
}

fn cookie(value: &str, seconds: i64, secure: bool) -> Result<HeaderValue, ApiError> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).map_err(|_| ErrorCode::Internal.into())
}

fn token(headers: &HeaderMap) -> Option<[u8; 32]> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let hex = pairs.find(|(name, _)| *name == COOKIE)?.1;
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut token = [0; 32];
    for (n, byte) in token.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).ok()?;
    }
    Some(token)
}
